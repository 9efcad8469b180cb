//! The smallest policy of each row. Rows that only a part of the language shows have a second case.

use journeyman_policy::diagnostic::Severity;

use super::{Case, Policy};

/// In the order of the table.
pub(super) const CASES: &[Case] = &[
    Case {
        row: "U01",
        policy: Policy::Leaf(
            r#"<BuildingBlocks>
<ContentDefinitions><ContentDefinition Id="api.other"><DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.1.7</DataUri></ContentDefinition></ContentDefinitions>
«<Predicates>»<Predicate Id="Long" Method="IsLengthRange"><Parameters><Parameter Id="Minimum">8</Parameter><Parameter Id="Maximum">64</Parameter></Parameters></Predicate></Predicates>
</BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM0005"),
        severity: Severity::Error,
        advice: "order",
        beside: &[],
    },
    Case {
        row: "U02",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ClaimsSchema>
<ClaimType Id="city"><DisplayName>City</DisplayName><DataType>string</DataType><UserInputType>DropdownSingleSelect</UserInputType>
<Restriction><Enumeration Text="Bellevue" Value="bellevue" /></Restriction>
«<DefaultPartnerClaimTypes>»<Protocol Name="OpenIdConnect" PartnerClaimType="city" /></DefaultPartnerClaimTypes></ClaimType>
</ClaimsSchema></BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM0005"),
        severity: Severity::Error,
        advice: "order",
        beside: &[],
    },
    Case {
        row: "U03",
        policy: Policy::Leaf(
            r#"<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Session"><DisplayName>No session</DisplayName><Protocol Name="Proprietary" Handler="Web.TPEngine.SSO.NoopSSOSessionProvider" /></TechnicalProfile>
<TechnicalProfile Id="Example"><DisplayName>Who are you?</DisplayName>
<Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
<OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
<UseTechnicalProfileForSessionManagement ReferenceId="Session" />
«<Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />»</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        ),
        code: Some("JM0005"),
        severity: Severity::Error,
        advice: "order",
        beside: &[],
    },
    Case {
        row: "U04",
        policy: Policy::Elements(&[r#"$EXAMPLE
<RelyingParty><DefaultUserJourney ReferenceId="Journey" />
<UserJourneyBehaviors><ScriptExecution>Disallow</ScriptExecution>«<SessionExpiryType>»Absolute</SessionExpiryType></UserJourneyBehaviors>
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
        code: Some("JM0005"),
        severity: Severity::Error,
        advice: "order",
        beside: &[],
    },
    Case {
        row: "U05",
        policy: Policy::Elements(&[r#"$EXAMPLE
<RelyingParty><UserJourneyBehaviors><SessionExpiryType>Absolute</SessionExpiryType></UserJourneyBehaviors>
«<DefaultUserJourney ReferenceId="Journey" />»
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
        code: Some("JM0005"),
        severity: Severity::Error,
        advice: "order",
        beside: &[],
    },
    Case {
        row: "U06",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ClaimsTransformations>
<ClaimsTransformation Id="Greet" TransformationMethod="FormatStringClaim">
<InputParameters><InputParameter Id="stringFormat" DataType="string" Value="Hello {0}" /></InputParameters>
«<InputClaims>»<InputClaim ClaimTypeReferenceId="displayName" TransformationClaimType="inputClaim" /></InputClaims>
<OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" TransformationClaimType="outputClaim" /></OutputClaims>
</ClaimsTransformation></ClaimsTransformations></BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM0005"),
        severity: Severity::Error,
        advice: "order",
        beside: &[],
    },
    Case {
        row: "U07",
        policy: Policy::Leaf(
            r#"<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example"><DisplayName>Who are you?</DisplayName>
<Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
<Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
<OutputClaims>
  <OutputClaim ClaimTypeReferenceId="displayName" />
  «--!>»
  <OutputClaim ClaimTypeReferenceId="email" />
</OutputClaims></TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        ),
        code: Some("JM0030"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U08",
        policy: Policy::Steps(
            r#"<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Second" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="«2»" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Third" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />"#,
        ),
        code: Some("JM0206"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U09",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example"><DisplayName>Who are you?</DisplayName>
<Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
<Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item><Item Key="setting.retryLimit">3</Item><Item Key="«setting.retryLimit»">5</Item></Metadata>
<OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims></TechnicalProfile>"#,
        ),
        code: Some("JM0033"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U09",
        policy: Policy::Steps(
            r#"<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="«ExampleExchange»" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />"#,
        ),
        code: Some("JM0033"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U10",
        policy: Policy::Elements(&[r#"$EXAMPLE
<UserJourneys><UserJourney Id="Own"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="Sub" /></JourneyList></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
<SubJourneys><SubJourney Id="Sub" Type="Call" «DefaultCpimIssuerTechnicalProfileReferenceId»="Issuer"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
</OrchestrationSteps></SubJourney></SubJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
        code: Some("JM0031"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U11",
        policy: Policy::Files(&[
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base"><UserJourneys>«</TrustFrameworkPolicy»>"#,
        ]),
        code: Some("JM0001"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U11",
        policy: Policy::Files(&[
            r#"«<TrustFrameworkPolicies xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06">»<TrustFrameworkPolicy PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy></TrustFrameworkPolicies>"#,
        ]),
        code: Some("JM0003"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U20",
        policy: Policy::Files(&[
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="«yourtenant.onmicrosoft.com»" PolicyId="B2C_1A_Base" PublicPolicyUri="http://yourtenant.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy>"#,
        ]),
        code: Some("JM0240"),
        severity: Severity::Warning,
        advice: "domain of your tenant",
        beside: &[],
    },
    Case {
        row: "U21",
        policy: Policy::Files(&[
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="fabrikam.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://fabrikam.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="«contoso.onmicrosoft.com»" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_Base</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
        ]),
        code: Some("JM0241"),
        severity: Severity::Warning,
        advice: "same tenant",
        beside: &[],
    },
    Case {
        row: "U22",
        policy: Policy::Files(&[
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>«B2C_1A_TrustFrameworkBase»</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
        ]),
        code: Some("JM0021"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U23",
        policy: Policy::Files(&[
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>«B2C_1_signup»</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
        ]),
        code: Some("JM0025"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U24",
        policy: Policy::Files(&[
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="«B2C_1A_Base»" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy>"#,
        ]),
        code: Some("JM0024"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U25",
        policy: Policy::Files(&[
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base" DeploymentMode="Development" UserJourneyRecorderEndpoint="«https://recorder.contoso.com»"></TrustFrameworkPolicy>"#,
        ]),
        code: Some("JM0008"),
        severity: Severity::Error,
        advice: "urn:journeyrecorder:applicationinsights",
        beside: &[],
    },
    Case {
        row: "U26",
        policy: Policy::Files(&[
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_0" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_0"></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_1" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_1"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_0</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_2" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_2"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_1</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_3" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_3"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_2</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_4" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_4"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_3</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_5" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_5"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_4</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_6" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_6"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_5</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_7" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_7"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_6</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_8" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_8"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_7</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_9" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_9"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_8</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_10" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_10"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>«B2C_1A_9»</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
        ]),
        code: Some("JM0026"),
        severity: Severity::Warning,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U30",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="«schoolId»" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM0101"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U31",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <InputClaimsTransformations><InputClaimsTransformation ReferenceId="«IsMfaRegistered»" /></InputClaimsTransformations>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM0102"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U32",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
  <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="«SimpleUJContext»" /></ValidationTechnicalProfiles>
</TechnicalProfile>"#,
        ),
        code: Some("JM0103"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U33",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">«api.signuporsigninsam»</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM0104"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U34",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><Predicates>
<Predicate Id="AllowedAADCharacters" Method="MatchesRegex" HelpText="Only letters and digits."><Parameters><Parameter Id="RegularExpression">^[a-z0-9]*$</Parameter></Parameters></Predicate>
</Predicates><PredicateValidations><PredicateValidation Id="Strong"><PredicateGroups><PredicateGroup Id="Characters">
<PredicateReferences MatchAtLeast="1"><PredicateReference Id="«AllowedCharacters»" /></PredicateReferences>
</PredicateGroup></PredicateGroups></PredicateValidation></PredicateValidations></BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM0109"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U36",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item><Item Key="ClientId">831374b3-bd50-41bf-aa54-263ec9e050fc</Item><Item Key="ApplicationObjectId">«831374b3-bd50-41bf-aa54-263ec9e050fc»</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="objectId" DefaultValue="{Context:CorrelationId}" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM1107"),
        severity: Severity::Warning,
        advice: "b2c-extensions-app",
        beside: &[],
    },
    Case {
        row: "U40",
        policy: Policy::Leaf(
            r#"$EXAMPLE
<UserJourneys><UserJourney Id="Journey"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="«Other»" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>"#,
        ),
        code: Some("JM0208"),
        severity: Severity::Error,
        advice: "ExampleExchange",
        beside: &[],
    },
    Case {
        row: "U41",
        policy: Policy::Elements(&[r#"$EXAMPLE
<UserJourneys>«<UserJourney Id="Own">»<OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
        code: Some("JM0201"),
        severity: Severity::Error,
        advice: "SendClaims",
        beside: &[],
    },
    Case {
        row: "U42",
        policy: Policy::Steps(
            r#"<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
«<OrchestrationStep Order="7" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />»"#,
        ),
        code: Some("JM0205"),
        severity: Severity::Error,
        advice: "1, 2, 3",
        beside: &[],
    },
    Case {
        row: "U43",
        policy: Policy::Steps(
            r#"<OrchestrationStep Order="1" Type="ClaimsProviderSelection"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="Chosen" /></ClaimsProviderSelections></OrchestrationStep>
<OrchestrationStep Order="2" Type="«SendClaims»" CpimIssuerTechnicalProfileReferenceId="Issuer" />"#,
        ),
        code: Some("JM0202"),
        severity: Severity::Error,
        advice: "",
        beside: &["JM0216"],
    },
    Case {
        row: "U44",
        policy: Policy::Steps(
            r#"<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
«<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />»"#,
        ),
        code: Some("JM0209"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U45",
        policy: Policy::Steps(
            r#"<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
«<OrchestrationStep Order="2" Type="SendClaims" />»"#,
        ),
        code: Some("JM0211"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U46",
        policy: Policy::Elements(&[r#"$EXAMPLE
<UserJourneys><UserJourney Id="Own"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="Sub" /></JourneyList></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
<SubJourneys><SubJourney Id="Sub" Type="Call"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
«<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />»</OrchestrationSteps></SubJourney></SubJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
        code: Some("JM0207"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U47",
        policy: Policy::Elements(&[r#"$EXAMPLE
<UserJourneys>«<UserJourney Id="Own">»<OrchestrationSteps>
<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="Sub" /></JourneyList></OrchestrationStep>

</OrchestrationSteps></UserJourney></UserJourneys>
<SubJourneys><SubJourney Id="Sub" Type="Transfer"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" /></OrchestrationSteps></SubJourney></SubJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
        code: Some("JM0212"),
        severity: Severity::Warning,
        advice: "DefaultCpimIssuerTechnicalProfileReferenceId",
        beside: &[],
    },
    Case {
        row: "U50",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata><Item Key="ServiceUrl">https://api.contoso.com/</Item><Item Key="AuthenticationType">None</Item><Item Key="AllowInsecureAuthInProduction">true</Item><Item Key="SendClaimsIn">Body</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="«email»" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM1080"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U51",
        policy: Policy::Elements(&[r#"$EXAMPLE
<RelyingParty><DefaultUserJourney ReferenceId="Journey" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /><OutputClaim ClaimTypeReferenceId="«email»" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
        code: Some("JM1081"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U52",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="tid"><DisplayName>Tenant</DisplayName><DataType>string</DataType></ClaimType></ClaimsSchema></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Directory</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="objectId" DefaultValue="{Context:CorrelationId}" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="«tid»" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        ),
        code: Some("JM1060"),
        severity: Severity::Warning,
        advice: "AlwaysUseDefaultValue",
        beside: &[],
    },
    Case {
        row: "U53",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="age"><DisplayName>Age</DisplayName><DataType>int</DataType></ClaimType></ClaimsSchema></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /><OutputClaim ClaimTypeReferenceId="age" DefaultValue="«ABCD»" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        ),
        code: Some("JM0301"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U54",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ClaimsSchema>
<ClaimType Id="now"><DisplayName>Now</DisplayName><DataType>dateTime</DataType></ClaimType>
</ClaimsSchema><ClaimsTransformations>
<ClaimsTransformation Id="Later" TransformationMethod="AssertDateTimeIsGreaterThan">
<InputClaims><InputClaim ClaimTypeReferenceId="displayName" TransformationClaimType="leftOperand" /><InputClaim ClaimTypeReferenceId="«now»" TransformationClaimType="rightOperand" /></InputClaims>
<InputParameters><InputParameter Id="AssertIfEqualTo" DataType="boolean" Value="false" /><InputParameter Id="AssertIfRightOperandIsNotPresent" DataType="boolean" Value="true" /></InputParameters>
</ClaimsTransformation></ClaimsTransformations></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
  <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId="Later" /></OutputClaimsTransformations>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        ),
        code: Some("JM1019"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U55",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ClaimsSchema>
<ClaimType Id="emails"><DisplayName>Addresses</DisplayName><DataType>stringCollection</DataType></ClaimType>
</ClaimsSchema><ClaimsTransformations>
«<ClaimsTransformation Id="Add" TransformationMethod="AddItemToStringCollection">»
<InputClaims><InputClaim ClaimTypeReferenceId="email" TransformationClaimType="item" /></InputClaims>
<OutputClaims><OutputClaim ClaimTypeReferenceId="emails" TransformationClaimType="collection" /></OutputClaims>
</ClaimsTransformation></ClaimsTransformations></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
  <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId="Add" /></OutputClaimsTransformations>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        ),
        code: Some("JM1019"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U60",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="OpenIdConnect" />
  <Metadata>«<Item Key="client_id">»</Item><Item Key="METADATA">https://login.contoso.com/.well-known/openid-configuration</Item><Item Key="response_types">code</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="a@contoso.com" PartnerClaimType="username" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="oid" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM1005"),
        severity: Severity::Warning,
        advice: "",
        beside: &["JM1003", "JM1009"],
    },
    Case {
        row: "U61",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="extension_x"><DisplayName>X</DisplayName><DataType>string</DataType></ClaimType></ClaimsSchema></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Directory</DisplayName><TechnicalProfiles>
«<TechnicalProfile Id="Example">»
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="objectId" DefaultValue="{Context:CorrelationId}" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="extension_x" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        ),
        code: Some("JM1068"),
        severity: Severity::Warning,
        advice: "ApplicationObjectId",
        beside: &[],
    },
    Case {
        row: "U62",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata><Item Key="ServiceUrl">«https://{Settings:Host}/ids»</Item><Item Key="AuthenticationType">None</Item><Item Key="AllowInsecureAuthInProduction">true</Item><Item Key="SendClaimsIn">Body</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM0010"),
        severity: Severity::Error,
        advice: "--set Host=",
        beside: &[],
    },
    Case {
        row: "U70",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.other"><LoadUri>~/tenant/default/unified.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:contract:unifiedssd:«2.1.4»</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM1100"),
        severity: Severity::Error,
        advice: "1.2.4",
        beside: &[],
    },
    Case {
        row: "U70",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.selfasserted"><DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:«2.1.99»</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM1100"),
        severity: Severity::Note,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U71",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.selfasserted"><DataUri>urn:com:microsoft:aad:b2c:elements:«selfasserted»:2.0.0</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM1101"),
        severity: Severity::Warning,
        advice: "contract:selfasserted",
        beside: &[],
    },
    Case {
        row: "U71",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.selfasserted"><DataUri>urn:com:microsoft:aad:b2c:elements:contract:«selfaserted»:2.0.0</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM1103"),
        severity: Severity::Error,
        advice: "`selfasserted`",
        beside: &[],
    },
    Case {
        row: "U72",
        policy: Policy::Elements(&[
            r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.error"><LoadUri>~/tenant/default/exception.cshtml</LoadUri><DataUri>«urn:com:microsoft:aad:b2c:elements:globalexception:1.0.0»</DataUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE
<RelyingParty><DefaultUserJourney ReferenceId="Journey" />
<UserJourneyBehaviors><ScriptExecution>Allow</ScriptExecution></UserJourneyBehaviors>
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#,
        ]),
        code: Some("JM1102"),
        severity: Severity::Error,
        advice: "contract",
        beside: &[],
    },
    Case {
        row: "U73",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.selfasserted"><LocalizedResourcesReferences MergeBehavior="Prepend"><LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="texts.en" /></LocalizedResourcesReferences></ContentDefinition></ContentDefinitions>
<Localization Enabled="true"><SupportedLanguages DefaultLanguage="en" MergeBehavior="ReplaceAll"><SupportedLanguage>en</SupportedLanguage></SupportedLanguages>
<LocalizedResources Id="texts.en"><LocalizedStrings><LocalizedString ElementType="UxElement" StringId="«captchatype_audio_help»">Help</LocalizedString></LocalizedStrings></LocalizedResources></Localization></BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM1050"),
        severity: Severity::Warning,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U74",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ContentDefinitions>«<ContentDefinition Id="api.other">»<LoadUri>~/tenant/default/selfAsserted.cshtml</LoadUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.other</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        ),
        code: Some("JM1051"),
        severity: Severity::Warning,
        advice: "DataUri",
        beside: &[],
    },
    Case {
        row: "U83",
        policy: Policy::Files(&[
            r#"«<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PublicPolicyUri="http://contoso.onmicrosoft.com/x">»</TrustFrameworkPolicy>"#,
        ]),
        code: Some("JM0007"),
        severity: Severity::Error,
        advice: "",
        beside: &[],
    },
    Case {
        row: "U85",
        policy: Policy::Files(&[
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="«{Settings:Tenant}»" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy>"#,
        ]),
        code: Some("JM0010"),
        severity: Severity::Warning,
        advice: "--set Tenant=",
        beside: &[],
    },
    Case {
        row: "S01",
        policy: Policy::Steps(
            r#"<OrchestrationStep Order="1" Type="ClaimsExchange"><Preconditions><Precondition Type="ClaimsExist" ExecuteActionsIf="true"><Value>«objektId»</Value><Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />"#,
        ),
        code: Some("JM0113"),
        severity: Severity::Warning,
        advice: "objectId",
        beside: &[],
    },
    Case {
        row: "S02",
        policy: Policy::Steps(
            r#"<OrchestrationStep Order="1" Type="ClaimsExchange"><Preconditions><Precondition Type="ClaimEquals" ExecuteActionsIf="true"><Value>email</Value><Value>«displayName»</Value><Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions><ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />"#,
        ),
        code: Some("JM0221"),
        severity: Severity::Warning,
        advice: "",
        beside: &["JM1083"],
    },
    Case {
        row: "S03",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata><Item Key="ServiceUrl">https://api.contoso.com/</Item><Item Key="AuthenticationType">None</Item><Item Key="AllowInsecureAuthInProduction">true</Item><Item Key="SendClaimsIn">Body</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="«{OIDC:LoginHint}»" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM1031"),
        severity: Severity::Warning,
        advice: "IncludeClaimResolvingInClaimsHandling",
        beside: &[],
    },
    Case {
        row: "S04",
        policy: Policy::Files(&[
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="«B2C_1A_Base»" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base"></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions"></TrustFrameworkPolicy>"#,
            r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Leaf" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Leaf"><BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_Extensions</PolicyId></BasePolicy></TrustFrameworkPolicy>"#,
        ]),
        code: Some("JM0027"),
        severity: Severity::Warning,
        advice: "build on it",
        beside: &[],
    },
    Case {
        row: "S05",
        policy: Policy::Elements(&[
            r#"<ClaimsProviders><ClaimsProvider><DisplayName>Code</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Generate">
  <DisplayName>Make a code</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata><Item Key="Operation">GenerateCode</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="a@contoso.com" PartnerClaimType="identifier" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>
<TechnicalProfile Id="Example">
  <DisplayName>Who are you?</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<UserJourneys><UserJourney Id="Own"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Code" TechnicalProfileReferenceId="«Generate»" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Own" /><TechnicalProfile Id="PolicyProfile">
<DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#,
        ]),
        code: Some("JM1016"),
        severity: Severity::Warning,
        advice: "",
        beside: &[],
    },
    Case {
        row: "S06",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata><Item Key="Operation">GenerateCode</Item><Item Key="UserMessage.InvalidCode">«Wrong code»</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="a@contoso.com" PartnerClaimType="identifier" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM1061"),
        severity: Severity::Warning,
        advice: "",
        beside: &["JM1016"],
    },
    Case {
        row: "S07",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata><Item Key="Operation">GenerateCode</Item><Item Key="«MaxNumAttempts»">3</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="a@contoso.com" PartnerClaimType="identifier" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM1007"),
        severity: Severity::Warning,
        advice: "",
        beside: &["JM1016"],
    },
    Case {
        row: "S08",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="DisplayName" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: None,
        severity: Severity::Note,
        advice: "",
        beside: &[],
    },
    Case {
        row: "S09",
        policy: Policy::Elements(&[r#"$EXAMPLE
<UserJourneys>«<UserJourney Id="Journey">»<OrchestrationSteps>
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Other" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="Journey" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#]),
        code: Some("JM0201"),
        severity: Severity::Error,
        advice: "SendClaims",
        beside: &[],
    },
    Case {
        row: "S10",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <IncludeInSso>false</IncludeInSso>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
  <UseTechnicalProfileForSessionManagement ReferenceId="«Session»" />
</TechnicalProfile>
<TechnicalProfile Id="Session"><DisplayName>Session</DisplayName><Protocol Name="Proprietary" Handler="Web.TPEngine.SSO.DefaultSSOSessionProvider" /></TechnicalProfile>"#,
        ),
        code: Some("JM1062"),
        severity: Severity::Note,
        advice: "",
        beside: &[],
    },
    Case {
        row: "S11",
        policy: Policy::Elements(&[r#"$EXAMPLE
<RelyingParty><DefaultUserJourney ReferenceId="Journey" />
<TechnicalProfile Id="PolicyProfile"><DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="«sub»" /></TechnicalProfile></RelyingParty>"#]),
        code: Some("JM1063"),
        severity: Severity::Warning,
        advice: "",
        beside: &[],
    },
    Case {
        row: "S12",
        policy: Policy::Leaf(
            r#"$EXAMPLE
<UserJourneys><UserJourney Id="Journey"><OrchestrationSteps>
<OrchestrationStep Order="2" Type="ClaimsExchange"><Preconditions><Precondition Type="ClaimsExist" ExecuteActionsIf="true"><Value>displayName</Value><Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions><ClaimsExchanges><ClaimsExchange Id="Other" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>"#,
        ),
        code: None,
        severity: Severity::Note,
        advice: "",
        beside: &[],
    },
    Case {
        row: "S13",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="extension_x"><DisplayName>X</DisplayName><DataType>boolean</DataType></ClaimType></ClaimsSchema></BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>Directory</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item><Item Key="ClientId">831374b3-bd50-41bf-aa54-263ec9e050fc</Item><Item Key="ApplicationObjectId">1702d1ac-623c-4a4d-982d-e1dc2e51cfb2</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="objectId" DefaultValue="{Context:CorrelationId}" Required="true" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="extension_x" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        ),
        code: None,
        severity: Severity::Note,
        advice: "",
        beside: &[],
    },
    Case {
        row: "S14",
        policy: Policy::Steps(
            r#"<OrchestrationStep Order="1" Type="ClaimsProviderSelection"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="First" /></ClaimsProviderSelections></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="First" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="3" Type="«ClaimsProviderSelection»"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="Second" /></ClaimsProviderSelections></OrchestrationStep>
<OrchestrationStep Order="4" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="Second" TechnicalProfileReferenceId="Example" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="5" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />"#,
        ),
        code: Some("JM0210"),
        severity: Severity::Warning,
        advice: "",
        beside: &["JM0216"],
    },
    Case {
        row: "S15",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.selfasserted"><LocalizedResourcesReferences MergeBehavior="Prepend"><LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="texts.en" />«<LocalizedResourcesReference Language="en-US" LocalizedResourcesReferenceId="texts.en-US" />»</LocalizedResourcesReferences></ContentDefinition></ContentDefinitions>
<Localization Enabled="true"><SupportedLanguages DefaultLanguage="en" MergeBehavior="ReplaceAll"><SupportedLanguage>en</SupportedLanguage><SupportedLanguage>en-US</SupportedLanguage></SupportedLanguages>
<LocalizedResources Id="texts.en"><LocalizedStrings><LocalizedString ElementType="UxElement" StringId="button_continue">Go on</LocalizedString></LocalizedStrings></LocalizedResources>
<LocalizedResources Id="texts.en-US"><LocalizedStrings><LocalizedString ElementType="UxElement" StringId="button_continue">Continue</LocalizedString></LocalizedStrings></LocalizedResources></Localization></BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM1052"),
        severity: Severity::Warning,
        advice: "",
        beside: &[],
    },
    Case {
        row: "S16",
        policy: Policy::Leaf(
            r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="api.selfasserted"><LoadUri>«https://contoso.com/{Culture:RFC5646}/page.html»</LoadUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
$EXAMPLE"#,
        ),
        code: Some("JM1053"),
        severity: Severity::Warning,
        advice: "",
        beside: &[],
    },
    Case {
        row: "S17",
        policy: Policy::Profile(
            r#"«<TechnicalProfile Id="Example">»
  <DisplayName>Example</DisplayName>
  <Protocol Name="OpenIdConnect" />
  <Metadata><Item Key="METADATA">https://login.contoso.com/.well-known/openid-configuration</Item><Item Key="response_types">code</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="a@contoso.com" PartnerClaimType="username" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="oid" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM1004"),
        severity: Severity::Warning,
        advice: "",
        beside: &["JM1003", "JM1009"],
    },
    Case {
        row: "S18",
        policy: Policy::Profile(
            r#"<TechnicalProfile Id="Example">
  <DisplayName>Example</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.OneTimePasswordProtocolProvider" />
  <Metadata><Item Key="Operation">GenerateCode</Item><Item Key="CodeExpirationInSeconds">«1200»</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" DefaultValue="a@contoso.com" PartnerClaimType="identifier" /></InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="otp" PartnerClaimType="otpGenerated" /></OutputClaims>
</TechnicalProfile>"#,
        ),
        code: Some("JM1064"),
        severity: Severity::Warning,
        advice: "",
        beside: &["JM1016"],
    },
];
