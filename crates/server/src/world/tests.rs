//! Effects carried out on the in-memory store.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::http::HeaderMap;
use axum::routing::any;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use indexmap::IndexMap;
use jiff::{SignedDuration, Timestamp};
use journeyman_claims::ClaimValue;
use journeyman_engine::effect::{
    CodeCall, CodeReply, CodeSettings, DigestCall, DirectoryCall, DirectoryKey, DirectoryReply, Effect,
    HttpAuthentication, HttpCall, HttpFailure, HttpMethod, HttpReply, LimitCall, LimitPurpose, LimitReply,
    PasswordReply, Repeat, Reply, Request, Secret, SecretField,
};

use journeyman_oidc::{CertificateRequest, KeyMaterial};
use journeyman_store::{Codes, StoreError};

use super::{Place, World};
use crate::clock::Clock;
use crate::config::{Config, PolicyKey, Rewrite};
use crate::passwords::Passwords;
use crate::policy_keys::PolicyKeys;
use crate::testing;

struct Stage {
    world: World,
    at: Place,
    intents: u32,
}

impl Stage {
    fn new() -> Self {
        Self::with(testing::config())
    }

    fn with(config: Config) -> Self {
        let store = testing::store();
        let keys = Arc::new(PolicyKeys::new(Arc::new(config.clone()), store.clone()));
        let clock = Clock::manual(testing::now());
        let world = World::new(&config, store, clock, keys).expect("it can be set up");
        Self { world, at: testing::place(), intents: 0 }
    }

    async fn perform(&mut self, effect: Effect) -> Reply {
        self.intents += 1;
        let request = Request { intent: format!("i{}", self.intents), repeat: Repeat::Harmless, effect };
        self.world.perform(&self.at, &request).await
    }

    async fn write(&mut self, password: &str, attributes: &[(&str, ClaimValue)]) -> DirectoryReply {
        let mut attributes: IndexMap<_, _> =
            attributes.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        attributes.entry("displayName".to_owned()).or_insert_with(|| text("Ann"));
        let call = DirectoryCall::Write {
            key: DirectoryKey { attribute: "signInNames.emailAddress".to_owned(), value: "ann@b.example".to_owned() },
            attributes,
            keep: Vec::new(),
            password: Some(Secret::new(password)),
            must_exist: false,
            must_not_exist: false,
        };
        match self.perform(Effect::Directory(call)).await {
            Reply::Directory(reply) => reply,
            other => panic!("{other:?}"),
        }
    }

    async fn check(&mut self, username: &str, password: &str) -> PasswordReply {
        let effect = Effect::CheckPassword { username: username.to_owned(), password: Secret::new(password) };
        match self.perform(effect).await {
            Reply::Password(reply) => reply,
            other => panic!("{other:?}"),
        }
    }
}

fn text(text: &str) -> ClaimValue {
    ClaimValue::String(text.to_owned())
}

const GOOD: &str = "Corr3ct-horse";

#[tokio::test]
async fn a_new_account_signs_in_with_its_password_alone() {
    let mut stage = Stage::new();
    assert!(matches!(stage.write(GOOD, &[]).await, DirectoryReply::User { created: true, .. }));
    match stage.check("ANN@b.example", GOOD).await {
        PasswordReply::Correct { attributes } => {
            assert!(attributes.contains_key("objectId"));
            assert!(!format!("{attributes:?}").contains("argon2"), "{attributes:?}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(stage.check("ann@b.example", "Corr3ct-hors").await, PasswordReply::Wrong { known: true });
    assert_eq!(stage.check("bob@b.example", GOOD).await, PasswordReply::Wrong { known: false });
}

#[tokio::test]
async fn only_who_knows_the_password_hears_of_the_account() {
    for (attribute, value, reply) in [
        ("accountEnabled", ClaimValue::Boolean(false), PasswordReply::Disabled),
        ("passwordProfile.forceChangePasswordNextLogin", ClaimValue::Boolean(true), PasswordReply::Expired),
    ] {
        let mut stage = Stage::new();
        stage.write(GOOD, &[(attribute, value)]).await;
        assert_eq!(stage.check("ann@b.example", GOOD).await, reply, "{attribute}");
        assert_eq!(stage.check("ann@b.example", "Wr0ng-horse").await, PasswordReply::Wrong { known: true });
    }
}

#[tokio::test]
async fn guessing_locks_known_and_unknown_names_alike() {
    let mut stage = Stage::new();
    stage.write(GOOD, &[]).await;
    for (name, known) in [("ann@b.example", true), ("bob@b.example", false)] {
        for attempt in 1..=10 {
            assert_eq!(stage.check(name, "Wr0ng-horse").await, PasswordReply::Wrong { known }, "{name} {attempt}");
        }
        assert_eq!(stage.check(name, GOOD).await, PasswordReply::Locked, "{name}");
    }
    stage.at.now += SignedDuration::from_mins(1);
    assert!(matches!(stage.check("ann@b.example", GOOD).await, PasswordReply::Correct { .. }));
    assert_eq!(stage.check("ann@b.example", "Wr0ng-horse").await, PasswordReply::Wrong { known: true });
}

#[tokio::test]
async fn a_repeated_check_is_counted_once() {
    let mut stage = Stage::new();
    stage.write(GOOD, &[]).await;
    for _ in 0..20 {
        stage.intents = 100;
        assert_eq!(stage.check("ann@b.example", "Wr0ng-horse").await, PasswordReply::Wrong { known: true });
    }
}

#[tokio::test]
async fn a_crowd_uses_up_nobodys_attempts() {
    let mut stage = Stage::new();
    stage.write("Correct-horse-1", &[]).await;
    let hashes = std::mem::replace(&mut stage.world.passwords, Passwords::crowded());
    for _ in 0..20 {
        let effect =
            Effect::CheckPassword { username: "ann@b.example".to_owned(), password: Secret::new("Correct-horse-1") };
        assert_eq!(stage.perform(effect).await, Reply::Failed);
    }
    stage.world.passwords = hashes;
    let reply = stage.check("ann@b.example", "Correct-horse-1").await;
    assert!(matches!(reply, PasswordReply::Correct { .. }), "{reply:?}");
}

#[tokio::test]
async fn a_new_password_lifts_the_lock() {
    let mut stage = Stage::new();
    stage.write(GOOD, &[]).await;
    for _ in 0..11 {
        stage.check("ann@b.example", "Wr0ng-horse").await;
    }
    assert_eq!(stage.check("ann@b.example", GOOD).await, PasswordReply::Locked);
    assert!(matches!(stage.write("N3w-password", &[]).await, DirectoryReply::User { created: false, .. }));
    assert!(matches!(stage.check("ann@b.example", "N3w-password").await, PasswordReply::Correct { .. }));
}

#[tokio::test]
async fn the_directory_refuses_weak_passwords_unless_the_policy_makes_its_own_rules() {
    let lifted = [("passwordPolicies", text("DisablePasswordExpiration, disableStrongPassword"))];
    for (password, taken) in
        [(GOOD, true), ("aB3aB3aB3", true), ("short1A", false), ("alllowercase", false), (&"aB3".repeat(22), false)]
    {
        let reply = Stage::new().write(password, &[]).await;
        assert_eq!(matches!(reply, DirectoryReply::User { .. }), taken, "{password}: {reply:?}");
    }
    let mut stage = Stage::new();
    assert!(matches!(stage.write("1234", &lifted).await, DirectoryReply::User { .. }));
    assert!(
        matches!(stage.write("5678", &[]).await, DirectoryReply::User { created: false, .. }),
        "it was lifted before"
    );
    assert!(matches!(stage.write(&"x".repeat(257), &lifted).await, DirectoryReply::Refused { .. }));
}

#[tokio::test]
async fn codes_limits_and_rules_reach_their_port() {
    let mut stage = Stage::new();
    let settings = CodeSettings {
        expiration_seconds: 600,
        length: 6,
        characters: "0123456789".to_owned(),
        retry_attempts: 5,
        generation_attempts: 10,
        reuse_same_code: false,
    };
    let (scope, identifier) = ("journey-1".to_owned(), "ann@b.example".to_owned());
    let call = CodeCall::Generate { scope: scope.clone(), identifier: identifier.clone(), settings };
    let Reply::Code(CodeReply::Generated(code)) = stage.perform(Effect::Code(call)).await else { panic!("no code") };
    let call = CodeCall::Verify { scope, identifier, code };
    assert_eq!(stage.perform(Effect::Code(call)).await, Reply::Code(CodeReply::Verified));

    let call = LimitCall::Attempt { subject: "user:a".to_owned(), purpose: LimitPurpose::Approval };
    let allowed = LimitReply::Allowed { remaining: 4 };
    assert_eq!(stage.perform(Effect::Limit(call)).await, Reply::Limit(allowed));

    let field = SecretField { claim: "newPassword".into(), value: Secret::new(GOOD), same_as: None, content: None };
    assert_eq!(stage.perform(Effect::InspectSecrets(vec![field])).await, Reply::Inspected(Vec::new()));
}

#[tokio::test]
async fn without_mail_delivery_nothing_is_sent() {
    let to = "ann@b.example".to_owned();
    let effect = Effect::SendCodeMail { to, code: Secret::new("123456"), language: "en".to_owned() };
    assert_eq!(Stage::new().perform(effect).await, Reply::Mail(false));
}

/// A store that is down.
struct Down;

#[async_trait]
impl Codes for Down {
    async fn generate(
        &self,
        _: &str,
        _: &str,
        _: &str,
        _: &CodeSettings,
        _: Timestamp,
    ) -> Result<CodeReply, StoreError> {
        Err(StoreError::LeaseLost)
    }

    async fn verify(&self, _: &str, _: &str, _: &str, _: &Secret, _: Timestamp) -> Result<CodeReply, StoreError> {
        Err(StoreError::LeaseLost)
    }
}

#[tokio::test]
async fn a_store_that_is_down_lets_nobody_in() {
    let mut stage = Stage::new();
    stage.world.store.codes = Arc::new(Down);
    let call = CodeCall::Verify { scope: "s".to_owned(), identifier: "i".to_owned(), code: Secret::new("123456") };
    assert_eq!(stage.perform(Effect::Code(call)).await, Reply::Failed);
}

/// A stage that turns `https://service.example` to an echo of the named headers.
async fn with_echo() -> Stage {
    let echo = |headers: HeaderMap| async move {
        let of = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("none").to_owned();
        format!("{} {} {}", of("authorization"), of("x-key"), of("x-claim"))
    };
    let address = testing::serve(Router::new().route("/echo", any(echo))).await;
    let mut config = testing::config();
    let url = |text: &str| text.parse().expect("a URL");
    config.outbound.rewrite =
        vec![Rewrite { from: url("https://service.example/"), to: url(&format!("http://{address}/")) }];
    for (name, value) in [("B2C_1A_User", "ann"), ("B2C_1A_Pass", "h:sh"), ("B2C_1A_Broken", "a\nb")] {
        config.policy_keys.insert(name.into(), PolicyKey::Value(Secret::new(value)));
    }
    Stage::with(config)
}

fn call(authentication: HttpAuthentication) -> HttpCall {
    HttpCall {
        method: HttpMethod::Post,
        url: "https://service.example/echo".to_owned(),
        headers: Vec::new(),
        authentication,
        body: Some(("application/json".to_owned(), Secret::new("{}"))),
        timeout_seconds: 5,
    }
}

#[tokio::test]
async fn a_call_proves_who_it_is() {
    let mut stage = with_echo().await;
    let key = |key: &str| HttpAuthentication::ApiKey { header: "x-key".to_owned(), key: key.into() };
    for (authentication, said) in [
        (HttpAuthentication::None, "none none"),
        (
            HttpAuthentication::Basic { username: "B2C_1A_User".into(), password: "Pass".into() },
            "Basic YW5uOmg6c2g= none",
        ),
        (HttpAuthentication::BearerKey("B2C_1A_Pass".into()), "Bearer h:sh none"),
        (HttpAuthentication::Bearer(Secret::new("token")), "Bearer token none"),
        (key("b2c_1a_user"), "none ann"),
    ] {
        let mut call = call(authentication);
        call.headers.push(("x-claim".to_owned(), Secret::new("claim")));
        let reply = stage.perform(Effect::Http(call)).await;
        let body = format!("{said} claim");
        assert_eq!(reply, Reply::Http(HttpReply::Answered { status: 200, body }));
    }
}

/// A private key with its certificate, in PEM.
fn identity() -> Secret {
    let (not_before, not_after) = (testing::now(), testing::now() + SignedDuration::from_hours(24 * 365));
    let request = CertificateRequest { common_name: "journeyman", not_before, not_after };
    let made = KeyMaterial::generate(Some(request)).expect("randomness");
    let block =
        |label: &str, der: &[u8]| format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der));
    let certificate = made.certificate.as_deref().expect("it was asked for");
    Secret::new(block("PRIVATE KEY", &made.pkcs8) + &block("CERTIFICATE", certificate))
}

/// The handshake itself needs a service whose certificate this machine trusts.
#[tokio::test]
async fn a_certificate_of_the_caller_is_taken() {
    let mut stage = with_echo().await;
    let mut config = testing::config();
    config.policy_keys.insert("B2C_1A_Certificate".into(), PolicyKey::Value(identity()));
    stage.world.keys = Arc::new(PolicyKeys::new(Arc::new(config), testing::store()));
    let call = call(HttpAuthentication::ClientCertificate("B2C_1A_Certificate".into()));
    for _ in 0..2 {
        let reply = stage.perform(Effect::Http(call.clone())).await;
        assert!(matches!(reply, Reply::Http(HttpReply::Answered { status: 200, .. })), "{reply:?}");
    }
}

#[tokio::test]
async fn a_call_that_cannot_be_made_says_why() {
    let mut stage = with_echo().await;
    let bearer = |key: &str| call(HttpAuthentication::BearerKey(key.into()));
    let with_header = |name: &str, value: &str| HttpCall {
        headers: vec![(name.to_owned(), Secret::new(value))],
        ..call(HttpAuthentication::None)
    };
    for (call, failure) in [
        (bearer("B2C_1A_Nobody"), HttpFailure::MissingKey),
        (bearer("B2C_1A_Broken"), HttpFailure::Refused),
        (call(HttpAuthentication::ClientCertificate("B2C_1A_Pass".into())), HttpFailure::MissingKey),
        (with_header("x-claim", "a\r\nb: c"), HttpFailure::Refused),
        (with_header("host", "elsewhere"), HttpFailure::Refused),
        (HttpCall { url: "nowhere".to_owned(), ..call(HttpAuthentication::None) }, HttpFailure::Refused),
        (HttpCall { url: "http://127.0.0.1/".to_owned(), ..call(HttpAuthentication::None) }, HttpFailure::Refused),
    ] {
        assert_eq!(stage.perform(Effect::Http(call)).await, Reply::Http(HttpReply::Failed(failure)));
    }
}

#[tokio::test]
async fn a_digest_is_made_with_the_value_of_its_key() {
    let mut stage = with_echo().await;
    let digest = |key: &str| {
        let (salt, plaintext) = (Secret::new("salt"), Secret::new("text"));
        Effect::Digest(DigestCall { key: key.into(), salt, plaintext })
    };
    let expected = journeyman_claims::transformations::keyed_digest("h:sh", "salt", "text");
    assert_eq!(stage.perform(digest("b2c_1a_pass")).await, Reply::Digest(Some(expected)));
    assert_eq!(stage.perform(digest("B2C_1A_Nobody")).await, Reply::Digest(None));
}
