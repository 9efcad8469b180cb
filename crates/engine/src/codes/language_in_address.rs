//! JM1053: the address of a page template holds the language of the journey.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// The address of a page template holds the language of the journey.
pub const LANGUAGE_IN_ADDRESS: Code = Code {
    id: "JM1053",
    severity: Severity::Warning,
    summary: "the address of a page template holds the language of the journey",
    explanation: "A `{Culture:…}` resolver in `LoadUri` fetches another template for each language, which is a good way to have \
templates in several languages. But any language can come in by `ui_locales` or from the browser, unless the \
policy supports a fixed list, and one without a template ends the journey with AADB2C90002 in the service.\n\n\
Have a template for every language that the policy supports, and list those in `SupportedLanguages` with \
`MergeBehavior=\"ReplaceAll\"`.",
    service: &["AADB2C90002: The CORS resource '{uri}' returned a 404 not found."],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <LoadUri>https://contoso.com/{Culture:RFC5646}/page.html</LoadUri>
    </ContentDefinition>
  </ContentDefinitions>
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
      <LoadUri>https://contoso.com/page.html</LoadUri>
    </ContentDefinition>
  </ContentDefinitions>
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

/// One finding for all templates.
pub(crate) fn language_in_address(first: Span, others: &[Span]) -> Diagnostic {
    const SHOWN: usize = 4;
    let message = "a page template lies at another address for each language";
    let finding = Diagnostic::new(&LANGUAGE_IN_ADDRESS, Kind::Content, first, message)
        .label("the language of the journey is put in")
        .help("have a template for every language that the policy supports");
    others.iter().take(SHOWN).fold(finding, |finding, at| finding.also(*at, "so does this one"))
}
