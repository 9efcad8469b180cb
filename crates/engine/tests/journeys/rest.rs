//! RESTful profiles: the request that each setting makes, and what is read of the answer.

use journeyman_engine::effect::HttpReply;

use crate::build::{Parts, REST, exchange, policy, profile, says};

/// What a profile with these metadata asks, and how the journey ends when it is answered so.
fn call(metadata: &[(&str, &str)], keys: &str, claims: &str, answer: &str) -> (String, String) {
    let profiles = says("First", "two words&amp;more") + &profile("Call", REST, metadata, &format!("{keys}{claims}"));
    let steps = exchange(1, "First", "") + &exchange(2, "Call", "");
    let mut play = policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() });
    play.world.answers.push_back(HttpReply::Answered { status: 200, body: answer.to_owned() });
    let seen = play.run("start");
    let mut lines = seen.lines().skip(1);
    let request = lines.next().unwrap_or_default().trim().to_owned();
    (request, lines.next().unwrap_or_default().to_owned())
}

const OPEN: [(&str, &str); 2] = [("AuthenticationType", "None"), ("AllowInsecureAuthInProduction", "true")];
const SENDS: &str = r#"<InputClaims><InputClaim ClaimTypeReferenceId="word" PartnerClaimType="q" /></InputClaims>"#;

#[test]
fn claims_go_where_the_policy_says() {
    let table = [
        (
            "Body",
            "https://s.example/",
            r#"Post https://s.example/ application/json {"q":"two words&more"} [None] AtMostOnce"#,
        ),
        (
            "Form",
            "https://s.example/",
            "Post https://s.example/ application/x-www-form-urlencoded q=two+words%26more [None] AtMostOnce",
        ),
        ("QueryString", "https://s.example/?v=1", "Get https://s.example/?v=1&q=two+words%26more [None] Harmless"),
        ("Url", "https://s.example/{q}/x", "Get https://s.example/two%20words%26more/x [None] Harmless"),
        ("Header", "https://s.example/", "Get https://s.example/ [None] Harmless"),
    ];
    for (place, url, expected) in table {
        let metadata = [&OPEN[..], &[("ServiceUrl", url), ("SendClaimsIn", place)]].concat();
        assert_eq!(call(&metadata, "", SENDS, "{}").0, expected, "{place}");
    }
}

#[test]
fn a_value_does_not_lead_to_another_path() {
    for (value, url) in [
        ("..", "https://s.example/users/{q}/delete"),
        (".", "https://s.example/users/.{q}/delete"),
        ("..", "https://s.example/users/{Claim:word}/delete?a=b"),
    ] {
        let metadata = [&OPEN[..], &[("ServiceUrl", url), ("SendClaimsIn", "Url")]].concat();
        let profiles = says("First", value) + &profile("Call", REST, &metadata, SENDS);
        let steps = exchange(1, "First", "") + &exchange(2, "Call", "");
        let seen = policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() }).run("start");
        assert!(seen.contains("refused AADB2C90075") && !seen.contains("Get "), "{value} {url}: {seen}");
    }
    let metadata =
        [&OPEN[..], &[("ServiceUrl", "https://s.example/{q}..x/...?a=/../"), ("SendClaimsIn", "Url")]].concat();
    assert!(call(&metadata, "", SENDS, "{}").0.starts_with("Get https://s.example/two%20words%26more..x/"));
}

#[test]
fn secrets_go_by_the_name_of_their_key() {
    let key = |id: &str| format!("<Key Id=\"{id}\" StorageReferenceId=\"B2C_1A_{id}\" />");
    let table = [
        (
            "Basic",
            key("BasicAuthenticationUsername") + &key("BasicAuthenticationPassword"),
            r#"[Basic { username: "B2C_1A_BasicAuthenticationUsername", password: "B2C_1A_BasicAuthenticationPassword" }]"#,
        ),
        ("Bearer", key("BearerAuthenticationToken"), r#"[BearerKey("B2C_1A_BearerAuthenticationToken")]"#),
        ("ApiKeyHeader", key("x-key"), r#"[ApiKey { header: "x-key", key: "B2C_1A_x-key" }]"#),
    ];
    for (kind, keys, expected) in table {
        let metadata = [("ServiceUrl", "https://s.example/"), ("AuthenticationType", kind)];
        let keys = format!("<CryptographicKeys>{keys}</CryptographicKeys>");
        let (request, _) = call(&metadata, &keys, SENDS, "{}");
        assert!(request.contains(expected), "{kind}: {request}");
    }
}

#[test]
fn answers_are_read_by_name_or_by_path() {
    let reads = |partner: &str| {
        format!(
            r#"{SENDS}<OutputClaims><OutputClaim ClaimTypeReferenceId="who" PartnerClaimType="{partner}" /></OutputClaims>"#
        )
    };
    let table = [
        ("name", "false", r#"{"name":"ada"}"#, "\"sub\":\"ada\""),
        ("Name", "false", r#"{"name":"ada"}"#, "\"sub\":\"ada\""),
        ("user.names[1]", "true", r#"{"user":{"names":["x","ada"]}}"#, "\"sub\":\"ada\""),
        ("name", "false", r#"{"name":{"first":"a"}}"#, r#""sub":"{\"first\":\"a\"}""#),
        ("name", "false", "no json", "\"sub\":\"nobody\""),
    ];
    for (partner, paths, answer, expected) in table {
        let metadata =
            [&OPEN[..], &[("ServiceUrl", "https://s.example/"), ("ResolveJsonPathsInJsonTokens", paths)]].concat();
        let (_, end) = call(&metadata, "", &reads(partner), answer);
        assert!(end.contains(expected), "{partner} of {answer}: {end}");
    }
}

#[test]
fn resolvers_in_an_address_are_encoded() {
    let metadata = [
        &OPEN[..],
        &[("ServiceUrl", "https://s.example/{Culture:RFC5646}/{Claim:word}"), ("SendClaimsIn", "QueryString")],
    ]
    .concat();
    assert_eq!(call(&metadata, "", "", "{}").0, "Get https://s.example/en/two%20words%26more [None] Harmless");
}
