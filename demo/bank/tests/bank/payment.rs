//! Sending money: approved for exactly one payment, executed once, refused in every other case.

use futures::future::join_all;
use http::StatusCode;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use serde_json::{Value, json};

use crate::{
    engine::{Claims, Request, payload},
    world::{World, sign_in, step_up_request},
};

#[tokio::test]
async fn a_payment_goes_through() {
    let mut world = World::signed_in("Mo").await;
    let form = world.browser.get("/send-money").await;
    assert!(form.shows("Yes. Your current token does not approve this payment"), "{}", form.text());

    let handover = world.send("Jo & Söns", "gb33 bukb 2020 1555 5555 55", "1234.5").await;
    for text in ["Jo & Söns", "GB33BUKB20201555555555", "1234.50 GBP"] {
        assert!(handover.shows(text), "{text}: {}", handover.text());
    }
    let request = step_up_request(&handover);
    assert_eq!(request.policy, "b2c_1a_psd2_stepup");
    let back = world.answer(&request, |_| {}).await;
    let address = back.location().to_owned();
    assert!(address.starts_with("/payments/"), "{address}");

    let confirm = world.browser.get(&address).await;
    for text in ["Confirm your payment", "Jo & Söns", "GB33BUKB20201555555555", "1234.50 GBP", "No further one."] {
        assert!(confirm.shows(text), "{text}: {}", confirm.text());
    }
    assert_eq!(world.ledger().await, 0, "nothing moves before Confirm");
    assert_eq!(world.browser.press(&confirm, "/confirm").await.location(), address);
    let receipt = world.browser.get(&address).await;
    for text in ["This is your receipt", "Jo & Söns", "1234.50 GBP", "Reference"] {
        assert!(receipt.shows(text), "{text}: {}", receipt.text());
    }
    assert_eq!(world.ledger().await, 1);
    let history = world.browser.get("/payments").await;
    assert!(history.shows("Jo & Söns") && history.shows("Paid"), "{}", history.text());
    let claims = world.browser.get("/claims").await;
    assert!(claims.shows("The hint") && claims.shows("hintId"), "{}", claims.text());
    let events: Vec<_> = world.audit().await.into_iter().map(|(event, _)| event).collect();
    assert_eq!(events, ["created", "step-up started", "approved", "executed"]);
}

#[tokio::test]
async fn the_hint_is_signed_short_lived_and_complete() {
    let mut world = World::signed_in("Mo").await;
    let keys: JwkSet = serde_json::from_str(&world.browser.get("/.well-known/jwks").await.body).expect("a key set");
    let request = world.ask().await;
    let signed = request.get("id_token_hint");
    let header = jsonwebtoken::decode_header(signed).expect("a header");
    assert_eq!(header.alg, Algorithm::RS256);
    let key = keys.find(&header.kid.expect("a key id")).expect("the key is published");
    let mut validation = Validation::new(Algorithm::RS256);
    // Times are compared below, with the test's clock.
    validation.validate_exp = false;
    validation.set_issuer(&["http://127.0.0.1:4001"]);
    validation.set_audience(&[world.engine.issuer("b2c_1a_psd2_stepup")]);
    let key = DecodingKey::from_jwk(key).expect("a key");
    let claims: Claims = jsonwebtoken::decode(signed, &key, &validation).expect("verifies").claims;

    let now = world.clock.now().as_second();
    assert_eq!((&claims["iat"], &claims["nbf"], &claims["exp"]), (&json!(now), &json!(now), &json!(now + 300)));
    assert_eq!(claims["nonce"], request.get("nonce"));
    for (name, value) in [
        ("sub", "Mo"),
        ("amount", "50.00 GBP"),
        ("currency", "GBP"),
        ("payee", "Jo Doe"),
        ("accountnumber", "GB33BUKB20201555555555"),
    ] {
        assert_eq!(claims[name], value, "{name}");
    }
    assert_eq!(claims["transactionId"].as_str().expect("text").len(), 36);
    assert_ne!(claims["jti"], payload(world.ask().await.get("id_token_hint"))["jti"]);
}

#[tokio::test]
async fn a_token_that_differs_in_anything_approves_nothing() {
    let mut world = World::signed_in("Mo").await;
    type Change = fn(&mut Claims);
    let differs = "What was approved is not this payment";
    let untrusted = "could not be trusted";
    let cases: [(&str, Change, &str); 19] = [
        ("one penny more", |c| drop(c.insert("amount".into(), json!("50.01 GBP"))), differs),
        ("amount without currency", |c| drop(c.insert("amount".into(), json!("50.00"))), differs),
        ("amount as a number", |c| drop(c.insert("amount".into(), json!(50))), differs),
        ("no amount", |c| drop(c.remove("amount")), differs),
        ("currency", |c| drop(c.insert("currency".into(), json!("EUR"))), differs),
        ("no currency", |c| drop(c.remove("currency")), differs),
        ("payee", |c| drop(c.insert("payee".into(), json!("Jo Doe "))), differs),
        ("no payee", |c| drop(c.remove("payee")), differs),
        ("account", |c| drop(c.insert("accountnumber".into(), json!("GB33BUKB20201555555556"))), differs),
        ("no account", |c| drop(c.remove("accountnumber")), differs),
        (
            "transaction",
            |c| drop(c.insert("transactionId".into(), json!("00000000-0000-0000-0000-000000000000"))),
            differs,
        ),
        ("no transaction", |c| drop(c.remove("transactionId")), differs),
        ("hint", |c| drop(c.insert("hintId".into(), json!("other"))), differs),
        ("no hint", |c| drop(c.remove("hintId")), differs),
        ("policy", |c| drop(c.insert("acr".into(), json!("b2c_1a_psd2_susi"))), untrusted),
        ("issuer", |c| drop(c.insert("iss".into(), json!("https://evil.example/"))), untrusted),
        ("no auth_time", |c| drop(c.remove("auth_time")), untrusted),
        ("issued before it was asked for", |c| drop(c.insert("iat".into(), json!(1_789_999_939))), "ran out"),
        ("an old password", |c| drop(c.insert("auth_time".into(), json!(1_789_900_000))), "ran out"),
    ];
    for (what, change, sentence) in cases {
        let request = world.ask().await;
        let back = world.answer(&request, change).await;
        let address = back.location().to_owned();
        let page = world.browser.get(&address).await;
        assert!(page.shows(sentence), "{what}: {}", page.text());
        let csrf = page.csrf();
        let confirmed = world.browser.post(&format!("{address}/confirm"), &[("csrf", &csrf)]).await;
        assert_eq!(confirmed.location(), address, "{what}");
        assert!(world.browser.get(&address).await.shows("not approved yet"), "{what}");
    }
    assert_eq!(world.ledger().await, 0);
}

#[tokio::test]
async fn the_approval_of_one_payment_is_none_of_another() {
    let mut world = World::signed_in("Mo").await;
    let first = world.ask().await;
    let second = world.ask().await;
    let mut claims = world.engine.claims(&first, "Mo");
    claims.insert("nonce".into(), json!(second.get("nonce")));
    let back = world.answer(&second, |token| *token = claims).await;
    let page = world.browser.get(back.location()).await;
    assert!(page.shows("What was approved is not this payment"), "{}", page.text());
}

#[tokio::test]
async fn another_person_approves_nothing_and_ends_the_session() {
    let mut world = World::signed_in("Mo").await;
    let request = world.ask().await;
    let back = world.answer(&request, |claims| drop(claims.insert("sub".into(), json!("Eve")))).await;
    assert_eq!(back.location(), "/problem");
    assert!(world.browser.get("/problem").await.shows("Somebody else signed in"));
    assert_eq!(world.audit().await.last().map(|(_, detail)| detail.as_str()), Some("different-user"));
}

#[tokio::test]
async fn the_answer_to_a_step_up_is_good_once() {
    let mut world = World::signed_in("Mo").await;
    let request = world.ask().await;
    let callback = world.issue(&request, |_| {});
    let address = world.browser.get(&callback).await.location().to_owned();
    let replayed = world.browser.get(&callback).await;
    assert_eq!(replayed.status, StatusCode::BAD_REQUEST);
    assert!(replayed.shows("used already"), "{}", replayed.text());

    let confirm = world.browser.get(&address).await;
    world.browser.press(&confirm, "/confirm").await;
    world.browser.get(&callback).await;
    for button in ["/confirm", "/cancel"] {
        assert_eq!(world.browser.press(&confirm, button).await.location(), address);
    }
    assert!(world.browser.get(&address).await.shows("This is your receipt"));
    assert_eq!(world.ledger().await, 1);
}

#[tokio::test]
async fn many_confirms_at_once_execute_once() {
    let mut world = World::signed_in("Mo").await;
    let (confirm, address) = world.approved().await;
    let clicks = (0..8).map(|_| {
        let mut browser = world.browser.clone();
        let confirm = &confirm;
        async move { browser.press(confirm, "/confirm").await.location().to_owned() }
    });
    for location in join_all(clicks).await {
        assert_eq!(location, address, "every click ends at the receipt");
    }
    assert_eq!(world.ledger().await, 1);
    assert_eq!(world.audit().await.iter().filter(|(event, _)| event == "executed").count(), 1);
    assert!(world.audit().await.iter().all(|(event, _)| event != "refused"));
}

#[tokio::test]
async fn an_approval_waits_five_minutes_and_no_longer() {
    let mut world = World::signed_in("Mo").await;
    let (confirm, address) = world.approved().await;
    world.clock.advance(200);
    world.browser.get(&address).await;
    world.clock.advance(101);
    world.browser.press(&confirm, "/confirm").await;
    let page = world.browser.get(&address).await;
    assert!(page.shows("The approval is more than five minutes old"), "{}", page.text());
    assert_eq!(world.ledger().await, 0);

    let again = step_up_request(&world.browser.press(&page, "/step-up").await);
    let back = world.answer(&again, |_| {}).await;
    let confirm = world.browser.get(back.location()).await;
    world.browser.press(&confirm, "/confirm").await;
    assert_eq!(world.ledger().await, 1);
}

#[tokio::test]
async fn a_step_up_that_comes_to_nothing_says_why_and_can_be_tried_again() {
    let mut world = World::signed_in("Mo").await;
    let mut request = world.ask().await;
    for (error, description, sentence) in [
        ("access_denied", "AADB2C90091: cancelled", "You cancelled"),
        ("server_error", "AADB2C90208: hint expired", "The time to finish ran out"),
        ("server_error", "AADB2C90233: hint signature", "could not be confirmed to the sign-in service"),
        ("server_error", "AADB2C90272: no hint", "could not be confirmed to the sign-in service"),
        ("server_error", "AADB2C90075: provider", "does not answer at the moment"),
        ("access_denied", "AADB2C90151: attempts", "too many wrong attempts"),
        ("server_error", "", "could not finish"),
    ] {
        let hint = payload(request.get("id_token_hint"));
        let back = world.browser.get(&request.refuse(error, description)).await;
        let page = world.browser.get(back.location()).await;
        assert!(page.shows(sentence) && page.shows("not approved yet"), "{description}: {}", page.text());
        request = step_up_request(&world.browser.press(&page, "/step-up").await);
        let renewed = payload(request.get("id_token_hint"));
        assert_eq!(hint["transactionId"], renewed["transactionId"], "the same payment");
        assert_ne!(hint["jti"], renewed["jti"], "another hint");
    }
    assert_eq!(world.ledger().await, 0);
}

#[tokio::test]
async fn a_forgotten_password_does_not_lose_the_payment() {
    let mut world = World::signed_in("Mo").await;
    let request = world.ask().await;
    let back = world.browser.get(&request.refuse("access_denied", "AADB2C90118: forgot")).await;
    let reset = Request::from_url(back.location());
    assert_eq!(reset.policy, "b2c_1a_psd2_passwordreset");
    let back = world.answer(&reset, |_| {}).await;
    let page = world.browser.get(back.location()).await;
    assert!(page.shows("Your password has been changed.") && page.shows("Jo Doe"), "{}", page.text());
}

#[tokio::test]
async fn an_engine_that_is_down_leaves_the_payment_waiting() {
    let mut world = World::signed_in("Mo").await;
    world.engine.set_up(false);
    let sent = world.send("Jo Doe", "12345678", "1").await;
    let page = world.browser.get(sent.location()).await;
    assert!(page.shows("The sign-in service does not answer"), "{}", page.text());
    world.engine.set_up(true);
    step_up_request(&world.browser.press(&page, "/step-up").await);
}

#[tokio::test]
async fn forms_without_the_sessions_token_do_nothing() {
    let mut world = World::signed_in("Mo").await;
    let (page, address) = world.approved().await;
    let mut eve = world.other_browser();
    sign_in(&world.engine, &mut eve, "Eve").await;
    let foreign = eve.get("/send-money").await.csrf();
    let paths = ["/confirm", "/cancel", "/step-up"].map(|verb| format!("{address}{verb}"));
    let paths = paths.iter().map(String::as_str).chain(["/send-money", "/profile", "/password", "/sign-out"]);
    for path in paths {
        for fields in [vec![], vec![("csrf", "")], vec![("csrf", foreign.as_str())]] {
            let answer = world.browser.post(path, &fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            assert!(answer.shows("did not come from this site"), "{path}");
        }
        let anonymous = world.other_browser().post(path, &[("csrf", "")]).await;
        assert_eq!(anonymous.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(world.ledger().await, 0);
    world.browser.press(&page, "/confirm").await;
    assert_eq!(world.ledger().await, 1, "the same with the token");
}

#[tokio::test]
async fn payments_of_others_do_not_exist() {
    let mut world = World::signed_in("Mo").await;
    let (_, address) = world.approved().await;
    let mut eve = world.other_browser();
    sign_in(&world.engine, &mut eve, "Eve").await;
    let csrf = eve.get("/send-money").await.csrf();
    assert_eq!(eve.get(&address).await.status, StatusCode::NOT_FOUND);
    for verb in ["confirm", "cancel", "step-up"] {
        let answer = eve.post(&format!("{address}/{verb}"), &[("csrf", &csrf)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{verb}");
    }
    assert!(world.browser.get(&address).await.shows("Confirm your payment"));
}

#[tokio::test]
async fn an_idle_session_confirms_nothing() {
    let mut world = World::signed_in("Mo").await;
    let (confirm, _) = world.approved().await;
    world.clock.advance(301);
    let answer = world.browser.press(&confirm, "/confirm").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.ledger().await, 0);
}

#[tokio::test]
async fn time_spent_at_the_engine_is_not_idle() {
    let mut world = World::signed_in("Mo").await;
    let request = world.ask().await;
    world.clock.advance(8 * 60);
    let back = world.answer(&request, |_| {}).await;
    assert!(world.browser.get(back.location()).await.shows("Confirm your payment"));
}

#[tokio::test]
async fn a_cancelled_payment_stays_cancelled() {
    let mut world = World::signed_in("Mo").await;
    let (page, address) = world.approved().await;
    world.browser.press(&page, "/cancel").await;
    world.browser.press(&page, "/confirm").await;
    assert!(world.browser.get(&address).await.shows("You cancelled this payment"));
    assert_eq!(world.ledger().await, 0);
}

#[tokio::test]
async fn wrong_fields_are_shown_again_with_what_is_wrong() {
    let mut world = World::signed_in("Mo").await;
    let page = world.send("\"><script>x</script>\u{202E}", "12", "1.000,00").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in ["Please check what you entered", "invisible characters", "8 to 34 letters", "without commas"] {
        assert!(page.shows(text), "{text}: {}", page.text());
    }
    assert!(!page.body.contains("<script>x"));
    let form = page.form("/send-money");
    assert!(form.fields.contains(&("amount".to_owned(), "1.000,00".to_owned())), "what was typed stays");
    assert!(world.audit().await.is_empty());
}

#[tokio::test]
async fn hostile_names_are_text_everywhere() {
    let mut world = World::signed_in("Mo").await;
    let name = "<img src=x onerror=alert(1)>&\"'";
    let handover = world.send(name, "12345678", "1").await;
    assert!(!handover.body.contains("<img") && handover.shows(name));
    let request = step_up_request(&handover);
    assert_eq!(payload(request.get("id_token_hint"))["payee"], Value::from(name));
    let back = world.answer(&request, |_| {}).await;
    let confirm = world.browser.get(back.location()).await;
    assert!(!confirm.body.contains("<img") && confirm.shows(name));
}
