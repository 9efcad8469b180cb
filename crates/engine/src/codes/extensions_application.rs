//! JM1068: extension attributes without an extensions application.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// Extension attributes without an extensions application.
pub const EXTENSIONS_APPLICATION: Code = Code {
    id: "JM1068",
    severity: Severity::Warning,
    summary: "extension attributes are used, but no extensions application is named",
    explanation: "In the service an extension attribute belongs to an application of the tenant, `b2c-extensions-app`. A \
directory profile that reads or writes `extension_…` must name it, by its client id as `ClientId` and by its object id as \
`ApplicationObjectId`; mostly both stand once in `AAD-Common`, which the others include. Without them the service refuses the \
upload. Here extension attributes need no application, and the policy runs.\n\n\
Add both items to `AAD-Common` in the extensions file. They are easily exchanged: the object id is not the client id.",
    service: &[
        "A required Metadata item with key \"{key}\" was not found in the TechnicalProfile with id \"{profile}\" in policy \
         \"{policy}\" of tenant \"{tenant}\".",
    ],
    fails: Example::Leaf(
        r#"<BuildingBlocks><ClaimsSchema>
  <ClaimType Id="extension_loyaltyId"><DisplayName>Loyalty id</DisplayName><DataType>string</DataType></ClaimType>
</ClaimsSchema></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Read a user</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
    <Metadata><Item Key="Operation">Read</Item></Metadata>
    <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="signInNames.emailAddress" /></InputClaims>
    <OutputClaims>
      <OutputClaim ClaimTypeReferenceId="objectId" />
      <OutputClaim ClaimTypeReferenceId="extension_loyaltyId" />
    </OutputClaims>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks><ClaimsSchema>
  <ClaimType Id="extension_loyaltyId"><DisplayName>Loyalty id</DisplayName><DataType>string</DataType></ClaimType>
</ClaimsSchema></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Read a user</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
    <Metadata>
      <Item Key="Operation">Read</Item>
      <Item Key="ApplicationObjectId">b1c2d3e4-0000-4000-8000-000000000001</Item>
      <Item Key="ClientId">b1c2d3e4-0000-4000-8000-000000000002</Item>
    </Metadata>
    <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="signInNames.emailAddress" /></InputClaims>
    <OutputClaims>
      <OutputClaim ClaimTypeReferenceId="objectId" />
      <OutputClaim ClaimTypeReferenceId="extension_loyaltyId" />
    </OutputClaims>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
};

pub(crate) fn extensions_application(profile: &Name, at: Span, claim: &str, key: &str, used: Span) -> Diagnostic {
    Diagnostic::new(
        &EXTENSIONS_APPLICATION,
        Kind::Metadata,
        at,
        format!("technical profile `{profile}` has no `{key}`"),
    )
    .label("the service refuses it; here extension attributes need no application")
    .also(used, format!("`{claim}` is an extension attribute"))
    .help(format!("add `<Item Key=\"{key}\">…</Item>` to the `AAD-Common` that it includes"))
}
