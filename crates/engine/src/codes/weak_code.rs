//! JM1064: a one-time code is easier to guess than it should be.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A one-time code is easier to guess than it should be.
pub const WEAK_CODE: Code = Code {
    id: "JM1064",
    severity: Severity::Warning,
    summary: "a one-time code lives longer, is shorter, or may be tried more often than NIST recommends",
    explanation: "NIST SP 800-63B asks that a code sent to a person have at least six digits, be valid for at most ten \
minutes, be used once, and that guesses be limited. The service allows more: twenty minutes, shorter codes, any number of \
tries, and with `ReuseSameCode` the same code again, its life begun anew at every request. Each of these gives somebody who \
guesses, or who reads along, a better chance.\n\n\
Keep `CodeExpirationInSeconds` at 600 or less, `CodeLength` at 6 or more, `NumRetryAttempts` at 5 or less, and `ReuseSameCode` \
false. Nothing else depends on larger values: a person may always ask for another code.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for a code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" />
  </OutputClaims>
  <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="Generate" /></ValidationTechnicalProfiles>
</TechnicalProfile>
<TechnicalProfile Id="Generate">
  <DisplayName>Make a code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata>
    <Item Key="Operation">GenerateCode</Item>
    <Item Key="CodeExpirationInSeconds">1200</Item>
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for a code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" />
  </OutputClaims>
  <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="Generate" /></ValidationTechnicalProfiles>
</TechnicalProfile>
<TechnicalProfile Id="Generate">
  <DisplayName>Make a code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata>
    <Item Key="Operation">GenerateCode</Item>
    <Item Key="CodeExpirationInSeconds">600</Item>
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn weak_code(profile: &Name, at: Span, what: &str, why: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&WEAK_CODE, Kind::Metadata, at, format!("codes of `{profile}` {what}")).label(why).help(help)
}
