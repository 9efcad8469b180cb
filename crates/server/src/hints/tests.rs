//! Hints signed by a counterparty on this machine.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::get;
use jiff::SignedDuration;
use journeyman_engine::effect::{HintCheck, HintReply, Secret};
use journeyman_oidc::{KeyMaterial, SigningKey, SigningKeys};
use journeyman_store::{Handle, SystemEntropy};
use serde_json::{Value, json};

use super::{HintChecks, INVALID};
use crate::clock::Clock;
use crate::config::{Config, HintConfig, PolicyKey, Rewrite};
use crate::outbound::{Outbound, PublishedKeys};
use crate::policy_keys::PolicyKeys;
use crate::testing;
use crate::world::Place;

const BANK: &str = "https://bank.example/";

/// A bank that signs hints, and publishes the keys that are in it at the moment.
struct Stage {
    checks: HintChecks,
    at: Place,
    clock: Clock,
    published: Arc<Mutex<String>>,
    key: Arc<SigningKey>,
}

fn key() -> Arc<SigningKey> {
    let material = KeyMaterial::generate(None).expect("randomness");
    Arc::new(SigningKey::load(&material, None, None).expect("it was just made"))
}

fn jwks(key: &Arc<SigningKey>) -> String {
    SigningKeys::new([Arc::clone(key)]).jwks(testing::now())
}

impl Stage {
    async fn new() -> Self {
        Self::with(HintConfig::default()).await
    }

    async fn with(hints: HintConfig) -> Self {
        let key = key();
        let published = Arc::new(Mutex::new(jwks(&key)));
        let shown = Arc::clone(&published);
        let document = || async { json!({ "issuer": BANK, "jwks_uri": format!("{BANK}keys") }).to_string() };
        let keys = move || {
            let shown = shown.lock().expect("nobody panicked").clone();
            async move { shown }
        };
        let router = Router::new().route("/.well-known/openid-configuration", get(document)).route("/keys", get(keys));
        let address = testing::serve(router).await;
        let url = |text: &str| text.parse().expect("a URL");
        let mut config = testing::config();
        config.outbound.rewrite = vec![Rewrite { from: url(BANK), to: url(&format!("http://{address}/")) }];
        config.policy_keys.insert("B2C_1A_Shared".into(), PolicyKey::Value(Secret::new("0123456789abcdef")));
        config.hints = hints;
        let clock = Clock::manual(testing::now());
        Self { checks: checks(&config, &clock), at: testing::place(), clock, published, key }
    }

    fn claims(&self) -> Value {
        let now = testing::now().as_second();
        json!({ "iss": BANK, "aud": "bank", "jti": "hint-1", "amount": "10.00", "nonce": "nonce-1",
            "iat": now, "nbf": now, "exp": now + 300 })
    }

    fn signed(&self, claims: &Value) -> Secret {
        sign(&self.key, claims)
    }

    /// The number of the refusal, 0 if there is none.
    async fn refusal(&self, token: Secret) -> u32 {
        self.refused(&HintCheck { token, ..published() }).await
    }

    async fn refused(&self, check: &HintCheck) -> u32 {
        match self.checks.verify(&self.at, check).await.expect("the store answers") {
            HintReply::Accepted(claims) => {
                assert_eq!(claims["amount"], "10.00");
                0
            }
            HintReply::Refused(code) => code,
        }
    }
}

fn checks(config: &Config, clock: &Clock) -> HintChecks {
    let store = testing::store();
    let outbound = Arc::new(Outbound::new(config, clock.clone()).expect("it can be set up"));
    HintChecks {
        config: config.hints.clone(),
        published: PublishedKeys::new(outbound, clock.clone(), Vec::new()),
        keys: Arc::new(PolicyKeys::new(Arc::new(config.clone()), store.clone())),
        store,
    }
}

fn published() -> HintCheck {
    HintCheck {
        token: Secret::new(""),
        metadata: Some(format!("{BANK}.well-known/openid-configuration")),
        secret_key: None,
        issuer: None,
        audience: None,
    }
}

fn sign(key: &SigningKey, claims: &Value) -> Secret {
    Secret::new(key.sign(claims).expect("claims are JSON").expose())
}

fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

#[tokio::test]
async fn a_hint_counts_again_in_its_browser_until_it_is_consumed_once() {
    let mut stage = Stage::new().await;
    let token = stage.signed(&stage.claims());
    assert_eq!(stage.refusal(token.clone()).await, 0);
    assert_eq!(stage.refusal(token.clone()).await, 0, "the same browser");

    let own = std::mem::replace(&mut stage.at.browser, Handle::random(&SystemEntropy).expect("randomness"));
    assert_eq!(stage.refusal(token.clone()).await, INVALID, "another browser");
    stage.at.browser = own;

    assert!(stage.checks.consume(&stage.at, &token).await.expect("the store answers"));
    assert!(stage.checks.consume(&stage.at, &token).await.expect("the store answers"), "the same journey again");
    stage.at.journey = "journey-2".to_owned();
    assert!(!stage.checks.consume(&stage.at, &token).await.expect("the store answers"), "another journey");
    assert_eq!(stage.refusal(token).await, INVALID, "consumed");
}

#[tokio::test]
async fn a_hint_that_nobody_brought_cannot_be_consumed() {
    let stage = Stage::new().await;
    for token in [stage.signed(&stage.claims()), Secret::new("nonsense"), Secret::new("a.b.c")] {
        assert!(!stage.checks.consume(&stage.at, &token).await.expect("the store answers"));
    }
}

#[tokio::test]
async fn hints_without_a_name_are_told_apart() {
    let stage = Stage::new().await;
    let one = stage.signed(&with(stage.claims(), "jti", Value::Null));
    let other = stage.signed(&with(with(stage.claims(), "jti", Value::Null), "payee", json!("Bob")));
    assert_eq!(stage.refusal(one.clone()).await, 0);
    assert!(stage.checks.consume(&stage.at, &one).await.expect("the store answers"));
    assert_eq!(stage.refusal(one).await, INVALID);
    assert_eq!(stage.refusal(other).await, 0);
}

#[tokio::test]
async fn what_is_wrong_with_a_hint_has_its_number() {
    let stage = Stage::new().await;
    let now = testing::now().as_second();
    let foreign = sign(&key(), &stage.claims());
    let good = stage.signed(&stage.claims());
    let (head, signature) = good.expose().rsplit_once('.').expect("a token");
    let (header, _) = head.split_once('.').expect("a token");
    let changed = stage.signed(&with(stage.claims(), "amount", json!("99.00")));
    let payload = changed.expose().split('.').nth(1).expect("a token");
    for (token, code) in [
        (stage.signed(&with(stage.claims(), "exp", json!(now - 30))), 90_208),
        (stage.signed(&with(stage.claims(), "exp", json!(now - 29))), 0),
        (stage.signed(&with(stage.claims(), "aud", json!("another"))), 90_209),
        (stage.signed(&with(stage.claims(), "aud", json!(stage.at.issuer.clone()))), 0),
        (stage.signed(&with(stage.claims(), "iss", json!("https://evil.example/"))), 90_232),
        (stage.signed(&with(stage.claims(), "nbf", json!(now + 31))), 90_234),
        (stage.signed(&with(stage.claims(), "exp", Value::Null)), INVALID),
        (Secret::new(format!("{header}.{payload}.{signature}")), 90_233),
        (foreign, INVALID),
        (Secret::new("nonsense"), INVALID),
        (Secret::new(""), INVALID),
    ] {
        assert_eq!(stage.refusal(token.clone()).await, code, "{}", token.expose());
    }
}

#[tokio::test]
async fn a_policy_can_insist_on_issuer_and_audience() {
    let stage = Stage::new().await;
    let check = |issuer: Option<&str>, audience: Option<&str>| HintCheck {
        token: stage.signed(&stage.claims()),
        issuer: issuer.map(str::to_owned),
        audience: audience.map(str::to_owned),
        ..published()
    };
    for (issuer, audience, code) in [
        (Some(BANK), Some("bank"), 0),
        (Some("https://another.example/"), None, 90_232),
        (None, Some("another"), 90_209),
    ] {
        assert_eq!(stage.refused(&check(issuer, audience)).await, code, "{issuer:?} {audience:?}");
    }
}

#[tokio::test]
async fn a_new_key_of_the_issuer_is_fetched() {
    let mut stage = Stage::new().await;
    assert_eq!(stage.refusal(stage.signed(&stage.claims())).await, 0);
    stage.key = key();
    *stage.published.lock().expect("nobody panicked") = jwks(&stage.key);
    let token = stage.signed(&with(stage.claims(), "jti", json!("hint-2")));
    assert_eq!(stage.refusal(token.clone()).await, INVALID, "keys were fetched a moment ago");
    stage.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(stage.refusal(token).await, 0);
}

#[tokio::test]
async fn keys_that_cannot_be_had_refuse() {
    let stage = Stage::new().await;
    let token = stage.signed(&stage.claims());
    for metadata in
        ["https://no-such-name.invalid/openid", "http://127.0.0.1:1/", "nonsense", &format!("{BANK}missing")]
    {
        let check = HintCheck { token: token.clone(), metadata: Some(metadata.to_owned()), ..published() };
        assert_eq!(stage.refused(&check).await, INVALID, "{metadata}");
    }
    let nothing = HintCheck { token, metadata: None, ..published() };
    assert_eq!(stage.refused(&nothing).await, INVALID);
}

#[tokio::test]
async fn life_and_nonce_are_looked_at_where_that_is_configured() {
    let strict =
        HintConfig { longest_life: Some(SignedDuration::from_mins(5)), match_nonce: true, ..HintConfig::default() };
    let (lax, strict) = (Stage::new().await, Stage::with(strict).await);
    let now = testing::now().as_second();
    for (claims, code) in [
        (lax.claims(), 0),
        (with(lax.claims(), "exp", json!(now + 301)), INVALID),
        (with(lax.claims(), "nonce", json!("another")), INVALID),
        (with(lax.claims(), "nonce", Value::Null), 0),
    ] {
        assert_eq!(strict.refusal(strict.signed(&claims)).await, code, "{claims}");
        assert_eq!(lax.refusal(lax.signed(&claims)).await, 0, "{claims}");
    }
}

#[tokio::test]
async fn a_shared_secret_verifies_hints_of_its_family_only() {
    let stage = Stage::new().await;
    let shared = |secret: &str| {
        let key = jsonwebtoken::EncodingKey::from_secret(secret.as_bytes());
        let token = jsonwebtoken::encode(&jsonwebtoken::Header::default(), &stage.claims(), &key);
        Secret::new(token.expect("claims are JSON"))
    };
    let check = |token: Secret, key: &str| HintCheck {
        token,
        metadata: None,
        secret_key: Some(key.into()),
        issuer: Some(BANK.to_owned()),
        audience: Some("bank".to_owned()),
    };
    let right = shared("0123456789abcdef");
    for (check, code) in [
        (check(right.clone(), "B2C_1A_Shared"), 0),
        (check(shared("0123456789abcdeg"), "B2C_1A_Shared"), 90_233),
        (check(right.clone(), "B2C_1A_Nobody"), INVALID),
        (check(stage.signed(&stage.claims()), "B2C_1A_Shared"), INVALID),
        (HintCheck { issuer: None, ..check(right.clone(), "B2C_1A_Shared") }, 90_232),
        (HintCheck { token: right, ..published() }, INVALID),
    ] {
        assert_eq!(stage.refused(&check).await, code, "{check:?}");
    }
}
