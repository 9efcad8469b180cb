//! Content definitions, their pages, and who the policies belong to: beyond the smallest cases.

use journeyman_policy::diagnostic::Severity;

use super::{Case, Policy, fault};

/// What is done, and what is said of it.
const PAGES: &[(&str, Case)] = &[
    (
        "no version at all",
        Case {
            row: "JM1100",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.other"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:contract:«selfasserted»</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: Some("JM1100"),
            severity: Severity::Error,
            advice: "2.1.31",
            beside: &[],
        },
    ),
    (
        "a version that is no number",
        Case {
            row: "JM1100",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.other"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:«latest»</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: Some("JM1100"),
            severity: Severity::Error,
            advice: "2.1.31",
            beside: &[],
        },
    ),
    (
        "an address of something else",
        Case {
            row: "JM1103",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.other"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>«https://contoso.com/page»</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: Some("JM1103"),
            severity: Severity::Error,
            advice: "urn:com:microsoft",
            beside: &[],
        },
    ),
    (
        "the name of before contracts, in a contract",
        Case {
            row: "JM1103",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.other"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:contract:«idpselection»:1.2.0</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: Some("JM1103"),
            severity: Severity::Error,
            advice: "providerselection",
            beside: &[],
        },
    ),
    (
        "pages of before contracts, where no scripts are allowed",
        Case {
            row: "pages",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.a"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:selfasserted:1.1.0</DataUri></ContentDefinition><ContentDefinition Id="api.b"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:idpselection:1.0.0</DataUri></ContentDefinition><ContentDefinition Id="api.c"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:globalexception:1.0.0</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a choice of providers on a page for one profile",
        Case {
            row: "JM1104",
            policy: Policy::Elements(&[
                r#"<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<UserJourneys><UserJourney Id="Own"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsProviderSelection" ContentDefinitionReferenceId="«api.selfasserted»"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="Ask" /></ClaimsProviderSelections></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Ask" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#,
            ]),
            code: Some("JM1104"),
            severity: Severity::Warning,
            advice: "providerselection",
            beside: &[],
        },
    ),
    (
        "a profile on a page for signing in",
        Case {
            row: "JM1104",
            policy: Policy::Elements(&[
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.signuporsignin"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:contract:unifiedssp:2.1.5</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">«api.signuporsignin»</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<UserJourneys><UserJourney Id="Own"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Ask" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#,
            ]),
            code: Some("JM1104"),
            severity: Severity::Warning,
            advice: "selfasserted",
            beside: &[],
        },
    ),
    (
        "the profile of a sign-in step on the page for signing in",
        Case {
            row: "pages",
            policy: Policy::Elements(&[
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.signuporsignin"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:contract:unifiedssp:2.1.5</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.signuporsignin</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<UserJourneys><UserJourney Id="Own"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.signuporsignin"><ClaimsProviderSelections><ClaimsProviderSelection ValidationClaimsExchangeId="SignIn" /></ClaimsProviderSelections><ClaimsExchanges><ClaimsExchange Id="SignIn" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#,
            ]),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a box to stay signed in on the first sign-in page",
        Case {
            row: "JM1105",
            policy: Policy::Elements(&[
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.signuporsignin"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:contract:unifiedssp:«1.0.0»</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item><Item Key="setting.enableRememberMe">true</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<UserJourneys><UserJourney Id="Own"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.signuporsignin"><ClaimsProviderSelections><ClaimsProviderSelection ValidationClaimsExchangeId="SignIn" /></ClaimsProviderSelections><ClaimsExchanges><ClaimsExchange Id="SignIn" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#,
            ]),
            code: Some("JM1105"),
            severity: Severity::Warning,
            advice: "1.1.0",
            beside: &[],
        },
    ),
    (
        "a link for a forgotten password on an old sign-in page",
        Case {
            row: "JM1105",
            policy: Policy::Elements(&[
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.signuporsignin"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:contract:unifiedssp:«2.1.1»</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item><Item Key="setting.forgotPasswordLinkOverride">Forgot</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<UserJourneys><UserJourney Id="Own"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.signuporsignin"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="Forgot" /><ClaimsProviderSelection ValidationClaimsExchangeId="SignIn" /></ClaimsProviderSelections><ClaimsExchanges><ClaimsExchange Id="SignIn" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Forgot" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#,
            ]),
            code: Some("JM1105"),
            severity: Severity::Warning,
            advice: "2.1.2",
            beside: &[],
        },
    ),
    (
        "a sign-up link that leads nowhere",
        Case {
            row: "JM0217",
            policy: Policy::Elements(&[
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.signuporsignin"><LoadUri>~/tenant/default/page.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:contract:unifiedssp:2.1.5</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item><Item Key="SignUpTarget">«Nowhere»</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<UserJourneys><UserJourney Id="Own"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.signuporsignin"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="Forgot" /><ClaimsProviderSelection ValidationClaimsExchangeId="SignIn" /></ClaimsProviderSelections><ClaimsExchanges><ClaimsExchange Id="SignIn" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Forgot" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#,
            ]),
            code: Some("JM0217"),
            severity: Severity::Warning,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a code for an authenticator app on an older page",
        Case {
            row: "JM1105",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="qrCodeContent"><DisplayName>Code</DisplayName><DataType>string</DataType><UserInputType>Readonly</UserInputType></ClaimType></ClaimsSchema><ContentDefinitions><ContentDefinition Id="api.selfasserted"><DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:«2.1.7»</DataUri></ContentDefinition></ContentDefinitions>
<DisplayControls><DisplayControl Id="Qr" UserInterfaceControlType="QrCodeControl"><InputClaims><InputClaim ClaimTypeReferenceId="qrCodeContent" /></InputClaims><DisplayClaims><DisplayClaim ClaimTypeReferenceId="qrCodeContent" ControlClaimType="QrCodeContent" /></DisplayClaims></DisplayControl></DisplayControls></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <DisplayClaims><DisplayClaim DisplayControlReferenceId="Qr" /><DisplayClaim ClaimTypeReferenceId="displayName" /></DisplayClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
            ),
            code: Some("JM1105"),
            severity: Severity::Warning,
            advice: "2.1.9",
            beside: &["JM1003"],
        },
    ),
    (
        "a relative address of a template",
        Case {
            row: "JM1106",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.selfasserted"><LoadUri>«/templates/page.html»</LoadUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: Some("JM1106"),
            severity: Severity::Warning,
            advice: "https://",
            beside: &[],
        },
    ),
    (
        "a template over plain HTTP",
        Case {
            row: "JM1106",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.selfasserted"><LoadUri>«http://contoso.com/page.html»</LoadUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: Some("JM1106"),
            severity: Severity::Warning,
            advice: "https://",
            beside: &[],
        },
    ),
    (
        "a placeholder for the extensions application",
        Case {
            row: "JM1107",
            policy: Policy::Profile(
                r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item><Item Key="ClientId">«your app id»</Item><Item Key="ApplicationObjectId">1702d1ac-623c-4a4d-982d-e1dc2e51cfb2</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="a@contoso.com" PartnerClaimType="signInNames.emailAddress" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
            ),
            code: Some("JM1107"),
            severity: Severity::Warning,
            advice: "client",
            beside: &[],
        },
    ),
    (
        "the GUID of nobody",
        Case {
            row: "JM1107",
            policy: Policy::Profile(
                r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item><Item Key="ClientId">831374b3-bd50-41bf-aa54-263ec9e050fc</Item><Item Key="ApplicationObjectId">«00000000-0000-0000-0000-000000000000»</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="a@contoso.com" PartnerClaimType="signInNames.emailAddress" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
            ),
            code: Some("JM1107"),
            severity: Severity::Warning,
            advice: "object ID",
            beside: &[],
        },
    ),
    (
        "a base policy that is said to be of another tenant",
        Case {
            row: "JM0241",
            policy: Policy::Files(&[
                r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy>"#,
                r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions"><BasePolicy><TenantId>«fabrikam.onmicrosoft.com»</TenantId><PolicyId>B2C_1A_Base</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
            ]),
            code: Some("JM0241"),
            severity: Severity::Warning,
            advice: "same tenant",
            beside: &[],
        },
    ),
];

#[test]
fn pages_are_what_their_content_definitions_say() {
    let faults = PAGES.iter().filter_map(|(what, case)| Some(format!("{what}: {}", fault(case)?)));
    let faults: Vec<_> = faults.collect();
    assert!(faults.is_empty(), "{} cases:\n{}", faults.len(), faults.join("\n"));
}
