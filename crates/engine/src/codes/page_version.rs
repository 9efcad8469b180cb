//! JM1100: a version of a page that there is not.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A version of a page that there is not.
pub const PAGE_VERSION: Code = Code {
    id: "JM1100",
    severity: Severity::Error,
    summary: "a page does not exist in this version",
    explanation: "The `DataUri` of a content definition names a page and its version, and there is no such version of that page: each page \
counts its versions by itself. The service refuses the policy; this engine has one page of each kind, and would show it.\n\n\
Write one of the versions that the finding lists. The newest is right unless a stylesheet or a script of yours depends on an \
older one. A version that is newer than all that are known here is only a note.",
    service: &[
        "The specified page contract '{urn}' has invalid version '{version}'. The available versions are: '{versions}'.",
    ],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:1.3.0</DataUri>
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

pub(crate) fn page_version(at: Span, page: &str, version: &str, known: &str, newest: &str) -> Diagnostic {
    let message = match version {
        "" => format!("the version of the page `{page}` is missing"),
        _ => format!("the page `{page}` has no version `{version}`"),
    };
    Diagnostic::new(&PAGE_VERSION, Kind::Content, at, message)
        .label(format!("there is {known}"))
        .help(format!("write `{newest}`, the newest that is known"))
}

pub(crate) fn page_version_newer(at: Span, page: &str, newest: &str) -> Diagnostic {
    let message = format!("this version of the page `{page}` is newer than any that is known here");
    Diagnostic::new(&PAGE_VERSION, Kind::Content, at, message)
        .severity(Severity::Note)
        .label(format!("the newest that is known is {newest}"))
}
