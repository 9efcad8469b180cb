//! Keys made, read from files, published, and chosen.

use std::sync::Arc;

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{CertificateRequest, KeyError, KeyMaterial, SigningKey, SigningKeys, thumbprint};
use crate::VerificationKeys;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("in range")
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn certified() -> KeyMaterial {
    let not_before = "2026-11-24T10:00:00Z".parse().expect("a time");
    let not_after = "2028-11-24T10:00:00Z".parse().expect("a time");
    KeyMaterial::generate(Some(CertificateRequest { common_name: "login.example", not_before, not_after }))
        .expect("a key")
}

#[test]
fn thumbprints_are_those_of_the_standard() {
    // RFC 7638, section 3.1.
    let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3okn\
             jhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQ\
             vRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKn\
             qDKgw";
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
    assert_eq!(thumbprint(&decode(n), &decode("AQAB")), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

#[test]
fn a_generated_key_signs_what_its_published_half_verifies() {
    let material = certified();
    let key = SigningKey::load(&material, Some(at(1_000)), None).expect("loads");
    let token = key.sign(&json!({ "sub": "ada" })).expect("signs");
    let header = URL_SAFE_NO_PAD.decode(token.expose().split('.').next().expect("three parts")).expect("base64url");
    let header: Value = serde_json::from_slice(&header).expect("JSON");
    assert_eq!(header, json!({ "typ": "JWT", "alg": "RS256", "kid": material.kid }));

    // As somebody else would: from the published document alone.
    let jwks = SigningKeys::new([Arc::new(key)]).jwks(at(0));
    let published = VerificationKeys::parse(jwks.as_bytes()).expect("a key set");
    assert_eq!(published.verify(token.expose()).expect("verified")["sub"], "ada");
}

#[test]
fn the_published_half_has_the_members_that_clients_read() {
    let material = certified();
    let key = SigningKey::load(&material, Some(at(1_000)), None).expect("loads");
    let jwks: Value = serde_json::from_str(&SigningKeys::new([Arc::new(key)]).jwks(at(0))).expect("JSON");
    let jwk = jwks["keys"][0].as_object().expect("an object");
    assert_eq!(jwk.keys().collect::<Vec<_>>(), ["kid", "nbf", "use", "kty", "x5c", "x5t", "e", "n"]);
    assert_eq!(
        (&jwk["use"], &jwk["kty"], &jwk["e"], &jwk["nbf"]),
        (&json!("sig"), &json!("RSA"), &json!("AQAB"), &json!(1_000))
    );
    let der = STANDARD.decode(jwk["x5c"][0].as_str().expect("a text")).expect("base64");
    assert_eq!(Some(&der), material.certificate.as_ref());
    let (_, certificate) = x509_parser::parse_x509_certificate(&der).expect("a certificate");
    assert_eq!(certificate.subject().to_string(), "CN=login.example");
    assert_eq!(
        certificate.validity().not_before.timestamp(),
        "2026-11-24T00:00:00Z".parse::<Timestamp>().expect("a time").as_second()
    );
    let signer = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &certificate.public_key().subject_public_key.data);
    let (signed, signature) = (certificate.tbs_certificate.as_ref(), &certificate.signature_value.data);
    signer.verify(signed, signature).expect("self-signed");

    let bare = KeyMaterial { certificate: None, ..material };
    let key = SigningKey::load(&bare, None, None).expect("loads");
    let jwk = serde_json::to_value(key.public_jwk()).expect("JSON");
    assert_eq!(jwk.as_object().expect("an object").keys().collect::<Vec<_>>(), ["kid", "use", "kty", "e", "n"]);
}

#[test]
fn keys_are_read_from_files() {
    let (own, other) = (certified(), certified());
    let pkcs8 = pem("PRIVATE KEY", &own.pkcs8);
    // The frame that PKCS#8 puts around an RSA key of 2,048 bits is 26 bytes long.
    let pkcs1 = pem("RSA PRIVATE KEY", &own.pkcs8[26..]);
    let certificate = pem("CERTIFICATE", own.certificate.as_deref().expect("there"));
    let foreign = pem("CERTIFICATE", other.certificate.as_deref().expect("there"));
    let ec = rcgen::KeyPair::generate().expect("a key").serialize_pem();
    let cases = [
        ("PKCS#8", pkcs8.clone(), Ok(false)),
        ("PKCS#1", pkcs1.clone(), Ok(false)),
        ("key and certificate", format!("{pkcs8}{certificate}"), Ok(true)),
        ("chain", format!("{certificate}{foreign}{pkcs8}"), Ok(true)),
        ("certificate of another key", format!("{pkcs8}{foreign}"), Err(KeyError::OtherKey)),
        ("no certificate at all", format!("{pkcs8}{}", pem("CERTIFICATE", b"junk")), Err(KeyError::Certificate)),
        ("elliptic curve", ec, Err(KeyError::NotRsa)),
        ("two keys", format!("{pkcs8}{pkcs1}"), Err(KeyError::NotOneKey)),
        ("certificate only", certificate.clone(), Err(KeyError::NotOneKey)),
        ("encrypted", pem("ENCRYPTED PRIVATE KEY", &own.pkcs8), Err(KeyError::NotOneKey)),
        ("nothing", String::new(), Err(KeyError::NotOneKey)),
    ];
    for (what, file, expected) in cases {
        let found = KeyMaterial::from_pem(&file);
        if let Ok(found) = &found {
            assert_eq!((&found.kid, &found.pkcs8), (&own.kid, &own.pkcs8), "{what}");
        }
        assert_eq!(found.map(|found| found.certificate.is_some()), expected, "{what}");
    }
}

#[test]
fn a_stored_certificate_must_be_the_keys_own() {
    let (own, other) = (certified(), certified());
    let mixed = KeyMaterial { certificate: other.certificate, ..own.clone() };
    assert_eq!(SigningKey::load(&mixed, None, None).err(), Some(KeyError::OtherKey));
    let broken = KeyMaterial { pkcs8: own.pkcs8[1..].to_vec(), ..own };
    assert_eq!(SigningKey::load(&broken, None, None).err(), Some(KeyError::NotRsa));
}

#[test]
fn the_time_chooses_the_key() {
    let material = KeyMaterial::generate(None).expect("a key");
    let key = |name: &str, begin: Option<i64>, end: Option<i64>| {
        let material = KeyMaterial { kid: name.to_owned(), ..material.clone() };
        Arc::new(SigningKey::load(&material, begin.map(at), end.map(at)).expect("loads"))
    };
    let keys = SigningKeys::new([
        key("second", Some(200), Some(400)),
        key("reserve", None, None),
        key("first", Some(100), Some(300)),
        key("newer reserve", None, None),
    ]);
    let cases: [(i64, &str, &[&str]); 6] = [
        (99, "newer reserve", &["second", "reserve", "first", "newer reserve"]),
        (100, "first", &["second", "reserve", "first", "newer reserve"]),
        (199, "first", &["second", "reserve", "first", "newer reserve"]),
        (200, "second", &["second", "reserve", "first", "newer reserve"]),
        (300, "second", &["second", "reserve", "newer reserve"]),
        (400, "newer reserve", &["reserve", "newer reserve"]),
    ];
    for (now, current, published) in cases {
        assert_eq!(keys.current(at(now)).expect("there is one").kid(), current, "at {now}");
        let jwks: Value = serde_json::from_str(&keys.jwks(at(now))).expect("JSON");
        let kids: Vec<_> =
            jwks["keys"].as_array().expect("a list").iter().map(|k| k["kid"].as_str().expect("a text")).collect();
        assert_eq!(kids, published, "at {now}");
    }
}

#[test]
fn without_a_valid_key_nothing_is_signed() {
    let material = KeyMaterial::generate(None).expect("a key");
    let key = SigningKey::load(&material, Some(at(100)), Some(at(200))).expect("loads");
    let keys = SigningKeys::new([Arc::new(key)]);
    for now in [99, 200] {
        assert_eq!(keys.current(at(now)).expect_err("none").reference(), "AADB2C90019", "at {now}");
    }
}

#[test]
fn private_keys_are_not_printed() {
    let material = KeyMaterial::generate(None).expect("a key");
    let key = SigningKey::load(&material, None, None).expect("loads");
    for printed in [format!("{material:?}"), format!("{key:?}")] {
        assert!(printed.len() < 120 && printed.contains(&material.kid), "{printed}");
    }
}
