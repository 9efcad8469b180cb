//! JM1088: a code is checked, and the result does not count.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{TechnicalProfile, Validation};

/// A wrong code that changes nothing.
pub const CODE_IGNORED: Code = Code {
    id: "JM1088",
    severity: Severity::Warning,
    summary: "a wrong code is accepted, since its check may fail",
    explanation: "A technical profile compares the code that a person typed, and its `ContinueOnError` is `true`: when the code is wrong, the page goes on as if nothing had happened. Whoever types anything at all passes.\n\n\
Remove the attribute. To let people skip the code, put a precondition on the step that asks for it.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <DisplayControls>
    <DisplayControl Id="emailVerification" UserInterfaceControlType="VerificationControl">
      <DisplayClaims>
        <DisplayClaim ClaimTypeReferenceId="email" Required="true" />
        <DisplayClaim ClaimTypeReferenceId="otp" ControlClaimType="VerificationCode" Required="true" />
      </DisplayClaims>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
      <Actions>
        <Action Id="SendCode">
          <ValidationClaimsExchange>
            <ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="Generate" />
            <ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="Send" />
          </ValidationClaimsExchange>
        </Action>
        <Action Id="VerifyCode">
          <ValidationClaimsExchange>
            <ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="Verify" ContinueOnError="true" />
          </ValidationClaimsExchange>
        </Action>
      </Actions>
    </DisplayControl>
  </DisplayControls>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Verify an address</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <DisplayClaims>
          <DisplayClaim DisplayControlReferenceId="emailVerification" />
        </DisplayClaims>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="email" />
        </OutputClaims>
      </TechnicalProfile>
      <TechnicalProfile Id="Generate">
        <DisplayName>Make a code</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
        <Metadata><Item Key="Operation">GenerateCode</Item></Metadata>
        <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" /></InputClaims>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
      </TechnicalProfile>
      <TechnicalProfile Id="Send">
        <DisplayName>Send a code</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
        <Metadata>
          <Item Key="ServiceUrl">https://api.contoso.com/send</Item>
          <Item Key="AuthenticationType">None</Item>
          <Item Key="AllowInsecureAuthInProduction">true</Item>
          <Item Key="SendClaimsIn">Body</Item>
        </Metadata>
        <InputClaims>
          <InputClaim ClaimTypeReferenceId="email" />
          <InputClaim ClaimTypeReferenceId="otp" />
        </InputClaims>
      </TechnicalProfile>
      <TechnicalProfile Id="Verify">
        <DisplayName>Check a code</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
        <Metadata><Item Key="Operation">VerifyCode</Item></Metadata>
        <InputClaims>
          <InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" />
          <InputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpToVerify" />
        </InputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <DisplayControls>
    <DisplayControl Id="emailVerification" UserInterfaceControlType="VerificationControl">
      <DisplayClaims>
        <DisplayClaim ClaimTypeReferenceId="email" Required="true" />
        <DisplayClaim ClaimTypeReferenceId="otp" ControlClaimType="VerificationCode" Required="true" />
      </DisplayClaims>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
      <Actions>
        <Action Id="SendCode">
          <ValidationClaimsExchange>
            <ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="Generate" />
            <ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="Send" />
          </ValidationClaimsExchange>
        </Action>
        <Action Id="VerifyCode">
          <ValidationClaimsExchange>
            <ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="Verify" />
          </ValidationClaimsExchange>
        </Action>
      </Actions>
    </DisplayControl>
  </DisplayControls>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Verify an address</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <DisplayClaims>
          <DisplayClaim DisplayControlReferenceId="emailVerification" />
        </DisplayClaims>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="email" />
        </OutputClaims>
      </TechnicalProfile>
      <TechnicalProfile Id="Generate">
        <DisplayName>Make a code</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
        <Metadata><Item Key="Operation">GenerateCode</Item></Metadata>
        <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" /></InputClaims>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
      </TechnicalProfile>
      <TechnicalProfile Id="Send">
        <DisplayName>Send a code</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
        <Metadata>
          <Item Key="ServiceUrl">https://api.contoso.com/send</Item>
          <Item Key="AuthenticationType">None</Item>
          <Item Key="AllowInsecureAuthInProduction">true</Item>
          <Item Key="SendClaimsIn">Body</Item>
        </Metadata>
        <InputClaims>
          <InputClaim ClaimTypeReferenceId="email" />
          <InputClaim ClaimTypeReferenceId="otp" />
        </InputClaims>
      </TechnicalProfile>
      <TechnicalProfile Id="Verify">
        <DisplayName>Check a code</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
        <Metadata><Item Key="Operation">VerifyCode</Item></Metadata>
        <InputClaims>
          <InputClaim ClaimTypeReferenceId="email" PartnerClaimType="identifier" />
          <InputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpToVerify" />
        </InputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
};

pub(crate) fn code_ignored(validation: &Validation, profile: &TechnicalProfile) -> Diagnostic {
    let message = format!("`{}` checks a code, but a wrong one is accepted", profile.id);
    Diagnostic::new(&CODE_IGNORED, Kind::Profile, validation.profile.span, message)
        .label("goes on after an error")
        .also(profile.span, "the check")
        .help("remove `ContinueOnError=\"true\"`")
}
