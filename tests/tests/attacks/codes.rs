//! D2, D4, D5, D6, D17: codes that must not approve, and providers that do not help.

use journeyman_sandbox::{DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, DEMO_SERVICE_SID};
use journeyman_tests::client::{Dialect, Page};
use journeyman_tests::person::{Customer, Payment};
use serde_json::{Value, json};

use crate::scene::{Scene, payment, wrong};

const WRONG: &str = "The code is not right. Check the text message and try again.";

/// Enters a code on the approval page.
async fn enter(customer: &mut Customer, page: &Page, code: &str) -> Page {
    customer.press(page, ".verifyCode", &[("verificationCode", code)]).await
}

#[tokio::test]
async fn the_code_of_one_payment_for_another() {
    let mut scene = Scene::new().await;
    let one = scene.approval().await;
    let one = scene.ann.press(&one, ".sendCode", &[]).await;
    let code_of_one = scene.code().await;
    let handover = scene.ann.send_money(&Payment::of("50.01", "Jo Bloggs")).await;
    let other = scene.ann.hand_over(&handover).await;
    let other = scene.ann.press(&other, ".sendCode", &[]).await;
    let code_of_other = scene.code().await;
    assert_ne!(code_of_one, code_of_other, "each payment has a code of its own");

    let before = scene.record().await;
    let other = enter(&mut scene.ann, &other, &code_of_one).await;
    other.expect(WRONG);
    scene.ann.press(&other, "#continue", &[]).await.expect("verify it before you approve the payment");
    scene.record().await.is_only_asked_more_than(&before, 1);
    let check = &scene.demo.calls_of("twilio-verify").await[0];
    assert_eq!((check.field("Code"), check.field("Amount")), (code_of_one.as_str(), "50.01 GBP"), "{check:?}");

    for (page, code) in [(other, code_of_other), (one, code_of_one)] {
        let page = enter(&mut scene.ann, &page, &code).await;
        scene.ann.press(&page, "#continue", &[]).await.expect("Confirm your payment");
    }
}

#[tokio::test]
async fn the_right_code_for_a_changed_payment() {
    let mut scene = Scene::new().await;
    let page = scene.approval().await;
    let page = scene.ann.press(&page, ".sendCode", &[]).await;
    let code = scene.code().await;
    // Whoever stands between engine and provider changes what the check is for.
    let url = format!("{}twilio-verify/v2/Services/{DEMO_SERVICE_SID}/VerificationCheck", scene.demo.inbox());
    let phone = scene.ann.person.phone.clone();
    let check = async |amount: &str, payee: &str| {
        let form = [("To", phone.as_str()), ("Code", &code), ("Amount", amount), ("Payee", payee)];
        let request = reqwest::Client::new().post(&url).basic_auth(DEMO_ACCOUNT_SID, Some(DEMO_AUTH_TOKEN));
        let answer = request.form(&form).send().await.expect("the sandbox answers");
        answer.json::<Value>().await.expect("JSON")
    };
    let before = scene.record().await;
    for (amount, payee) in [("50.01 GBP", "Jo Bloggs"), ("50.00 GBP", "Eve")] {
        let answer = check(amount, payee).await;
        assert_ne!(answer["status"], "approved", "{amount} {payee}: {answer}");
    }
    scene.record().await.is_only_asked_more_than(&before, 2);
    let page = enter(&mut scene.ann, &page, &code).await;
    scene.ann.press(&page, "#continue", &[]).await.expect("Confirm your payment");
}

#[tokio::test]
async fn a_code_used_a_second_time() {
    let mut scene = Scene::new().await;
    let page = scene.approval().await;
    let page = scene.ann.press(&page, ".sendCode", &[]).await;
    let code = scene.code().await;
    let page = enter(&mut scene.ann, &page, &code).await;
    scene.ann.press(&page, "#continue", &[]).await.expect("Confirm your payment");

    // The same payment to the same payee once more, and the same code.
    let page = scene.approval().await;
    let page = scene.ann.press(&page, ".sendCode", &[]).await;
    let fresh = scene.code().await;
    assert_ne!(fresh, code);
    let before = scene.record().await;
    let page = enter(&mut scene.ann, &page, &code).await;
    page.expect(WRONG);
    scene.record().await.is_only_asked_more_than(&before, 1);
    let page = enter(&mut scene.ann, &page, &fresh).await;
    scene.ann.press(&page, "#continue", &[]).await.expect("Confirm your payment");
}

#[tokio::test]
async fn guessing_codes_in_new_browsers_journeys_and_payments() {
    let mut scene = Scene::new().await;
    let mut last = None;
    for guess in 1..=5 {
        // A new browser, a new sign-in, a new journey, another payment, a new code.
        let mut ann = scene.ann.elsewhere(if guess % 2 == 0 { Dialect::Plain } else { Dialect::Script });
        ann.sign_in().await.expect("Hello, Ann");
        let handover = ann.send_money(&Payment::of(&format!("{guess}.00"), "Eve")).await;
        let page = ann.hand_over(&handover).await;
        let page = ann.press(&page, ".sendCode", &[]).await;
        let code = scene.code().await;
        let page = enter(&mut ann, &page, &wrong(&code)).await;
        page.expect(if guess == 5 {
            "There are no attempts left. For your safety this is blocked for a while."
        } else {
            WRONG
        });
        assert_eq!(page.says("One attempt is left."), guess == 4, "{guess}: {page}");
        last = Some((ann, page, code));
    }
    let (mut ann, page, code) = last.expect("there were guesses");
    let before = scene.record().await;
    enter(&mut ann, &page, &code).await.expect("For your safety this is blocked. Try again in 15 minutes.");
    scene.demo.advance(240).await;
    // The session at the bank is kept in use, as somebody who waits would do.
    assert_eq!(scene.record().await, before, "a blocked check does not reach the provider");
    for _ in 0..2 {
        scene.demo.advance(240).await;
        scene.record().await;
    }
    enter(&mut ann, &page, &code).await.expect("For your safety this is blocked.");
    assert_eq!(scene.record().await, before, "nor does one after twelve minutes");

    scene.demo.advance(200).await;
    let handover = scene.ann.send_money(&payment()).await;
    let page = scene.ann.hand_over(&handover).await;
    let page = if page.has("#next") { scene.ann.enter_password(&page).await } else { page };
    scene.ann.approve(&page).await.expect("Confirm your payment");
}

/// A provider that fails so, at the start and at the check: nothing is approved, it is said why, and asked once.
async fn a_provider_that_answers(fault: Value, at_check: &str) {
    let mut scene = Scene::new().await;
    let page = scene.approval().await;
    let before = scene.ann.history().await;
    let asked = async |scene: &Scene| scene.demo.calls_of("twilio-verify").await.len();

    let starts = asked(&scene).await;
    let mut page = page;
    if fault["status"] != 200 {
        scene.demo.fault(&fault).await;
        page = scene.ann.press(&page, ".sendCode", &[]).await;
        page.expect("The text message could not be sent. Nothing has been paid.");
        assert_eq!(asked(&scene).await, starts + 1, "asked once, not again and again");
        assert!(scene.demo.messages_to(&scene.ann.person.phone).await.len() == 1, "that of the enrolment");
    }
    let page = scene.ann.press(&page, ".sendCode", &[]).await;
    let code = scene.code().await;

    let checks = asked(&scene).await;
    scene.demo.fault(&fault).await;
    let page = enter(&mut scene.ann, &page, &code).await;
    page.expect(at_check);
    assert_eq!(asked(&scene).await, checks + 1, "asked once, not again and again");
    let page = scene.ann.press(&page, "#continue", &[]).await;
    page.expect("verify it before you approve the payment");
    assert_eq!(scene.ann.history().await, before);

    let page = enter(&mut scene.ann, &page, &code).await;
    scene.ann.press(&page, "#continue", &[]).await.expect("Confirm your payment");
}

const NOT_CHECKED: &str = "The code could not be checked.";

#[tokio::test]
async fn a_provider_that_is_down() {
    a_provider_that_answers(json!({"provider": "twilio-verify", "status": 503}), NOT_CHECKED).await;
}

#[tokio::test]
async fn a_provider_that_has_enough() {
    a_provider_that_answers(json!({"provider": "twilio-verify", "status": 429}), NOT_CHECKED).await;
}

#[tokio::test]
async fn a_provider_that_answers_nonsense() {
    let fault = json!({"provider": "twilio-verify", "status": 200, "body": "<html>"});
    a_provider_that_answers(fault, WRONG).await;
}

#[tokio::test]
async fn a_provider_that_approves_something_else() {
    let body = json!({"status": "approved", "amount": "1.00 GBP", "payee": "Eve"}).to_string();
    let fault = json!({"provider": "twilio-verify", "status": 200, "body": body});
    a_provider_that_answers(fault, "The code is not for this payment. Nothing has been paid.").await;
}
