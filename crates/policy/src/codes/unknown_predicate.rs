//! JM0109: a reference to a predicate that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A predicate that is referred to but not declared.
pub const UNKNOWN_PREDICATE: Code = Code {
    id: "JM0109",
    severity: Severity::Error,
    summary: "reference to a predicate that is not declared",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_predicate(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_PREDICATE, Kind::Predicate, "predicate", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_PREDICATE;
    use crate::testing::found;

    #[test]
    fn in_a_group() {
        let said = found(
            &UNKNOWN_PREDICATE,
            r#"<BuildingBlocks><PredicateValidations><PredicateValidation Id="v"><PredicateGroups><PredicateGroup Id="g"><PredicateReferences>
<PredicateReference Id="Length" />
</PredicateReferences></PredicateGroup></PredicateGroups></PredicateValidation></PredicateValidations></BuildingBlocks>"#,
        );
        assert_eq!(
            said,
            r#"error: predicate `Length` is not declared
0.xml:3:25
| <PredicateReference Id="Length" />
|                         ^^^^^^ not in this policy or any base policy
"#
        );
    }
}
