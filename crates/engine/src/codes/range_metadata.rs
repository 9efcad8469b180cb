//! JM1006: a metadata number is out of range.

use journeyman_policy::diagnostic::{Code, Severity};
use journeyman_policy::example::Example;

/// A metadata number is out of range.
pub const RANGE_METADATA: Code = Code {
    id: "JM1006",
    severity: Severity::Warning,
    summary: "a metadata number is out of range",
    explanation: "The metadata item takes a whole number between two bounds, and this is none, or one beyond them. \
The service has its own way with such values, which its documentation does not tell; at times it refuses the policy.\n\n\
Here the nearest allowed number is used, and the default where there is no number at all. Write a number within the \
bounds, so that what stands in the policy is what holds.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for an address</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" />
  </OutputClaims>
  <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="Other" /></ValidationTechnicalProfiles>
</TechnicalProfile>
<TechnicalProfile Id="Other">
  <DisplayName>Make a code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata>
    <Item Key="Operation">GenerateCode</Item>
    <Item Key="CodeExpirationInSeconds">30</Item>
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for an address</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" />
  </OutputClaims>
  <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="Other" /></ValidationTechnicalProfiles>
</TechnicalProfile>
<TechnicalProfile Id="Other">
  <DisplayName>Make a code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata>
    <Item Key="Operation">GenerateCode</Item>
    <Item Key="CodeExpirationInSeconds">300</Item>
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};
