//! JM1102: scripts are allowed while a page has no contract.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::{BASE, Example};
use journeyman_policy::source::Span;

/// Scripts are allowed while a page has no contract.
pub const SCRIPTS_NEED_CONTRACT: Code = Code {
    id: "JM1102",
    severity: Severity::Error,
    summary: "scripts are allowed, but a content definition has a page without contract",
    explanation: "With `ScriptExecution` the relying party allows scripts on its pages. The service then wants every content definition of the \
whole chain to have a page contract, `contract:` before the name of the page; also those that no journey shows.\n\n\
Give each definition that the finding shows the address of a contract. `idpselection` is called `providerselection` there.",
    service: &["Please use page contract in content definitions when enabling JavaScript."],
    fails: Example::Elements(&[
        BASE,
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <DataUri>urn:com:microsoft:aad:b2c:elements:selfasserted:1.1.0</DataUri>
    </ContentDefinition>
  </ContentDefinitions>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <UserJourneyBehaviors><ScriptExecution>Allow</ScriptExecution></UserJourneyBehaviors>
  <TechnicalProfile Id="PolicyProfile">
    <Protocol Name="OpenIdConnect" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
    passes: Example::Elements(&[
        BASE,
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.1.7</DataUri>
    </ContentDefinition>
  </ContentDefinitions>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <UserJourneyBehaviors><ScriptExecution>Allow</ScriptExecution></UserJourneyBehaviors>
  <TechnicalProfile Id="PolicyProfile">
    <Protocol Name="OpenIdConnect" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
};

/// One finding for all of them: they are one mistake.
pub(crate) fn scripts_need_contract(first: (&Name, Span), others: &[(&Name, Span)], party: Span) -> Diagnostic {
    const SHOWN: usize = 4;
    let message = match others.len() {
        0 => format!("scripts are allowed, but the page of `{}` has no contract", first.0),
        more => format!("scripts are allowed, but the pages of `{}` and {more} more have no contract", first.0),
    };
    let finding = Diagnostic::new(&SCRIPTS_NEED_CONTRACT, Kind::Content, first.1, message)
        .label("an address from before page contracts")
        .also(party, "scripts are allowed here")
        .help("give every content definition of the chain the address of a page contract");
    others.iter().take(SHOWN).fold(finding, |finding, (id, at)| finding.also(*at, format!("`{id}`")))
}
