//! JM1051: a content definition has no `DataUri`, nor has the one that it changes.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::ContentDefinition;

/// A content definition has no `DataUri`, nor has the one that it changes.
pub const NO_DATA_URI: Code = Code {
    id: "JM1051",
    severity: Severity::Warning,
    summary: "a content definition has no `DataUri`, nor has the one that it changes",
    explanation: "`DataUri` says which page a content definition is: the page's kind, and the version of its contract. Policies \
that change a content definition of their base need not repeat it. But no file of this chain has it, which \
mostly means that the definition was meant to change one in a base policy that is not here, or has another id. \
The service refuses such a policy; here the newest version of the page is shown.\n\n\
Add the `DataUri`, or correct the id or the base policy.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.other">
      <LoadUri>~/tenant/default/selfAsserted.cshtml</LoadUri>
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
    <ContentDefinition Id="api.other">
      <LoadUri>~/tenant/default/selfAsserted.cshtml</LoadUri>
      <DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.1.26</DataUri>
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

/// A content definition says nowhere which page it is.
pub(crate) fn no_data_uri(definition: &ContentDefinition) -> Diagnostic {
    let message = format!("`{}` does not say which page it is", definition.id);
    Diagnostic::new(&NO_DATA_URI, Kind::Content, definition.span, message)
        .label("no `DataUri` here or in a base policy")
        .help("add the `DataUri` of a page")
}
