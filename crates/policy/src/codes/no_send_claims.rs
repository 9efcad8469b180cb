//! JM0201: a journey that never answers the application.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Journey;

/// A journey without a `SendClaims` step.
pub const NO_SEND_CLAIMS: Code = Code {
    id: "JM0201",
    severity: Severity::Error,
    summary: "a journey without a step that answers the application",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
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
