//! JM0201: a journey that never answers the application.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Journey;

/// A journey without a `SendClaims` step.
pub const NO_SEND_CLAIMS: Code = Code {
    id: "JM0201",
    severity: Severity::Error,
    summary: "a journey without a step that answers the application",
    explanation: "A journey ends by answering the application, in a step of type `SendClaims`. This one has no such step, neither in its own steps nor in a `Transfer` sub journey that it hands over to: whoever goes through it is left without an answer.\n\n\
It happens when a file overrides the last step of a base journey with another type, or begins a journey of its own and forgets the end. Add the step after the last one.",
    service: &["User journey '{journey}' does not contain a send claims step.", "AADB2C90040"],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
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
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
};

pub(crate) fn no_send_claims(journey: &Journey) -> Diagnostic {
    let message = format!("the journey `{}` has no `SendClaims` step", journey.id);
    Diagnostic::new(&NO_SEND_CLAIMS, Kind::Journey, journey.span, message)
        .label("nothing here answers the application")
        .help("end it with a step of type `SendClaims`, or with a `Transfer` sub journey that has one")
}

#[cfg(test)]
mod tests {
    use super::NO_SEND_CLAIMS;
    use crate::testing::found;

    #[test]
    fn a_journey_that_ends_in_nothing() {
        let said = found(
            &NO_SEND_CLAIMS,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="Noop" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"error: the journey `SignUp` has no `SendClaims` step
0.xml:2:15
| <UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
|               ^^^^^^^^^^^^^^^^^^^^^^^^^ nothing here answers the application
help: end it with a step of type `SendClaims`, or with a `Transfer` sub journey that has one
"#
        );
    }

    #[test]
    fn a_transfer_answers_for_it() {
        let said = found(
            &NO_SEND_CLAIMS,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="S" /></JourneyList></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>
<SubJourneys><SubJourney Id="S" Type="Transfer"><OrchestrationSteps><OrchestrationStep Order="2" Type="SendClaims" /></OrchestrationSteps></SubJourney></SubJourneys>"#,
        );
        assert_eq!(said, "");
    }
}
