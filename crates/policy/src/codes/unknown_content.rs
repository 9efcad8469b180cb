//! JM0104: a reference to a content definition that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A content definition that is referred to but not declared.
pub const UNKNOWN_CONTENT: Code = Code {
    id: "JM0104",
    severity: Severity::Error,
    summary: "reference to a content definition that is not declared",
    explanation: "A step or the metadata `ContentDefinitionReferenceId` of a technical profile names a content definition that neither this file nor \
a base policy declares. There is no page to show.\n\n\
Correct the id, or declare the content definition.",
    service: &[
        "Policy \"{policy}\" of tenant \"{tenant}\" makes a reference to ContentDefinition with id \"{id}\" but neither the policy nor any of its base policies contain such an element.",
    ],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Who are you?</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfaserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Who are you?</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn unknown_content(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_CONTENT, Kind::Content, "content definition", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_CONTENT;
    use crate::testing::found;

    #[test]
    fn in_metadata() {
        let said = found(
            &UNKNOWN_CONTENT,
            r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<Metadata><Item Key="ContentDefinitionReferenceId">api.x</Item></Metadata>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: content definition `api.x` is not declared
0.xml:4:52
| <Metadata><Item Key="ContentDefinitionReferenceId">api.x</Item></Metadata>
|                                                    ^^^^^ not in this policy or any base policy
"#
        );
    }
}
