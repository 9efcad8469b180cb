//! JM1004: required metadata is missing.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::TechnicalProfile;
use journeyman_policy::source::Span;

use crate::providers::MetadataKey;

/// Required metadata is missing.
pub const MISSING_METADATA: Code = Code {
    id: "JM1004",
    severity: Severity::Error,
    summary: "required metadata is missing",
    explanation: "The provider of this profile cannot work without that metadata item, and neither the profile nor \
anything that it includes has it. The service refuses the upload, or ends the first journey that comes to the \
profile.\n\n\
A profile that was copied under a new id is the usual cause: what an extension file added to the original, such as \
`client_id`, does not reach the copy. The finding shows a profile of the same provider that has the item. Add it, or \
include that profile. Where the engine has no use for the item, only the service does, this is a warning.",
    service: &[
        "A required Metadata item with key \"{key}\" was not found in the TechnicalProfile with id \"{profile}\" in \
         policy \"{policy}\" of tenant \"{tenant}\".",
    ],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask a service</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="AuthenticationType">None</Item>
    <Item Key="AllowInsecureAuthInProduction">true</Item>
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

/// `other` is a profile of the same provider that has it: this one may be a copy that lost what the other includes.
pub(crate) fn missing_metadata(
    profile: &Name,
    at: Span,
    key: &MetadataKey,
    other: Option<&TechnicalProfile>,
) -> Diagnostic {
    let message = format!("technical profile `{profile}` has no `{}`", key.name);
    let finding = Diagnostic::new(&MISSING_METADATA, Kind::Metadata, at, message)
        .help(format!("add `<Item Key=\"{}\">…</Item>`: {}", key.name, key.summary));
    match other {
        Some(other) => {
            let at = other.metadata.get(&Name::new(key.name)).map_or(other.span, |value| value.span);
            finding.also(at, format!("`{}` has it here", other.id))
        }
        None => finding,
    }
}
