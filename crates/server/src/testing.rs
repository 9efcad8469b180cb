//! What the tests of this crate share: a configuration, and counterparties on this machine.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use jiff::Timestamp;
use journeyman_engine::Program;
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};
use journeyman_store::{Handle, Memory, Store, SystemEntropy};
use url::Url;

use crate::config::{
    Config, Database, HintConfig, KeyEncryption, Limits, MissingPolicyKeys, OutboundConfig, TenantConfig,
};
use crate::world::Place;

/// A policy with claims that have rules, and a journey that signs in with a password.
pub(crate) const POLICY: &str = r#"
<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0"
    TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Test" PublicPolicyUri="http://contoso/B2C_1A_Test">
  <BuildingBlocks>
    <ClaimsSchema>
      <ClaimType Id="objectId"><DisplayName>Id</DisplayName><DataType>string</DataType></ClaimType>
      <ClaimType Id="newPassword">
        <DisplayName>New password</DisplayName><DataType>string</DataType><UserInputType>Password</UserInputType>
        <Restriction><Pattern RegularExpression="^.{8,64}$" HelpText="8 to 64 characters, please." /></Restriction>
      </ClaimType>
      <ClaimType Id="reenterPassword">
        <DisplayName>Again</DisplayName><DataType>string</DataType><UserInputType>Password</UserInputType>
      </ClaimType>
    </ClaimsSchema>
  </BuildingBlocks>
  <ClaimsProviders>
    <ClaimsProvider>
      <DisplayName>All</DisplayName>
      <TechnicalProfiles>
        <TechnicalProfile Id="JwtIssuer">
          <DisplayName>JWT</DisplayName><Protocol Name="OpenIdConnect" /><OutputTokenFormat>JWT</OutputTokenFormat>
          <Metadata>
            <Item Key="issuer_refresh_token_user_identity_claim_type">objectId</Item>
          </Metadata>
          <CryptographicKeys><Key Id="issuer_secret" StorageReferenceId="B2C_1A_Signing" /></CryptographicKeys>
        </TechnicalProfile>
      </TechnicalProfiles>
    </ClaimsProvider>
  </ClaimsProviders>
  <UserJourneys>
    <UserJourney Id="Test">
      <OrchestrationSteps>
        <OrchestrationStep Order="1" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="JwtIssuer" />
      </OrchestrationSteps>
    </UserJourney>
  </UserJourneys>
  <RelyingParty>
    <DefaultUserJourney ReferenceId="Test" />
    <TechnicalProfile Id="PolicyProfile">
      <DisplayName>Test</DisplayName><Protocol Name="OpenIdConnect" />
      <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" PartnerClaimType="sub" /></OutputClaims>
      <SubjectNamingInfo ClaimType="sub" />
    </TechnicalProfile>
  </RelyingParty>
</TrustFrameworkPolicy>"#;

/// The compiled [`POLICY`].
pub(crate) fn program() -> Arc<Program> {
    let mut sources = Sources::default();
    sources.add("test.xml", POLICY);
    let set = PolicySet::compile(sources, &Settings::default());
    let policy = set.policies.first().expect("the policy reads");
    Arc::new(Program::compile(Arc::clone(policy), set.digest(policy)).0)
}

/// An empty store.
pub(crate) fn store() -> Store {
    Store::on(Memory::new(Arc::new(SystemEntropy)))
}

/// When tests take place.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(1_700_000_000).expect("a time")
}

/// A journey of [`program`] in a browser of its own.
pub(crate) fn place() -> Place {
    Place {
        program: program(),
        tenant: TENANT.to_owned(),
        domain: "contoso.onmicrosoft.com".to_owned(),
        browser: Handle::random(&SystemEntropy).expect("randomness"),
        journey: "journey-1".to_owned(),
        language: "en".to_owned(),
        client: "bank".to_owned(),
        issuer: format!("http://localhost:4000/{TENANT}/v2.0/"),
        nonce: Some("nonce-1".to_owned()),
        now: now(),
    }
}

/// The GUID of the tenant `contoso.onmicrosoft.com`.
pub(crate) const TENANT: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";

/// A configuration in development mode, with one tenant and nothing else.
pub(crate) fn config() -> Config {
    Config {
        public_urls: vec![Url::parse("http://localhost:4000").expect("a URL")],
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        trusted_proxies: Vec::new(),
        development: true,
        sandbox: true,
        database: Database { url: "memory:".to_owned() },
        key_encryption: KeyEncryption { current: [7; 32], previous: Vec::new() },
        tenants: vec![TenantConfig {
            name: "contoso.onmicrosoft.com".to_owned(),
            id: TENANT.to_owned(),
            policies: vec!["policies".into()],
            environment: None,
            settings: Default::default(),
            allow_unsupported: Vec::new(),
            policy_keys: BTreeMap::new(),
        }],
        clients: Vec::new(),
        policy_keys: BTreeMap::new(),
        missing_policy_keys: MissingPolicyKeys::Refuse,
        limits: Limits::default(),
        messages: None,
        outbound: OutboundConfig::default(),
        hints: HintConfig::default(),
    }
}

/// Serves until the test ends, and says where.
pub(crate) async fn serve(router: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}
