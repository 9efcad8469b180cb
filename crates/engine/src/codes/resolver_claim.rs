//! JM1033: a claim resolver names a claim that is not declared.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A claim resolver names a claim that is not declared.
pub const RESOLVER_CLAIM: Code = Code {
    id: "JM1033",
    severity: Severity::Error,
    summary: "a claim resolver names a claim that is not declared",
    explanation: "`{Claim:name}` becomes the value of that claim. Here no claim type of that id is declared in the policy or its \
bases, so there never is a value. The service accepts the policy, and every journey that gets there ends with \
AADB2C90044.\n\n\
Correct the name, or declare the claim type. A parameter of the request is `{OAUTH-KV:name}`.",
    service: &["The claim '{claim}' is not supported by the claim resolver."],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Order</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  <Metadata><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" DefaultValue="Code for {Claim:e-mail}" AlwaysUseDefaultValue="true" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Order</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  <Metadata><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" DefaultValue="Code for {Claim:email}" AlwaysUseDefaultValue="true" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn resolver_claim(at: Span, claim: &str, declared: &[&str]) -> Diagnostic {
    let finding = Diagnostic::new(&RESOLVER_CLAIM, Kind::Claim, at, format!("claim type `{claim}` is not declared"))
        .label("it never has a value")
        .reference(claim);
    match journeyman_policy::nearest_word(claim, declared) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}
