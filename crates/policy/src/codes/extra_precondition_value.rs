//! JM0223: a precondition with more values than it looks at.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::{Span, Spanned};

/// Too many `Value`s in a precondition.
pub const EXTRA_PRECONDITION_VALUE: Code = Code {
    id: "JM0223",
    severity: Severity::Warning,
    summary: "a precondition has a value that it does not look at",
    explanation: "A `ClaimsExist` precondition looks at one value, the claim; a `ClaimEquals` precondition at two, the claim and \
the text. What follows them is ignored, so a condition that is written there never counts.\n\n\
Write a precondition for each thing to look at: the step is skipped as soon as one of them says so.",
    service: &[],
    fails: precondition_example!(
        "ClaimsExist",
        "<Value>email</Value><Value>displayName</Value>",
        "SkipThisOrchestrationStep"
    ),
    passes: precondition_example!("ClaimsExist", "<Value>email</Value>", "SkipThisOrchestrationStep"),
};

pub(crate) fn extra_precondition_value(kind: &Spanned<String>, at: Span, wanted: usize) -> Diagnostic {
    let wants = if wanted == 1 { "one `Value`" } else { "two `Value`s" };
    let message = format!("a `{}` precondition looks at {wants} only", kind.value);
    let found = Diagnostic::new(&EXTRA_PRECONDITION_VALUE, Kind::Step, at, message).label("ignored");
    match wanted {
        1 => found.help("to compare a claim with a text, use `ClaimEquals`; for two claims, write two preconditions"),
        _ => found.help("write a second precondition"),
    }
}

#[cfg(test)]
mod tests {
    use super::EXTRA_PRECONDITION_VALUE;
    use crate::testing::drawn;

    #[test]
    fn a_second_claim() {
        assert_eq!(
            drawn(&EXTRA_PRECONDITION_VALUE),
            r#"warning: a `ClaimsExist` precondition looks at one `Value` only
1.xml:25:40
|             <Value>email</Value><Value>displayName</Value><Action>SkipThisOrchestrationStep</Action>
|                                        ^^^^^^^^^^^ ignored
help: to compare a claim with a text, use `ClaimEquals`; for two claims, write two preconditions
"#
        );
    }
}
