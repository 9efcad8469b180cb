//! JM1032: a claim resolver that nobody knows.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A claim resolver that nobody knows.
pub const UNKNOWN_RESOLVER: Code = Code {
    id: "JM1032",
    severity: Severity::Warning,
    summary: "a claim resolver that nobody knows",
    explanation: "A text has the form of a claim resolver, `{Group:Name}`, but there is no such resolver. It is not filled in: \
the braces and what is in them go through as they are, to a page, a service or a token. (The service answers with AADB2C90044 \
where it looks for a claim of that name.)\n\n\
Correct the name. The groups are `Culture`, `Policy`, `Context`, `Claim`, `OIDC`, `OAUTH-KV`, `SAML`; the reference lists \
their names. A parameter of the request that has no resolver of its own is `{OAUTH-KV:name}`.",
    service: &["The claim '{claim}' is not supported by the claim resolver."],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Name</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  <Metadata><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="email" DefaultValue="{OIDC:LoginHnt}" AlwaysUseDefaultValue="true" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Name</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  <Metadata><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="email" DefaultValue="{OIDC:LoginHint}" AlwaysUseDefaultValue="true" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn unknown_resolver(at: Span, written: &str, near: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::new(&UNKNOWN_RESOLVER, Kind::Claim, at, format!("`{written}` is no claim resolver"))
        .label("it stays as it is written");
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}
