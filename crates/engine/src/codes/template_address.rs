//! JM1106: the `LoadUri` of a content definition is nothing that a page is fetched from.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// The `LoadUri` of a content definition is nothing that a page is fetched from.
pub const TEMPLATE_ADDRESS: Code = Code {
    id: "JM1106",
    severity: Severity::Warning,
    summary: "a page template cannot be fetched from this address",
    explanation: "The `LoadUri` of a content definition is where the template of its page lies: an address that begins with `https://`, or \
`~/tenant/…` for one of the templates that are built in. Nothing else is fetched: the service answers AADB2C90002 when the \
page is due.\n\n\
Write the whole address of the template.",
    service: &["AADB2C90002: The CORS resource '{uri}' returned a 404 not found."],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <LoadUri>http://contoso.com/page.html</LoadUri>
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

pub(crate) fn template_address(at: Span, written: &str) -> Diagnostic {
    let is_plain = written.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"));
    let message = match is_plain {
        true => "a page template is not fetched over plain HTTP".to_owned(),
        false => format!("`{written}` is no address that a page template can be fetched from"),
    };
    Diagnostic::new(&TEMPLATE_ADDRESS, Kind::Content, at, message)
        .help("begin it with `https://`, or with `~/` for a template that is built in")
}
