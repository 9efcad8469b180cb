//! JM1103: the `DataUri` of a content definition names no page.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::ContentDefinition;
use journeyman_policy::source::Span;

/// The `DataUri` of a content definition names no page.
pub const UNKNOWN_PAGE: Code = Code {
    id: "JM1103",
    severity: Severity::Error,
    summary: "a content definition names a page that does not exist",
    explanation: "The `DataUri` of a content definition is the address of a page: `urn:com:microsoft:aad:b2c:elements:contract:`, the name of a \
page, a colon, its version. The names are `selfasserted`, `unifiedssp`, `unifiedssd`, `multifactor`, `providerselection`, \
`globalexception` and `claimsconsent`; before contracts, `providerselection` was called `idpselection`.\n\n\
The service refuses a policy with another name. This engine shows a page of its own in the place.",
    service: &[
        "The element specified by id '{urn}' cannot be found in the element factory cache. Check that element definition exists in the elements folder.",
    ],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfaserted:2.1.7</DataUri>
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

pub(crate) fn unknown_page(
    definition: &ContentDefinition,
    at: Span,
    written: &str,
    near: Option<&'static str>,
) -> Diagnostic {
    let message = format!("`{written}`, of the content definition `{}`, is no page", definition.id);
    let finding = Diagnostic::new(&UNKNOWN_PAGE, Kind::Content, at, message);
    match near {
        Some(page) => finding.help(format!("did you mean `{page}`?")),
        None => {
            finding.help("write an address such as `urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.1.7`")
        }
    }
}
