//! JM0113: a precondition on a claim that no file of the chain declares. The service accepts it, and so the step is always
//! skipped, or never.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// An undeclared claim in a precondition.
pub const UNKNOWN_PRECONDITION_CLAIM: Code = Code {
    id: "JM0113",
    severity: Severity::Warning,
    summary: "a precondition looks at a claim that is not declared",
    explanation: "A precondition looks at a claim that no file of the chain declares. The service accepts it. The claim never has a value, so a step that is to be skipped when it exists always runs, and one that is to be skipped when it does not exist never does.\n\n\
Correct the id; it must be that of a `ClaimType`.",
    service: &[],
    fails: precondition_example!("ClaimsExist", "<Value>emial</Value>", "SkipThisOrchestrationStep"),
    passes: precondition_example!("ClaimsExist", "<Value>email</Value>", "SkipThisOrchestrationStep"),
};

pub(crate) fn unknown_precondition_claim(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_PRECONDITION_CLAIM, Kind::Claim, "claim type", at, near)
        .label("never has a value, so this condition never changes")
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_PRECONDITION_CLAIM;
    use crate::testing::found;

    #[test]
    fn the_step_is_never_skipped() {
        let said = found(
            &UNKNOWN_PRECONDITION_CLAIM,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="Noop"><Preconditions><Precondition Type="ClaimsExist" ExecuteActionsIf="true">
<Value>objectid</Value>
</Precondition></Preconditions></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"warning: claim type `objectid` is not declared
0.xml:4:8
| <Value>objectid</Value>
|        ^^^^^^^^ never has a value, so this condition never changes
"#
        );
    }
}
