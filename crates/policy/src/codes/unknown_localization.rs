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
    explanation: "A content definition takes the texts of a language from localized resources that neither this file nor a base policy declares. \
The page would be shown in the built-in texts.\n\n\
Correct the id, or declare the resources in `Localization`.",
    service: &[
        "Policy \"{policy}\" of tenant \"{tenant}\" makes a reference to LocalizedResources with id \"{id}\" but neither the policy nor any of its base policies contain such an element.",
    ],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <LocalizedResourcesReferences>
        <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="pages.en" />
      </LocalizedResourcesReferences>
    </ContentDefinition>
  </ContentDefinitions>
  <Localization Enabled="true">
    <SupportedLanguages DefaultLanguage="en"><SupportedLanguage>en</SupportedLanguage></SupportedLanguages>
    <LocalizedResources Id="page.en">
      <LocalizedStrings>
        <LocalizedString ElementType="UxElement" StringId="button_continue">Go on</LocalizedString>
      </LocalizedStrings>
    </LocalizedResources>
  </Localization>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <LocalizedResourcesReferences>
        <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="page.en" />
      </LocalizedResourcesReferences>
    </ContentDefinition>
  </ContentDefinitions>
  <Localization Enabled="true">
    <SupportedLanguages DefaultLanguage="en"><SupportedLanguage>en</SupportedLanguage></SupportedLanguages>
    <LocalizedResources Id="page.en">
      <LocalizedStrings>
        <LocalizedString ElementType="UxElement" StringId="button_continue">Go on</LocalizedString>
      </LocalizedStrings>
    </LocalizedResources>
  </Localization>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
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
