//! JM0107: a reference to a sub journey that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A sub journey that is referred to but not declared.
pub const UNKNOWN_SUB_JOURNEY: Code = Code {
    id: "JM0107",
    severity: Severity::Error,
    summary: "reference to a sub journey that is not declared",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_sub_journey(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_SUB_JOURNEY, Kind::Subjourney, "sub journey", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_SUB_JOURNEY;
    use crate::testing::found;

    #[test]
    fn a_candidate() {
        let said = found(
            &UNKNOWN_SUB_JOURNEY,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList>
<Candidate SubJourneyReferenceId="Mfa" />
</JourneyList></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"error: sub journey `Mfa` is not declared
0.xml:4:35
| <Candidate SubJourneyReferenceId="Mfa" />
|                                   ^^^ not in this policy or any base policy
"#
        );
    }
}
