//! JM1105: a page in a version that lacks what is used on it.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::ContentDefinition;
use journeyman_policy::source::Span;

/// A page in a version that lacks what is used on it.
pub const PAGE_TOO_OLD: Code = Code {
    id: "JM1105",
    severity: Severity::Warning,
    summary: "a page is older than what is used on it",
    explanation: "Pages learnt things over time. Display controls need `selfasserted` 2.0.0, those for authenticator apps 2.1.9; the box to stay \
signed in needs `unifiedssp` 1.1.0, a forgotten-password link that leads to a claims exchange 2.1.2. On an older page the \
service leaves it out without a word.\n\n\
Raise the version in the `DataUri`, and look at the page: its markup and its stylesheets changed too. This engine can do all \
of it on every version.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:1.2.0</DataUri>
    </ContentDefinition>
  </ContentDefinitions>
  <DisplayControls>
    <DisplayControl Id="Verify" UserInterfaceControlType="VerificationControl">
      <DisplayClaims>
        <DisplayClaim ClaimTypeReferenceId="email" Required="true" />
        <DisplayClaim ClaimTypeReferenceId="otp" ControlClaimType="VerificationCode" Required="true" />
      </DisplayClaims>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
    </DisplayControl>
  </DisplayControls>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <DisplayClaims><DisplayClaim DisplayControlReferenceId="Verify" /></DisplayClaims>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
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
  <DisplayControls>
    <DisplayControl Id="Verify" UserInterfaceControlType="VerificationControl">
      <DisplayClaims>
        <DisplayClaim ClaimTypeReferenceId="email" Required="true" />
        <DisplayClaim ClaimTypeReferenceId="otp" ControlClaimType="VerificationCode" Required="true" />
      </DisplayClaims>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
    </DisplayControl>
  </DisplayControls>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <DisplayClaims><DisplayClaim DisplayControlReferenceId="Verify" /></DisplayClaims>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
};

pub(crate) fn page_too_old(
    definition: &ContentDefinition,
    at: Span,
    page: &str,
    least: &str,
    what: &str,
    used: Span,
) -> Diagnostic {
    let message = format!("{what} needs the page `{page}` in version {least} or newer");
    Diagnostic::new(&PAGE_TOO_OLD, Kind::Content, at, message)
        .label(format!("`{}` has an older one", definition.id))
        .also(used, "used here")
        .help(format!("raise the version to {least} at least"))
}
