//! What tokens and their answers say, and which tokens count as ours.

use std::sync::{Arc, LazyLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Identity, Issuance, RefreshToken, Terms, Tokens, client_info};
use crate::digest::half_hash;
use crate::{Granted, KeyMaterial, Resource, ResponseType, Secret, SigningKey, SigningKeys};

const NOW: i64 = 1_800_000_000;
const ISSUER: &str = "https://login.example/tfp/t1/b2c_1a_signin/v2.0/";

static KEY: LazyLock<Arc<SigningKey>> = LazyLock::new(|| {
    Arc::new(SigningKey::load(&KeyMaterial::generate(None).expect("a key"), None, None).expect("loads"))
});

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("in range")
}

fn terms() -> Terms {
    Terms {
        issuer: ISSUER.to_owned(),
        policy: "B2C_1A_SignIn".to_owned(),
        tenant_id: "t1".to_owned(),
        acr: true,
        id_token_lifetime: 600,
        access_token_lifetime: 1200,
        json_numbers: true,
    }
}

fn identity(claims: Value) -> Identity {
    let claims = claims.as_object().cloned().expect("an object");
    Identity { subject: "ada".to_owned(), claims, authenticated_at: at(NOW - 60), methods: vec!["pwd".to_owned()] }
}

fn granted(names: &[&str]) -> Granted {
    let audience = if names.is_empty() { "app" } else { "api" }.to_owned();
    let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
    let asked = if names.is_empty() { vec!["app".to_owned()] } else { names.clone() };
    Granted { openid: true, offline: true, resource: Some(Resource { audience, asked, names }) }
}

/// Runs with an issuance of those terms, that person and those grants.
fn issue<T>(terms: &Terms, identity: &Identity, granted: &Granted, run: impl FnOnce(&Issuance<'_>) -> T) -> T {
    let (client_id, nonce) = ("app", Some("n0nce"));
    run(&Issuance { key: &KEY, terms, identity, client_id, nonce, granted, now: at(NOW) })
}

fn said(token: &Secret) -> Value {
    let payload = token.expose().split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("JSON")
}

fn tokens(terms: &Terms, claims: Value, granted: &Granted) -> Tokens {
    issue(terms, &identity(claims), granted, |issuance| issuance.back_channel().expect("signs"))
}

#[test]
fn tokens_say_who_for_whom_and_how_long() {
    let policy = json!({ "name": "Ada", "tfp": "B2C_1A_SignIn", "emails": ["ada@example.com"], "newUser": true });
    let tokens = tokens(&terms(), policy, &granted(&["read", "write"]));
    let access = tokens.access_token.expect("granted");
    assert_eq!((access.lifetime, access.audience.as_str()), (1200, "api"));
    let expected = json!({
        "iss": ISSUER, "aud": "api", "sub": "ada", "exp": NOW + 1200, "nbf": NOW, "iat": NOW, "auth_time": NOW - 60,
        "ver": "1.0", "nonce": "n0nce", "acr": "b2c_1a_signin", "amr": ["pwd"], "name": "Ada", "tfp": "B2C_1A_SignIn",
        "emails": ["ada@example.com"], "newUser": true, "azp": "app", "scp": "read write",
    });
    assert_eq!(said(&access.token), expected);
    let expected = json!({
        "iss": ISSUER, "aud": "app", "sub": "ada", "exp": NOW + 600, "nbf": NOW, "iat": NOW, "auth_time": NOW - 60,
        "ver": "1.0", "nonce": "n0nce", "acr": "b2c_1a_signin", "amr": ["pwd"], "name": "Ada", "tfp": "B2C_1A_SignIn",
        "emails": ["ada@example.com"], "newUser": true, "at_hash": half_hash(access.token.expose()),
    });
    assert_eq!(said(&tokens.id_token.expect("granted")), expected);
}

#[test]
fn a_policy_cannot_say_what_the_protocol_says() {
    let forged = json!({
        "iss": "evil", "aud": "evil", "sub": "evil", "exp": 9, "nbf": 9, "iat": 9, "auth_time": 9, "ver": "9", "nonce": "evil",
        "acr": "evil", "azp": "evil", "scp": "evil", "c_hash": "evil", "at_hash": "evil", "gone": null,
    });
    let tokens = tokens(&terms(), forged.clone(), &granted(&[]));
    let (id, access) = (said(&tokens.id_token.expect("granted")), said(&tokens.access_token.expect("granted").token));
    for token in [&id, &access] {
        assert!(!token.to_string().contains("evil"), "{token}");
        assert!(token.get("gone").is_none() && token.get("scp").is_none() && token.get("c_hash").is_none(), "{token}");
    }
    // Where the issuer is told not to say which policy it was, the policy may say what it wants in its place.
    let silent = Terms { acr: false, ..terms() };
    let of = |claims| issue(&silent, &identity(claims), &granted(&[]), |i| i.back_channel().expect("signs"));
    assert_eq!(said(&of(forged).id_token.expect("granted"))["acr"], "evil");
    assert_eq!(said(&of(json!({})).id_token.expect("granted")).get("acr"), None);
}

#[test]
fn a_response_type_gets_its_tokens_and_no_more() {
    let code = Secret::new("C0DE");
    let kind = |code, id_token, token| ResponseType { code, id_token, token };
    let cases = [
        (kind(true, false, false), false, false),
        (kind(false, true, false), true, false),
        (kind(true, true, false), true, false),
        (kind(false, false, true), false, true),
        (kind(true, true, true), true, true),
    ];
    let (terms, who, granted) = (terms(), identity(json!({})), granted(&[]));
    for (kind, id_token, access_token) in cases {
        let beside = kind.code.then_some(&code);
        let tokens = issue(&terms, &who, &granted, |i| i.front_channel(kind, beside).expect("signs"));
        assert_eq!((tokens.id_token.is_some(), tokens.access_token.is_some()), (id_token, access_token), "{kind}");
        if let Some(token) = &tokens.id_token {
            let c_hash = kind.code.then(|| json!(half_hash("C0DE")));
            assert_eq!(said(token).get("c_hash"), c_hash.as_ref(), "{kind}");
            assert_eq!(said(token).get("at_hash").is_some(), access_token, "{kind}");
        }
    }
}

fn answer(terms: &Terms, granted: &Granted) -> Value {
    let who = identity(json!({ "name": "Ada", "idp": "local" }));
    let refresh = RefreshToken { token: Secret::new("r3fresh"), expires_at: at(NOW + 86_400) };
    let refresh = granted.offline.then_some(&refresh);
    let answer = issue(terms, &who, granted, |issuance| {
        let tokens = issuance.back_channel().expect("signs");
        let answer = issuance.answer(&tokens, refresh, Some("1nfo"));
        let printed = format!("{answer:?}");
        assert!(!printed.contains("r3fresh"), "{printed}");
        answer.to_json()
    });
    serde_json::from_str(&answer).expect("JSON")
}

#[test]
fn the_token_answer_has_what_clients_read() {
    let answer = answer(&terms(), &granted(&[]));
    let members: Vec<_> = answer.as_object().expect("an object").keys().map(String::as_str).collect();
    let expected = [
        "access_token",
        "id_token",
        "token_type",
        "not_before",
        "expires_in",
        "expires_on",
        "resource",
        "id_token_expires_in",
        "profile_info",
        "scope",
        "refresh_token",
        "refresh_token_expires_in",
        "client_info",
    ];
    assert_eq!(members, expected);
    let facts = json!({
        "token_type": "Bearer", "not_before": NOW, "expires_in": 1200, "expires_on": NOW + 1200, "resource": "app",
        "id_token_expires_in": 600, "scope": "app offline_access openid", "refresh_token": "r3fresh",
        "refresh_token_expires_in": 86_400, "client_info": "1nfo",
    });
    for (name, value) in facts.as_object().expect("an object") {
        assert_eq!(&answer[name], value, "{name}");
    }
    let profile = URL_SAFE_NO_PAD.decode(answer["profile_info"].as_str().expect("a text")).expect("base64url");
    let profile: Value = serde_json::from_slice(&profile).expect("JSON");
    let expected =
        json!({ "ver": "1.0", "tid": "t1", "sub": "ada", "name": "Ada", "preferred_username": null, "idp": "local" });
    assert_eq!(profile, expected);
}

#[test]
fn numbers_are_texts_where_the_policy_says_so() {
    let answer = answer(&Terms { json_numbers: false, ..terms() }, &granted(&[]));
    assert_eq!((&answer["expires_in"], &answer["not_before"]), (&json!("1200"), &json!(NOW.to_string())));
}

#[test]
fn only_what_was_granted_is_answered() {
    let openid = Granted { openid: true, offline: false, resource: None };
    let answered = answer(&terms(), &openid);
    for absent in ["access_token", "expires_in", "expires_on", "resource", "refresh_token", "refresh_token_expires_in"]
    {
        assert_eq!(answered.get(absent), None, "{absent}");
    }
    assert!(answered.get("id_token").is_some());
    let resource = Granted { openid: false, ..granted(&[]) };
    let answered = answer(&terms(), &resource);
    assert!(answered.get("id_token").is_none() && answered.get("profile_info").is_none());
}

#[test]
fn client_info_is_what_client_libraries_cache_by() {
    let decoded = URL_SAFE_NO_PAD.decode(client_info("0id", "B2C_1A_SignIn", "t1")).expect("base64url");
    assert_eq!(String::from_utf8_lossy(&decoded), r#"{"uid":"0id-b2c_1a_signin","utid":"t1"}"#);
}

#[test]
fn only_our_own_tokens_count() {
    let keys = SigningKeys::new([Arc::clone(&KEY)]).verification_keys(at(NOW));
    let usual = json!({ "iss": ISSUER, "aud": "app", "nbf": NOW - 10, "exp": NOW + 10, "sub": "ada" });
    let but = |name: &str, value: Value| {
        let mut claims = usual.clone();
        claims[name] = value;
        KEY.sign(&claims).expect("signs").expose().to_owned()
    };
    let strange = SigningKey::load(
        &KeyMaterial { kid: KEY.kid().to_owned(), ..KeyMaterial::generate(None).expect("a key") },
        None,
        None,
    );
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = format!("{}.{}.", part(json!({ "alg": "none", "kid": KEY.kid() })), part(usual.clone()));
    let cases = [
        ("as usual", but("sub", json!("ada")), None),
        ("by a node whose clock is ahead", but("nbf", json!(NOW + 60)), None),
        ("ended", but("exp", json!(NOW)), Some("AADB2C90235")),
        ("no end", but("exp", json!(null)), Some("AADB2C90240")),
        ("not begun", but("nbf", json!(NOW + 61)), Some("AADB2C90236")),
        ("for another", but("aud", json!("other")), Some("AADB2C90237")),
        (
            "of another policy",
            but("iss", json!("https://login.example/tfp/t1/b2c_1a_stepup/v2.0/")),
            Some("AADB2C90238"),
        ),
        (
            "by another key",
            strange.expect("loads").sign(&usual).expect("signs").expose().to_owned(),
            Some("AADB2C90239"),
        ),
        ("unsigned", unsigned, Some("AADB2C90240")),
        ("no token", "x".to_owned(), Some("AADB2C90240")),
        ("too long", but("pad", json!("x".repeat(super::LARGEST))), Some("AADB2C90240")),
    ];
    for (what, token, expected) in cases {
        let found = keys.verify_issued(&token, ISSUER, Some("app"), at(NOW)).err();
        assert_eq!(found.as_ref().map(|problem| problem.reference()), expected, "{what}");
    }
    let ended = but("exp", json!(0));
    assert_eq!(keys.verify_expired(&ended, ISSUER).expect("recognised")["sub"], "ada");
    assert!(keys.verify_issued(&but("aud", json!("other")), ISSUER, None, at(NOW)).is_ok());
}
