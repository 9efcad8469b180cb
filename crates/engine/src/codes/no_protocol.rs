//! JM1002: a profile without protocol.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::PROFILE;

/// A profile without protocol.
pub const NO_PROTOCOL: Code = Code {
    id: "JM1002",
    severity: Severity::Warning,
    summary: "a technical profile has no protocol, in no file of the chain",
    explanation: "A technical profile that a journey reaches has no `Protocol`, in no file of the chain and in no \
profile that it includes. So nobody knows what should run it. Published samples leave such profiles for the author to \
complete, and a journey that comes to this one ends with an error.\n\n\
Declare the `Protocol`, include a profile that has one, or take the profile out of the journey. Often the id is that \
of a profile which a base policy was to declare, with a slip in it.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Make an object id</DisplayName>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Make an object id</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn no_protocol(profile: &Name, at: Span) -> Diagnostic {
    Diagnostic::new(&NO_PROTOCOL, PROFILE, at, format!("technical profile `{profile}` has no protocol"))
        .label("a journey that reaches it ends with an error")
        .help("declare its `Protocol` here, or include a profile that has one")
}
