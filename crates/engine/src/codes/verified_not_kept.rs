//! JM1089: something is verified, and something else is used.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ClaimUse, DisplayControl, TechnicalProfile};

/// A verified claim that nothing takes over.
pub const VERIFIED_NOT_KEPT: Code = Code {
    id: "JM1089",
    severity: Severity::Warning,
    summary: "what a display control verifies is not used",
    explanation: "A page lets a person verify what they type into a display control, and then drops it: neither the output claims of the page nor what validates the page names the verified claim. What the journey goes on with was not verified.\n\n\
Add the claim to the `OutputClaims` of the page. If another claim is written there, it is worth a look: a person may type somebody else's address into it.",
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
          <DisplayClaim ClaimTypeReferenceId="displayName" />
        </DisplayClaims>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="displayName" />
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
          <DisplayClaim ClaimTypeReferenceId="displayName" />
        </DisplayClaims>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="displayName" />
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

pub(crate) fn verified_not_kept(page: &TechnicalProfile, control: &DisplayControl, claim: &ClaimUse) -> Diagnostic {
    let message = format!("`{}` verifies `{}`, but `{}` does not keep it", control.id, claim.claim.value, page.id);
    Diagnostic::new(&VERIFIED_NOT_KEPT, Kind::Control, page.span, message)
        .label("does not output the claim")
        .also(claim.claim.span, "verified here")
        .help(format!("add `<OutputClaim ClaimTypeReferenceId=\"{}\" />` to the page", claim.claim.value))
}
