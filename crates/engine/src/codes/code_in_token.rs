//! JM1090: the code itself goes out with the token.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::ClaimUse;

/// A one-time code among the claims of the token.
pub const CODE_IN_TOKEN: Code = Code {
    id: "JM1090",
    severity: Severity::Warning,
    summary: "a one-time code goes into the token",
    explanation: "A claim that holds a generated code is an output claim of the relying party. The token passes through the browser and through logs, and whoever reads it there reads the code, too. The application can do nothing with it: that the code was right is what the token says.\n\n\
Remove the claim from the relying party.",
    service: &[],
    fails: Example::Elements(&[
        journeyman_policy::example::BASE,
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
          <OutputClaim ClaimTypeReferenceId="otp" />
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
</ClaimsProviders>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <TechnicalProfile Id="PolicyProfile">
    <DisplayName>Policy profile</DisplayName>
    <Protocol Name="OpenIdConnect" />
    <OutputClaims>
      <OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" />
      <OutputClaim ClaimTypeReferenceId="otp" />
    </OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
    passes: Example::Elements(&[
        journeyman_policy::example::BASE,
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
          <OutputClaim ClaimTypeReferenceId="otp" />
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
</ClaimsProviders>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <TechnicalProfile Id="PolicyProfile">
    <DisplayName>Policy profile</DisplayName>
    <Protocol Name="OpenIdConnect" />
    <OutputClaims>
      <OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" />
      <OutputClaim ClaimTypeReferenceId="email" />
    </OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
};

pub(crate) fn code_in_token(output: &ClaimUse, maker: &Name, code: &ClaimUse) -> Diagnostic {
    let message = format!("the token tells the one-time code `{}`", output.claim.value);
    Diagnostic::new(&CODE_IN_TOKEN, Kind::Claim, output.claim.span, message)
        .also(code.claim.span, format!("`{maker}` makes the code"))
        .help("remove it from the relying party's output claims")
}
