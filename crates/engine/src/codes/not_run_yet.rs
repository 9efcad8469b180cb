//! JM1003: a provider that is not run yet.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A provider that is not run yet.
pub const NOT_RUN_YET: Code = Code {
    id: "JM1003",
    severity: Severity::Error,
    summary: "understood, but not run yet",
    explanation: "The profile's provider belongs to the language: it is read, merged, and checked like any other. But \
this engine does not run it yet. A journey that comes to the profile ends at a page that says so, and `serve` refuses \
the policy unless `allow_unsupported` names the policy.\n\n\
There is nothing wrong with the policy. The coverage table of the reference says what runs. Until then the profile \
can be left out of the journey, for example by a precondition.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Sign in elsewhere</DisplayName>
  <Protocol Name="OpenIdConnect" />
  <Metadata>
    <Item Key="METADATA">https://login.contoso.com/.well-known/openid-configuration</Item>
    <Item Key="client_id">journeyman</Item>
    <Item Key="response_types">id_token</Item>
  </Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for an id</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/ids</Item>
    <Item Key="AuthenticationType">None</Item>
    <Item Key="AllowInsecureAuthInProduction">true</Item>
    <Item Key="SendClaimsIn">Body</Item>
  </Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn not_run_yet(profile: &Name, at: Span, title: &str) -> Diagnostic {
    Diagnostic::new(&NOT_RUN_YET, Kind::Unsupported, at, format!("{title} is understood, but not run yet"))
        .label(format!("`{profile}` shows an error page where a journey reaches it"))
        .reference(profile.as_str())
}

pub(crate) fn control_not_run(control: &Name, at: Span, kind: &str) -> Diagnostic {
    Diagnostic::new(
        &NOT_RUN_YET,
        Kind::Unsupported,
        at,
        format!("the display control `{kind}` is understood, but not run yet"),
    )
    .label(format!("a page shows only the claims of `{control}`"))
    .reference(control.as_str())
}
