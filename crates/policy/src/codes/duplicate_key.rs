//! JM0033: an entry of a list that is there already, by the key that tells the entries apart.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::{Span, Spanned};

/// A key used twice in one list.
pub const DUPLICATE_KEY: Code = Code {
    id: "JM0033",
    severity: Severity::Error,
    summary: "a key is used twice in one list",
    explanation: "The entries of a list are told apart by a key: the metadata items of a technical profile, the claims exchanges of a journey, \
the validation technical profiles of a page. Two of them have the same one, so it is not clear which is meant. The service \
refuses the file, and does not say where.\n\n\
Keep one of them, or give one another key. The id of a claims exchange must be unique in its whole journey, not only in its \
step. Keys compare without regard to case.",
    service: &["There is a duplicate key sequence '{key}' for the '{constraint}' key or unique identity constraint."],
    fails: Example::Elements(&[r#"<ClaimsProviders>
  <ClaimsProvider>
    <DisplayName>Contoso</DisplayName>
    <TechnicalProfiles>
      <TechnicalProfile Id="Contoso">
        <DisplayName>Contoso</DisplayName>
        <Protocol Name="OpenIdConnect" />
        <Metadata>
          <Item Key="METADATA">https://login.contoso.com/.well-known/openid-configuration</Item>
          <Item Key="METADATA">https://login.contoso.com/.well-known/openid-configuration</Item>
        </Metadata>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#]),
    passes: Example::Elements(&[r#"<ClaimsProviders>
  <ClaimsProvider>
    <DisplayName>Contoso</DisplayName>
    <TechnicalProfiles>
      <TechnicalProfile Id="Contoso">
        <DisplayName>Contoso</DisplayName>
        <Protocol Name="OpenIdConnect" />
        <Metadata>
          <Item Key="METADATA">https://login.contoso.com/.well-known/openid-configuration</Item>
        </Metadata>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#]),
};

pub(crate) fn duplicate_key(what: &str, of: &str, key: &Spanned<String>, first: Span) -> Diagnostic {
    let message = format!("the {what} `{}` is in this {of} twice", key.value);
    Diagnostic::new(&DUPLICATE_KEY, Kind::Syntax, key.span, message)
        .label("again here")
        .also(first, "first here")
        .help("keep the one that is meant, or give one of them another name")
}
