//! One long visit: an account from its sign-up to its new password, and a payment from the form to the history.

use journeyman_tests::browser::{JavaScript, Width};

use crate::customer::{Customer, EMAIL, NAME, NUMBER, PASSWORD, PHONE};

#[tokio::test(flavor = "multi_thread")]
async fn with_javascript() {
    let customer = Customer::at_the_bank("with-javascript", JavaScript::On, Width::Desk).await;
    account(&customer).await;
    payment(&customer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_javascript_on_a_phone() {
    let customer = Customer::at_the_bank("without-javascript", JavaScript::Off, Width::Phone).await;
    account(&customer).await;
    payment(&customer).await;
}

async fn account(customer: &Customer) {
    sign_up(customer).await;
    enrol_phone(customer).await;
    read_claims(customer).await;
    sign_out_and_in(customer, PASSWORD).await;
    edit_profile(customer).await;
    reset_password(customer).await;
}

async fn sign_up(customer: &Customer) {
    let Customer { browser, demo } = customer;
    browser.arrives_at("Money that moves only when you say so").await;
    browser.inspect("01-bank-home").await;
    browser.press("Sign up / Sign in").await;
    browser.arrives_at("Sign in").await;
    browser.inspect("02-sign-in").await;
    browser.press("Sign up now").await;
    browser.arrives_at("Create your account").await;
    browser.inspect("03-sign-up").await;
    browser.fill("E-mail address", EMAIL).await;
    browser.press("Send code").await;
    browser.sees("We sent you an e-mail with a code.").await;
    browser.inspect("04-sign-up-code-sent").await;
    browser.fill("Code", "000").await;
    browser.fill("Code", &demo.code_for(EMAIL).await).await;
    browser.press("Verify code").await;
    browser.sees("Your e-mail address is verified.").await;
    browser.inspect("05-sign-up-verified").await;
    customer.chooses_password_and_name().await;
}

async fn enrol_phone(customer: &Customer) {
    let Customer { browser, demo } = customer;
    browser.arrives_at("Add your phone number").await;
    browser.inspect("06-phone").await;
    browser.fill("Phone number", PHONE).await;
    browser.press("Send code").await;
    browser.sees("We sent you a text message with a code.").await;
    browser.fill("Code", &demo.code_for(NUMBER).await).await;
    browser.press("Verify code").await;
    browser.sees("Your phone number is verified.").await;
    browser.inspect("07-phone-verified").await;
    browser.press("Save phone number").await;
    browser.arrives_at(&format!("Hello, {NAME}")).await;
    browser.inspect("08-bank-signed-in").await;
}

/// Every claim of the token is there, and what is in it.
async fn read_claims(customer: &Customer) {
    let Customer { browser, .. } = customer;
    browser.press("Claims").await;
    browser.arrives_at("Claims").await;
    let claims = browser.table().await;
    let value = |name: &str| {
        let row = claims.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("no claim {name} in {claims:?}"));
        row[1].clone()
    };
    for (name, expected) in [
        ("email", EMAIL),
        ("name", NAME),
        ("given_name", "Ada"),
        ("family_name", "Lovelace"),
        ("tid", "79f27140-502f-4668-ae56-29619d2937b7"),
        ("acr", "b2c_1a_psd2_susi"),
    ] {
        assert_eq!(value(name), expected, "{name}");
    }
    for name in ["iss", "aud", "sub", "exp", "iat", "nbf", "auth_time", "nonce", "ver"] {
        assert!(!value(name).is_empty(), "{name}");
    }
    browser.inspect("09-claims").await;
}

async fn sign_out_and_in(customer: &Customer, password: &str) {
    let Customer { browser, demo } = customer;
    browser.press("Sign out").await;
    browser.arrives_at("You are signed out").await;
    browser.inspect("10-signed-out").await;
    let messages = demo.messages().await.len();
    customer.signs_in(password).await;
    // Straight to the bank: the phone is known.
    browser.arrives_at(&format!("Hello, {NAME}")).await;
    assert_eq!(demo.messages().await.len(), messages, "nothing was sent");
}

async fn edit_profile(customer: &Customer) {
    let Customer { browser, .. } = customer;
    customer.chooses("Edit Profile").await;
    browser.arrives_at("Edit your profile").await;
    browser.inspect("11-edit-profile").await;
    browser.fill("Display name", "Countess of Lovelace").await;
    browser.press("Save").await;
    browser.arrives_at("Hello, Countess of Lovelace").await;
    customer.chooses("Edit Profile").await;
    browser.fill("Display name", NAME).await;
    browser.press("Save").await;
    browser.arrives_at(&format!("Hello, {NAME}")).await;
}

async fn reset_password(customer: &Customer) {
    const NEW: &str = "Another-horse-8";
    let Customer { browser, demo } = customer;
    customer.chooses("Reset Password").await;
    browser.arrives_at("Reset your password").await;
    browser.inspect("12-reset-password").await;
    browser.fill("E-mail address", EMAIL).await;
    browser.press("Send code").await;
    browser.sees("a code is on its way to it.").await;
    browser.fill("Code", &demo.code_for(EMAIL).await).await;
    browser.press("Verify code").await;
    browser.sees("Your e-mail address is verified.").await;
    browser.press("Continue").await;
    browser.arrives_at("Choose a new password").await;
    browser.inspect("13-new-password").await;
    browser.fill("New password", NEW).await;
    browser.fill("New password again", NEW).await;
    browser.press("Save password").await;
    browser.arrives_at(&format!("Hello, {NAME}")).await;
    browser.press("Sign out").await;
    browser.arrives_at("You are signed out").await;
    customer.signs_in(PASSWORD).await;
    browser.sees("The e-mail address or the password is not right.").await;
    browser.inspect("14-wrong-password").await;
    browser.fill("Password", NEW).await;
    browser.press("Sign in").await;
    browser.arrives_at(&format!("Hello, {NAME}")).await;
}

async fn payment(customer: &Customer) {
    let Customer { browser, demo } = customer;
    customer.sends_money("Grace Hopper", "50").await;
    for fact in ["50.00 GBP", "GBP", "Grace Hopper", "GB33BUKB20201555555555"] {
        browser.sees(fact).await;
    }
    let page = browser.text().await;
    assert!(!page.contains("7700"), "the phone number is masked: {page}");
    browser.inspect("20-step-up").await;
    browser.press("Send code").await;
    browser.sees("We sent you a text message with a code.").await;
    let message = demo.messages_to(NUMBER).await.remove(0).text.unwrap_or_default();
    assert!(message.contains("50.00 GBP") && message.contains("Grace Hopper"), "{message}");
    browser.inspect("21-step-up-code-sent").await;
    browser.fill("Code", &customer.wrong_code().await).await;
    browser.press("Verify code").await;
    browser.sees("The code is not right. Check the text message and try again.").await;
    browser.inspect("22-step-up-wrong-code").await;
    browser.fill("Code", &demo.code_for(NUMBER).await).await;
    browser.press("Verify code").await;
    browser.sees("The code is right. Approve the payment to finish.").await;
    browser.inspect("23-step-up-verified").await;
    browser.press("Approve payment").await;
    browser.arrives_at("Confirm your payment").await;
    browser.inspect("24-confirm").await;
    browser.press("Confirm").await;
    browser.arrives_at("Your money is on its way").await;
    browser.sees("Grace Hopper").await;
    browser.inspect("25-receipt").await;
    browser.press("All payments").await;
    browser.arrives_at("Your payments").await;
    browser.sees("Grace Hopper").await;
    browser.sees("50.00 GBP").await;
    browser.inspect("26-history").await;
    browser.press("Claims").await;
    browser.arrives_at("Claims").await;
    browser.sees("The step-up token").await;
    browser.inspect("27-claims-of-the-step-up").await;
}
