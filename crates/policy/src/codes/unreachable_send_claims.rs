//! JM0209: a second answer to the application, after one that is always given.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::OrchestrationStep;

/// `SendClaims` after a `SendClaims` without preconditions.
pub const UNREACHABLE_SEND_CLAIMS: Code = Code {
    id: "JM0209",
    severity: Severity::Warning,
    summary: "a `SendClaims` step that is never reached",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unreachable_send_claims(first: &OrchestrationStep, second: &OrchestrationStep) -> Diagnostic {
    let message =
        format!("step {} is never reached: step {} always answers the application", second.order, first.order);
    Diagnostic::new(&UNREACHABLE_SEND_CLAIMS, Kind::Step, second.span, message)
        .also(first.span, "answers first")
        .help("give the first one a precondition, or remove one of them")
}

#[cfg(test)]
mod tests {
    use super::UNREACHABLE_SEND_CLAIMS;
    use crate::testing::found;

    #[test]
    fn the_first_always_answers() {
        let said = found(
            &UNREACHABLE_SEND_CLAIMS,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="SendClaims" />
<OrchestrationStep Order="2" Type="SendClaims" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"warning: step 2 is never reached: step 1 always answers the application
0.xml:4:1
| <OrchestrationStep Order="2" Type="SendClaims" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
0.xml:3:1
| <OrchestrationStep Order="1" Type="SendClaims" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ answers first
help: give the first one a precondition, or remove one of them
"#
        );
    }
}
