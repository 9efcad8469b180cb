//! JM1001: a profile whose provider nobody knows.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A profile whose provider nobody knows.
pub const UNKNOWN_HANDLER: Code = Code {
    id: "JM1001",
    severity: Severity::Error,
    summary: "a technical profile names a provider that does not exist",
    explanation: "A technical profile is run by a provider, which `Protocol` names: `Name` alone for the protocols of \
identity providers and issuers, `Name=\"Proprietary\"` and a `Handler` for everything else. This names one that the \
language does not have, so nothing can run the profile. Mostly the type name is misspelt, or a namespace is missing.\n\n\
Take the handler from a published profile of the same kind. Of the long name only the part before the first comma \
counts, and of that the class at its end. Where no journey reaches the profile, this is a warning.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Make an object id</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformProtocolProvider, Web.TPEngine, Version=1.0.0.0" />
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Make an object id</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider, Web.TPEngine, Version=1.0.0.0" />
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn unknown_handler(profile: &Name, at: Span, handler: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_HANDLER, Kind::Profile, at, format!("`{handler}` is not a provider of the language"))
        .label(format!("`{profile}` cannot run"))
        .help("only the type name before the first comma of `Handler` counts")
}
