//! JM0105: a reference to localized resources that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// Localized resources that is referred to but not declared.
pub const UNKNOWN_LOCALIZATION: Code = Code {
    id: "JM0105",
    severity: Severity::Error,
    summary: "reference to localized resources that is not declared",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_localization(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_LOCALIZATION, Kind::Localization, "set of localized resources", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_LOCALIZATION;
    use crate::testing::found;

    #[test]
    fn in_a_content_definition() {
        let said = found(
            &UNKNOWN_LOCALIZATION,
            r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="a"><LocalizedResourcesReferences>
<LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="a.en" />
</LocalizedResourcesReferences></ContentDefinition></ContentDefinitions></BuildingBlocks>"#,
        );
        assert_eq!(
            said,
            r#"error: set of localized resources `a.en` is not declared
0.xml:3:75
| <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="a.en" />
|                                                                           ^^^^ not in this policy or any base policy
"#
        );
    }
}
