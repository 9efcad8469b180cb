//! JM1005: a metadata value is not allowed.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::codes::range_metadata::RANGE_METADATA;
use crate::providers::{MetadataKey, ValueKind};

/// A metadata value is not allowed.
pub const BAD_METADATA: Code = Code {
    id: "JM1005",
    severity: Severity::Error,
    summary: "a metadata value is not allowed",
    explanation: "The provider of this profile knows the metadata item, but not this value of it: it takes one of a \
few words, `true` or `false`, or an address. Or the item is empty, as published packs leave those that every author \
must fill in. The service refuses the upload, or ends the first journey that comes to the profile.\n\n\
Write one of the values that the finding lists; case does not matter. Where the engine has no use for the item, or \
where no journey reaches the profile, this is a warning.",
    service: &[
        "TechnicalProfile \"{profile}\" in policy \"{policy}\" of tenant \"{tenant}\" defines an invalid value \
         \"{value}\" for the metadata item \"{key}.\"",
    ],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask a service</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/ids</Item>
    <Item Key="AuthenticationType">Basics</Item>
  </Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask a service</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/ids</Item>
    <Item Key="AuthenticationType">None</Item>
    <Item Key="AllowInsecureAuthInProduction">true</Item>
  </Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn bad_metadata(profile: &Name, at: Span, key: &MetadataKey, value: &str, expected: &str) -> Diagnostic {
    let number = matches!(key.value, ValueKind::Integer { .. });
    let code = if number { &RANGE_METADATA } else { &BAD_METADATA };
    let message = format!("`{value}` is not allowed for `{}` of `{profile}`", key.name);
    let finding = Diagnostic::new(code, Kind::Metadata, at, message).label(format!("expected {expected}"));
    if number {
        finding.help("the nearest allowed number is used, or the default when it is no number")
    } else {
        finding
    }
}

/// A value that was left empty, as the published policies leave those that every author must fill in.
pub(crate) fn empty_metadata(profile: &Name, at: Span, key: &MetadataKey) -> Diagnostic {
    Diagnostic::new(&BAD_METADATA, Kind::Metadata, at, format!("`{}` of `{profile}` is empty", key.name))
        .label("expected a value")
        .help(format!("give it a value, here or in a policy that builds on this one: {}", key.summary))
}
