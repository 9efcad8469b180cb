//! JM0224: the action of a precondition belongs to another place.

use crate::diagnostic::{Code, Diagnostic, Edit, Kind, Severity};
use crate::example::Example;
use crate::source::Spanned;

/// An action that is not of its place.
pub const WRONG_ACTION: Code = Code {
    id: "JM0224",
    severity: Severity::Warning,
    summary: "a precondition asks for an action that its place does not have",
    explanation: "Preconditions stand in two places, and each has one action: `SkipThisOrchestrationStep` in a step, \
`SkipThisValidationTechnicalProfile` on a validation technical profile and in the action of a display control. Another action \
has no effect there at the service, so what was meant to be skipped runs. This engine skips it either way: it takes the \
condition as it is meant.\n\n\
Write the action of the place.",
    service: &[],
    fails: precondition_example!("ClaimsExist", "<Value>email</Value>", "SkipThisValidationTechnicalProfile"),
    passes: precondition_example!("ClaimsExist", "<Value>email</Value>", "SkipThisOrchestrationStep"),
};

pub(crate) fn wrong_action(written: &Spanned<String>, wanted: &str) -> Diagnostic {
    let message = format!("`{}` has no effect here", written.value.trim());
    Diagnostic::new(&WRONG_ACTION, Kind::Step, written.span, message)
        .help(format!("write `{wanted}`"))
        .fix(format!("write `{wanted}`"), [Edit::replace(written.span, wanted)])
}

#[cfg(test)]
mod tests {
    use super::WRONG_ACTION;
    use crate::testing::drawn;

    #[test]
    fn of_a_validation() {
        assert_eq!(
            drawn(&WRONG_ACTION),
            r#"warning: `SkipThisValidationTechnicalProfile` has no effect here
1.xml:25:41
|             <Value>email</Value><Action>SkipThisValidationTechnicalProfile</Action>
|                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: write `SkipThisOrchestrationStep`
"#
        );
    }
}
