//! Claim resolvers: what each becomes, and where they are filled in.

use journeyman_engine::{Env, page_of};

use crate::build::{Parts, TRANSFORMATION, exchange, page, policy, profile, says};
use crate::play::Play;

const SWITCH: (&str, &str) = ("IncludeClaimResolvingInClaimsHandling", "true");

fn asked(mut play: Play) -> Play {
    play.request.login_hint = Some("ada@contoso.com".to_owned());
    play.request.languages = vec!["pt-BR".to_owned()];
    play.request.scope = "openid orders".to_owned();
    play.request.nonce = Some("n-1".to_owned());
    play.request.max_age = Some(60);
    play.request.parameters = vec![("campaign".to_owned(), "a&b".to_owned())];
    play
}

/// `word` as it is issued, when a profile with these metadata has an output claim `word` with these attributes, after a
/// profile that sets `word` to `before`.
fn word(metadata: &[(&str, &str)], before: Option<&str>, attributes: &str) -> String {
    let claim = format!("<OutputClaims><OutputClaim ClaimTypeReferenceId=\"word\" {attributes} /></OutputClaims>");
    let first = before.map(|before| says("First", before)).unwrap_or_default();
    let profiles = first + &profile("Second", TRANSFORMATION, metadata, &claim);
    let steps = match before {
        Some(_) => exchange(1, "First", "") + &exchange(2, "Second", ""),
        None => exchange(1, "Second", ""),
    };
    let end = asked(policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() })).run("start");
    let found = end.split_once("\"word\":\"").and_then(|(_, rest)| rest.split_once('"'));
    found.map_or_else(|| "nothing".to_owned(), |(word, _)| word.to_owned())
}

#[test]
fn a_profile_has_to_ask_for_them() {
    let always = "DefaultValue=\"{OIDC:LoginHint}\" AlwaysUseDefaultValue=\"true\"";
    let lone = "DefaultValue=\"{OIDC:LoginHint}\"";
    for (metadata, before, attributes, expected) in [
        (&[SWITCH][..], None, always, "ada@contoso.com"),
        (&[SWITCH], Some("set"), always, "ada@contoso.com"),
        (&[SWITCH], None, lone, "ada@contoso.com"),
        (&[SWITCH], Some("set"), lone, "set"),
        (&[], None, always, "{OIDC:LoginHint}"),
        (&[], Some("set"), lone, "set"),
        (&[(SWITCH.0, "False")], Some("set"), always, "{OIDC:LoginHint}"),
        (&[(SWITCH.0, "1")], None, "DefaultValue=\"for {oidc:loginhint}!\"", "for ada@contoso.com!"),
        (&[SWITCH], None, "DefaultValue=\"{OIDC:DomainHint}\"", "nothing"),
        (&[SWITCH], None, "DefaultValue=\"{OIDC:Nobody} {Claim:who}\"", "{OIDC:Nobody} "),
    ] {
        assert_eq!(word(metadata, before, attributes), expected, "{metadata:?} {before:?} {attributes}");
    }
}

#[test]
fn what_each_becomes() {
    for (resolver, expected) in [
        ("{Culture:LanguageName}", "pt"),
        ("{Culture:RegionName}", "BR"),
        ("{Culture:RFC5646}", "pt-BR"),
        ("{Culture:LCID}", "1046"),
        ("{Policy:PolicyId}", "B2C_1A_T"),
        ("{Policy:RelyingPartyTenantId}", "contoso.onmicrosoft.com"),
        ("{Policy:TrustFrameworkTenantId}", "contoso.onmicrosoft.com"),
        ("{Policy:TenantObjectId}", "tenant-id"),
        ("{Context:DateTimeInUtc}", "3/1/2026 10:00:00 AM"),
        ("{Context:DeploymentMode}", "Production"),
        ("{CONTEXT:KMSI}", "False"),
        ("{OIDC:ClientId}", "app"),
        ("{OIDC:scope}", "openid orders"),
        ("{OIDC:Nonce}", "n-1"),
        ("{OIDC:MaxAge}", "60"),
        ("{OAUTH-KV:campaign}", "a&b"),
        ("{OAUTH-KV:Campaign}", "a&b"),
        ("{SAML:Subject}", "nothing"),
        ("{oauth2:access_token}", "{oauth2:access_token}"),
    ] {
        let attributes = format!("DefaultValue=\"{resolver}\" AlwaysUseDefaultValue=\"true\"");
        assert_eq!(word(&[SWITCH], None, &attributes), expected, "{resolver}");
    }
}

#[test]
fn the_relying_party_and_the_addresses_of_pages_need_not_ask() {
    let outputs = r#"<OutputClaim ClaimTypeReferenceId="secret" PartnerClaimType="tid" DefaultValue="{Policy:TenantObjectId}" />"#;
    let asks = r#"<OutputClaims><OutputClaim ClaimTypeReferenceId="who" /></OutputClaims>"#;
    let behaviors = r#"<UserJourneyBehaviors><ContentDefinitionParameters>
<Parameter Name="campaign">{OAUTH-KV:campaign}</Parameter><Parameter Name="lang">{Culture:RFC5646}</Parameter>
</ContentDefinitionParameters></UserJourneyBehaviors>"#;
    let template = "https://p.example/{Culture:LanguageName}.html";
    let (profiles, steps) = (page("Page", asks), exchange(1, "Page", ""));
    let parts = Parts { profiles: &profiles, steps: &steps, template, behaviors, outputs, ..Parts::default() };
    let mut play = asked(policy(&parts));
    play.run("start");
    let model = page_of(play.program(), play.journey(), &Env { now: play.now }).expect("a page");
    assert_eq!(model.template.as_deref(), Some("https://p.example/pt.html?campaign=a%26b&lang=pt-BR"));
    assert!(play.run("submit who=ada").contains("\"tid\":\"tenant-id\""));
}
