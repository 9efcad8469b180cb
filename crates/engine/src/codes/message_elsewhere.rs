//! JM1061: a message that nobody shows from where it stands.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::TechnicalProfile;
use journeyman_policy::source::Span;

/// A message that nobody shows from where it stands.
pub const MESSAGE_ELSEWHERE: Code = Code {
    id: "JM1061",
    severity: Severity::Warning,
    summary: "a message stands where nobody reads it, or under a name of old",
    explanation: "What a person reads when a code is wrong or has expired belongs to the page that asks for the code. The \
service takes it from the metadata of the self-asserted profile that runs this one, or from the localized strings of its \
content definition. On the profile that fails it is ignored without a word, and the built-in English text appears. The same \
happens to the names of an early preview, such as `UserMessage.InvalidCode`, wherever they stand.\n\n\
Move the item to the page's profile under the name that the finding gives, or give the page's content definition a \
`LocalizedString` with `ElementType=\"ErrorMessage\"` and that name as its `StringId`. Here a current name is read on the \
failing profile, too, after the page's own.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for a code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata>
    <Item Key="ContentDefinitionReferenceId">api.selfasserted</Item>
  </Metadata>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    <OutputClaim ClaimTypeReferenceId="otp" Required="true" />
    <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" />
  </OutputClaims>
  <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="Verify" /></ValidationTechnicalProfiles>
</TechnicalProfile>
<TechnicalProfile Id="Verify">
  <DisplayName>Check the code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata>
    <Item Key="Operation">VerifyCode</Item>
    <Item Key="UserMessage.InvalidCode">That is not the code.</Item>
  </Metadata>
  <InputClaims>
    <InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" />
    <InputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpToVerify" />
  </InputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for a code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata>
    <Item Key="ContentDefinitionReferenceId">api.selfasserted</Item>
    <Item Key="UserMessageIfInvalidCode">That is not the code.</Item>
  </Metadata>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    <OutputClaim ClaimTypeReferenceId="otp" Required="true" />
    <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" />
  </OutputClaims>
  <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="Verify" /></ValidationTechnicalProfiles>
</TechnicalProfile>
<TechnicalProfile Id="Verify">
  <DisplayName>Check the code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata>
    <Item Key="Operation">VerifyCode</Item>
  </Metadata>
  <InputClaims>
    <InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" />
    <InputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpToVerify" />
  </InputClaims>
</TechnicalProfile>"#,
    ),
};

/// `current` is the name that is read, `page` the profile that shows it.
pub(crate) fn message_elsewhere(
    profile: &Name,
    at: Span,
    key: &Name,
    current: &str,
    page: Option<&TechnicalProfile>,
) -> Diagnostic {
    let old = !current.eq_ignore_ascii_case(key.as_str());
    let label = if old { "a name of old that nobody reads" } else { "the page that runs the profile shows messages" };
    let finding = Diagnostic::new(
        &MESSAGE_ELSEWHERE,
        Kind::Metadata,
        at,
        format!("the message `{key}` of `{profile}` is not shown"),
    )
    .label(label);
    match page {
        Some(page) => finding
            .also(page.span, format!("`{}` shows it", page.id))
            .help(format!("give it to `{}` as `{current}`", page.id)),
        None => finding.help(format!("give it to the page that runs the profile, as `{current}`")),
    }
}
