//! JM1035: an address still holds its author's placeholder.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// An address still holds its author's placeholder.
pub const AUTHOR_PLACEHOLDER: Code = Code {
    id: "JM1035",
    severity: Severity::Error,
    summary: "an address still holds its author's placeholder",
    explanation: "Published samples leave out what everybody has to fill in: `{your-api-url}`, `@api_url@`, `<your \
tenant>`, `#{ApiUrl}#`, `YOUR-APP`. Here one stands where an address is needed to run the policy. It is no placeholder \
of the build step (`{Settings:Name}`), so no setting replaces it.\n\n\
Put the address in its place. To give it at deployment, write `{Settings:ApiUrl}` and set `ApiUrl` in \
`appsettings.json` or with `--set ApiUrl=…`.",
    service: &[
        "TechnicalProfile \"{profile}\" in policy \"{policy}\" of tenant \"{tenant}\" defines an invalid value \"{value}\" for the metadata item \"{key}.\"",
    ],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Look it up</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">{your-api-url}/names</Item>
    <Item Key="AuthenticationType">None</Item>
    <Item Key="AllowInsecureAuthInProduction">true</Item>
  </Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Look it up</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/names</Item>
    <Item Key="AuthenticationType">None</Item>
    <Item Key="AllowInsecureAuthInProduction">true</Item>
  </Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn author_placeholder(profile: &Name, at: Span, key: &str, placeholder: &str) -> Diagnostic {
    let message = format!("`{key}` of `{profile}` is still the author's placeholder");
    Diagnostic::new(&AUTHOR_PLACEHOLDER, Kind::Placeholder, at, message)
        .label(format!("put an address in the place of `{placeholder}`"))
        .reference(placeholder)
}
