//! The keyboard alone: signing in and approving a payment with Tab, Enter and typing.
//!
//! Where Tab leads is asserted in full, so a change of the order is a change of this test; and wherever it leads, the
//! focus can be seen.

use journeyman_tests::browser::{JavaScript, Width};

use crate::customer::{Customer, EMAIL, NAME, NUMBER, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn with_javascript() {
    let customer = Customer::at_the_bank("keyboard-with-javascript", JavaScript::On, Width::Desk).await;
    visit(&customer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_javascript() {
    let customer = Customer::at_the_bank("keyboard-without-javascript", JavaScript::Off, Width::Desk).await;
    visit(&customer).await;
}

async fn visit(customer: &Customer) {
    let Customer { browser, .. } = customer;
    customer.signs_up().await;
    browser.press("Sign out").await;
    browser.arrives_at("You are signed out").await;
    sign_in(customer).await;
    send_money(customer).await;
    approve(customer).await;
    confirm(customer).await;
}

async fn sign_in(customer: &Customer) {
    let Customer { browser, .. } = customer;
    assert_eq!(browser.tab().await, "Skip to the content");
    let passed = browser.tab_to("Sign up / Sign in").await;
    assert_eq!(passed, ["Marigold Bank", "Home", "Claims", "Send Money"]);
    browser.enter().await;
    browser.arrives_at("Sign in").await;
    assert_eq!(browser.tab().await, "E-mail address");
    browser.type_text(EMAIL).await;
    assert_eq!(browser.tab_to("Password").await, ["Forgot your password?"]);
    browser.type_text(PASSWORD).await;
    assert_eq!(browser.tab().await, "Sign in");
    assert_eq!(browser.tab().await, "Sign up now");
    // Enter in a field is as good as the button.
    browser.tab_back_to("Password").await;
    browser.enter().await;
    browser.arrives_at(&format!("Hello, {NAME}")).await;
}

async fn send_money(customer: &Customer) {
    let Customer { browser, .. } = customer;
    browser.tab_to("Send Money").await;
    browser.enter().await;
    browser.arrives_at("Send Money").await;
    // The skip link leads past the menu.
    assert_eq!(browser.tab().await, "Skip to the content");
    browser.enter().await;
    assert_eq!(browser.tab().await, "Payee Name");
    browser.type_text("Grace Hopper").await;
    assert_eq!(browser.tab().await, "Account Number");
    browser.type_text("GB33BUKB20201555555555").await;
    assert_eq!(browser.tab().await, "Amount");
    browser.type_text("50").await;
    assert_eq!(browser.tab().await, "Continue");
    browser.enter().await;
    if !browser.scripted() {
        browser.arrives_at("Approve this payment").await;
        browser.tab_to("Continue to approval").await;
        browser.enter().await;
    }
    browser.arrives_at("Approve your payment").await;
}

async fn approve(customer: &Customer) {
    let Customer { browser, demo } = customer;
    // The payment is text: there is nothing in it to stop at, let alone to change.
    for stop in ["Send code", "Approve payment", "Cancel payment"] {
        assert_eq!(browser.tab().await, stop);
    }
    browser.tab_back_to("Send code").await;
    browser.enter().await;
    browser.sees("We sent you a text message with a code.").await;
    reach_code(customer).await;
    browser.type_text(&customer.wrong_code().await).await;
    browser.enter().await;
    browser.sees("The code is not right.").await;
    reach_code(customer).await;
    browser.type_text(&demo.code_for(NUMBER).await).await;
    for stop in ["Verify code", "Send code again", "Approve payment", "Cancel payment"] {
        assert_eq!(browser.tab().await, stop);
    }
    browser.tab_back_to("Verify code").await;
    browser.space().await;
    browser.sees("The code is right.").await;
    if browser.scripted() {
        browser.focus_comes_to("Approve payment").await;
    } else {
        browser.tab_to("Approve payment").await;
    }
    browser.enter().await;
    browser.arrives_at("Confirm your payment").await;
}

/// A script puts the focus where the code is typed; without, it is the first stop.
async fn reach_code(customer: &Customer) {
    let Customer { browser, .. } = customer;
    if browser.scripted() {
        browser.focus_comes_to("Code").await;
    } else {
        assert_eq!(browser.tab().await, "Code");
    }
}

async fn confirm(customer: &Customer) {
    let Customer { browser, .. } = customer;
    browser.tab_to("Confirm").await;
    assert_eq!(browser.tab().await, "Cancel payment");
    browser.tab_back_to("Confirm").await;
    browser.enter().await;
    browser.arrives_at("Your money is on its way").await;
}
