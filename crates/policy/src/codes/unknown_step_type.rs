//! JM0204: a step of a type that the language does not have.

use crate::codes::bad_value;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Spanned;

/// An unknown `Type` of an orchestration step.
pub const UNKNOWN_STEP_TYPE: Code = Code {
    id: "JM0204",
    severity: Severity::Error,
    summary: "an orchestration step of an unknown type",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_step_type(written: &Spanned<String>, known: &[&str]) -> Diagnostic {
    let message = format!("`{}` is no type of step", written.value);
    let found = Diagnostic::new(&UNKNOWN_STEP_TYPE, Kind::Step, written.span, message);
    found.help(bad_value::one_of(&written.value, known))
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_STEP_TYPE;
    use crate::testing::found;

    #[test]
    fn a_slip() {
        let said = found(
            &UNKNOWN_STEP_TYPE,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="SendClaim" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"error: `SendClaim` is no type of step
0.xml:3:36
| <OrchestrationStep Order="1" Type="SendClaim" />
|                                    ^^^^^^^^^
help: did you mean `SendClaims`?
"#
        );
    }
}
