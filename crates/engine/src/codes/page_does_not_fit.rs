//! JM1104: a page that is not made for what is shown on it.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A page that is not made for what is shown on it.
pub const PAGE_DOES_NOT_FIT: Code = Code {
    id: "JM1104",
    severity: Severity::Warning,
    summary: "a page of another kind than what is shown on it",
    explanation: "Every page is made for one thing: `selfasserted` for self-asserted profiles, `unifiedssp` and `unifiedssd` for signing in, \
`providerselection` for a choice of providers, `multifactor` for the verification of a phone. With another page the service \
shows an error, or a page on which half is missing.\n\n\
Refer to a content definition of the right page, or correct the address of this one. This engine goes by what is to be shown, \
not by the page.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <DataUri>urn:com:microsoft:aad:b2c:elements:contract:unifiedssp:2.1.5</DataUri>
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
      <DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.1.7</DataUri>
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

pub(crate) fn page_does_not_fit(
    at: Span,
    definition: &Name,
    page: &str,
    right: &str,
    what: &str,
    address: Option<Span>,
) -> Diagnostic {
    let message = format!("`{definition}` has the page `{page}`, which is not made for {what}");
    let finding = Diagnostic::new(&PAGE_DOES_NOT_FIT, Kind::Content, at, message)
        .help(format!("use a content definition with the page `{right}`"));
    match address {
        Some(address) => finding.also(address, "its page"),
        None => finding,
    }
}
