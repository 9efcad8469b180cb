//! JM1048: the default language is not one of the supported ones.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Spanned;

/// The default language is not one of the supported ones.
pub const DEFAULT_LANGUAGE: Code = Code {
    id: "JM1048",
    severity: Severity::Warning,
    summary: "the default language is not one of the supported ones",
    explanation: "`DefaultLanguage` is what a journey speaks when it was asked for nothing that the policy supports. It is not in \
the list of supported languages here, and `MergeBehavior=\"ReplaceAll\"` leaves no other, so that nobody can \
choose this language, and everybody gets it whose own is not there.\n\n\
Add it to `SupportedLanguages`, or make one of those the default.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <Localization Enabled="true">
    <SupportedLanguages DefaultLanguage="fr" MergeBehavior="ReplaceAll">
      <SupportedLanguage>en</SupportedLanguage>
      <SupportedLanguage>de</SupportedLanguage>
    </SupportedLanguages>
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
  <Localization Enabled="true">
    <SupportedLanguages DefaultLanguage="en" MergeBehavior="ReplaceAll">
      <SupportedLanguage>en</SupportedLanguage>
      <SupportedLanguage>de</SupportedLanguage>
    </SupportedLanguages>
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

/// The default language is not one of the supported ones.
pub(crate) fn default_language(default: &Spanned<String>, supported: &[Spanned<String>]) -> Diagnostic {
    let message = format!("the default language `{default}` is not supported");
    let known: Vec<_> = supported.iter().map(|language| format!("`{language}`")).collect();
    Diagnostic::new(&DEFAULT_LANGUAGE, Kind::Localization, default.span, message)
        .label("not in the list below")
        .help(format!("add it to the supported languages, or write one of them: {}", known.join(", ")))
}
