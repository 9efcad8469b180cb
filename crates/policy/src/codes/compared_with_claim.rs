//! JM0221: a precondition that seems to compare two claims.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::source::{Span, Spanned};

/// A literal that is the id of a claim.
pub const COMPARED_WITH_CLAIM: Code = Code {
    id: "JM0221",
    severity: Severity::Warning,
    summary: "a precondition compares a claim with the name of another",
    explanation: "The second value of a `ClaimEquals` precondition is a text, never a claim: the first claim is compared with \
these very letters. Here they are the id of a claim type, and nothing in the policy gives the first claim such a text.\n\n\
To compare two claims, let the transformation `CompareClaims` put the result into a boolean claim in a step before, and look at \
that one.",
    service: &[],
    fails: precondition_example!(
        "ClaimEquals",
        "<Value>email</Value><Value>displayName</Value>",
        "SkipThisOrchestrationStep"
    ),
    passes: precondition_example!(
        "ClaimEquals",
        "<Value>email</Value><Value>ada@contoso.com</Value>",
        "SkipThisOrchestrationStep"
    ),
};

pub(crate) fn compared_with_claim(claim: &Ref, literal: &Spanned<String>, declared: Span) -> Diagnostic {
    let message = format!("`{}` is compared with the letters `{}`, not with that claim", claim.value, literal.value);
    Diagnostic::new(&COMPARED_WITH_CLAIM, Kind::Claim, literal.span, message)
        .label("the second value is a text")
        .also(declared, "the claim of that name")
        .help("compare the two with the transformation `CompareClaims`, and look at its result here")
}

#[cfg(test)]
mod tests {
    use super::COMPARED_WITH_CLAIM;
    use crate::testing::drawn;

    #[test]
    fn a_claim_of_that_name() {
        assert_eq!(
            drawn(&COMPARED_WITH_CLAIM),
            r#"warning: `email` is compared with the letters `displayName`, not with that claim
1.xml:25:40
|             <Value>email</Value><Value>displayName</Value><Action>SkipThisOrchestrationStep</Action>
|                                        ^^^^^^^^^^^ the second value is a text
0.xml:6:5
|     <ClaimType Id="displayName"><DisplayName>Name</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType></ClaimType>
|     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the claim of that name
help: compare the two with the transformation `CompareClaims`, and look at its result here
"#
        );
    }
}
