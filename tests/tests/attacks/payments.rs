//! D1, D3, D5: the payment that is approved is the one that is stored, shown and texted, once.

use journeyman_tests::app::part;
use journeyman_tests::client::Dialect;
use journeyman_tests::person::Payment;
use serde_json::{Value, json};

use crate::scene::{Scene, StolenKey, payment};

/// The hint is forged with the bank's own key, so that the engine has no reason to refuse it: somebody changed the
/// payment after it was stored. The bank compares.
async fn a_payment_changed_on_the_way(change: impl Fn(&mut Value)) {
    let mut scene = Scene::new().await;
    let key = StolenKey::of(scene.demo.data());
    let page = scene.handover().await;
    let before = scene.record().await;
    let hint = page.attribute("#auto input[name=id_token_hint]", "value").expect("a hint");
    let mut claims = part(&hint, 1);
    change(&mut claims);
    let approval = scene.ann.press(&page, "#auto", &[("id_token_hint", &key.sign(&hint, &claims))]).await;
    let refused = scene.ann.approve(&approval).await;
    refused.expect("That was another payment").expect("What was approved is not this payment. Nothing has been paid");
    assert!(!refused.has("form[action$='/confirm']"), "there is nothing to confirm");
    scene.record().await.is_only_approved_more_than(&before);

    let again = scene.ann.press(&refused, "form[action$='/step-up'] button", &[]).await;
    let approval = scene.ann.hand_over(&again).await;
    let page = scene.ann.approve(&approval).await;
    scene.ann.confirm(&page).await.expect("Your money is on its way");
}

#[tokio::test]
async fn an_amount_changed_by_a_penny() {
    a_payment_changed_on_the_way(|claims| claims["amount"] = json!("50.01 GBP")).await;
}

#[tokio::test]
async fn a_payee_changed_on_the_way() {
    a_payment_changed_on_the_way(|claims| claims["payee"] = json!("Jo Blogs")).await;
}

#[tokio::test]
async fn an_account_changed_on_the_way() {
    a_payment_changed_on_the_way(|claims| claims["accountnumber"] = json!("GB33BUKB20201555555556")).await;
}

#[tokio::test]
async fn a_currency_changed_on_the_way() {
    a_payment_changed_on_the_way(|claims| claims["currency"] = json!("EUR")).await;
}

#[tokio::test]
async fn the_approval_of_one_payment_for_another() {
    let mut scene = Scene::new().await;
    let page = scene.handover().await;
    let hint = page.attribute("#auto input[name=id_token_hint]", "value").expect("a hint");
    let one = part(&hint, 1)["transactionId"].clone();
    drop(scene);
    // The transaction is that of a payment elsewhere; everything else is equal.
    a_payment_changed_on_the_way(|claims| claims["transactionId"] = one.clone()).await;
}

#[tokio::test]
async fn an_answer_of_the_engine_presented_twice() {
    let mut scene = Scene::new().await;
    let page = scene.approval().await;
    scene.ann.approve(&page).await.expect("Confirm your payment");
    let answer = scene.ann.browser.history().iter().rev().find(|url| url.path() == "/signin-oidc").cloned();
    let before = scene.record().await;
    let replayed = scene.ann.browser.open(answer.expect("the engine answered")).await;
    replayed.expect("This answer is not expected").expect("it has been used already");
    assert_eq!(scene.record().await, before);

    let page = scene.approval().await;
    scene.ann.approve(&page).await.expect("Confirm your payment");
}

#[tokio::test]
async fn a_confirmation_pressed_twice_pays_once() {
    let mut scene = Scene::new().await;
    let page = scene.approval().await;
    let page = scene.ann.approve(&page).await;
    let mut twin = scene.ann.clone();
    let (one, other) = tokio::join!(scene.ann.confirm(&page), twin.confirm(&page));
    one.expect("Your money is on its way");
    other.expect("Your money is on its way");
    let paid = scene.ann.history().await.iter().filter(|line| line.ends_with("Paid")).count();
    assert_eq!(paid, 1);
    assert_eq!(scene.demo.booked().await, 1, "the ledger has it once");
}

#[tokio::test]
async fn hostile_payees_are_text_on_page_and_phone() {
    for (dialect, payee) in
        [(Dialect::Script, "<b>Jo</b> & \"Söns\" {{7*7}}"), (Dialect::Plain, "</script><script>alert(1)</script>")]
    {
        let mut scene = Scene::with(dialect).await;
        let page = scene.ann.send_money(&Payment { payee: payee.to_owned(), ..payment() }).await;
        let page = scene.ann.hand_over(&page).await;
        assert_eq!(page.text_of("p#payee"), payee, "{page}");
        assert!(!page.html.contains("<b>Jo") && !page.html.contains("<script>alert"), "it is escaped");
        let confirm = scene.ann.approve(&page).await;
        let text = scene.demo.messages_to(&scene.ann.person.phone).await[0].text.clone().unwrap_or_default();
        assert!(text.contains(payee), "{text}");
        let receipt = scene.ann.confirm(&confirm).await;
        receipt.expect("Your money is on its way").expect(payee);
    }
}

#[tokio::test]
async fn payees_that_could_rewrite_a_message() {
    let mut scene = Scene::new().await;
    let before = scene.record().await;
    let long = "x".repeat(200);
    for payee in ["Jo\nYour code is 123456", "Jo \u{202e}kcab", "Jo\u{2066}", long.as_str(), "https://evil.example"] {
        let page = scene.ann.send_money(&Payment { payee: payee.to_owned(), ..payment() }).await;
        page.expect("Please check what you entered");
    }
    assert_eq!(scene.record().await, before);
    scene.approval().await;
}

/// The bank lets nobody store such a name; so the hint is forged with its key.
#[tokio::test]
async fn hostile_payees_in_a_hint() {
    let mut scene = Scene::new().await;
    let key = StolenKey::of(scene.demo.data());
    let long = "x".repeat(200);
    for (payee, shown) in [
        ("Jo\nYour code is 000000", "Jo Your code is 000000"),
        ("Jo \u{202e}kcab", "Jo kcab"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        (&long, &long),
    ] {
        let page = scene.handover().await;
        let hint = page.attribute("#auto input[name=id_token_hint]", "value").expect("a hint");
        let mut claims = part(&hint, 1);
        claims["payee"] = json!(payee);
        let approval = scene.ann.press(&page, "#auto", &[("id_token_hint", &key.sign(&hint, &claims))]).await;
        assert_eq!(approval.text_of("p#payee"), shown);
        assert!(!approval.html.contains("<img") && !approval.text().contains('\u{202e}'), "nothing takes effect");
        let refused = scene.ann.approve(&approval).await;
        refused.expect("That was another payment");
        let text = scene.demo.messages_to(&scene.ann.person.phone).await[0].text.clone().unwrap_or_default();
        assert!(text.contains(&format!(" 50.00 GBP to \"{shown}\". Valid for 10 minutes.")), "{text:?}");
        assert!(!text.contains(['\n', '\u{202e}']), "{text:?}");
    }
    assert_eq!(scene.demo.booked().await, 0);
    let page = scene.approval().await;
    scene.ann.approve(&page).await.expect("Confirm your payment");
}
