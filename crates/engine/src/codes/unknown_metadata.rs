//! JM1007: a metadata key is not known.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::provider_named;

/// A metadata key is not known.
pub const UNKNOWN_METADATA: Code = Code {
    id: "JM1007",
    severity: Severity::Warning,
    summary: "a metadata key has no effect",
    explanation: "A technical profile has a metadata item that its provider does not read. The service ignores such an item \
without a word, so a misspelt key silently leaves the default in force: a limit that somebody believes to be set is not.\n\n\
Correct the key, or remove the item. The keys that each provider reads are in the coverage table of the reference.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Make a code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata>
    <Item Key="Operation">GenerateCode</Item>
    <Item Key="MaxNumAttempts">3</Item>
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Make an object id</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/ids</Item>
    <Item Key="AuthenticationType">None</Item>
    <Item Key="SendClaimsIn">Body</Item>
  </Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn unknown_metadata(
    profile: &Name,
    at: Span,
    key: &Name,
    provider: &str,
    nearest: Option<&str>,
    owner: Option<&str>,
) -> Diagnostic {
    let finding =
        Diagnostic::new(&UNKNOWN_METADATA, Kind::Metadata, at, format!("`{key}` of `{profile}` has no effect"))
            .label(format!("the {} does not read it", provider_named(provider)));
    match (nearest, owner) {
        (Some(name), None) => finding.help(format!("did you mean `{name}`?")),
        (_, Some(owner)) => finding.help(format!("it is a key of the {}", provider_named(owner))),
        (None, None) => finding,
    }
}
