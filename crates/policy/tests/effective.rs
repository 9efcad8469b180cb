//! What is shown of a policy, compiled as a policy without a base, is the policy.
//!
//! The model's merge and that of the elements are two programs: here each is held to the other.

#![expect(clippy::disallowed_methods, reason = "the corpus is read from a disk; the crate itself is not concerned")]

use std::path::{Path, PathBuf};

use serde_json::Value;

use journeyman_policy::effective::xml;
use journeyman_policy::model::Policy;
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};

const POLICY: &str = r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0"
    TenantId="t" PolicyId="B2C_1A_All" PublicPolicyUri="http://t/B2C_1A_All" DeploymentMode="Development">
  <BuildingBlocks>
    <ClaimsSchema>
      <ClaimType Id="email"><DisplayName>a &lt; "b" &amp; c</DisplayName><DataType>string</DataType>
        <DefaultPartnerClaimTypes><Protocol Name="OpenIdConnect" PartnerClaimType="mail" /></DefaultPartnerClaimTypes>
        <Mask Type="Regex" Regex="(?&lt;=.).">*</Mask><UserHelpText>h</UserHelpText><UserInputType>TextBox</UserInputType>
        <Restriction><Pattern RegularExpression="^a$" HelpText="no" /></Restriction>
        <PredicateValidationReference Id="V" /></ClaimType>
      <ClaimType Id="choice"><DataType>stringCollection</DataType>
        <Restriction><Enumeration Text="One" Value="1" SelectByDefault="true" /></Restriction></ClaimType>
    </ClaimsSchema>
    <Predicates><Predicate Id="L" Method="IsLengthRange" HelpText="x">
      <Parameters><Parameter Id="Minimum">8</Parameter></Parameters></Predicate></Predicates>
    <PredicateValidations><PredicateValidation Id="V"><PredicateGroups><PredicateGroup Id="g"><UserHelpText>u</UserHelpText>
      <PredicateReferences MatchAtLeast="1"><PredicateReference Id="L" /></PredicateReferences>
    </PredicateGroup></PredicateGroups></PredicateValidation></PredicateValidations>
    <ClaimsTransformations><ClaimsTransformation Id="T" TransformationMethod="FormatStringClaim">
      <InputClaims><InputClaim ClaimTypeReferenceId="email" TransformationClaimType="inputClaim" /></InputClaims>
      <InputParameters><InputParameter Id="stringFormat" DataType="string" Value="{0}&#10;x" /></InputParameters>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="email" TransformationClaimType="outputClaim" /></OutputClaims>
    </ClaimsTransformation></ClaimsTransformations>
    <ContentDefinitions><ContentDefinition Id="api.x"><LoadUri>~/a.cshtml</LoadUri><DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.1.26</DataUri>
      <Metadata><Item Key="DisplayName">d</Item></Metadata><LocalizedResourcesReferences>
      <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="r" /></LocalizedResourcesReferences>
    </ContentDefinition></ContentDefinitions>
    <Localization Enabled="true"><SupportedLanguages DefaultLanguage="en"><SupportedLanguage>en</SupportedLanguage></SupportedLanguages>
      <LocalizedResources Id="r"><LocalizedCollections><LocalizedCollection ElementType="ClaimType" ElementId="choice" TargetCollection="Restriction">
        <Item Text="Un" Value="1" /></LocalizedCollection></LocalizedCollections>
        <LocalizedStrings><LocalizedString ElementType="ClaimType" ElementId="email" StringId="DisplayName">E</LocalizedString></LocalizedStrings>
      </LocalizedResources></Localization>
    <DisplayControls><DisplayControl Id="c" UserInterfaceControlType="VerificationControl">
      <DisplayClaims><DisplayClaim ClaimTypeReferenceId="email" ControlClaimType="Email" Required="true" /></DisplayClaims>
      <Actions><Action Id="SendCode"><ValidationClaimsExchange>
        <ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="P"><Preconditions>
          <Precondition Type="ClaimEquals" ExecuteActionsIf="false"><Value>email</Value><Value>x</Value>
          <Action>SkipThisValidationTechnicalProfile</Action></Precondition></Preconditions>
        </ValidationClaimsExchangeTechnicalProfile></ValidationClaimsExchange></Action></Actions>
    </DisplayControl></DisplayControls>
  </BuildingBlocks>
  <ClaimsProviders><ClaimsProvider><Domain>d.com</Domain><TechnicalProfiles>
    <TechnicalProfile Id="P"><DisplayName>p</DisplayName><Protocol Name="Proprietary" Handler="H" /><OutputTokenFormat>JWT</OutputTokenFormat>
      <Metadata><Item Key="k"> v </Item></Metadata>
      <CryptographicKeys><Key Id="k" StorageReferenceId="B2C_1A_K" /></CryptographicKeys><IncludeInSso>false</IncludeInSso>
      <InputClaimsTransformations><InputClaimsTransformation ReferenceId="T" /></InputClaimsTransformations>
      <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="m" DefaultValue="" AlwaysUseDefaultValue="true" /></InputClaims>
      <DisplayClaims><DisplayClaim DisplayControlReferenceId="c" /></DisplayClaims>
      <PersistedClaims><PersistedClaim ClaimTypeReferenceId="email" OverwriteIfExists="false" /></PersistedClaims>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="email" Required="true" /></OutputClaims>
      <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="P" ContinueOnError="true" ContinueOnSuccess="false" /></ValidationTechnicalProfiles>
      <UseTechnicalProfileForSessionManagement ReferenceId="P" /><EnabledForUserJourneys>Never</EnabledForUserJourneys>
    </TechnicalProfile></TechnicalProfiles></ClaimsProvider></ClaimsProviders>
  <UserJourneys><UserJourney Id="J" DefaultCpimIssuerTechnicalProfileReferenceId="P" NonInteractive="true">
    <Authorization><AuthorizationTechnicalProfiles><AuthorizationTechnicalProfile ReferenceId="P" /></AuthorizationTechnicalProfiles></Authorization>
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsProviderSelection" ContentDefinitionReferenceId="api.x">
        <Preconditions><Precondition Type="ClaimsExist" ExecuteActionsIf="true"><Value>email</Value><Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions>
        <ClaimsProviderSelections DisplayOption="ShowSingleProvider"><ClaimsProviderSelection TargetClaimsExchangeId="E" />
        <ClaimsProviderSelection ValidationClaimsExchangeId="V" /></ClaimsProviderSelections>
        <ClaimsExchanges><ClaimsExchange Id="V" TechnicalProfileReferenceId="P" /></ClaimsExchanges></OrchestrationStep>
      <OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="E" TechnicalProfileReferenceId="P" /></ClaimsExchanges></OrchestrationStep>
      <OrchestrationStep Order="3" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="S" /></JourneyList></OrchestrationStep>
    </OrchestrationSteps></UserJourney></UserJourneys>
  <SubJourneys><SubJourney Id="S" Type="Transfer"><OrchestrationSteps>
    <OrchestrationStep Order="1" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="P" /></OrchestrationSteps></SubJourney></SubJourneys>
  <RelyingParty><DefaultUserJourney ReferenceId="J" /><Endpoints><Endpoint Id="Token" UserJourneyReferenceId="J" /></Endpoints>
    <UserJourneyBehaviors><SingleSignOn Scope="Policy" KeepAliveInDays="7" EnforceIdTokenHintOnLogout="true" /><SessionExpiryType>Absolute</SessionExpiryType>
      <SessionExpiryInSeconds>900</SessionExpiryInSeconds><ContentDefinitionParameters><Parameter Name="a">b</Parameter></ContentDefinitionParameters>
      <JourneyFraming Enabled="true" Sources="https://a https://b" /><ScriptExecution>Allow</ScriptExecution></UserJourneyBehaviors>
    <TechnicalProfile Id="PolicyProfile"><Protocol Name="OpenIdConnect" /><OutputClaims><OutputClaim ClaimTypeReferenceId="email" PartnerClaimType="sub" /></OutputClaims>
      <SubjectNamingInfo ClaimType="sub" Format="f" ExcludeAsClaim="true" /></TechnicalProfile></RelyingParty>
</TrustFrameworkPolicy>"#;

fn compile(files: impl IntoIterator<Item = (String, String)>) -> PolicySet {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(name, text);
    }
    PolicySet::compile(sources, &Settings::default())
}

/// A policy as data, without the places.
fn meaning(policy: &Policy) -> Value {
    let mut value = serde_json::to_value(policy).expect("a policy is data");
    drop_places(&mut value);
    value
}

fn drop_places(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|key, _| key != "chain" && !key.ends_with("span"));
            object.values_mut().for_each(drop_places);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_places),
        _ => {}
    }
}

/// The paths at which two values differ, with both.
fn differences(path: &str, a: &Value, b: &Value, found: &mut Vec<String>) {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            for (key, a) in a {
                differences(&format!("{path}.{key}"), a, &b[key], found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{path}[{at}]"), a, b, found);
            }
        }
        _ if a == b => {}
        _ => found.push(format!("{path}: {a} is shown as {b}")),
    }
}

/// What is shown, compiled as a policy without a base, is the policy.
fn changed(set: &PolicySet, policy: &Policy) -> Vec<String> {
    let text = xml(set, policy).expect("the policy is of the set");
    let again = compile([("shown.xml".to_owned(), text.clone())]);
    let shown = again.policies.first().unwrap_or_else(|| panic!("{}: {:?}\n{text}", policy.id, again.diagnostics));
    let mut found = Vec::new();
    differences("", &meaning(policy), &meaning(shown), &mut found);
    let file = &set.sources.file(policy.span.file).name;
    found.iter().map(|found| format!("{file}{found}")).collect()
}

#[test]
fn what_is_shown_means_what_was_read() {
    let set = compile([("p.xml".to_owned(), POLICY.to_owned())]);
    let found: Vec<_> = set.diagnostics.iter().map(|found| &found.message).collect();
    assert_eq!(found, Vec::<&String>::new());
    assert_eq!(changed(&set, &set.policies[0]), Vec::<String>::new());
}

/// The merge of the model and that of the elements are two programs: here each is held to the other.
#[test]
fn so_it_does_for_every_public_policy() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("JOURNEYMAN_SHARED").map_or(beside, PathBuf::from).join("corpus");
    let Ok(manifest) = std::fs::read_to_string(root.join("manifest.json")) else {
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"SKIPPED: no corpus of public policies\n");
        return;
    };
    let manifest: Value = serde_json::from_str(&manifest).expect("the manifest is JSON");
    let (mut seen, mut found) = (0, Vec::new());
    for policy in manifest["policies"].as_array().expect("a list of policies") {
        let files = policy["chain"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let read = |name: &str| std::fs::read(root.join(name)).expect("a file of the manifest");
        let set = compile(files.map(|name| (name.to_owned(), String::from_utf8_lossy(&read(name)).into_owned())));
        found.extend(set.policies.first().map(|policy| changed(&set, policy)).into_iter().flatten());
        seen += 1;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(seen > 200, "{seen}");
}
