//! JM1010: a code would be made of too few characters.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A code would be made of too few characters.
pub const SHORT_CHARACTER_SET: Code = Code {
    id: "JM1010",
    severity: Severity::Error,
    summary: "a one-time code is made of too few different characters",
    explanation: "`CharacterSet` is the inside of a character class: `0-9`, `a-z0-9A-Z`. It must come to at least ten \
different characters, otherwise codes are too easy to guess; the service refuses to make one. A class written with \
its brackets, or with commas between ranges, is read letter by letter.\n\n\
Write ranges one after the other. Without the item, codes are made of the ten digits.",
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
    <Item Key="CharacterSet">0-5</Item>
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
    <Item Key="CharacterSet">0-9</Item>
  </Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn short_character_set(profile: &Name, at: Span, class: &str) -> Diagnostic {
    Diagnostic::new(
        &SHORT_CHARACTER_SET,
        Kind::Metadata,
        at,
        format!("the character set `{class}` of `{profile}` has fewer than ten different characters"),
    )
    .help("write the inside of a character class, such as `0-9` or `a-zA-Z0-9`")
}
