//! What stands beside the flagship: the engine's home page with **Run now**, the inbox, and the error page.

use journeyman_tests::browser::{Browser, JavaScript, Width};
use journeyman_tests::demo::Demo;

use crate::customer::{Customer, EMAIL, NUMBER};

#[tokio::test(flavor = "multi_thread")]
async fn run_now_shows_the_token() {
    let customer = Customer::at_the_bank("home", JavaScript::On, Width::Desk).await;
    let Customer { browser, demo } = &customer;
    customer.signs_up().await;
    browser.visit(demo.engine()).await;
    browser.arrives_at("Journeyman").await;
    browser.inspect("01-home").await;
    browser.press("Run now: B2C_1A_PSD2_SUSI").await;
    browser.arrives_at("The token that B2C_1A_PSD2_SUSI issued").await;
    let claims = browser.table().await;
    for (name, value) in [("email", EMAIL), ("aud", "journeyman-dev"), ("acr", "b2c_1a_psd2_susi")] {
        assert!(claims.iter().any(|row| row[0] == name && row[1] == value), "{name} = {value} is not in {claims:?}");
    }
    browser.inspect("02-token").await;
    assert!(!browser.address().await.as_str().contains("eyJ"), "no token in the address");
}

/// A policy that needs a hint says so where it is run without one.
#[tokio::test(flavor = "multi_thread")]
async fn pages_that_say_what_went_wrong() {
    let demo = Demo::start().await;
    let browser = Browser::open("errors", JavaScript::On, Width::Desk).await;
    let unknown =
        "/psd2demo.onmicrosoft.com/B2C_1A_PSD2_SUSI/oauth2/v2.0/authorize?client_id=nobody&response_type=code";
    browser.visit(demo.engine().join(unknown).expect("a path of the engine")).await;
    browser.arrives_at("This sign-in cannot start").await;
    browser.inspect("01-unknown-client").await;
    browser.visit(demo.engine().join("/nowhere").expect("a path of the engine")).await;
    browser.arrives_at("There is nothing here").await;
    browser.inspect("02-not-found").await;
    browser.visit(demo.bank().join("/nowhere").expect("a path of the bank")).await;
    browser.arrives_at("There is no such page").await;
    browser.inspect("03-bank-not-found").await;
    browser.visit(demo.engine()).await;
    browser.press("Run now: B2C_1A_PSD2_StepUp").await;
    browser.sees("AADB2C90272: The request brings no value for the claim").await;
    browser.inspect("04-run-without-hint").await;
}

/// Messages appear in an inbox that stays open.
#[tokio::test(flavor = "multi_thread")]
async fn messages_as_they_arrive() {
    let customer = Customer::at_the_bank("inbox", JavaScript::On, Width::Desk).await;
    let Customer { browser, demo } = &customer;
    let inbox = Browser::open("inbox", JavaScript::On, Width::Desk).await;
    inbox.visit(demo.inbox()).await;
    inbox.sees("No messages yet.").await;
    inbox.sees("New ones appear by themselves.").await;
    inbox.inspect("01-empty").await;
    customer.signs_up().await;
    inbox.sees("2 messages, newest first.").await;
    inbox.sees(&demo.code_for(EMAIL).await).await;
    customer.sends_money("Grace Hopper", "50").await;
    browser.press("Send code").await;
    inbox.sees("3 messages, newest first.").await;
    inbox.sees(&demo.code_for(NUMBER).await).await;
    inbox.sees("Amount 50.00 GBP").await;
    inbox.inspect("02-messages").await;
}

/// The same by reload, where scripts do not run.
#[tokio::test(flavor = "multi_thread")]
async fn the_inbox_without_javascript() {
    let customer = Customer::at_the_bank("inbox-without-javascript", JavaScript::Off, Width::Phone).await;
    let Customer { browser, demo } = &customer;
    customer.signs_up().await;
    browser.visit(demo.inbox()).await;
    browser.sees("2 messages, newest first.").await;
    browser.inspect("01-messages").await;
    browser.press("Empty the inbox").await;
    browser.sees("No messages yet.").await;
    browser.press("Reload").await;
    browser.sees("No messages yet.").await;
}
