//! D13, and journeys in the wrong hands: other browsers, parallel posts, fields and forms of somebody else's making.

use journeyman_tests::client::{Dialect, Page, Send};
use journeyman_tests::person::Customer;
use reqwest::Method;
use serde_json::Value;
use url::Url;

use crate::scene::Scene;

/// The fields of a post, as the attacker writes them.
fn form(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Where a button of the approval page's control posts to.
fn action(page: &Page, action: &str) -> Url {
    page.below(&format!("/SelfAsserted/DisplayControlAction/vbeta/phoneVerificationControl-ReadOnly/{action}"))
}

#[tokio::test]
async fn a_journey_continued_from_another_browser() {
    let mut scene = Scene::new().await;
    let mut eve = scene.other("Eve").await;
    let page = scene.approval().await;
    let page = scene.ann.press(&page, ".sendCode", &[]).await;
    let code = scene.code().await;
    let before = scene.record().await;

    let seen = eve.browser.open(page.url.clone()).await;
    seen.expect("This page belongs to another browser");
    assert!(!seen.html.contains("50.00"), "it shows nothing of the payment");
    let answer =
        eve.browser.post_by_script(&page, action(&page, "VerifyCode"), &form(&[("verificationCode", &code)])).await;
    assert_eq!(answer["status"], "400", "{answer}");
    // With a CSRF value of her own, too.
    let own = eve.browser.cookies("localhost")["x-ms-cpim-csrf"].clone();
    let headers = [("x-csrf-token", own.as_str())];
    let body = form(&[("verificationCode", &code)]);
    let send =
        Send { method: Method::POST, url: action(&page, "VerifyCode"), headers: &headers, form: &body, from: None };
    let refused = eve.browser.send(send).await;
    assert_eq!(refused.status, 403, "{refused}");
    assert!(refused.html.contains("another browser"), "{refused}");
    assert_eq!(scene.record().await, before);

    let page = scene.ann.press(&page, ".verifyCode", &[("verificationCode", &code)]).await;
    scene.ann.press(&page, "#continue", &[]).await.expect("Confirm your payment");
}

#[tokio::test]
async fn a_csrf_token_of_another_browser() {
    let mut scene = Scene::new().await;
    let eve = scene.other("Eve").await;
    let page = scene.approval().await;
    let before = scene.record().await;
    let foreign = eve.browser.cookies("localhost")["x-ms-cpim-csrf"].clone();
    for token in [foreign.as_str(), "", "nonsense"] {
        let headers = [("x-csrf-token", token)];
        let send =
            Send { method: Method::POST, url: action(&page, "SendCode"), headers: &headers, form: &[], from: None };
        let refused = scene.ann.browser.send(send).await;
        assert_eq!(refused.status, 403, "{token:?}: {refused}");
        assert!(refused.html.contains("did not come from a page of this sign-in"), "{refused}");
        let body = form(&[("csrf_token", token)]);
        let send = Send { method: Method::POST, url: action(&page, "SendCode"), headers: &[], form: &body, from: None };
        assert_eq!(scene.ann.browser.send(send).await.status, 403, "{token:?} in a plain form");
    }
    assert_eq!(scene.record().await, before);
    scene.ann.approve(&page).await.expect("Confirm your payment");
}

#[tokio::test]
async fn read_only_fields_posted_with_other_values() {
    for dialect in Dialect::ALL {
        let mut scene = Scene::with(dialect).await;
        let page = scene.approval().await;
        let csrf = page.setting("csrf");
        let changed = [
            ("csrf_token", csrf.as_str()),
            ("amount", "1.00 GBP"),
            ("payee", "Eve"),
            ("accountnumber", "GB00EVIL00000000000000"),
            ("maskedPhoneNumber", "+447700900666"),
            ("strongAuthenticationPhoneNumber", "+447700900666"),
            ("newPhoneNumber", "+447700900666"),
            ("payerId", "somebody-else"),
            ("objectId", "somebody-else"),
            ("paymentIsApproved", "true"),
            ("transactionId", "00000000-0000-4000-8000-000000000000"),
        ];
        // None of it sends the message elsewhere or makes it about something else …
        scene.ann.browser.post(&page, action(&page, "SendCode"), &form(&changed)).await;
        let calls = scene.demo.calls_of("twilio-verify").await;
        let sent = ["To", "Amount", "Payee"].map(|name| calls[0].field(name).to_owned());
        assert_eq!(sent, [scene.ann.person.phone.as_str(), "50.00 GBP", "Jo Bloggs"]);
        // … nor approves it without a code …
        let before = scene.record().await;
        let claimed = [&changed[..], &[("request_type", "RESPONSE")]].concat();
        let refused = scene.ann.browser.post(&page, page.below("/SelfAsserted"), &form(&claimed)).await;
        refused.expect("verify it before you approve the payment");
        assert_eq!(scene.record().await, before);
        // … nor checks the code for something else.
        let code = scene.code().await;
        let entered = [&changed[..], &[("verificationCode", &code)]].concat();
        let page = scene.ann.browser.post(&page, action(&page, "VerifyCode"), &form(&entered)).await;
        page.expect("The code is right.");
        assert_eq!(page.text_of("p#amount"), "50.00 GBP");
        let page = scene.ann.browser.post(&page, page.below("/SelfAsserted"), &form(&claimed)).await;
        page.expect("Confirm your payment").expect("Jo Bloggs").expect("50.00 GBP");
        let claims = scene.ann.bank("claims").await;
        for (name, value) in
            [("amount", "50.00 GBP"), ("payee", "Jo Bloggs"), ("accountnumber", "GB33BUKB20201555555555")]
        {
            assert_eq!(claims.rows("section[aria-labelledby=evidence] table")[name], value, "{claims}");
        }
    }
}

#[tokio::test]
async fn two_posts_at_once() {
    let mut scene = Scene::new().await;
    let page = scene.approval().await;
    let mut twin = scene.ann.clone();
    let at_once = async |scene: &mut Scene, twin: &mut Customer, name: &str, body: &[(String, String)]| {
        let (one, other): (Value, Value) = tokio::join!(
            scene.ann.browser.post_by_script(&page, action(&page, name), body),
            twin.browser.post_by_script(&page, action(&page, name), body),
        );
        assert_eq!((one["status"].as_str(), other["status"].as_str()), (Some("200"), Some("200")), "{one} {other}");
    };
    at_once(&mut scene, &mut twin, "SendCode", &[]).await;
    assert_eq!(scene.demo.calls_of("twilio-verify").await.len(), 1, "one message");
    let code = scene.code().await;
    at_once(&mut scene, &mut twin, "VerifyCode", &form(&[("verificationCode", &code)])).await;
    assert_eq!(scene.demo.calls_of("twilio-verify").await.len(), 2, "one check");

    let page = scene.ann.browser.reload(&page).await;
    let (one, other) = tokio::join!(scene.ann.press(&page, "#continue", &[]), twin.press(&page, "#continue", &[]));
    let told = [one, other].map(|page| (page.says("Confirm your payment"), page.says("it has been used already")));
    assert!(told.contains(&(true, false)), "{told:?}");
    assert_eq!(told.iter().filter(|told| **told == (true, false) || **told == (false, true)).count(), 2, "{told:?}");
    assert_eq!(scene.ann.history().await.len(), 1);
}
