//! JM1101: the address of a page without the word `contract`.

use journeyman_policy::diagnostic::{Code, Diagnostic, Edit, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::ContentDefinition;
use journeyman_policy::source::Span;

/// The address of a page without the word `contract`.
pub const NO_CONTRACT: Code = Code {
    id: "JM1101",
    severity: Severity::Warning,
    summary: "the address of a page lacks the word `contract`",
    explanation: "Pages of the versions 1.0.0 and 1.1.0 have two addresses, with and without `contract:` before their name. Newer ones only \
have the one with it: without the word the service looks for an element that does not exist.\n\n\
Put `contract:` before the name of the page. This engine takes either.",
    service: &[
        "The element specified by id '{urn}' cannot be found in the element factory cache. Check that element definition exists in the elements folder.",
    ],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <DataUri>urn:com:microsoft:aad:b2c:elements:selfasserted:2.1.7</DataUri>
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

pub(crate) fn no_contract(definition: &ContentDefinition, page: Span, name: &str) -> Diagnostic {
    let message = format!("the address of the page of `{}` lacks the word `contract`", definition.id);
    Diagnostic::new(&NO_CONTRACT, Kind::Content, page, message)
        .label("the service knows this version only by its contract")
        .help(format!("write `contract:{name}`"))
        .fix(format!("write `contract:{name}`"), [Edit::insert(page, "contract:")])
}
