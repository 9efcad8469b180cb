//! JM1107: ids of the application that keeps custom attributes which cannot be right.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// Ids of the application that keeps custom attributes which cannot be right.
pub const EXTENSIONS_APP: Code = Code {
    id: "JM1107",
    severity: Severity::Warning,
    summary: "the ids of the extensions application are not two different ids",
    explanation: "`ClientId` and `ApplicationObjectId` of a directory profile name the application `b2c-extensions-app` of the tenant, which \
keeps the custom attributes. Both are GUIDs, and they differ: the first is its *application (client) ID*, the second its \
*object ID*. With a placeholder, or one of them twice, the service reads no custom attribute and writes none.\n\n\
Copy both from the page of the application in the tenant. Whether two GUIDs were exchanged cannot be seen in a file. This engine \
keeps custom attributes itself and does not look at the ids.",
    service: &[
        "Azure AD B2C cannot find the extensions app with app id '{guid}'. Please visit {address} for more information.",
    ],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Read the account</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata>
    <Item Key="Operation">Read</Item>
    <Item Key="ClientId">831374b3-bd50-41bf-aa54-263ec9e050fc</Item>
    <Item Key="ApplicationObjectId">831374b3-bd50-41bf-aa54-263ec9e050fc</Item>
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="objectId" DefaultValue="{Context:CorrelationId}" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Read the account</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata>
    <Item Key="Operation">Read</Item>
    <Item Key="ClientId">831374b3-bd50-41bf-aa54-263ec9e050fc</Item>
    <Item Key="ApplicationObjectId">1702d1ac-623c-4a4d-982d-e1dc2e51cfb2</Item>
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="objectId" DefaultValue="{Context:CorrelationId}" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn not_an_id(at: Span, key: &str, value: &str) -> Diagnostic {
    Diagnostic::new(
        &EXTENSIONS_APP,
        Kind::Metadata,
        at,
        format!("`{value}` of `{key}` is not the id of an application"),
    )
    .label("a GUID belongs here")
    .help(format!("copy the {} of `b2c-extensions-app`", named(key)))
}

pub(crate) fn same_id(at: Span, other: Span) -> Diagnostic {
    let message = "`ClientId` and `ApplicationObjectId` have the same value, and only one of them can be right";
    Diagnostic::new(&EXTENSIONS_APP, Kind::Metadata, at, message)
        .also(other, "the same id")
        .help("copy the application (client) ID and the object ID of `b2c-extensions-app`, each to its place")
}

fn named(key: &str) -> &'static str {
    if key == "ClientId" { "application (client) ID" } else { "object ID" }
}
