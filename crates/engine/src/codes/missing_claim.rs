//! JM1008: a claim that the provider needs is missing.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::PROFILE;

/// A claim that the provider needs is missing.
pub const MISSING_CLAIM: Code = Code {
    id: "JM1008",
    severity: Severity::Error,
    summary: "a claim that the provider needs is missing",
    explanation: "Providers give meaning to claims by their outside names: the one-time password provider makes a \
code for `identifier` and compares `otpToVerify`. The outside name is the `PartnerClaimType`, else what the claim \
type says for the protocol, else the claim's id. No claim of the profile has the name that the finding tells, so the \
provider has nothing to work with. The service uploads the policy, and fails when it runs.\n\n\
Give the claim that holds the value that name as its `PartnerClaimType`.",
    service: &[
        "A partner claim with id '{name}' is not found however is required in technical profile '{profile}' in policy \
         '{policy}' of tenant '{tenant}'.",
    ],
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
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" /></InputClaims>
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
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn missing_claim(profile: &Name, at: Span, direction: &str, partner: &str) -> Diagnostic {
    Diagnostic::new(
        &MISSING_CLAIM,
        PROFILE,
        at,
        format!("technical profile `{profile}` has no {direction} claim `{partner}`"),
    )
    .help(format!("give one of its {direction} claims `PartnerClaimType=\"{partner}\"`"))
}
