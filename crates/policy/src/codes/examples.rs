//! What the examples of several codes share, so that each shows little more than its point. They are macros because an
//! example is a constant.

/// Around `in_journey!`: a page that asks for a name, as the technical profile `Example` that the journey's first step runs.
macro_rules! in_journey {
    ($rest:expr) => {
        Example::Leaf(concat!(
            r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Ask for a name</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="displayName" />
          <OutputClaim ClaimTypeReferenceId="email" />
          <OutputClaim ClaimTypeReferenceId="isNew" DefaultValue="true" />
        </OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
"#,
            $rest
        ))
    };
}

/// A second step that a precondition may skip: its type, its values, its action.
macro_rules! precondition_example {
    ($type:literal, $values:literal, $action:literal) => {
        in_journey!(concat!(
            r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <Preconditions>
          <Precondition Type=""#,
            $type,
            r#"" ExecuteActionsIf="true">
            "#,
            $values,
            "<Action>",
            $action,
            r#"</Action>
          </Precondition>
        </Preconditions>
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
        ))
    };
}

/// A combined page whose link to sign up names this exchange; the next step has `SignUpExchange`.
macro_rules! link_example {
    ($target:literal) => {
        Example::Leaf(concat!(
            r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Sign in</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata>
          <Item Key="ContentDefinitionReferenceId">api.selfasserted</Item>
          <Item Key="SignUpTarget">"#,
            $target,
            r#"</Item>
        </Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
      </TechnicalProfile>
      <TechnicalProfile Id="SignUp">
        <DisplayName>Sign up</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.selfasserted">
        <ClaimsProviderSelections>
          <ClaimsProviderSelection ValidationClaimsExchangeId="ExampleExchange" />
        </ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="SignUpExchange" TechnicalProfileReferenceId="SignUp" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
        ))
    };
}

/// A relying party with one endpoint of this id.
macro_rules! endpoint_example {
    ($id:literal) => {
        Example::Elements(&[
            crate::example::BASE,
            concat!(
                r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>What the grant brings</DisplayName>
        <Protocol Name="None" />
        <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <Endpoints><Endpoint Id=""#,
                $id,
                r#"" UserJourneyReferenceId="Journey" /></Endpoints>
  <TechnicalProfile Id="PolicyProfile">
    <DisplayName>Policy profile</DisplayName>
    <Protocol Name="OpenIdConnect" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" /></OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#
            ),
        ])
    };
}

/// A whole policy that applications call, with these attributes on its root.
macro_rules! recorder_example {
    ($attributes:literal) => {
        Example::Files(&[concat!(
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0"
  TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_SignIn" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_SignIn"
  "#,
            $attributes,
            r#">
  <BuildingBlocks>
    <ClaimsSchema>
      <ClaimType Id="objectId"><DisplayName>Object id</DisplayName><DataType>string</DataType></ClaimType>
    </ClaimsSchema>
  </BuildingBlocks>
  <ClaimsProviders>
    <ClaimsProvider>
      <DisplayName>Tokens</DisplayName>
      <TechnicalProfiles>
        <TechnicalProfile Id="Issuer">
          <DisplayName>Token issuer</DisplayName>
          <Protocol Name="None" />
          <OutputTokenFormat>JWT</OutputTokenFormat>
          <Metadata>
            <Item Key="client_id">{service:te}</Item>
            <Item Key="issuer_refresh_token_user_identity_claim_type">objectId</Item>
          </Metadata>
          <CryptographicKeys>
            <Key Id="issuer_secret" StorageReferenceId="B2C_1A_TokenSigningKeyContainer" />
            <Key Id="issuer_refresh_token_key" StorageReferenceId="B2C_1A_TokenEncryptionKeyContainer" />
          </CryptographicKeys>
        </TechnicalProfile>
      </TechnicalProfiles>
    </ClaimsProvider>
  </ClaimsProviders>
  <UserJourneys>
    <UserJourney Id="SignIn">
      <OrchestrationSteps>
        <OrchestrationStep Order="1" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
      </OrchestrationSteps>
    </UserJourney>
  </UserJourneys>
  <RelyingParty>
    <DefaultUserJourney ReferenceId="SignIn" />
    <TechnicalProfile Id="PolicyProfile">
      <DisplayName>Policy profile</DisplayName>
      <Protocol Name="OpenIdConnect" />
      <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
      <SubjectNamingInfo ClaimType="sub" />
    </TechnicalProfile>
  </RelyingParty>
</TrustFrameworkPolicy>"#
        )])
    };
}
