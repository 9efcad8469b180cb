//! JM0206: two steps of one journey with the same order in one file. Both run, in the order of the file.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::{Span, Spanned};

/// An order used twice.
pub const DUPLICATE_STEP: Code = Code {
    id: "JM0206",
    severity: Severity::Error,
    summary: "two steps of a journey have the same order",
    explanation: "Two steps of a journey have the same `Order` in one file. The schema forbids it, and the service refuses the file without saying where. This engine runs both, in the order of the file.\n\n\
Renumber the steps. In a file that builds on another, remember that each number overrides the base's step of that number.",
    service: &["There is a duplicate key sequence '{number}'"],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="ThirdExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
    passes: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="ThirdExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="4" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
};

pub(crate) fn duplicate_step(order: &Spanned<String>, first: Span) -> Diagnostic {
    let message = format!("there is a step {} already", order.value.trim());
    Diagnostic::new(&DUPLICATE_STEP, Kind::Step, order.span, message)
        .label("runs after the other one")
        .also(first, "the first one")
        .help("renumber the steps")
}

#[cfg(test)]
mod tests {
    use super::DUPLICATE_STEP;
    use crate::testing::found;

    #[test]
    fn both_are_shown() {
        let said = found(
            &DUPLICATE_STEP,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="Noop" />
<OrchestrationStep Order="1" Type="SendClaims" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"error: there is a step 1 already
0.xml:4:27
| <OrchestrationStep Order="1" Type="SendClaims" />
|                           ^ runs after the other one
0.xml:3:1
| <OrchestrationStep Order="1" Type="Noop" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the first one
help: renumber the steps
"#
        );
    }
}
