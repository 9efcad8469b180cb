//! JM0222: a precondition compares with a text that no value of the claim's type has.

use journeyman_claims::DataType;

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::source::Spanned;

/// A literal that the claim's type cannot hold.
pub const IMPOSSIBLE_LITERAL: Code = Code {
    id: "JM0222",
    severity: Severity::Warning,
    summary: "a precondition compares with what the claim can never be",
    explanation: "A `ClaimEquals` precondition compares the text of a claim with a literal. A boolean claim has one of the texts \
`True` and `False`, a number its digits. This literal is none of them, so the two are never equal: with \
`ExecuteActionsIf=\"true\"` the step always runs, with `false` it is skipped whenever the claim has a value.\n\n\
Write a value of the claim's type. To ask whether a claim has a value at all, use `ClaimsExist`.",
    service: &[],
    fails: precondition_example!("ClaimEquals", "<Value>isNew</Value><Value>yes</Value>", "SkipThisOrchestrationStep"),
    passes: precondition_example!(
        "ClaimEquals",
        "<Value>isNew</Value><Value>True</Value>",
        "SkipThisOrchestrationStep"
    ),
};

pub(crate) fn impossible_literal(claim: &Ref, literal: &Spanned<String>, data_type: &Spanned<DataType>) -> Diagnostic {
    let message = format!("`{}` is never `{}`", claim.value, literal.value);
    let found = Diagnostic::new(&IMPOSSIBLE_LITERAL, Kind::Claim, literal.span, message)
        .label(format!("no value of the type {} is written so", data_type.value))
        .also(data_type.span, "its data type");
    match data_type.value {
        DataType::Boolean => found.help("write `True` or `False`"),
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::IMPOSSIBLE_LITERAL;
    use crate::testing::drawn;

    #[test]
    fn no_boolean() {
        assert_eq!(
            drawn(&IMPOSSIBLE_LITERAL),
            r#"warning: `isNew` is never `yes`
1.xml:25:40
|             <Value>isNew</Value><Value>yes</Value><Action>SkipThisOrchestrationStep</Action>
|                                        ^^^ no value of the type boolean is written so
0.xml:8:67
|     <ClaimType Id="isNew"><DisplayName>New</DisplayName><DataType>boolean</DataType></ClaimType>
|                                                                   ^^^^^^^ its data type
help: write `True` or `False`
"#
        );
    }
}
