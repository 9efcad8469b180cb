//! JM1011: a directory profile has no single key.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::PROFILE;

/// A directory profile has no single key.
pub const DIRECTORY_KEY: Code = Code {
    id: "JM1011",
    severity: Severity::Error,
    summary: "a directory operation needs exactly one input claim",
    explanation: "A profile of the directory finds its user by one attribute, and its input claims say which: there \
must be exactly one. With none the directory would not know whom to read, with two it would not know which of them \
counts. The service ends the journey that comes to the profile.\n\n\
Keep one input claim. What a write is to store belongs into `PersistedClaims`, together with that key. A list grows \
unseen: input claims of an included profile are added to those of the profile itself.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Read a user</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item></Metadata>
  <InputClaims>
    <InputClaim ClaimTypeReferenceId="objectId" />
    <InputClaim ClaimTypeReferenceId="email" PartnerClaimType="signInNames.emailAddress" />
  </InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Read a user</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item></Metadata>
  <InputClaims>
    <InputClaim ClaimTypeReferenceId="email" PartnerClaimType="signInNames.emailAddress" />
  </InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn directory_key_count(profile: &Name, at: Span, count: usize) -> Diagnostic {
    Diagnostic::new(
        &DIRECTORY_KEY,
        PROFILE,
        at,
        format!(
            "technical profile `{profile}` has {count} input claims, but a directory operation finds a user by exactly one"
        ),
    )
}
