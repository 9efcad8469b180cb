//! JM1065: a metadata value names something that is not declared.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A metadata value names something that is not declared.
pub const UNKNOWN_NAME: Code = Code {
    id: "JM1065",
    severity: Severity::Warning,
    summary: "metadata names a claim or a journey that is not declared",
    explanation: "Some metadata values are names: of the claim that holds a bearer token or a whole request body, of the \
journey that redeems refresh tokens. This one names nothing in the policy or in any policy that it builds \
on. The service takes metadata for plain text and uploads it; at run time the token is missing, or the body is empty.\n\n\
Correct the name, or declare what it names. Names are compared without regard to case.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask a service</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/ids</Item>
    <Item Key="AuthenticationType">Bearer</Item>
    <Item Key="UseClaimAsBearerToken">emial</Item>
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask a service</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/ids</Item>
    <Item Key="AuthenticationType">Bearer</Item>
    <Item Key="UseClaimAsBearerToken">email</Item>
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="token" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn unknown_name(at: Span, key: &str, what: &str, name: &str, known: &[(&str, Span)]) -> Diagnostic {
    let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
    let nearest = journeyman_policy::nearest_word(name, &names);
    let finding = Diagnostic::new(&UNKNOWN_NAME, Kind::Metadata, at, format!("there is no {what} `{name}`"))
        .label(format!("`{key}` names it, but no policy of the chain declares it"));
    match nearest.and_then(|near| known.iter().find(|(name, _)| *name == near)) {
        Some((near, span)) => {
            finding.also(*span, format!("`{near}` is declared here")).help(format!("did you mean `{near}`?"))
        }
        None => finding,
    }
}
