//! Small policies that show a finding: one that has it, one that does not.
//!
//! They stand in the declaration of each code, `explain` prints them, and tests hold the code to them. What surrounds the
//! interesting lines is put around them here, so that an example is no longer than what it shows.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::source::Sources;
use crate::xml::NAMESPACE;

/// A policy to show, as its author would write the part that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Example {
    /// None was written.
    None,
    /// Whole files, leaf last.
    Files(&'static [&'static str]),
    /// What stands inside the root element, a text a file; each file builds on the one before.
    Elements(&'static [&'static str]),
    /// What stands inside the root element of a relying party's policy that builds on [`BASE`], before its
    /// `RelyingParty`.
    Leaf(&'static str),
    /// One technical profile with the id `Example`, which the journey of [`BASE`] runs in its first step.
    Profile(&'static str),
}

impl Example {
    /// What an author would recognise: the texts without what is put around them.
    pub fn shown(&self) -> &[&'static str] {
        match self {
            Self::None => &[],
            Self::Files(texts) | Self::Elements(texts) => texts,
            Self::Leaf(text) | Self::Profile(text) => std::slice::from_ref(text),
        }
    }

    /// The files, complete: `0.xml` is the root, the last one the leaf.
    pub fn sources(&self) -> Sources {
        let files: Vec<Cow<'static, str>> = match *self {
            Self::None => Vec::new(),
            Self::Files(texts) => texts.iter().map(|text| Cow::Borrowed(*text)).collect(),
            Self::Elements(texts) => texts.iter().enumerate().map(|(at, text)| file(at, text).into()).collect(),
            Self::Leaf(text) => vec![file(0, BASE).into(), file(1, &format!("{text}\n{RELYING_PARTY}")).into()],
            Self::Profile(text) => {
                let provider = format!(
                    "<ClaimsProviders><ClaimsProvider><TechnicalProfiles>\n{text}\n\
                     </TechnicalProfiles></ClaimsProvider></ClaimsProviders>\n{RELYING_PARTY}"
                );
                vec![file(0, BASE).into(), file(1, &provider).into()]
            }
        };
        let mut sources = Sources::default();
        for (at, text) in files.into_iter().enumerate() {
            sources.add(format!("{at}.xml"), &*text);
        }
        sources
    }
}

fn file(at: usize, inside: &str) -> String {
    let mut text = format!(
        "<TrustFrameworkPolicy xmlns=\"{NAMESPACE}\" PolicySchemaVersion=\"0.3.0.0\" \
         TenantId=\"contoso.onmicrosoft.com\" PolicyId=\"B2C_1A_{at}\" \
         PublicPolicyUri=\"http://contoso.onmicrosoft.com/B2C_1A_{at}\">\n"
    );
    if let Some(base) = at.checked_sub(1) {
        let tenant = "<TenantId>contoso.onmicrosoft.com</TenantId>";
        writeln!(text, "<BasePolicy>{tenant}<PolicyId>B2C_1A_{base}</PolicyId></BasePolicy>")
            .expect("a string takes everything");
    }
    text + inside + "\n</TrustFrameworkPolicy>"
}

/// What [`Example::Leaf`] and [`Example::Profile`] build on: a few claim types, a content definition, a token issuer, and a
/// journey `Journey` whose first step runs the technical profile `Example`, which the leaf declares, and whose second sends
/// claims.
pub const BASE: &str = r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="objectId"><DisplayName>Object id</DisplayName><DataType>string</DataType></ClaimType>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType></ClaimType>
    <ClaimType Id="displayName"><DisplayName>Name</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType></ClaimType>
    <ClaimType Id="otp"><DisplayName>Code</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType></ClaimType>
    <ClaimType Id="isNew"><DisplayName>New</DisplayName><DataType>boolean</DataType></ClaimType>
  </ClaimsSchema>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <LoadUri>~/tenant/default/selfAsserted.cshtml</LoadUri>
      <RecoveryUri>~/common/default_page_error.html</RecoveryUri>
      <DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.1.26</DataUri>
    </ContentDefinition>
  </ContentDefinitions>
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
          <Item Key="SendTokenResponseBodyWithJsonNumbers">true</Item>
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
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#;

const RELYING_PARTY: &str = r#"<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <TechnicalProfile Id="PolicyProfile">
    <DisplayName>Policy profile</DisplayName>
    <Protocol Name="OpenIdConnect" />
    <OutputClaims>
      <OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" />
    </OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#;
