//! Small policies from their parts, for tests of one rule of the language each.

use crate::play::{Play, program};

/// The parts of a policy; each is XML to put in place.
#[derive(Default)]
pub struct Parts<'a> {
    /// `ClaimType`s besides the four that are always there: `who`, `word`, `flag`, `secret`.
    pub claims: &'a str,
    /// `ClaimsTransformation`s.
    pub transformations: &'a str,
    /// `LoadUri` of the one content definition; none: a built-in page.
    pub template: &'a str,
    /// What else stands in the content definition `api.page`.
    pub content: &'a str,
    /// Further building blocks after the content definitions.
    pub blocks: &'a str,
    /// `TechnicalProfile`s besides the issuer.
    pub profiles: &'a str,
    /// `OrchestrationStep`s before the last one, which sends the claims.
    pub steps: &'a str,
    /// Further journeys and sub journeys, whole sections.
    pub journeys: &'a str,
    /// `RelyingParty` behaviours.
    pub behaviors: &'a str,
    /// Output claims of the relying party besides `who` and `word`.
    pub outputs: &'a str,
}

pub const SELF_ASSERTED: &str = "Web.TPEngine.Providers.SelfAssertedAttributeProvider";
pub const TRANSFORMATION: &str = "Web.TPEngine.Providers.ClaimsTransformationProtocolProvider";
pub const REST: &str = "Web.TPEngine.Providers.RestfulProvider";
pub const CODE: &str = "Web.TPEngine.Providers.OneTimePasswordProtocolProvider";
pub const DIRECTORY: &str = "Web.TPEngine.Providers.AzureActiveDirectoryProvider";
pub const SESSION: &str = "Web.TPEngine.SSO.DefaultSSOSessionProvider";

/// A technical profile of a proprietary handler.
pub fn profile(id: &str, handler: &str, metadata: &[(&str, &str)], inside: &str) -> String {
    let items: String = metadata.iter().map(|(key, value)| format!("<Item Key=\"{key}\">{value}</Item>")).collect();
    let metadata = if items.is_empty() { String::new() } else { format!("<Metadata>{items}</Metadata>") };
    format!(
        "<TechnicalProfile Id=\"{id}\"><DisplayName>{id}</DisplayName>\
         <Protocol Name=\"Proprietary\" Handler=\"{handler}, Web.TPEngine\" />{metadata}{inside}</TechnicalProfile>"
    )
}

/// A page that asks for the given output claims.
pub fn page(id: &str, inside: &str) -> String {
    profile(id, SELF_ASSERTED, &[("ContentDefinitionReferenceId", "api.page")], inside)
}

/// A profile that only sets `word`.
pub fn says(id: &str, word: &str) -> String {
    let claim =
        format!("<OutputClaim ClaimTypeReferenceId=\"word\" DefaultValue=\"{word}\" AlwaysUseDefaultValue=\"true\" />");
    profile(id, TRANSFORMATION, &[], &format!("<OutputClaims>{claim}</OutputClaims>"))
}

/// A step that runs one profile.
pub fn exchange(order: u32, profile: &str, preconditions: &str) -> String {
    format!(
        "<OrchestrationStep Order=\"{order}\" Type=\"ClaimsExchange\">{preconditions}<ClaimsExchanges>\
         <ClaimsExchange Id=\"E{order}\" TechnicalProfileReferenceId=\"{profile}\" /></ClaimsExchanges></OrchestrationStep>"
    )
}

/// A policy of these parts, ready to play.
pub fn policy(parts: &Parts<'_>) -> Play {
    let steps = parts.steps.matches("<OrchestrationStep ").count() + 1;
    let text = format!(
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06"
  PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_T" PublicPolicyUri="http://contoso">
<BuildingBlocks>
<ClaimsSchema>
  <ClaimType Id="who"><DisplayName>Who</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType></ClaimType>
  <ClaimType Id="word"><DisplayName>Word</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType></ClaimType>
  <ClaimType Id="flag"><DisplayName>Flag</DisplayName><DataType>boolean</DataType></ClaimType>
  <ClaimType Id="secret"><DisplayName>Secret</DisplayName><DataType>string</DataType><UserInputType>Password</UserInputType></ClaimType>
  {claims}
</ClaimsSchema>
<ClaimsTransformations>{transformations}</ClaimsTransformations>
<ContentDefinitions><ContentDefinition Id="api.page"><LoadUri>{template}</LoadUri><RecoveryUri>~/e.html</RecoveryUri>
  <DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.1.7</DataUri>{content}</ContentDefinition></ContentDefinitions>
{blocks}
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><DisplayName>All</DisplayName><TechnicalProfiles>
  {profiles}
  <TechnicalProfile Id="Issuer"><DisplayName>JWT</DisplayName><Protocol Name="OpenIdConnect" /><OutputTokenFormat>JWT</OutputTokenFormat>
    <Metadata><Item Key="issuer_refresh_token_user_identity_claim_type">who</Item></Metadata>
    <CryptographicKeys><Key Id="issuer_secret" StorageReferenceId="B2C_1A_Signing" /></CryptographicKeys></TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<UserJourneys><UserJourney Id="J" DefaultCpimIssuerTechnicalProfileReferenceId="Issuer"><OrchestrationSteps>
  {body}
  <OrchestrationStep Order="{steps}" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
</OrchestrationSteps></UserJourney></UserJourneys>
{journeys}
<RelyingParty><DefaultUserJourney ReferenceId="J" />{behaviors}
<TechnicalProfile Id="PolicyProfile"><DisplayName>T</DisplayName><Protocol Name="OpenIdConnect" /><OutputClaims>
  <OutputClaim ClaimTypeReferenceId="who" PartnerClaimType="sub" DefaultValue="nobody" />
  <OutputClaim ClaimTypeReferenceId="word" DefaultValue="" />
  {outputs}
</OutputClaims><SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>
</TrustFrameworkPolicy>"#,
        claims = parts.claims,
        transformations = parts.transformations,
        template = if parts.template.is_empty() { "~/p.cshtml" } else { parts.template },
        content = parts.content,
        blocks = parts.blocks,
        profiles = parts.profiles,
        body = parts.steps,
        journeys = parts.journeys,
        behaviors = parts.behaviors,
        outputs = parts.outputs,
    );
    Play::of(program(&[("t.xml", &text)], "B2C_1A_T"))
}
