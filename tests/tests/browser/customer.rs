//! A customer of the bank, and what customers do, step by step.

use journeyman_tests::browser::{Browser, JavaScript, Width};
use journeyman_tests::demo::Demo;

/// The address to sign in with.
pub(crate) const EMAIL: &str = "ada@example.com";
/// The phone, as it is typed.
pub(crate) const PHONE: &str = "+44 7700 900123";
/// The phone, as messages are sent to it.
pub(crate) const NUMBER: &str = "+447700900123";
/// The first password.
pub(crate) const PASSWORD: &str = "Correct-horse-7";
/// The name that the bank greets with.
pub(crate) const NAME: &str = "Ada Lovelace";

/// Somebody at a browser, with a demo of their own.
pub(crate) struct Customer {
    pub(crate) browser: Browser,
    pub(crate) demo: Demo,
}

impl Customer {
    /// Sits down at the bank's home page.
    pub(crate) async fn at_the_bank(name: &'static str, javascript: JavaScript, width: Width) -> Self {
        let demo = Demo::start().await;
        let browser = Browser::open(name, javascript, width).await;
        browser.visit(demo.bank()).await;
        Self { browser, demo }
    }

    /// Gets an account with a phone number, and is back at the bank.
    pub(crate) async fn signs_up(&self) {
        let Self { browser, .. } = self;
        browser.press("Sign up / Sign in").await;
        browser.press("Sign up now").await;
        browser.arrives_at("Create your account").await;
        browser.fill("E-mail address", EMAIL).await;
        browser.press("Send code").await;
        browser.sees("We sent you an e-mail with a code.").await;
        browser.fill("Code", &self.demo.code_for(EMAIL).await).await;
        browser.press("Verify code").await;
        browser.sees("Your e-mail address is verified.").await;
        self.chooses_password_and_name().await;
        browser.arrives_at("Add your phone number").await;
        browser.fill("Phone number", PHONE).await;
        browser.press("Send code").await;
        browser.sees("We sent you a text message with a code.").await;
        browser.fill("Code", &self.demo.code_for(NUMBER).await).await;
        browser.press("Verify code").await;
        browser.sees("Your phone number is verified.").await;
        browser.press("Save phone number").await;
        browser.arrives_at(&format!("Hello, {NAME}")).await;
    }

    /// Fills in the rest of the sign-up page, and goes on.
    pub(crate) async fn chooses_password_and_name(&self) {
        let Self { browser, .. } = self;
        browser.fill("New password", PASSWORD).await;
        browser.fill("New password again", PASSWORD).await;
        browser.fill("Given name", "Ada").await;
        browser.fill("Surname", "Lovelace").await;
        browser.fill("Display name", NAME).await;
        browser.press("Create account").await;
    }

    /// From anywhere at the bank to the home page, signed in.
    pub(crate) async fn signs_in(&self, password: &str) {
        let Self { browser, .. } = self;
        browser.press("Sign up / Sign in").await;
        browser.arrives_at("Sign in").await;
        browser.fill("E-mail address", EMAIL).await;
        browser.fill("Password", password).await;
        browser.press("Sign in").await;
    }

    /// Fills in a payment at the bank, and comes to the page that asks to approve it.
    pub(crate) async fn sends_money(&self, payee: &str, amount: &str) {
        let Self { browser, .. } = self;
        browser.press("Send Money").await;
        browser.arrives_at("Send Money").await;
        browser.fill("Payee Name", payee).await;
        browser.fill("Account Number", "GB33 BUKB 2020 1555 5555 55").await;
        browser.fill("Amount", amount).await;
        browser.press("Continue").await;
        if !browser.scripted() {
            // With scripts the page goes on by itself.
            browser.arrives_at("Approve this payment").await;
            browser.press("Continue to approval").await;
        }
        browser.arrives_at("Approve your payment").await;
    }

    /// Opens the menu behind the name, and chooses.
    pub(crate) async fn chooses(&self, item: &str) {
        let name = self.browser.text_of("#account-menu .who").await;
        self.browser.press(&format!("Your account: {name}")).await;
        self.browser.press(item).await;
    }

    /// A code that is not the one in the newest message to the phone.
    pub(crate) async fn wrong_code(&self) -> String {
        let right = self.demo.code_for(NUMBER).await;
        let last = if right.ends_with('7') { '8' } else { '7' };
        format!("{}{last}", &right[..right.len() - 1])
    }
}
