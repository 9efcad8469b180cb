//! What published policies do, against the documentation or the schema: most of it is accepted without a word.
//!
//! The numbers go on where the collection of quirks stops; those that the table of upload errors has already are not here.

use journeyman_policy::diagnostic::Severity;

use super::{Case, Policy, fault};

/// What is done, and what comes of it.
const QUIRKS: &[(&str, Case)] = &[
    (
        "a byte order mark, and an XML declaration",
        Case {
            row: "Q01",
            policy: Policy::Files(&[
                "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<TrustFrameworkPolicy xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" PolicySchemaVersion=\"0.3.0.0\" TenantId=\"contoso.onmicrosoft.com\" PolicyId=\"B2C_1A_Base\" PublicPolicyUri=\"http://contoso.onmicrosoft.com/B2C_1A_Base\"></TrustFrameworkPolicy>",
            ]),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "markup in an attribute",
        Case {
            row: "Q02",
            policy: Policy::Files(&[
                r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="«<»contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy>"#,
            ]),
            code: Some("JM0001"),
            severity: Severity::Error,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a fragment that is no policy",
        Case {
            row: "Q03",
            policy: Policy::Files(&[
                r#"«<ClaimsProvider>»<DisplayName>Login</DisplayName></ClaimsProvider>"#,
                r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy>"#,
            ]),
            code: Some("JM0003"),
            severity: Severity::Warning,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a placeholder in an id",
        Case {
            row: "Q04",
            policy: Policy::Files(&[
                r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="«{Settings:Prefix}_Base»" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy>"#,
            ]),
            code: Some("JM0010"),
            severity: Severity::Error,
            advice: "--set Prefix=",
            beside: &[],
        },
    ),
    (
        "a policy id without the prefix, which the portal adds",
        Case {
            row: "Q05",
            policy: Policy::Files(&[
                r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="DisplayControl_SignUpOrSignin" PublicPolicyUri="http://contoso.onmicrosoft.com/DisplayControl_SignUpOrSignin"></TrustFrameworkPolicy>"#,
            ]),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a claims provider directly under the root",
        Case {
            row: "Q06",
            policy: Policy::Leaf(
                r#"«<ClaimsProvider>»<DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider>"#,
            ),
            code: Some("JM0006"),
            severity: Severity::Error,
            advice: "",
            beside: &[],
        },
    ),
    (
        "validations inside validations",
        Case {
            row: "Q07",
            policy: Policy::Profile(
                r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
  <ValidationTechnicalProfiles>«<ValidationTechnicalProfiles>»<ValidationTechnicalProfile ReferenceId="Check" /></ValidationTechnicalProfiles></ValidationTechnicalProfiles>
</TechnicalProfile>
<TechnicalProfile Id="Check"><DisplayName>Check</DisplayName><Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
<Metadata><Item Key="ServiceUrl">https://api.contoso.com/</Item><Item Key="AuthenticationType">None</Item><Item Key="AllowInsecureAuthInProduction">true</Item></Metadata></TechnicalProfile>"#,
            ),
            code: Some("JM0006"),
            severity: Severity::Error,
            advice: "",
            beside: &[],
        },
    ),
    (
        "an id with a blank at its end, referred to without",
        Case {
            row: "Q08",
            policy: Policy::Leaf(
                r#"<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="«Example »">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
            ),
            code: Some("JM0012"),
            severity: Severity::Warning,
            advice: "blank",
            beside: &[],
        },
    ),
    (
        "a metadata key with a blank at its end",
        Case {
            row: "Q09",
            policy: Policy::Profile(
                r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item><Item Key="setting.showCancelButton ">false</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a gap in the steps of one file that the base fills",
        Case {
            row: "Q11",
            policy: Policy::Elements(&[r#"$EXAMPLE
<UserJourneys><UserJourney Id="Journey"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsExchange"><Preconditions><Precondition Type="ClaimsExist" ExecuteActionsIf="true"><Value>objectId</Value><Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Again" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Journey" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &["JM1083"],
        },
    ),
    (
        "several issuers, the first one only for some people",
        Case {
            row: "Q13",
            policy: Policy::Steps(
                r#"<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Ask" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer"><Preconditions><Precondition Type="ClaimsExist" ExecuteActionsIf="true"><Value>displayName</Value><Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a sign-in step without claims exchanges, whose selections lead to the next",
        Case {
            row: "Q14",
            policy: Policy::Steps(
                r#"<OrchestrationStep Order="1" Type="CombinedSignInAndSignUp"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="Ask" /></ClaimsProviderSelections></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Ask" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &["JM0216"],
        },
    ),
    (
        "a sub journey that calls another",
        Case {
            row: "Q18",
            policy: Policy::Elements(&[r#"$EXAMPLE
<UserJourneys><UserJourney Id="Own"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="Outer" /></JourneyList></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
<SubJourneys><SubJourney Id="Outer" Type="Call"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="Inner" /></JourneyList></OrchestrationStep>
</OrchestrationSteps></SubJourney>
<SubJourney Id="Inner" Type="Call"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Ask" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
</OrchestrationSteps></SubJourney></SubJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a boolean compared in lower case",
        Case {
            row: "Q19",
            policy: Policy::Steps(
                r#"<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Ask" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><Preconditions><Precondition Type="ClaimEquals" ExecuteActionsIf="true"><Value>isNew</Value><Value>true</Value><Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions><ClaimsExchanges><ClaimsExchange Id="Again" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &["JM1083"],
        },
    ),
    (
        "a claim compared with the word null",
        Case {
            row: "Q20",
            policy: Policy::Steps(
                r#"<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Ask" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><Preconditions><Precondition Type="ClaimEquals" ExecuteActionsIf="true"><Value>displayName</Value><Value>null</Value><Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions><ClaimsExchanges><ClaimsExchange Id="Again" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a leaf without a default journey",
        Case {
            row: "Q22",
            policy: Policy::Elements(&[r#"$EXAMPLE
«<RelyingParty>»
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
            code: Some("JM0203"),
            severity: Severity::Error,
            advice: "",
            beside: &[],
        },
    ),
    (
        "two claims of the token under one name",
        Case {
            row: "Q23",
            policy: Policy::Elements(&[r#"$EXAMPLE
<RelyingParty><DefaultUserJourney ReferenceId="Journey" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /><OutputClaim ClaimTypeReferenceId="displayName" PartnerClaimType="name" /><OutputClaim ClaimTypeReferenceId="displayName" PartnerClaimType="name" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "booleans in any spelling",
        Case {
            row: "Q24",
            policy: Policy::Profile(
                r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item><Item Key="EnforceEmailVerification">False</Item><Item Key="setting.showCancelButton">0</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a placeholder in the address of a template",
        Case {
            row: "Q25",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.selfasserted"><LoadUri>«{Settings:ContentDefinitionBaseUri}/page.html»</LoadUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: Some("JM0010"),
            severity: Severity::Warning,
            advice: "--set",
            beside: &[],
        },
    ),
    (
        "a template whose address holds a claim",
        Case {
            row: "Q26",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.selfasserted"><LoadUri>https://contoso.com/page.html?id={Claim:objectId}</LoadUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "blanks around the values of a list",
        Case {
            row: "Q28",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="choice"><DisplayName>Choice</DisplayName><DataType>string</DataType><UserInputType>DropdownSingleSelect</UserInputType>
<Restriction><Enumeration Text="Show blocked page " Value="blocked " /></Restriction></ClaimType></ClaimsSchema></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a pattern without anchors and without help",
        Case {
            row: "Q29",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="digit"><DisplayName>Digit</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType>
<Restriction><Pattern RegularExpression="\d" HelpText=" " /></Restriction></ClaimType></ClaimsSchema></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a claim type that an extension only adds to",
        Case {
            row: "Q30",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="email"><UserHelpText>Your address</UserHelpText></ClaimType></ClaimsSchema></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a claim declared again in another case",
        Case {
            row: "Q31",
            policy: Policy::Leaf(
                r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="EMAIL"><DisplayName>Address</DisplayName><DataType>string</DataType></ClaimType></ClaimsSchema></BuildingBlocks>
$EXAMPLE"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a message of the directory on the directory profile",
        Case {
            row: "Q34",
            policy: Policy::Profile(
                r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item><Item Key="RaiseErrorIfClaimsPrincipalDoesNotExist">true</Item><Item Key="UserMessageIfClaimsPrincipalDoesNotExist">Nobody</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="a@contoso.com" PartnerClaimType="signInNames.emailAddress" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a key on a self-asserted profile",
        Case {
            row: "Q36",
            policy: Policy::Profile(
                r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <CryptographicKeys><Key Id="issuer_secret" StorageReferenceId="B2C_1A_TokenSigningKeyContainer" /></CryptographicKeys>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "a handler with its whole assembly",
        Case {
            row: "Q37",
            policy: Policy::Profile(
                r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider,Web.TPEngine,  Version=1.0.0.0, Culture=neutral, PublicKeyToken=null" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "an address of the policy that does not fit its id",
        Case {
            row: "Q41",
            policy: Policy::Files(&[
                r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/another"></TrustFrameworkPolicy>"#,
            ]),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
    (
        "no page for errors",
        Case {
            row: "Q42",
            policy: Policy::Profile(
                r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
            ),
            code: None,
            severity: Severity::Note,
            advice: "",
            beside: &[],
        },
    ),
];

#[test]
fn quirks_of_published_policies_are_met_as_they_should_be() {
    let faults = QUIRKS.iter().filter_map(|(what, case)| Some(format!("{what}: {}", fault(case)?)));
    let faults: Vec<_> = faults.collect();
    assert!(faults.is_empty(), "{} quirks:\n{}", faults.len(), faults.join("\n"));
}
