//! JM1091: what a code was sent for can be changed before the code is checked.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ClaimUse, OrchestrationStep, Ref, TechnicalProfile};

/// A claim that goes out with a code, and that a person can still change.
pub const CHANGED_AFTER_SEND: Code = Code {
    id: "JM1091",
    severity: Severity::Warning,
    summary: "what a message tells beside its code can still be changed when the code is checked",
    explanation: "A service gets a claim together with the code: the amount of a payment, the name of a payee. The person reads it in the message and approves it by typing the code. But the same claim is a field that can still be changed between the message and the check, so the code may approve what the message never said. Payment services rules call this dynamic linking, and ask for the opposite.\n\n\
Show the claim read-only (`UserInputType` `Readonly` or `Paragraph`), make it a display claim of the control itself (what a code was sent for stays as it is there), or ask for it in a step before.",
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
          <InputClaim ClaimTypeReferenceId="displayName" />
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

pub(crate) fn changed_after_send(
    field: &Ref,
    service: &TechnicalProfile,
    input: &ClaimUse,
    step: Option<&OrchestrationStep>,
) -> Diagnostic {
    let message = format!("`{}` can be changed after the code was sent for it", field.value);
    let found = Diagnostic::new(&CHANGED_AFTER_SEND, Kind::Claim, field.span, message)
        .label("a field that people can fill in")
        .also(input.claim.span, format!("`{}` sends it with the code", service.id));
    let found = match step {
        Some(step) => found.also(step.span, "the code is checked in this later step"),
        None => found,
    };
    found.help("show it read-only, or make it a display claim of the control")
}
