//! The flagship over HTTP: what a person does, what the providers are asked, and what an application gets.

use journeyman_tests::app::{App, CLIENT, REDIRECT, TENANT, Tokens, part};
use journeyman_tests::client::{Dialect, Page};
use journeyman_tests::demo::Demo;
use journeyman_tests::person::{Customer, Payment};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde_json::Value;

const SIGN_IN: &str = "B2C_1A_PSD2_SUSI";
const POLICIES: [&str; 4] = [SIGN_IN, "B2C_1A_PSD2_StepUp", "B2C_1A_PSD2_ProfileEdit", "B2C_1A_PSD2_PasswordReset"];

/// Signs somebody in for an application of one's own, and redeems the code.
async fn signed_in(app: &App, ann: &mut Customer) -> (String, Tokens) {
    let page = ann.browser.open(app.authorize(SIGN_IN, &[])).await;
    let page = if page.status == 200 { ann.enter_password(&page).await } else { page };
    assert!(page.url.as_str().starts_with(REDIRECT), "{page}");
    let code = page.parameter("code").unwrap_or_else(|| panic!("no code came back: {page}"));
    let tokens = app.redeem(SIGN_IN, &code).await;
    (code, tokens)
}

/// A demo where Ann has an account.
async fn with_ann(dialect: Dialect) -> (Demo, Customer) {
    let demo = Demo::start().await;
    let mut ann = Customer::new(&demo.sites(), dialect, "Ann");
    ann.sign_up().await.expect("Hello, Ann");
    (demo, ann)
}

#[tokio::test]
async fn the_payment_goes_through_with_scripts() {
    the_payment_goes_through(Dialect::Script).await;
}

#[tokio::test]
async fn the_payment_goes_through_without_scripts() {
    the_payment_goes_through(Dialect::Plain).await;
}

async fn the_payment_goes_through(dialect: Dialect) {
    let (demo, mut ann) = with_ann(dialect).await;
    let claims = ann.bank("claims").await;
    assert_eq!(claims.rows("table.claims")["email"], "ann@example.com", "{claims}");
    assert!(demo.calls_of("twilio-verify").await.is_empty(), "a sign-up approves nothing");

    let handover = ann.send_money(&Payment::of("50.00", "Jo Bloggs")).await;
    let approval = ann.hand_over(&handover).await;
    approval.expect("Approve your payment");
    for (id, shown) in [("amount", "50.00 GBP"), ("payee", "Jo Bloggs"), ("accountnumber", "GB33BUKB20201555555555")] {
        assert_eq!(approval.text_of(&format!("p#{id}")), shown, "{approval}");
    }
    assert!(!approval.html.contains(&ann.person.phone), "the number is masked");
    assert!(demo.calls_of("twilio-verify").await.is_empty(), "nothing is sent before it is asked for");

    ann.approve(&approval).await.expect("Confirm your payment");
    let sent = &demo.messages_to(&ann.person.phone).await[0];
    let text = sent.text.as_deref().unwrap_or_default();
    assert!(text.contains("50.00 GBP") && text.contains("Jo Bloggs"), "{text}");
    let calls = demo.calls_of("twilio-verify").await;
    let paths: Vec<_> = calls.iter().map(|call| call.path.rsplit('/').next().unwrap_or_default()).collect();
    assert_eq!(paths, ["VerificationCheck", "Verifications"], "one start, one check, the newest first");
    for call in &calls {
        let bound = ["To", "Amount", "Payee"].map(|name| call.field(name));
        assert_eq!(bound, [ann.person.phone.as_str(), "50.00 GBP", "Jo Bloggs"], "{call:?}");
    }

    assert!(ann.history().await[0].ends_with("Approved, waiting for Confirm"));
    let page = ann.bank("payments").await;
    let page = ann.press(&page, "ul.payments a", &[]).await;
    ann.confirm(&page).await.expect("Your money is on its way");
    assert_eq!(ann.history().await.len(), 1);
    assert!(ann.history().await[0].starts_with("Jo Bloggs 50.00 GBP") && ann.history().await[0].ends_with("Paid"));
}

#[tokio::test]
async fn a_phone_is_asked_for_once() {
    let (demo, mut ann) = with_ann(Dialect::Plain).await;
    let sent = demo.messages().await.len();
    let home = ann.bank("").await;
    ann.press(&home, "form[action='/sign-out'] button", &[]).await.expect("You are signed out");
    let page = ann.bank("sign-in").await;
    page.expect("Password");
    ann.enter_password(&page).await.expect("Hello, Ann");
    assert_eq!(demo.messages().await.len(), sent, "nothing was sent");
}

#[tokio::test]
async fn without_a_hint_nothing_is_called() {
    let (demo, mut ann) = with_ann(Dialect::Script).await;
    let app = App::at(&demo.engine(), TENANT);
    let before = demo.calls().await;
    let page = ann.browser.open(app.authorize("B2C_1A_PSD2_StepUp", &[])).await;
    assert!(page.url.as_str().starts_with(REDIRECT), "{page}");
    let error = page.parameter("error_description").unwrap_or_default();
    assert!(error.starts_with("AADB2C90272"), "{error}");
    assert_eq!(demo.calls().await, before);
}

#[tokio::test]
async fn a_wrong_code_says_so_and_allows_another_try() {
    for dialect in Dialect::ALL {
        let (demo, mut ann) = with_ann(dialect).await;
        let page = ann.send_money(&Payment::of("12.34", "Jo Bloggs")).await;
        let page = ann.hand_over(&page).await;
        let page = ann.press(&page, ".sendCode", &[]).await;
        page.expect("We sent you a text message with a code.");
        let code = demo.code_for(&ann.person.phone).await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let page = ann.press(&page, ".verifyCode", &[("verificationCode", wrong)]).await;
        page.expect("The code is not right. Check the text message and try again.");
        let early = ann.press(&page, "#continue", &[]).await;
        early.expect("Send the code to your phone and verify it before you approve the payment.");
        let page = ann.press(&early, ".verifyCode", &[("verificationCode", &code)]).await;
        page.expect("The code is right. Approve the payment to finish.");
        ann.press(&page, "#continue", &[]).await.expect("Confirm your payment");
        assert_eq!(demo.calls_of("twilio-verify").await.len(), 3, "one start, two checks");
    }
}

#[tokio::test]
async fn a_cancelled_step_up_is_told_at_the_bank() {
    let (demo, mut ann) = with_ann(Dialect::Plain).await;
    let page = ann.send_money(&Payment::of("12.34", "Jo Bloggs")).await;
    let page = ann.hand_over(&page).await;
    let page = ann.press(&page, "#cancel", &[]).await;
    page.expect("You cancelled").expect("Nothing has been changed or paid.");
    assert!(demo.calls_of("twilio-verify").await.is_empty());
    let again = ann.press(&page, "form[action$='/step-up'] button", &[]).await;
    let page = ann.hand_over(&again).await;
    ann.approve(&page).await.expect("Confirm your payment");
}

#[tokio::test]
async fn name_and_password_can_be_changed() {
    for dialect in Dialect::ALL {
        let (demo, mut ann) = with_ann(dialect).await;
        let home = ann.bank("").await;
        let page = ann.press(&home, "form[action='/profile'] button", &[]).await;
        page.expect("Edit your profile");
        ann.press(&page, "#continue", &[("displayName", "Annie")]).await.expect("Hello, Annie");

        let home = ann.bank("").await;
        let page = ann.press(&home, "form[action='/password'] button", &[]).await;
        let page = ann.press(&page, ".sendCode", &[("email", "ann@example.com")]).await;
        let code = demo.code_for("ann@example.com").await;
        let page = ann.press(&page, ".verifyCode", &[("verificationCode", &code)]).await;
        let page = ann.press(&page, "#continue", &[]).await;
        let form = [("newPassword", "An0ther-password"), ("reenterPassword", "An0ther-password")];
        ann.press(&page, "#continue", &form).await.expect("Your password has been changed.");

        let mut elsewhere = ann.elsewhere(dialect);
        elsewhere.sign_in().await.expect("The e-mail address or the password is not right.");
        elsewhere.person.password = "An0ther-password".to_owned();
        elsewhere.sign_in().await.expect("Hello, Annie");
    }
}

#[tokio::test]
async fn a_killed_process_goes_on_where_it_was() {
    let (mut demo, mut ann) = with_ann(Dialect::Plain).await;
    let page = ann.send_money(&Payment::of("50.00", "Jo Bloggs")).await;
    let page = ann.hand_over(&page).await;
    demo.restart().await;
    let page = ann.browser.reload(&page).await;
    page.expect("Approve your payment").expect("50.00 GBP");
    let page = ann.approve(&page).await;
    demo.restart().await;
    ann.confirm(&page).await.expect("Your money is on its way");
    assert_eq!(demo.booked().await, 1);
}

#[tokio::test]
async fn discovery_and_keys_are_what_tokens_say() {
    let (demo, mut ann) = with_ann(Dialect::Plain).await;
    let app = App::at(&demo.engine(), TENANT);
    let (_, tokens) = signed_in(&app, &mut ann).await;
    for policy in POLICIES {
        let metadata = app.read(policy, "v2.0/.well-known/openid-configuration").await;
        for endpoint in ["authorization_endpoint", "token_endpoint", "end_session_endpoint", "jwks_uri"] {
            let url = metadata[endpoint].as_str().unwrap_or_default();
            assert!(
                url.starts_with(demo.engine().as_str()) && url.to_lowercase().contains(&policy.to_lowercase()),
                "{url}"
            );
        }
    }
    let keys: JwkSet = serde_json::from_value(app.read(SIGN_IN, "discovery/v2.0/keys").await).expect("a key set");
    let token = tokens.text("id_token");
    let kid = part(token, 0)["kid"].as_str().unwrap_or_default().to_owned();
    let key = DecodingKey::from_jwk(keys.find(&kid).expect("the token's key is published")).expect("an RSA key");
    let metadata = app.read(SIGN_IN, "v2.0/.well-known/openid-configuration").await;
    let mut rules = Validation::new(Algorithm::RS256);
    rules.set_audience(&[CLIENT]);
    rules.set_issuer(&[metadata["issuer"].as_str().unwrap_or_default()]);
    let claims = decode::<Value>(token, &key, &rules).expect("the token is as the metadata says").claims;
    assert_eq!(claims["nonce"], "a-nonce");
    assert_eq!(claims["acr"], SIGN_IN.to_lowercase());
    assert_eq!(claims["email"], "ann@example.com");
}

#[tokio::test]
async fn refresh_tokens_rotate_and_a_replay_revokes_the_family() {
    let (demo, mut ann) = with_ann(Dialect::Plain).await;
    let app = App::at(&demo.engine(), TENANT);
    let (_, first) = signed_in(&app, &mut ann).await;
    let second = app.refresh(SIGN_IN, first.text("refresh_token")).await;
    assert_eq!(second.claims()["sub"], first.claims()["sub"]);
    assert_ne!(second.text("refresh_token"), first.text("refresh_token"));
    let third = app.refresh(SIGN_IN, second.text("refresh_token")).await;
    assert_eq!(third.status, 200, "the new one is good: {}", third.body);

    demo.advance(60).await;
    let replayed = app.refresh(SIGN_IN, first.text("refresh_token")).await;
    assert_eq!((replayed.status, replayed.text("error")), (400, "invalid_grant"));
    let revoked = app.refresh(SIGN_IN, third.text("refresh_token")).await;
    assert_eq!((revoked.status, revoked.text("error")), (400, "invalid_grant"), "the whole family is revoked");
}

#[tokio::test]
async fn a_code_is_good_once_and_its_replay_revokes_what_it_gave() {
    let (demo, mut ann) = with_ann(Dialect::Plain).await;
    let app = App::at(&demo.engine(), TENANT);
    let (code, tokens) = signed_in(&app, &mut ann).await;
    assert_eq!(tokens.status, 200);
    let replayed = app.redeem(SIGN_IN, &code).await;
    assert_eq!((replayed.status, replayed.text("error")), (400, "invalid_grant"));
    let revoked = app.refresh(SIGN_IN, tokens.text("refresh_token")).await;
    assert_eq!((revoked.status, revoked.text("error")), (400, "invalid_grant"));

    let (_, fresh) = signed_in(&app, &mut ann).await;
    assert_eq!(app.refresh(SIGN_IN, fresh.text("refresh_token")).await.status, 200, "another sign-in is untouched");
}

#[tokio::test]
async fn signing_out_ends_the_session_of_the_engine() {
    let (demo, mut ann) = with_ann(Dialect::Script).await;
    let app = App::at(&demo.engine(), TENANT);
    let silent = app.authorize(SIGN_IN, &[("prompt", "none")]);
    let page = ann.browser.open(silent.clone()).await;
    assert!(page.parameter("code").is_some(), "there is a session: {page}");
    let home = ann.bank("").await;
    ann.press(&home, "form[action='/sign-out'] button", &[]).await.expect("You are signed out");
    let page = ann.browser.open(silent).await;
    let error = page.parameter("error_description").unwrap_or_default();
    assert!(error.starts_with("AADB2C90077"), "{page}");
}

#[tokio::test]
async fn the_home_page_runs_policies_and_shows_the_token() {
    let (demo, mut ann) = with_ann(Dialect::Script).await;
    let home = ann.browser.open(demo.engine()).await;
    for policy in POLICIES {
        home.expect(&format!("Run now: {policy}"));
    }
    let run = format!("a[href='/dev/run/{TENANT}/{SIGN_IN}']");
    let token: Page = ann.press(&home, &run, &[]).await;
    token.expect("The signature is that of a published key");
    assert_eq!(token.rows("table")["email"], "ann@example.com");
}
