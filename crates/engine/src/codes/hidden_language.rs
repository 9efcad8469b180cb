//! JM1052: texts for a region stand behind those for its language.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ContentDefinition, LocalizedReference};

/// Texts for a region stand behind those for its language.
pub const HIDDEN_LANGUAGE: Code = Code {
    id: "JM1052",
    severity: Severity::Warning,
    summary: "texts for a region stand behind those for its language",
    explanation: "The references of a content definition are tried in their order, and the one for a language fits all of its \
regions. So `en` before `en-US` takes all of English, and the texts for `en-US` are never shown by the service. \
Journeyman looks for the exact tag first.\n\n\
Put the reference for the region before the one for the language.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <LocalizedResourcesReferences MergeBehavior="Prepend">
        <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="texts.en" />
        <LocalizedResourcesReference Language="en-US" LocalizedResourcesReferenceId="texts.en-US" />
      </LocalizedResourcesReferences>
    </ContentDefinition>
  </ContentDefinitions>
  <Localization Enabled="true">
    <SupportedLanguages DefaultLanguage="en" MergeBehavior="ReplaceAll">
      <SupportedLanguage>en</SupportedLanguage>
      <SupportedLanguage>en-US</SupportedLanguage>
    </SupportedLanguages>
    <LocalizedResources Id="texts.en">
      <LocalizedStrings>
        <LocalizedString ElementType="UxElement" StringId="button_continue">Go on</LocalizedString>
      </LocalizedStrings>
    </LocalizedResources>
    <LocalizedResources Id="texts.en-US">
      <LocalizedStrings>
        <LocalizedString ElementType="UxElement" StringId="button_continue">Continue</LocalizedString>
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
      <LocalizedResourcesReferences MergeBehavior="Prepend">
        <LocalizedResourcesReference Language="en-US" LocalizedResourcesReferenceId="texts.en-US" />
        <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="texts.en" />
      </LocalizedResourcesReferences>
    </ContentDefinition>
  </ContentDefinitions>
  <Localization Enabled="true">
    <SupportedLanguages DefaultLanguage="en" MergeBehavior="ReplaceAll">
      <SupportedLanguage>en</SupportedLanguage>
      <SupportedLanguage>en-US</SupportedLanguage>
    </SupportedLanguages>
    <LocalizedResources Id="texts.en">
      <LocalizedStrings>
        <LocalizedString ElementType="UxElement" StringId="button_continue">Go on</LocalizedString>
      </LocalizedStrings>
    </LocalizedResources>
    <LocalizedResources Id="texts.en-US">
      <LocalizedStrings>
        <LocalizedString ElementType="UxElement" StringId="button_continue">Continue</LocalizedString>
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

/// A reference for a region stands behind the one for its language.
pub(crate) fn hidden_language(
    definition: &ContentDefinition,
    hidden: &LocalizedReference,
    before: &LocalizedReference,
) -> Diagnostic {
    let (region, language) = (&hidden.language, &before.language);
    let message = format!("the texts of `{}` for `{region}` are hidden by those for `{language}`", definition.id);
    Diagnostic::new(&HIDDEN_LANGUAGE, Kind::Localization, hidden.span, message)
        .also(before.span, format!("fits `{region}` too, and comes first"))
        .help(format!("put the reference for `{region}` before the one for `{language}`"))
}
