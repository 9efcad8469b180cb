//! D9: step-up tokens that must not approve. The token that the engine really issued is exchanged on its way to the bank
//! for a forged one, signed, where that is not the point, with the engine's own key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use journeyman_oidc::KeyMaterial;
use journeyman_tests::app::part;
use journeyman_tests::client::Dialect;
use journeyman_tests::inside::{Inside, Wishes};
use journeyman_tests::person::Customer;
use jsonwebtoken::Header;
use serde_json::{Value, json};

use crate::scene::{StolenKey, assemble, payment, sign_with_secret, unsigned};

const UNTRUSTED: &str = "The answer could not be trusted";

/// A bank whose tokens pass through the attacker's hands, who knows the engine's key, too.
struct Intercepted {
    inside: Inside,
    ann: Customer,
    pem: String,
}

impl Intercepted {
    async fn new() -> Self {
        let material = KeyMaterial::generate(None).expect("a key");
        let encoded = STANDARD.encode(material.pkcs8);
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{encoded}\n-----END PRIVATE KEY-----\n");
        let inside = Inside::start(Wishes { signing_key: Some(pem.clone()), ..Wishes::default() }).await;
        let mut ann = Customer::new(&inside.sites, Dialect::Script, "Ann");
        ann.sign_up().await.expect("Hello, Ann");
        Self { inside, ann, pem }
    }

    /// From now on tokens are forged so.
    fn forge(&self, forge: impl Fn(&StolenKey, &str) -> String + Send + 'static) {
        let key = StolenKey::from_pem(&self.pem);
        self.inside.door.tamper(Some(Box::new(move |token| forge(&key, token))));
    }
}

/// Approves a payment while the token is forged: the bank refuses in these words, and nothing can be confirmed. Then
/// approves it with a token that was only signed again, which is good.
async fn is_refused(forge: impl Fn(&StolenKey, &str) -> String + Send + 'static, words: &str) {
    let mut scene = Intercepted::new().await;
    let page = scene.ann.send_money(&payment()).await;
    let approval = scene.ann.hand_over(&page).await;
    let before = (scene.ann.history().await, scene.inside.booked().await);
    let asked = scene.inside.sites.sandbox.calls().await.len();
    scene.forge(forge);
    let refused = scene.ann.approve(&approval).await;
    refused.expect(words);
    // Approving asks the provider to start and to check; the token sets off nothing more.
    assert_eq!(scene.inside.sites.sandbox.calls().await.len(), asked + 2);
    assert!(!refused.has("form[action$='/confirm']"), "there is nothing to confirm");
    assert_eq!((scene.ann.history().await, scene.inside.booked().await), before);

    scene.forge(|key, token| key.sign(token, &part(token, 1)));
    let again = scene.ann.press(&refused, "form[action$='/step-up'] button", &[]).await;
    let approval = scene.ann.hand_over(&again).await;
    let page = scene.ann.approve(&approval).await;
    scene.ann.confirm(&page).await.expect("Your money is on its way");
    assert_eq!(scene.inside.booked().await, 1);
}

/// The same with claims changed, properly signed.
async fn is_refused_with(change: impl Fn(&mut Value) + Send + 'static, words: &str) {
    let forge = move |key: &StolenKey, token: &str| {
        let mut claims = part(token, 1);
        change(&mut claims);
        key.sign(token, &claims)
    };
    is_refused(forge, words).await;
}

fn remove(claims: &mut Value, name: &str) {
    claims.as_object_mut().and_then(|all| all.remove(name)).expect("the claim was there");
}

#[tokio::test]
async fn a_token_without_its_policy() {
    is_refused_with(|claims| remove(claims, "acr"), UNTRUSTED).await;
}

#[tokio::test]
async fn a_token_of_another_policy() {
    is_refused_with(|claims| claims["acr"] = json!("b2c_1a_psd2_susi"), UNTRUSTED).await;
}

#[tokio::test]
async fn a_token_for_another_application() {
    is_refused_with(|claims| claims["aud"] = json!("another-application"), UNTRUSTED).await;
}

#[tokio::test]
async fn a_token_of_another_issuer() {
    is_refused_with(|claims| claims["iss"] = json!("https://elsewhere.example/"), UNTRUSTED).await;
}

#[tokio::test]
async fn a_token_for_another_request() {
    is_refused_with(|claims| claims["nonce"] = json!("of-another-request"), UNTRUSTED).await;
}

#[tokio::test]
async fn a_token_that_has_expired() {
    is_refused_with(|claims| claims["exp"] = json!(claims["exp"].as_i64().expect("a time") - 3600), "The time ran out")
        .await;
}

#[tokio::test]
async fn a_token_about_somebody_else() {
    let mut scene = Intercepted::new().await;
    let page = scene.ann.send_money(&payment()).await;
    let approval = scene.ann.hand_over(&page).await;
    scene.forge(|key, token| {
        let mut claims = part(token, 1);
        claims["sub"] = json!("00000000-0000-4000-8000-000000000000");
        key.sign(token, &claims)
    });
    let asked = scene.inside.sites.sandbox.calls().await.len();
    let refused = scene.ann.approve(&approval).await;
    assert_eq!(scene.inside.sites.sandbox.calls().await.len(), asked + 2, "to start and to check, and nothing more");
    refused.expect("Somebody else signed in, so you have been signed out here.").expect("Sign up / Sign in");
    assert_eq!(scene.inside.booked().await, 0);

    scene.forge(|key, token| key.sign(token, &part(token, 1)));
    scene.ann.bank("sign-in").await.expect("Hello, Ann");
    let page = scene.ann.send_money(&payment()).await;
    let approval = scene.ann.hand_over(&page).await;
    scene.ann.approve(&approval).await.expect("Confirm your payment");
}

#[tokio::test]
async fn an_unsigned_token() {
    is_refused(|_, token| assemble(&unsigned(), &part(token, 1), ""), UNTRUSTED).await;
}

#[tokio::test]
async fn a_token_that_another_key_signed() {
    is_refused(|_, token| StolenKey::foreign().sign(token, &part(token, 1)), UNTRUSTED).await;
}

#[tokio::test]
async fn a_token_of_an_unknown_key() {
    let forge = |key: &StolenKey, token: &str| {
        let mut header: Header = serde_json::from_value(part(token, 0)).expect("a header");
        header.kid = Some("a-key-that-nobody-published".to_owned());
        key.sign_as(&header, &part(token, 1))
    };
    is_refused(forge, UNTRUSTED).await;
}

#[tokio::test]
async fn a_token_signed_with_the_public_key_as_a_secret() {
    let forge = |key: &StolenKey, token: &str| {
        let kid = part(token, 0)["kid"].as_str().unwrap_or_default().to_owned();
        sign_with_secret(&key.public(), &kid, &part(token, 1))
    };
    is_refused(forge, UNTRUSTED).await;
}

#[tokio::test]
async fn a_token_altered_after_it_was_signed() {
    let forge = |_: &StolenKey, token: &str| {
        let mut claims = part(token, 1);
        claims["amr"] = json!(["fido"]);
        assemble(&part(token, 0), &claims, token.rsplit('.').next().unwrap_or_default())
    };
    is_refused(forge, UNTRUSTED).await;
}
