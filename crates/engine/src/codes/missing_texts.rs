//! JM1047: a language lacks texts that other languages of the same pages have.

use indexmap::IndexSet;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{LocalizedReference, LocalizedResources};

/// A language lacks texts that other languages of the same pages have.
pub const MISSING_TEXTS: Code = Code {
    id: "JM1047",
    severity: Severity::Note,
    summary: "a language lacks texts that other languages of the same pages have",
    explanation: "The content definitions that refer to these resources have other resources too, for other languages, and those \
word strings that these do not. In this language the built-in text is shown instead, or what the policy says in \
its elements and metadata.\n\n\
Add the strings, or leave it so where the built-in text will do. The default language is not looked at: what \
stands in the elements and metadata of a policy is in that language.",
    service: &[],
    fails: Example::Leaf(
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
        <LocalizedString ElementType="UxElement" StringId="button_cancel">Back</LocalizedString>
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
        <LocalizedString ElementType="UxElement" StringId="button_cancel">Back</LocalizedString>
      </LocalizedStrings>
    </LocalizedResources>
    <LocalizedResources Id="texts.fr">
      <LocalizedStrings>
        <LocalizedString ElementType="UxElement" StringId="button_continue">Poursuivre</LocalizedString>
        <LocalizedString ElementType="UxElement" StringId="button_cancel">Retour</LocalizedString>
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

/// One finding for a set of resources.
pub(crate) fn missing_texts(
    resources: &LocalizedResources,
    reference: &LocalizedReference,
    missing: &IndexSet<String>,
) -> Diagnostic {
    const SHOWN: usize = 8;
    let mut named: Vec<_> = missing.iter().take(SHOWN).map(|id| format!("`{id}`")).collect();
    if let Some(more) = missing.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        named.push(format!("and {more} more"));
    }
    let (language, count) = (&reference.language, missing.len());
    let message = format!("the texts in `{language}` lack {count} that other languages have: {}", named.join(", "));
    Diagnostic::new(&MISSING_TEXTS, Kind::Localization, resources.span, message)
        .also(reference.resources.span, "for this language")
}
