//! JM1046: a supported language has no texts for a page that other languages word.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::ContentDefinition;
use journeyman_policy::source::Spanned;

/// A supported language has no texts for a page that other languages word.
pub const LANGUAGE_WITHOUT_TEXTS: Code = Code {
    id: "JM1046",
    severity: Severity::Note,
    summary: "a supported language has no texts for a page that other languages word",
    explanation: "The policy offers this language, and words the page of this content definition in others, but no \
`LocalizedResourcesReference` of it is for this language. Whoever asks for the language gets a page that is half \
in it: built-in texts in the language that was asked for, and what the policy's elements and metadata say.\n\n\
Add resources for the language and refer to them, or take the language from `SupportedLanguages`.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <LocalizedResourcesReferences MergeBehavior="Prepend">
        <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="texts.en" />
      </LocalizedResourcesReferences>
    </ContentDefinition>
  </ContentDefinitions>
  <Localization Enabled="true">
    <SupportedLanguages DefaultLanguage="en" MergeBehavior="ReplaceAll">
      <SupportedLanguage>en</SupportedLanguage>
      <SupportedLanguage>fr</SupportedLanguage>
    </SupportedLanguages>
    <LocalizedResources Id="texts.en">
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
      <LocalizedResourcesReferences MergeBehavior="Prepend">
        <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="texts.en" />
        <LocalizedResourcesReference Language="fr" LocalizedResourcesReferenceId="texts.fr" />
      </LocalizedResourcesReferences>
    </ContentDefinition>
  </ContentDefinitions>
  <Localization Enabled="true">
    <SupportedLanguages DefaultLanguage="en" MergeBehavior="ReplaceAll">
      <SupportedLanguage>en</SupportedLanguage>
      <SupportedLanguage>fr</SupportedLanguage>
    </SupportedLanguages>
    <LocalizedResources Id="texts.en">
      <LocalizedStrings>
        <LocalizedString ElementType="UxElement" StringId="button_continue">Go on</LocalizedString>
      </LocalizedStrings>
    </LocalizedResources>
    <LocalizedResources Id="texts.fr">
      <LocalizedStrings>
        <LocalizedString ElementType="UxElement" StringId="button_continue">Poursuivre</LocalizedString>
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

/// One finding for all pages of the language.
pub(crate) fn language_without_texts(language: &Spanned<String>, pages: &[&ContentDefinition]) -> Diagnostic {
    const SHOWN: usize = 4;
    let mut named: Vec<_> = pages.iter().take(SHOWN).map(|page| format!("`{}`", page.id)).collect();
    if let Some(more) = pages.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        named.push(format!("and {more} more"));
    }
    let has = if pages.len() == 1 { "has" } else { "have" };
    let message = format!("`{language}` is supported, but {} {has} no texts in it", named.join(", "));
    let help = format!("refer to localized resources for `{language}`, or take the language away");
    let finding = Diagnostic::new(&LANGUAGE_WITHOUT_TEXTS, Kind::Localization, language.span, message)
        .label("offered here")
        .help(help);
    match pages.iter().find_map(|page| page.localized.first()) {
        Some(other) => finding.also(other.resources.span, format!("it has some in `{}`", other.language)),
        None => finding,
    }
}
