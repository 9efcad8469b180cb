//! Hints that count, and every way to forge one.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::{Hint, HintExpectation, HintKeys, HintRefusal, LARGEST};
use crate::digest::base64url;
use crate::{Code, KeyMaterial, Secret, SigningKey, VerificationKeys};

const ISSUER: &str = "https://bank.example/";
const NOW: i64 = 1_800_000_000;
const SHARED: &str = "a secret that bank and engine share";

/// The bank's keys: one RSA, one elliptic curve, and their published halves.
struct Bank {
    rsa: KeyMaterial,
    ec: rcgen::KeyPair,
    jwks: Value,
}

static BANK: LazyLock<Bank> = LazyLock::new(|| {
    let rsa = KeyMaterial::generate(None).expect("a key");
    let mut jwk = json!(SigningKey::load(&rsa, None, None).expect("loads").public_jwk());
    jwk["kid"] = json!("rsa");
    let ec = rcgen::KeyPair::generate().expect("a key");
    let point = ec.public_key_raw();
    let (x, y) = (base64url(&point[1..33]), base64url(&point[33..]));
    let ec_jwk = json!({ "kid": "ec", "kty": "EC", "crv": "P-256", "use": "sig", "x": x, "y": y });
    Bank { rsa, ec, jwks: json!({ "keys": [jwk, ec_jwk] }) }
});

fn published(jwks: &Value) -> VerificationKeys {
    VerificationKeys::parse(jwks.to_string().as_bytes()).expect("a key set")
}

fn header(algorithm: Algorithm, kid: &str) -> Header {
    Header { kid: Some(kid.to_owned()), ..Header::new(algorithm) }
}

fn rsa() -> EncodingKey {
    // The library wants PKCS#1: what is inside the 26 bytes of frame.
    EncodingKey::from_rsa_der(&BANK.rsa.pkcs8[26..])
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": "app", "sub": "ada", "nbf": NOW - 10, "iat": NOW - 10, "exp": NOW + 300,
        "amount": "100.00", "payee": "Grace",
    })
}

/// The usual claims with some replaced, or with `null` removed.
fn but(changes: Value) -> Value {
    let mut all = claims();
    for (name, value) in changes.as_object().expect("an object") {
        if value.is_null() {
            all.as_object_mut().expect("an object").remove(name);
        } else {
            all[name] = value.clone();
        }
    }
    all
}

fn signed(claims: &Value) -> String {
    encode(&header(Algorithm::RS256, "rsa"), claims, &rsa()).expect("signs")
}

fn check(token: &str) -> Result<Hint, HintRefusal> {
    check_with(token, HintKeys::Published(&published(&BANK.jwks)))
}

fn check_with(token: &str, keys: HintKeys<'_>) -> Result<Hint, HintRefusal> {
    let audiences = ["https://login.example/v2.0/", "app"];
    let expected = HintExpectation { issuer: ISSUER, audiences: &audiences, leeway: SignedDuration::from_secs(60) };
    Hint::verify(token, keys, &expected, Timestamp::from_second(NOW).expect("in range"))
}

#[test]
fn published_keys_verify_by_every_algorithm_of_their_kind() {
    use Algorithm::{PS256, PS384, PS512, RS256, RS384, RS512};
    for algorithm in [RS256, RS384, RS512, PS256, PS384, PS512] {
        let token = encode(&header(algorithm, "rsa"), &claims(), &rsa()).expect("signs");
        assert_eq!(check(&token).expect("verified").claims["payee"], "Grace", "{algorithm:?}");
    }
    let ec = EncodingKey::from_ec_der(BANK.ec.serialized_der());
    let token = encode(&header(Algorithm::ES256, "ec"), &claims(), &ec).expect("signs");
    let hint = check(&token).expect("verified");
    assert_eq!((hint.not_before.as_second(), hint.expires_at.as_second()), (NOW - 10, NOW + 300));
    assert_eq!(hint.issued_at.map(Timestamp::as_second), Some(NOW - 10));
}

#[test]
fn a_shared_secret_verifies_by_hmac() {
    let secret = Secret::new(SHARED);
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        let token = encode(&Header::new(algorithm), &claims(), &EncodingKey::from_secret(SHARED.as_bytes()));
        let hint = check_with(&token.expect("signs"), HintKeys::Shared(&secret)).expect("verified");
        assert_eq!(hint.claims["sub"], "ada", "{algorithm:?}");
    }
}

#[test]
fn what_a_hint_says_is_checked() {
    let cases = [
        ("as usual", json!({}), None),
        ("one of several audiences", json!({ "aud": ["other", "app"] }), None),
        ("without iat", json!({ "iat": null }), None),
        ("fractions of a second", json!({ "iat": NOW as f64 + 0.5 }), None),
        ("ended within the leeway", json!({ "exp": NOW - 59 }), None),
        ("begins within the leeway", json!({ "nbf": NOW + 60 }), None),
        ("ended", json!({ "exp": NOW - 60 }), Some(HintRefusal::Expired)),
        ("ended long ago", json!({ "exp": 0 }), Some(HintRefusal::Expired)),
        ("begins later", json!({ "nbf": NOW + 61 }), Some(HintRefusal::NotYetValid)),
        ("made later", json!({ "iat": NOW + 61 }), Some(HintRefusal::NotYetValid)),
        ("no end", json!({ "exp": null }), Some(HintRefusal::Times)),
        ("no beginning", json!({ "nbf": null }), Some(HintRefusal::Times)),
        ("an end that is a text", json!({ "exp": "tomorrow" }), Some(HintRefusal::Times)),
        ("an end beyond all time", json!({ "exp": 1e300 }), Some(HintRefusal::Times)),
        ("an end before all time", json!({ "exp": -1 }), Some(HintRefusal::Times)),
        ("another issuer", json!({ "iss": "https://evil.example/" }), Some(HintRefusal::Issuer)),
        ("almost the issuer", json!({ "iss": "https://bank.example" }), Some(HintRefusal::Issuer)),
        ("several issuers", json!({ "iss": [ISSUER] }), Some(HintRefusal::Issuer)),
        ("no issuer", json!({ "iss": null }), Some(HintRefusal::Issuer)),
        ("another audience", json!({ "aud": "other" }), Some(HintRefusal::Audience)),
        ("almost the audience", json!({ "aud": "APP" }), Some(HintRefusal::Audience)),
        ("no audience", json!({ "aud": null }), Some(HintRefusal::Audience)),
        ("an empty list", json!({ "aud": [] }), Some(HintRefusal::Audience)),
        ("an audience that is no text", json!({ "aud": { "app": "app" } }), Some(HintRefusal::Audience)),
    ];
    for (what, changes, expected) in cases {
        assert_eq!(check(&signed(&but(changes))).err(), expected, "{what}");
    }
}

#[test]
fn forgeries_are_refused() {
    let good = signed(&claims());
    let [head, body, signature] = good.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
    let part = |value: Value| base64url(value.to_string());
    let evil = part(but(json!({ "payee": "Mallory" })));
    let strange = KeyMaterial::generate(None).expect("a key");
    let strange = EncodingKey::from_rsa_der(&strange.pkcs8[26..]);
    let sign = |header: &Header, key: &EncodingKey| encode(header, &claims(), key).expect("signs");
    let modulus = BANK.jwks["keys"][0]["n"].as_str().expect("a text");
    let point = BANK.ec.public_key_raw();
    let with_extra = |name: &str, value: Value| {
        let mut header = json!({ "alg": "RS256", "kid": "rsa" });
        header[name] = value;
        let message = format!("{}.{body}", part(header));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &rsa(), Algorithm::RS256).expect("signs");
        format!("{message}.{signature}")
    };
    let cases = [
        ("as usual", good.clone(), None),
        ("changed claims", format!("{head}.{evil}.{signature}"), Some(HintRefusal::Signature)),
        ("no signature", format!("{head}.{body}."), Some(HintRefusal::Signature)),
        ("two parts", format!("{head}.{body}"), Some(HintRefusal::Malformed)),
        ("four parts", format!("{good}.x"), Some(HintRefusal::Malformed)),
        ("none", format!("{}.{body}.", part(json!({ "alg": "none", "kid": "rsa" }))), Some(HintRefusal::Malformed)),
        ("None", format!("{}.{body}.", part(json!({ "alg": "None", "kid": "rsa" }))), Some(HintRefusal::Malformed)),
        (
            "none, with the signature",
            format!("{}.{body}.{signature}", part(json!({ "alg": "none", "kid": "rsa" }))),
            Some(HintRefusal::Malformed),
        ),
        ("no algorithm", format!("{}.{body}.{signature}", part(json!({ "kid": "rsa" }))), Some(HintRefusal::Malformed)),
        (
            "HMAC with the modulus",
            sign(&header(Algorithm::HS256, "rsa"), &EncodingKey::from_secret(modulus.as_bytes())),
            Some(HintRefusal::Malformed),
        ),
        (
            "HMAC with the point",
            sign(&header(Algorithm::HS256, "ec"), &EncodingKey::from_secret(point)),
            Some(HintRefusal::Malformed),
        ),
        (
            "HMAC with nothing",
            sign(&header(Algorithm::HS512, "rsa"), &EncodingKey::from_secret(b"")),
            Some(HintRefusal::Malformed),
        ),
        (
            "the algorithm of another kind of key",
            sign(&header(Algorithm::RS256, "ec"), &rsa()),
            Some(HintRefusal::UnknownKey),
        ),
        ("the kid of another key", sign(&header(Algorithm::RS256, "rsa"), &strange), Some(HintRefusal::Signature)),
        ("an unknown kid", sign(&header(Algorithm::RS256, "other"), &rsa()), Some(HintRefusal::UnknownKey)),
        ("no kid", sign(&Header::new(Algorithm::RS256), &rsa()), Some(HintRefusal::UnknownKey)),
        ("a header that must be understood", with_extra("crit", json!(["b64"])), Some(HintRefusal::Malformed)),
        ("an encrypted token", with_extra("enc", json!("A128GCM")), Some(HintRefusal::Malformed)),
        ("a compressed token", with_extra("zip", json!("DEF")), Some(HintRefusal::Malformed)),
        (
            "a key that it brings itself",
            {
                let own = json!({ "kty": "RSA", "n": modulus, "e": "AQAB" });
                let header = part(json!({ "alg": "RS256", "kid": "brought", "jwk": own }));
                format!("{header}.{body}.{signature}")
            },
            Some(HintRefusal::UnknownKey),
        ),
        ("claims that are no object", signed(&json!(["iss"])), Some(HintRefusal::Malformed)),
        ("nothing", String::new(), Some(HintRefusal::Malformed)),
        ("not base64", "a.b.c".to_owned(), Some(HintRefusal::Malformed)),
        ("too long", signed(&but(json!({ "pad": "x".repeat(LARGEST) }))), Some(HintRefusal::Malformed)),
    ];
    for (what, token, expected) in cases {
        assert_eq!(check(&token).err(), expected, "{what}");
    }
}

#[test]
fn every_changed_character_is_noticed() {
    let good = signed(&claims());
    let keys = published(&BANK.jwks);
    for (at, was) in good.char_indices() {
        let other = if was == 'A' { "B" } else { "A" };
        let mut changed = good.clone();
        changed.replace_range(at..=at, other);
        assert!(check_with(&changed, HintKeys::Published(&keys)).is_err(), "character {at}");
    }
}

#[test]
fn families_do_not_mix() {
    let secret = Secret::new(SHARED);
    let hmac = |header: &Header, key: &[u8]| encode(header, &claims(), &EncodingKey::from_secret(key)).expect("signs");
    let short = Secret::new("fifteen letters");
    let usual = Header::new(Algorithm::HS256);
    let cases = [
        ("RSA where a secret is shared", signed(&claims()), HintKeys::Shared(&secret), HintRefusal::Malformed),
        (
            "another secret",
            hmac(&usual, b"another secret of some length"),
            HintKeys::Shared(&secret),
            HintRefusal::Signature,
        ),
        (
            "a secret that can be guessed",
            hmac(&usual, b"fifteen letters"),
            HintKeys::Shared(&short),
            HintRefusal::UnknownKey,
        ),
    ];
    for (what, token, keys, expected) in cases {
        assert_eq!(check_with(&token, keys).err(), Some(expected), "{what}");
    }
}

#[test]
fn only_signing_keys_are_taken_from_a_key_set() {
    let good = signed(&claims());
    let key = BANK.jwks["keys"][0].clone();
    let with = |changes: Value| {
        let mut key = key.clone();
        for (name, value) in changes.as_object().expect("an object") {
            key[name] = value.clone();
        }
        key
    };
    let oct = json!({ "kty": "oct", "kid": "rsa", "k": base64url(SHARED), "alg": "HS256" });
    let cases = [
        ("as usual", json!([key]), true),
        ("beside what is not understood", json!([{ "kty": "new" }, 7, key]), true),
        ("for another algorithm", json!([with(json!({ "alg": "RS512" }))]), false),
        ("for this algorithm", json!([with(json!({ "alg": "RS256" }))]), true),
        ("for an unknown algorithm", json!([with(json!({ "alg": "XS1" }))]), false),
        ("for encryption", json!([with(json!({ "use": "enc" }))]), false),
        ("without a kid", json!([with(json!({ "kid": null }))]), false),
        ("a secret", json!([oct]), false),
        ("none", json!([]), false),
    ];
    for (what, keys, counts) in cases {
        let keys = published(&json!({ "keys": keys }));
        assert_eq!(check_with(&good, HintKeys::Published(&keys)).is_ok(), counts, "{what}");
    }
    let hmac = encode(&header(Algorithm::HS256, "rsa"), &claims(), &EncodingKey::from_secret(SHARED.as_bytes()));
    let keys = published(&json!({ "keys": [oct] }));
    assert!(keys.is_empty());
    assert_eq!(check_with(&hmac.expect("signs"), HintKeys::Published(&keys)).err(), Some(HintRefusal::Malformed));
    for junk in ["", "[]", "{}", r#"{"keys":{}}"#] {
        assert!(VerificationKeys::parse(junk.as_bytes()).is_err(), "{junk}");
    }
}

#[test]
fn refusals_have_the_numbers_that_applications_know() {
    let cases = [
        (HintRefusal::Expired, 90208),
        (HintRefusal::Audience, 90209),
        (HintRefusal::Malformed, 90210),
        (HintRefusal::UnknownKey, 90210),
        (HintRefusal::Times, 90210),
        (HintRefusal::Issuer, 90232),
        (HintRefusal::Signature, 90233),
        (HintRefusal::NotYetValid, 90234),
    ];
    for (refusal, number) in cases {
        assert_eq!(Code::number(refusal.code()), number, "{refusal}");
    }
}
