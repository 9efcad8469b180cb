//! JM0210: people choose a provider in the middle of a journey.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{Journey, OrchestrationStep};

/// A `ClaimsProviderSelection` that is not the first step.
pub const SELECTION_NOT_FIRST: Code = Code {
    id: "JM0210",
    severity: Severity::Warning,
    summary: "a provider selection is not the first step of its journey",
    explanation: "A step of type `ClaimsProviderSelection` belongs at the beginning of a journey. The service accepts one in a \
later place; it was reported that the journey then ends with an error when somebody gets there, although some published \
policies that discover the home realm of a person have one.\n\n\
If it fails, make it the first step, or let a step of type `CombinedSignInAndSignUp` offer the choice: a journey may have several of those.",
    service: &[],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsProviderSelection" ContentDefinitionReferenceId="api.selfasserted">
        <ClaimsProviderSelections>
          <ClaimsProviderSelection TargetClaimsExchangeId="AgainExchange" />
        </ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
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
          <ClaimsProviderSelection TargetClaimsExchangeId="AgainExchange" />
        </ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="4" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
};

pub(crate) fn selection_not_first(journey: &Journey, step: &OrchestrationStep) -> Diagnostic {
    let message = format!("people choose a provider in step {} of `{}`, not in its first", step.order, journey.id);
    Diagnostic::new(&SELECTION_NOT_FIRST, Kind::Step, step.step_type.span, message)
        .label("may fail at the service")
        .help("use `CombinedSignInAndSignUp` here, or make the selection the first step")
}

#[cfg(test)]
mod tests {
    use super::SELECTION_NOT_FIRST;
    use crate::testing::drawn;

    #[test]
    fn in_the_middle() {
        assert_eq!(
            drawn(&SELECTION_NOT_FIRST),
            r#"warning: people choose a provider in step 2 of `Journey`, not in its first
1.xml:22:42
|       <OrchestrationStep Order="2" Type="ClaimsProviderSelection" ContentDefinitionReferenceId="api.selfasserted">
|                                          ^^^^^^^^^^^^^^^^^^^^^^^ may fail at the service
help: use `CombinedSignInAndSignUp` here, or make the selection the first step
"#
        );
    }
}
