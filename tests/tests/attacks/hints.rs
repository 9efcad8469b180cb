//! D10, D11: hints that must not count. The journey refuses before anything is shown or sent.

use journeyman_tests::app::{TENANT, part};
use journeyman_tests::client::Page;
use jsonwebtoken::{Algorithm, Header};
use serde_json::{Value, json};

use crate::scene::{Scene, StolenKey, assemble, reason, sign_with_secret, unsigned};

/// The bank's words for most refusals.
const REFUSED: &str = "The payment could not be confirmed";

/// Hands a payment over with a forged hint, which the engine refuses with that code and the bank tells in these words;
/// then with one that the same key signed without a change, which is good.
async fn is_refused(forge: impl Fn(&StolenKey, &str) -> String, code: &str, words: &str) {
    let mut scene = Scene::new().await;
    let key = StolenKey::of(scene.demo.data());
    let page = scene.handover().await;
    let before = scene.record().await;
    let forged = forge(&key, &hint_of(&page));
    let refused = scene.ann.press(&page, "#auto", &[("id_token_hint", &forged)]).await;
    refused.expect(words);
    assert_eq!(reason(&scene.ann.browser), code, "{refused}");
    assert_eq!(scene.record().await, before);

    let again = scene.ann.press(&refused, "form[action$='/step-up'] button", &[]).await;
    let hint = hint_of(&again);
    let page = scene.ann.press(&again, "#auto", &[("id_token_hint", &key.sign(&hint, &part(&hint, 1)))]).await;
    scene.ann.approve(&page).await.expect("Confirm your payment");
    assert_ne!(scene.record().await, before);
}

/// The same for a hint that the bank's own key signs, with claims changed.
async fn is_refused_with(change: impl Fn(&mut Value), code: &str, words: &str) {
    let forge = |key: &StolenKey, hint: &str| {
        let mut claims = part(hint, 1);
        change(&mut claims);
        key.sign(hint, &claims)
    };
    is_refused(forge, code, words).await;
}

fn hint_of(page: &Page) -> String {
    page.attribute("#auto input[name=id_token_hint]", "value").unwrap_or_else(|| panic!("no hint: {page}"))
}

fn later(claims: &mut Value, seconds: i64) {
    for name in ["iat", "nbf", "exp"] {
        claims[name] = json!(claims[name].as_i64().expect("a time") + seconds);
    }
}

#[tokio::test]
async fn a_hint_that_has_expired() {
    is_refused_with(|claims| later(claims, -600), "AADB2C90208", "The time ran out").await;
}

#[tokio::test]
async fn a_hint_that_is_not_valid_yet() {
    is_refused_with(|claims| later(claims, 600), "AADB2C90234", REFUSED).await;
}

#[tokio::test]
async fn a_hint_that_would_live_for_days() {
    is_refused_with(
        |claims| claims["exp"] = json!(claims["iat"].as_i64().expect("a time") + 7 * 86_400),
        "AADB2C90210",
        REFUSED,
    )
    .await;
}

#[tokio::test]
async fn a_hint_for_another_audience() {
    is_refused_with(|claims| claims["aud"] = json!("https://elsewhere.example/"), "AADB2C90209", REFUSED).await;
}

#[tokio::test]
async fn a_hint_of_another_issuer() {
    is_refused_with(|claims| claims["iss"] = json!("https://elsewhere.example"), "AADB2C90232", REFUSED).await;
}

#[tokio::test]
async fn a_hint_for_another_request() {
    is_refused_with(|claims| claims["nonce"] = json!("of-another-request"), "AADB2C90210", REFUSED).await;
}

#[tokio::test]
async fn a_hint_about_another_person() {
    is_refused_with(|claims| claims["sub"] = json!("00000000-0000-4000-8000-000000000000"), "AADB2C90037", REFUSED)
        .await;
}

#[tokio::test]
async fn a_hint_without_a_payment() {
    is_refused_with(
        |claims| _ = claims.as_object_mut().and_then(|all| all.remove("transactionId")),
        "AADB2C90210",
        REFUSED,
    )
    .await;
}

#[tokio::test]
async fn a_hint_without_an_end() {
    is_refused_with(|claims| _ = claims.as_object_mut().and_then(|all| all.remove("exp")), "AADB2C90210", REFUSED)
        .await;
}

#[tokio::test]
async fn a_hint_whose_payment_was_altered() {
    let forge = |_: &StolenKey, hint: &str| {
        let mut claims = part(hint, 1);
        claims["amount"] = json!("1.00 GBP");
        let signature = hint.rsplit('.').next().unwrap_or_default();
        assemble(&part(hint, 0), &claims, signature)
    };
    is_refused(forge, "AADB2C90233", REFUSED).await;
}

#[tokio::test]
async fn a_hint_of_an_unknown_key() {
    let forge = |key: &StolenKey, hint: &str| {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some("a-key-that-nobody-published".to_owned());
        key.sign_as(&header, &part(hint, 1))
    };
    is_refused(forge, "AADB2C90210", REFUSED).await;
}

#[tokio::test]
async fn a_hint_that_another_key_signed() {
    let forge = |_: &StolenKey, hint: &str| StolenKey::foreign().sign(hint, &part(hint, 1));
    is_refused(forge, "AADB2C90233", REFUSED).await;
}

#[tokio::test]
async fn an_unsigned_hint() {
    is_refused(|_, hint| assemble(&unsigned(), &part(hint, 1), ""), "AADB2C90210", REFUSED).await;
}

#[tokio::test]
async fn a_hint_signed_with_the_public_key_as_a_secret() {
    let mut scene = Scene::new().await;
    let page = scene.handover().await;
    let before = scene.record().await;
    // Everybody can read the certificate: it is published.
    let certificate = std::fs::read(scene.demo.data().join("bank/hint-keys/current.crt.pem")).expect("it is there");
    let hint = hint_of(&page);
    let kid = part(&hint, 0)["kid"].as_str().unwrap_or_default().to_owned();
    let forged = sign_with_secret(&certificate, &kid, &part(&hint, 1));
    scene.ann.press(&page, "#auto", &[("id_token_hint", &forged)]).await.expect(REFUSED);
    assert_eq!(reason(&scene.ann.browser), "AADB2C90210");
    assert_eq!(scene.record().await, before);
    scene.approval().await;
}

#[tokio::test]
async fn an_oversized_hint() {
    let mut scene = Scene::new().await;
    let key = StolenKey::of(scene.demo.data());
    let page = scene.handover().await;
    let before = scene.record().await;
    let hint = hint_of(&page);
    let mut claims = part(&hint, 1);
    claims["note"] = json!("x".repeat(20_000));
    let refused = scene.ann.press(&page, "#auto", &[("id_token_hint", &key.sign(&hint, &claims))]).await;
    refused.expect("This sign-in cannot start").expect("The parameter id_token_hint is wrong: it is too long.");
    assert_eq!(scene.record().await, before);
    claims["note"] = json!("short");
    let page = scene.ann.press(&page, "#auto", &[("id_token_hint", &key.sign(&hint, &claims))]).await;
    page.expect("Approve your payment");
}

#[tokio::test]
async fn a_request_without_a_hint() {
    has_hints(0, "AADB2C90272", REFUSED).await;
}

#[tokio::test]
async fn two_hints_in_one_request() {
    has_hints(2, "AADB2C90136", "That did not work").await;
}

/// Hands a payment over with its hint so many times; then with it once.
async fn has_hints(copies: usize, code: &str, words: &str) {
    let mut scene = Scene::new().await;
    let page = scene.handover().await;
    let before = scene.record().await;
    let (hints, mut form): (Vec<_>, Vec<_>) =
        page.fields("#auto").into_iter().partition(|(name, _)| name == "id_token_hint");
    form.extend(hints.iter().cycle().take(copies).cloned());
    let action = page.attribute("#auto", "action").expect("it goes somewhere").parse().expect("an address");
    scene.ann.browser.post(&page, action, &form).await.expect(words);
    assert_eq!(reason(&scene.ann.browser), code);
    assert_eq!(scene.record().await, before);
    scene.approval().await;
}

#[tokio::test]
async fn a_hint_that_was_used_before() {
    let mut scene = Scene::new().await;
    let key = StolenKey::of(scene.demo.data());
    let first = scene.handover().await;
    let page = scene.ann.hand_over(&first).await;
    scene.ann.approve(&page).await.expect("Confirm your payment");
    let used = part(&hint_of(&first), 1)["jti"].clone();

    let page = scene.handover().await;
    let before = scene.record().await;
    let hint = hint_of(&page);
    let mut claims = part(&hint, 1);
    let fresh = claims["jti"].clone();
    claims["jti"] = used;
    let refused = scene.ann.press(&page, "#auto", &[("id_token_hint", &key.sign(&hint, &claims))]).await;
    refused.expect(REFUSED);
    assert_eq!(reason(&scene.ann.browser), "AADB2C90210");
    assert_eq!(scene.record().await, before);

    let again = scene.ann.press(&refused, "form[action$='/step-up'] button", &[]).await;
    let hint = hint_of(&again);
    let mut claims = part(&hint, 1);
    claims["jti"] = fresh;
    let page = scene.ann.press(&again, "#auto", &[("id_token_hint", &key.sign(&hint, &claims))]).await;
    page.expect("Approve your payment");
}

#[tokio::test]
async fn a_stolen_hint_in_the_thiefs_browser() {
    let mut scene = Scene::new().await;
    let mut eve = scene.other("Eve").await;
    let page = scene.handover().await;
    scene.ann.hand_over(&page).await.expect("Approve your payment");
    let before = scene.record().await;
    // Eve's own session does not help her: she takes the request with the hint as it is.
    let refused = eve.browser.press(&page, "#auto", &[]).await;
    assert_eq!(reason(&eve.browser), "AADB2C90210", "{refused}");
    assert_eq!(scene.record().await, before);
    let page = scene.approval().await;
    scene.ann.approve(&page).await.expect("Confirm your payment");
}

#[tokio::test]
async fn approving_while_somebody_else_is_signed_in() {
    let mut scene = Scene::new().await;
    let mut eve = scene.other("Eve").await;
    let home = eve.bank("").await;
    eve.press(&home, "form[action='/sign-out'] button", &[]).await.expect("You are signed out");
    // In Ann's browser the engine is signed out and Eve signs in there; at the bank it is Ann's still.
    let run = scene.demo.engine().join(&format!("dev/run/{TENANT}/B2C_1A_PSD2_SUSI?prompt=login")).expect("an address");
    scene.ann.browser.forget("localhost");
    let page = scene.ann.browser.open(run.clone()).await;
    eve.browser = scene.ann.browser.clone();
    eve.enter_password(&page).await.expect("The signature is that of a published key");
    scene.ann.browser = eve.browser;

    let page = scene.handover().await;
    let before = scene.record().await;
    let refused = scene.ann.hand_over(&page).await;
    refused.expect(REFUSED);
    assert_eq!(reason(&scene.ann.browser), "AADB2C90037");
    assert_eq!(scene.record().await, before);

    scene.ann.browser.forget("localhost");
    let page = scene.ann.press(&refused, "form[action$='/step-up'] button", &[]).await;
    let page = scene.ann.hand_over(&page).await;
    page.expect("Sign in to approve your payment");
    scene.ann.enter_password(&page).await.expect("Approve your payment");
}

#[tokio::test]
async fn signing_in_as_somebody_else_to_approve() {
    let mut scene = Scene::new().await;
    let eve = scene.other("Eve").await.person;
    scene.ann.browser.forget("localhost");
    let page = scene.handover().await;
    let page = scene.ann.hand_over(&page).await;
    let before = scene.record().await;
    // The right password of the wrong account is told in the same words as a wrong password.
    let words = "You cannot approve this payment with these details.";
    let as_eve = [("signInName", eve.email.as_str()), ("password", &eve.password)];
    let refused = scene.ann.press(&page, "#next", &as_eve).await;
    refused.expect(words);
    let wrong = [("signInName", eve.email.as_str()), ("password", "not-her-passw0rd")];
    let refused = scene.ann.press(&refused, "#next", &wrong).await;
    refused.expect(words);
    assert_eq!(scene.record().await, before);
    scene.ann.enter_password(&refused).await.expect("Approve your payment");
}
