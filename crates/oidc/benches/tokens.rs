//! What issuing costs beside the signature itself: the difference between `raw` and the others is ours.

use std::hint::black_box;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use divan::Bencher;
use jiff::Timestamp;
use journeyman_oidc::{Granted, Identity, Issuance, KeyMaterial, Resource, SigningKey, SigningKeys, Terms};
use serde_json::json;

fn main() {
    divan::main();
}

fn material() -> KeyMaterial {
    KeyMaterial::generate(None).expect("a key")
}

fn terms() -> Terms {
    Terms {
        issuer: "https://login.example/tfp/775527ff-9a37-4307-8b3d-cc311f58d925/b2c_1a_signin/v2.0/".to_owned(),
        policy: "B2C_1A_Signin".to_owned(),
        tenant_id: "775527ff-9a37-4307-8b3d-cc311f58d925".to_owned(),
        acr: true,
        id_token_lifetime: 3600,
        access_token_lifetime: 3600,
        json_numbers: true,
    }
}

fn identity() -> Identity {
    let claims = json!({ "name": "Ada Lovelace", "given_name": "Ada", "family_name": "Lovelace", "idp": "local" });
    Identity {
        subject: "884408e1-2918-4cz0-b12d-3aa027d7563b".to_owned(),
        claims: claims.as_object().cloned().expect("an object"),
        authenticated_at: Timestamp::UNIX_EPOCH,
        methods: vec!["pwd".to_owned()],
    }
}

/// One signature with a key that is loaded.
#[divan::bench]
fn raw(bencher: Bencher) {
    let pair = RsaKeyPair::from_pkcs8(&material().pkcs8).expect("a key");
    let mut signature = vec![0; pair.public_modulus_len()];
    bencher.bench_local(|| {
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), black_box(&[7; 900]), &mut signature).expect("signs");
    });
}

/// An ID token and the answer that carries it: one signature.
#[divan::bench]
fn id_token_answer(bencher: Bencher) {
    answer(bencher, None);
}

/// An ID token and an access token: two signatures.
#[divan::bench]
fn both_tokens_answer(bencher: Bencher) {
    let asked = vec!["app".to_owned()];
    answer(bencher, Some(Resource { audience: "app".to_owned(), asked, names: Vec::new() }));
}

fn answer(bencher: Bencher, resource: Option<Resource>) {
    let key = SigningKey::load(&material(), None, None).expect("a key");
    let (terms, identity) = (terms(), identity());
    let granted = Granted { openid: true, offline: false, resource };
    let now = Timestamp::UNIX_EPOCH;
    let issuance = Issuance {
        key: &key,
        terms: &terms,
        identity: &identity,
        client_id: "app",
        nonce: Some("n-0S6_WzA2Mj"),
        granted: &granted,
        now,
    };
    bencher.bench_local(|| {
        let tokens = issuance.back_channel().expect("signs");
        issuance.answer(&tokens, None, None).to_json()
    });
}

/// Recognising a token of our own.
#[divan::bench]
fn verify(bencher: Bencher) {
    let key = SigningKey::load(&material(), None, None).expect("a key");
    let token = key.sign(&json!({ "iss": "i", "aud": "a", "exp": 10, "nbf": 0 })).expect("signs");
    let keys = SigningKeys::new([std::sync::Arc::new(key)]).verification_keys(Timestamp::UNIX_EPOCH);
    bencher.bench_local(|| keys.verify_issued(token.expose(), "i", Some("a"), Timestamp::UNIX_EPOCH).expect("valid"));
}
