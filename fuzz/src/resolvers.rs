//! Whatever a request says, a claim resolver puts it where the policy's author wanted it: a call goes to the host and below
//! the path that the policy names, and a text without braces stays as it is.

use std::sync::{Arc, LazyLock};

use journeyman_claims::Name;
use journeyman_engine::effect::{Effect, Secret};
use journeyman_engine::event::{Entry, Next, RequestFacts, Start, TenantFacts};
use journeyman_engine::{Env, Program, begin};
use journeyman_policy::example::Example;
use journeyman_policy::{PolicySet, Settings};

use super::choices::Choices;

const CALLS: &[&str] = &[
    r#"<TechnicalProfile Id="Example"><DisplayName>x</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/v1/{OIDC:LoginHint}/{OAUTH-KV:who}/end?q={OIDC:Nonce}&amp;r={Culture:RFC5646}</Item>
    <Item Key="AuthenticationType">None</Item>
    <Item Key="SendClaimsIn">QueryString</Item>
    <Item Key="IncludeClaimResolvingInClaimsHandling">true</Item>
  </Metadata>
  <InputClaims>
    <InputClaim ClaimTypeReferenceId="email" DefaultValue="{OIDC:LoginHint}" AlwaysUseDefaultValue="true" />
    <InputClaim ClaimTypeReferenceId="displayName" DefaultValue="-{OAUTH-KV:who}-{Context:KMSI}-{Policy:PolicyId}" AlwaysUseDefaultValue="true" />
  </InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
    r#"<TechnicalProfile Id="Example"><DisplayName>x</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
  <Metadata>
    <Item Key="ServiceUrl">https://api.contoso.com/v1/{Claim:email}</Item>
    <Item Key="AuthenticationType">None</Item>
    <Item Key="SendClaimsIn">Url</Item>
    <Item Key="IncludeClaimResolvingInClaimsHandling">true</Item>
  </Metadata>
  <InputClaims>
    <InputClaim ClaimTypeReferenceId="email" DefaultValue="{OIDC:Scope}{OIDC:Prompt}{" AlwaysUseDefaultValue="true" />
  </InputClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
</TechnicalProfile>"#,
];

static PROGRAMS: LazyLock<Vec<Program>> = LazyLock::new(|| CALLS.iter().map(|call| program(call)).collect());

fn program(call: &'static str) -> Program {
    let set = PolicySet::compile(Example::Profile(call).sources(), &Settings::default());
    let policy = set.policy(&Name::new("B2C_1A_1")).expect("the leaf");
    Program::compile(Arc::clone(policy), "digest".to_owned()).0
}

/// Begins a journey with a request made of the bytes, and looks at the call that comes of it.
pub fn resolvers(data: &[u8]) {
    let mut choices = Choices(data);
    let program = &PROGRAMS[choices.below(PROGRAMS.len())];
    let request = RequestFacts {
        client_id: choices.text(),
        login_hint: Some(choices.text()),
        nonce: Some(choices.text()),
        prompt: Some(choices.text()),
        scope: choices.text(),
        languages: vec![choices.text()],
        parameters: vec![("who".to_owned(), choices.text())],
        ..RequestFacts::default()
    };
    let start = Start {
        journey: "journey".to_owned(),
        seed: Secret::new("seed"),
        entry: Entry::Default,
        tenant: TenantFacts { name: "contoso.onmicrosoft.com".to_owned(), id: "tenant-id".to_owned() },
        request,
        context: Default::default(),
        session: None,
    };
    let env = Env { now: jiff::Timestamp::UNIX_EPOCH };
    let (_, next) = begin(program, start, &env);
    if let Next::Effect(request) = next
        && let Effect::Http(call) = &request.effect
    {
        let url = url::Url::parse(&call.url).expect("a call goes to an address");
        assert_eq!(url.scheme(), "https");
        assert_eq!(url.host_str(), Some("api.contoso.com"), "{url}");
        assert!(url.path().starts_with("/v1/"), "{url}");
        assert!(url.username().is_empty() && url.port().is_none() && url.fragment().is_none(), "{url}");
    }
}
