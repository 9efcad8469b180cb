//! JM1067: a call to a service that a production policy should not make.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A call to a service that a production policy should not make.
pub const OPEN_CALL: Code = Code {
    id: "JM1067",
    severity: Severity::Warning,
    summary: "a production policy calls a service without protection, or shows its inner details",
    explanation: "A policy without `DeploymentMode`, or with `Production`, is held to more than one in development: a REST \
service must be called over https; it must be called with credentials, unless `AllowInsecureAuthInProduction` says that none \
is meant; and `DebugMode`, which shows a service's own details to the person, must be off. The service refuses such a policy \
at upload or fails its calls. Here the policy runs, so that it can be tried; what goes over the wire is as open as it says.\n\n\
Call the service over https and let it ask for `Basic`, `Bearer`, `ClientCertificate` or `ApiKeyHeader`; or set \
`DeploymentMode=\"Development\"` on the root element of the policy while it is being developed.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask a service</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">http://api.contoso.com/ids</Item>
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

/// A warning about one metadata item of a production policy.
pub(crate) fn open_call(profile: &Name, at: Span, what: &str, label: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&OPEN_CALL, Kind::Metadata, at, format!("`{profile}` {what} in a production policy"))
        .label(label)
        .help(help)
}
