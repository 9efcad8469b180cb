//! JM1087: a code that is sent and never checked.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ControlAction, DisplayControl};

/// A control that sends codes and checks none.
pub const CODE_NOT_CHECKED: Code = Code {
    id: "JM1087",
    severity: Severity::Warning,
    summary: "a display control sends a code that nothing checks",
    explanation: "A verification control has an action `SendCode`, and no action `VerifyCode` that runs a technical profile. A person gets a code and can do nothing with it: the control is never verified, and its page cannot be sent.\n\n\
Add the action, with the profile that compares the code. Both must name the same identifier.",
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

pub(crate) fn code_not_checked(control: &DisplayControl, send: &ControlAction) -> Diagnostic {
    let message = format!("the display control `{}` sends a code, but nothing checks it", control.id);
    Diagnostic::new(&CODE_NOT_CHECKED, Kind::Control, send.id.span, message)
        .label("sends it here")
        .also(control.span, "has no action `VerifyCode`")
        .help("add an action `VerifyCode` that runs the technical profile to compare the code")
}
