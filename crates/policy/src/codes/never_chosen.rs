//! JM0218: an exchange among several that no choice leads to.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{ClaimsExchange, OrchestrationStep};

/// An exchange that the selection before it does not offer.
pub const NEVER_CHOSEN: Code = Code {
    id: "JM0218",
    severity: Severity::Warning,
    summary: "a claims exchange that nobody can choose",
    explanation: "Of several claims exchanges in a step, the one runs that was chosen in the step before. This one is among \
them, and neither a `ClaimsProviderSelection` nor a link of the page names it: it never runs.\n\n\
Add a `ClaimsProviderSelection` with this id as its `TargetClaimsExchangeId`, or remove the exchange.",
    service: &[],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.selfasserted">
        <ClaimsProviderSelections>
          <ClaimsProviderSelection TargetClaimsExchangeId="OneExchange" />
        </ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="ClaimsExchange">
        <ClaimsExchanges>
          <ClaimsExchange Id="OneExchange" TechnicalProfileReferenceId="Example" />
          <ClaimsExchange Id="OtherExchange" TechnicalProfileReferenceId="Example" />
        </ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="4" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
    passes: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.selfasserted">
        <ClaimsProviderSelections>
          <ClaimsProviderSelection TargetClaimsExchangeId="OneExchange" />
          <ClaimsProviderSelection TargetClaimsExchangeId="OtherExchange" />
        </ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="ClaimsExchange">
        <ClaimsExchanges>
          <ClaimsExchange Id="OneExchange" TechnicalProfileReferenceId="Example" />
          <ClaimsExchange Id="OtherExchange" TechnicalProfileReferenceId="Example" />
        </ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="4" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
};

pub(crate) fn never_chosen(exchange: &ClaimsExchange, before: &OrchestrationStep) -> Diagnostic {
    let message = format!("nobody can choose the claims exchange `{}`", exchange.id.value);
    Diagnostic::new(&NEVER_CHOSEN, Kind::Exchange, exchange.id.span, message)
        .label("never runs")
        .also(before.span, "the choice is made here")
        .help("add a `ClaimsProviderSelection` for it to that step, or remove it")
}

#[cfg(test)]
mod tests {
    use super::NEVER_CHOSEN;
    use crate::testing::drawn;

    #[test]
    fn not_on_offer() {
        assert_eq!(
            drawn(&NEVER_CHOSEN),
            r#"warning: nobody can choose the claims exchange `OtherExchange`
1.xml:30:31
|           <ClaimsExchange Id="OtherExchange" TechnicalProfileReferenceId="Example" />
|                               ^^^^^^^^^^^^^ never runs
1.xml:22:7
|       <OrchestrationStep Order="2" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.selfasserted">
|       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the choice is made here
help: add a `ClaimsProviderSelection` for it to that step, or remove it
"#
        );
    }
}
