//! Payments that come to nothing: whoever ends up there reads a sentence that says so, and has a way on.

use journeyman_tests::browser::{JavaScript, Width};

use crate::customer::{Customer, EMAIL, NUMBER, PASSWORD};

/// Wrong codes that are one too many.
const ATTEMPTS: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn with_javascript_on_a_phone() {
    let customer = Customer::at_the_bank("endings-with-javascript", JavaScript::On, Width::Phone).await;
    all(&customer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_javascript() {
    let customer = Customer::at_the_bank("endings-without-javascript", JavaScript::Off, Width::Desk).await;
    all(&customer).await;
    hint_expired(&customer).await;
}

async fn all(customer: &Customer) {
    customer.signs_up().await;
    form_refused(customer).await;
    cancelled(customer).await;
    provider_down(customer).await;
    code_expired(customer).await;
    approval_too_old(customer).await;
    blocked(customer).await;
    page_expired(customer).await;
}

async fn form_refused(customer: &Customer) {
    let Customer { browser, .. } = customer;
    browser.press("Send Money").await;
    browser.arrives_at("Send Money").await;
    browser.inspect("01-send-money").await;
    browser.fill("Payee Name", "Grace Hopper").await;
    browser.press("Continue").await;
    browser.sees("Please check what you entered").await;
    browser.sees("Error: Enter an amount.").await;
    browser.inspect("02-send-money-field-errors").await;
}

async fn cancelled(customer: &Customer) {
    let Customer { browser, .. } = customer;
    customer.sends_money("Grace Hopper", "50").await;
    browser.press("Cancel payment").await;
    browser.arrives_at("This payment is not approved yet").await;
    browser.sees("You cancelled Nothing has been changed or paid.").await;
    browser.inspect("03-cancelled").await;
}

/// The page says so; when the provider is back, the same page goes on.
async fn provider_down(customer: &Customer) {
    let Customer { browser, demo } = customer;
    customer.sends_money("Grace Hopper", "51").await;
    demo.fail("twilio-verify", 503, 100).await;
    browser.press("Send code").await;
    browser.sees("The text message could not be sent. Nothing has been paid.").await;
    browser.inspect("04-provider-down-at-send").await;
    demo.fail("twilio-verify", 503, 0).await;
    browser.press("Send code").await;
    browser.sees("We sent you a text message with a code.").await;
    demo.fail("twilio-verify", 503, 100).await;
    browser.fill("Code", &demo.code_for(NUMBER).await).await;
    browser.press("Verify code").await;
    browser.sees("The code could not be checked.").await;
    browser.sees("Nothing has been paid.").await;
    browser.inspect("05-provider-down-at-check").await;
    demo.fail("twilio-verify", 503, 0).await;
}

/// On the page of the ending before: a new code goes on from there.
async fn code_expired(customer: &Customer) {
    let Customer { browser, demo } = customer;
    browser.press("Send code again").await;
    browser.sees("We sent you a text message with a code.").await;
    let code = demo.code_for(NUMBER).await;
    demo.advance(601).await;
    browser.fill("Code", &code).await;
    browser.press("Verify code").await;
    browser.sees("The code could not be checked. It may have expired").await;
    browser.inspect("06-code-expired").await;
    browser.press("Send code again").await;
    browser.sees("We sent you a text message with a code.").await;
    browser.fill("Code", &demo.code_for(NUMBER).await).await;
    browser.press("Verify code").await;
    browser.sees("The code is right.").await;
    browser.press("Approve payment").await;
    browser.arrives_at("Confirm your payment").await;
}

/// On the page of the ending before: approved, but not confirmed in time.
async fn approval_too_old(customer: &Customer) {
    let Customer { browser, demo } = customer;
    // Somebody who is at it all the time, or the bank would sign them out.
    demo.advance(200).await;
    browser.reload().await;
    browser.arrives_at("Confirm your payment").await;
    demo.advance(200).await;
    browser.press("Confirm").await;
    browser.sees("The approval is more than five minutes old. Nothing has been paid").await;
    browser.inspect("07-approval-too-old").await;
}

async fn blocked(customer: &Customer) {
    let Customer { browser, demo } = customer;
    customer.sends_money("Grace Hopper", "52").await;
    browser.press("Send code").await;
    browser.sees("We sent you a text message with a code.").await;
    for _ in 1..ATTEMPTS {
        browser.fill("Code", &customer.wrong_code().await).await;
        browser.press("Verify code").await;
        browser.sees("The code is not right.").await;
        browser.empties("Code").await;
    }
    browser.sees("One attempt is left.").await;
    browser.fill("Code", &customer.wrong_code().await).await;
    browser.press("Verify code").await;
    browser.sees("There are no attempts left. For your safety this is blocked").await;
    browser.inspect("08-blocked").await;
    // Now the right one does not help either.
    browser.fill("Code", &demo.code_for(NUMBER).await).await;
    browser.press("Verify code").await;
    browser.sees("For your safety this is blocked. Try again in").await;
    browser.press("Cancel payment").await;
    browser.arrives_at("This payment is not approved yet").await;
    browser.press("All payments").await;
    browser.arrives_at("Your payments").await;
    assert!(!browser.text().await.contains("Paid"), "nothing was paid");
}

/// Whoever leaves the step-up open for more than an hour is led back to the bank by whatever they do there.
async fn page_expired(customer: &Customer) {
    let Customer { browser, demo } = customer;
    customer.sends_money("Grace Hopper", "53").await;
    demo.advance(3700).await;
    browser.press("Send code").await;
    reads_that_time_ran_out(customer).await;
}

/// The bank's description of the payment is good for five minutes.
async fn hint_expired(customer: &Customer) {
    let Customer { browser, demo } = customer;
    browser.press("Send Money").await;
    browser.fill("Payee Name", "Grace Hopper").await;
    browser.fill("Account Number", "GB33 BUKB 2020 1555 5555 55").await;
    browser.fill("Amount", "54").await;
    browser.press("Continue").await;
    browser.arrives_at("Approve this payment").await;
    browser.inspect("09-handover").await;
    demo.advance(400).await;
    browser.press("Continue to approval").await;
    reads_that_time_ran_out(customer).await;
}

/// The bank ends a visit after five minutes without a sign of life, so it wants the password before it says anything.
async fn reads_that_time_ran_out(customer: &Customer) {
    let Customer { browser, .. } = customer;
    browser.arrives_at("You have been signed out").await;
    browser.inspect("10-idle").await;
    browser.press("Sign in again").await;
    browser.arrives_at("Sign in").await;
    browser.fill("E-mail address", EMAIL).await;
    browser.fill("Password", PASSWORD).await;
    browser.press("Sign in").await;
    browser.arrives_at("This payment is not approved yet").await;
    browser.sees("The time to finish ran out. Nothing has been paid; you can try again.").await;
    browser.inspect("11-time-ran-out").await;
}
