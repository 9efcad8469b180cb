//! Mistakes on the engine's pages: each is said where it was made, and what was typed stays.

use journeyman_tests::browser::{JavaScript, Width};

use crate::customer::{Customer, EMAIL, PASSWORD, PHONE};

/// What a page says before it asks the server.
#[tokio::test(flavor = "multi_thread")]
async fn with_javascript() {
    let customer = Customer::at_the_bank("mistakes-with-javascript", JavaScript::On, Width::Desk).await;
    let Customer { browser, .. } = &customer;
    browser.press("Sign up / Sign in").await;
    browser.arrives_at("Sign in").await;
    browser.press("Sign in").await;
    browser.sees("Enter your password.").await;
    browser.focus_comes_to("E-mail address").await;
    browser.inspect("01-sign-in-empty").await;
    browser.press("Sign up now").await;
    browser.arrives_at("Create your account").await;
    browser.fill("E-mail address", "nobody").await;
    browser.press("Send code").await;
    browser.sees("Enter an e-mail address, for example name@example.com.").await;
    browser.inspect("02-sign-up-wrong-address").await;
    verify_email(&customer).await;
    browser.press("Create account").await;
    browser.sees("Given name is required.").await;
    browser.inspect("03-sign-up-empty").await;
    refused_by_the_server(&customer).await;
}

/// Only the server says anything: the browser itself keeps an empty form from being sent.
#[tokio::test(flavor = "multi_thread")]
async fn without_javascript() {
    let customer = Customer::at_the_bank("mistakes-without-javascript", JavaScript::Off, Width::Phone).await;
    let Customer { browser, .. } = &customer;
    browser.press("Sign up / Sign in").await;
    browser.press("Sign up now").await;
    browser.arrives_at("Create your account").await;
    browser.fill("E-mail address", "nobody").await;
    browser.press("Send code").await;
    browser.sees("Enter an e-mail address, for example name@example.com.").await;
    browser.inspect("01-sign-up-wrong-address").await;
    verify_email(&customer).await;
    refused_by_the_server(&customer).await;
}

async fn verify_email(customer: &Customer) {
    let Customer { browser, demo } = customer;
    browser.fill("E-mail address", EMAIL).await;
    browser.press("Send code").await;
    browser.sees("We sent you an e-mail with a code.").await;
    browser.fill("Code", &demo.code_for(EMAIL).await).await;
    browser.press("Verify code").await;
    browser.sees("Your e-mail address is verified.").await;
}

async fn refused_by_the_server(customer: &Customer) {
    let Customer { browser, .. } = customer;
    browser.fill("New password", "aaaaaaaa").await;
    browser.fill("New password again", "aaaaaaaa").await;
    browser.fill("Given name", "Ada").await;
    browser.fill("Surname", "Lovelace").await;
    browser.fill("Display name", "Ada Lovelace").await;
    browser.press("Create account").await;
    browser.sees("It has none of these: a capital letter, a digit, a symbol").await;
    browser.inspect("04-sign-up-weak-password").await;
    browser.fill("New password", PASSWORD).await;
    browser.fill("New password again", "Another-horse-8").await;
    browser.press("Create account").await;
    browser.sees("The two passwords are not the same.").await;
    browser.inspect("05-sign-up-two-passwords").await;
    customer.chooses_password_and_name().await;
    browser.arrives_at("Add your phone number").await;
    browser.fill("Phone number", "+44 1").await;
    browser.press("Send code").await;
    browser.sees("Enter the number with a plus sign and the country code").await;
    browser.fill("Phone number", "+999 999 999 999").await;
    browser.press("Send code").await;
    browser.sees("This is not a phone number that we can send to.").await;
    browser.inspect("06-phone-refused").await;
    browser.fill("Phone number", PHONE).await;
    browser.press("Save phone number").await;
    browser.sees("Verify your phone number first: send the code, then enter it.").await;
    browser.inspect("07-phone-not-verified").await;
}
