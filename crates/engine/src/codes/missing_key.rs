//! JM1009: a cryptographic key is missing.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A cryptographic key is missing.
pub const MISSING_KEY: Code = Code {
    id: "JM1009",
    severity: Severity::Error,
    summary: "a cryptographic key that the provider needs is missing",
    explanation: "The provider of this profile needs a cryptographic key of that id: to sign tokens, to show a \
service who calls it, or to prove to an identity provider which application asks. Neither the profile nor anything \
that it includes has it. The service refuses the upload, or ends the first journey that comes to the profile.\n\n\
Add the key to `CryptographicKeys`. `Id` says what it is for, `StorageReferenceId` which policy key it is.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask a service</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/ids</Item>
    <Item Key="AuthenticationType">Basic</Item>
  </Metadata>
  <CryptographicKeys>
    <Key Id="BasicAuthenticationUsername" StorageReferenceId="B2C_1A_ServiceUser" />
  </CryptographicKeys>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask a service</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/ids</Item>
    <Item Key="AuthenticationType">Basic</Item>
  </Metadata>
  <CryptographicKeys>
    <Key Id="BasicAuthenticationUsername" StorageReferenceId="B2C_1A_ServiceUser" />
    <Key Id="BasicAuthenticationPassword" StorageReferenceId="B2C_1A_ServicePassword" />
  </CryptographicKeys>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn missing_key(profile: &Name, at: Span, key: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_KEY, Kind::Key, at, format!("technical profile `{profile}` has no key `{key}`"))
        .help(format!("add `<Key Id=\"{key}\" StorageReferenceId=\"B2C_1A_…\" />` to its `CryptographicKeys`"))
}
