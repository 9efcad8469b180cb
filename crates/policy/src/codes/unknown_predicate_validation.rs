//! JM0110: a reference to a predicate validation that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A predicate validation that is referred to but not declared.
pub const UNKNOWN_PREDICATE_VALIDATION: Code = Code {
    id: "JM0110",
    severity: Severity::Error,
    summary: "reference to a predicate validation that is not declared",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_predicate_validation(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_PREDICATE_VALIDATION, Kind::PredicateValidation, "predicate validation", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_PREDICATE_VALIDATION;
    use crate::testing::found;

    #[test]
    fn on_a_claim() {
        let said = found(
            &UNKNOWN_PREDICATE_VALIDATION,
            r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="a"><DataType>string</DataType>
<PredicateValidationReference Id="v" />
</ClaimType></ClaimsSchema></BuildingBlocks>"#,
        );
        assert_eq!(
            said,
            r#"error: predicate validation `v` is not declared
0.xml:3:35
| <PredicateValidationReference Id="v" />
|                                   ^ not in this policy or any base policy
"#
        );
    }
}
