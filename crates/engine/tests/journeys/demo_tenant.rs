//! The demo tenant's own policies, from the first visit to an approved payment.

use journeyman_claims::{ClaimValue, Name};
use journeyman_engine::effect::{HintReply, HttpReply, Secret};
use journeyman_engine::event::Entry;
use serde_json::{Value, json};

use crate::play::{Play, program};
use crate::world::World;

const BASE: &str = include_str!("../../../../demo/tenant/TrustFrameworkBase.xml");
const LOCALIZATION: &str = include_str!("../../../../demo/tenant/TrustFrameworkLocalization.xml");
const EXTENSIONS: &str = include_str!("../../../../demo/tenant/TrustFrameworkExtensions.xml");
const STEP_UP_EXTENSIONS: &str = include_str!("../../../../demo/tenant/StepUpExtensions.xml");
const SIGN_UP_OR_SIGN_IN: &str = include_str!("../../../../demo/tenant/SignUpOrSignIn.xml");
const STEP_UP: &str = include_str!("../../../../demo/tenant/StepUp.xml");
const PASSWORD_RESET: &str = include_str!("../../../../demo/tenant/PasswordReset.xml");
const PROFILE_EDIT: &str = include_str!("../../../../demo/tenant/ProfileEdit.xml");

fn play(policy: &str) -> Play {
    let files = [
        ("TrustFrameworkBase", BASE),
        ("TrustFrameworkLocalization", LOCALIZATION),
        ("TrustFrameworkExtensions", EXTENSIONS),
        ("StepUpExtensions", STEP_UP_EXTENSIONS),
        ("SignUpOrSignIn", SIGN_UP_OR_SIGN_IN),
        ("StepUp", STEP_UP),
        ("PasswordReset", PASSWORD_RESET),
        ("ProfileEdit", PROFILE_EDIT),
    ];
    let mut play = Play::of(program(&files, policy));
    play.world.allowed = 50;
    play
}

/// A world with one account, and the session that signing up left.
fn signed_up() -> Play {
    let mut play = play("B2C_1A_PSD2_SUSI");
    play.run(SIGN_UP);
    play
}

const SIGN_UP: &str = "
    start
    sign up
    action emailVerificationControl SendCode email=ada@example.com
    action emailVerificationControl VerifyCode verificationCode=100001
    submit newPassword=P4ssword!_x reenterPassword=P4ssword!_x givenName=Ada surname=Lovelace displayName=Ada~L
    action phoneVerificationControl SendCode newPhoneNumber=+44~7700~900123
    action phoneVerificationControl VerifyCode verificationCode=000000
    action phoneVerificationControl VerifyCode verificationCode=100002
    submit";

/// Another policy, in the world and with the session that `before` left.
fn then(before: Play, policy: &str) -> Play {
    let mut next = play(policy);
    next.world = before.world;
    next.session = before.session;
    next
}

/// What a hint says about a payment of `user-1`.
fn hint() -> serde_json::Map<String, Value> {
    let hint = json!({
        "sub": "user-1", "jti": "hint-1", "transactionId": "t-1", "amount": "50.00 GBP", "currency": "GBP",
        "payee": "Jo & Söns", "accountnumber": "GB33BUKB20201555555555"
    });
    hint.as_object().cloned().expect("an object")
}

/// The step-up of the account that [`signed_up`] makes, with that hint.
fn step_up(before: Play, hint: serde_json::Map<String, Value>) -> Play {
    let mut play = then(before, "B2C_1A_PSD2_StepUp");
    play.world.hint = Some(HintReply::Accepted(hint));
    play.request.id_token_hint = Some(Secret::new("a.signed.hint"));
    play
}

const SEND: &str = "action phoneVerificationControl-ReadOnly SendCode";
const VERIFY: &str = "action phoneVerificationControl-ReadOnly VerifyCode verificationCode=123456";

/// What Twilio answers to a check.
fn answer(status: u16, body: Value) -> HttpReply {
    HttpReply::Answered { status, body: body.to_string() }
}

fn approved() -> Value {
    json!({"status": "approved", "valid": true, "amount": "50.00 GBP", "payee": "Jo & Söns"})
}

/// Whether a call left the house.
fn called(transcript: &str) -> bool {
    transcript.contains("Post https://")
}

fn last(transcript: &str) -> &str {
    transcript.lines().last().unwrap_or_default()
}

const ADA: &str = r#""sub":"user-1","tid":"tenant-id","name":"Ada L","given_name":"Ada","family_name":"Lovelace","email":"ada@example.com""#;

#[test]
fn signing_up_verifies_address_and_phone() {
    let mut play = play("B2C_1A_PSD2_SUSI");
    let seen = play.run(SIGN_UP);
    for part in [
        r#"https://api.sendgrid.com/v3/mail/send application/json {"personalizations":[{"to":[{"email":"ada@example.com"}]}],"content":[{"value":"100001 is your code"#,
        "inspect newPassword, reenterPassword = newPassword",
        "Messages.json application/x-www-form-urlencoded To=%2B447700900123&From=%2B15005550006&Body=100002+is+your+code",
        "ERROR The code is not right. Check the text message and try again.",
        "write objectId = user-1: objectId=user-1, strongAuthenticationPhoneNumber=+447700900123",
    ] {
        assert!(seen.contains(part), "{part} is missing in {seen}");
    }
    assert!(last(&seen).starts_with(&format!("issued by JwtIssuer: {{{ADA}}}")), "{seen}");
}

#[test]
fn what_is_missing_or_wrong_is_told_in_the_words_of_the_policy() {
    let mut play = play("B2C_1A_PSD2_SUSI");
    let seen = play.run("start\nsubmit\nsign up\naction emailVerificationControl SendCode email=ada");
    for words in ["Enter your E-mail address.", "Enter your password.", "Enter an e-mail address, for example name@"] {
        assert!(seen.contains(words), "{words} is missing in {seen}");
    }
}

#[test]
fn the_phone_is_asked_for_once() {
    let mut play = signed_up();
    play.session = None;
    let seen = play.run("start\nsubmit signInName=ada@example.com password=P4ssword!_x");
    let again = seen.rsplit("> start").next().expect("the last part");
    assert!(!again.contains("api.phoneenrolment") && last(again).starts_with("issued by JwtIssuer"), "{again}");
}

#[test]
fn a_number_without_country_code_is_refused_before_anything_is_sent() {
    let mut play = play("B2C_1A_PSD2_SUSI");
    let until_phone = SIGN_UP.split("action phone").next().expect("the first part");
    play.run(until_phone);
    let seen = play.run("action phoneVerificationControl SendCode newPhoneNumber=07700~900123");
    let step = seen.rsplit("> ").next().expect("the last part");
    assert!(step.contains("ERROR Enter the number with a plus sign") && !called(step), "{step}");
}

#[test]
fn an_unknown_address_and_a_wrong_password_are_told_alike() {
    let mut play = signed_up();
    play.session = None;
    let sentence = "ERROR The e-mail address or the password is not right. Check both and try again.";
    for typed in ["signInName=ada@example.com password=no", "signInName=bob@example.com password=no"] {
        let seen = play.run(&format!("start\nsubmit {typed}"));
        assert!(seen.rsplit("> ").next().is_some_and(|step| step.contains(sentence)), "{seen}");
    }
}

#[test]
fn a_payment_is_approved_by_the_code_for_it() {
    let mut play = step_up(signed_up(), hint());
    let page = play.run("start");
    for part in ["amount = 50.00 GBP", "currency = GBP", "payee = Jo & Söns", "= +•••••••••123 read-only"]
    {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    play.world.answers.extend([answer(201, json!({"status": "pending"})), answer(200, approved())]);
    // What a browser posts for what is only shown does not count.
    let seen = play
        .run(&format!("{SEND} maskedPhoneNumber=+15550000000\n{VERIFY} maskedPhoneNumber=+1\nsubmit amount=1 payee=x"));
    let bound = "To=%2B447700900123&Channel=sms&Amount=50.00+GBP&Payee=Jo+%26+S%C3%B6ns ";
    assert!(seen.contains(bound), "{seen}");
    assert!(seen.contains("To=%2B447700900123&Code=123456&Amount=50.00+GBP&Payee=Jo+%26+S%C3%B6ns "), "{seen}");
    let payment = r#""transactionId":"t-1","amount":"50.00 GBP","currency":"GBP","payee":"Jo & Söns","accountnumber":"GB33BUKB20201555555555","hintId":"hint-1","amr":["pwd","sms"]"#;
    assert!(last(&seen).starts_with(&format!("issued by JwtIssuer-Payment: {{{ADA},{payment}}}")), "{seen}");
}

#[test]
fn an_approval_is_never_remembered() {
    let mut play = step_up(signed_up(), hint());
    play.world.answers.extend([answer(201, json!({})), answer(200, approved())]);
    play.run(&format!("start\n{SEND}\n{VERIFY}\nsubmit"));
    let again = play.run("start\nsubmit");
    assert!(
        again.rsplit("> ").next().is_some_and(|step| step.contains("ERROR Send the code to your phone")),
        "{again}"
    );
}

#[test]
fn an_answer_that_does_not_approve_this_payment_approves_nothing() {
    let changed = |name: &str, value: Value| {
        let mut body = approved();
        body[name] = value;
        body
    };
    for (status, body, sentence) in [
        (200, changed("status", json!("pending")), "The code is not right. Check the text message and try again."),
        (200, changed("status", Value::Null), "The code is not right."),
        (200, json!({}), "The code is not right."),
        (200, json!("approved"), "The code is not right."),
        (200, changed("amount", json!("50.01 GBP")), "The code is not for this payment."),
        (200, changed("payee", json!("Jo & Sons")), "The code is not for this payment."),
        (404, json!({"code": 20404}), "The code could not be checked."),
        (429, json!({"code": 60202}), "The code could not be checked."),
        (503, json!(null), "The code could not be checked."),
    ] {
        let mut play = step_up(signed_up(), hint());
        play.world.answers.extend([answer(201, json!({})), answer(status, body.clone())]);
        let seen = play.run(&format!("start\n{SEND}\n{VERIFY}"));
        assert!(
            seen.rsplit("> ").next().is_some_and(|step| step.contains(&format!("ERROR {sentence}"))),
            "{body}: {seen}"
        );
        assert!(!play.run("submit").contains("issued by JwtIssuer-Payment"), "{body}");
    }
}

#[test]
fn a_late_answer_does_not_borrow_the_status_of_an_earlier_one() {
    let mut play = step_up(signed_up(), hint());
    let answers = [answer(201, json!({})), answer(200, approved()), answer(201, json!({})), answer(200, json!({}))];
    play.world.answers.extend(answers);
    play.run(&format!("start\n{SEND}\n{VERIFY}"));
    let seen = play.run(&format!("action phoneVerificationControl-ReadOnly Change\n{SEND}\n{VERIFY}\nsubmit"));
    assert!(!seen.contains("issued by JwtIssuer-Payment"), "{seen}");
}

#[test]
fn without_a_whole_hint_nothing_begins() {
    let mut play = step_up(signed_up(), hint());
    play.request.id_token_hint = None;
    let seen = play.run("start");
    assert!(last(&seen).starts_with("refused AADB2C90272") && !called(&seen), "{seen}");
    for claim in hint().keys() {
        let mut short = hint();
        short.shift_remove(claim);
        let seen = step_up(signed_up(), short).run("start");
        assert!(last(&seen).starts_with("refused AADB2C90210"), "{claim}: {seen}");
    }
}

#[test]
fn a_hint_about_somebody_else_is_refused() {
    let mut other = hint();
    other["sub"] = json!("user-2");
    let mut play = step_up(signed_up(), other);
    let seen = play.run("start");
    assert!(last(&seen).starts_with("refused") && last(&seen).contains("AssertPayerIsSignedIn"), "{seen}");
    play.session = None;
    let seen = play.run("start\nsubmit signInName=ada@example.com password=P4ssword!_x");
    let step = seen.rsplit("> ").next().expect("the last part");
    assert!(step.contains("ERROR You cannot approve this payment with these details."), "{seen}");
}

#[test]
fn without_a_verified_phone_there_is_no_approval() {
    let mut before = signed_up();
    before.world = World::allowing(50);
    before.world.add_user("user-1", [("accountEnabled".to_owned(), ClaimValue::Boolean(true))]);
    let seen = step_up(before, hint()).run("start");
    assert!(last(&seen).contains("AssertPhoneNumberIsKnown") && !called(&seen), "{seen}");
}

#[test]
fn a_blocked_account_is_stopped_although_its_session_lives() {
    let mut before = signed_up();
    before.world = World::allowing(50);
    let attributes =
        [("accountEnabled", ClaimValue::Boolean(false)), ("strongAuthenticationPhoneNumber", "+44".into())];
    before.world.add_user("user-1", attributes.map(|(name, value)| (name.to_owned(), value)));
    let mut play = step_up(before, hint());
    assert!(last(&play.run("start")).contains("AssertAccountIsEnabled"));
    assert!(last(&then(play, "B2C_1A_PSD2_SUSI").run("start")).contains("AssertAccountIsEnabled"));
}

#[test]
fn a_refreshed_token_does_not_repeat_the_approval() {
    let mut play = step_up(signed_up(), hint());
    let claims = [("objectId", "user-1"), ("refreshTokenIssuedOnDateTime", "2026-03-01T10:00:00Z")];
    let claims = claims.map(|(name, value)| (Name::new(name), ClaimValue::from(value)));
    play.entry = Entry::Endpoint { id: "Token".to_owned(), claims: claims.into_iter().collect() };
    let seen = play.run("start");
    assert!(last(&seen).starts_with(&format!("issued by JwtIssuer: {{{ADA}}}")), "{seen}");
}

#[test]
fn a_password_reset_says_the_same_of_every_address_and_writes_only_to_those_with_an_account() {
    let mut play = then(signed_up(), "B2C_1A_PSD2_PasswordReset");
    let sentence = "If there is an account with this e-mail address, a code is on its way to it.";
    for (address, mailed) in [("ada@example.com", true), ("bob@example.com", false)] {
        let seen = play.run(&format!("start\naction accountEmailVerificationControl SendCode email={address}"));
        let step = seen.rsplit("> ").next().expect("the last part");
        assert!(step.contains(sentence) && called(step) == mailed, "{step}");
    }
    // The address of before has an account; this one has none, and gets no mail because of it.
    let control = "action accountEmailVerificationControl";
    let change = format!("start\n{control} SendCode email=ada@example.com\n{control} Change");
    let seen = play.run(&format!("{change}\n{control} SendCode email=bob@example.com"));
    assert!(seen.rsplit("> ").next().is_some_and(|step| !called(step)), "{seen}");
}

#[test]
fn a_password_is_reset_by_whoever_reads_the_mail() {
    let mut play = then(signed_up(), "B2C_1A_PSD2_PasswordReset");
    let control = "action accountEmailVerificationControl";
    play.run(&format!(
        "start\n{control} SendCode email=ada@example.com\n{control} VerifyCode verificationCode=100003\nsubmit"
    ));
    let seen = play.run("submit newPassword=An0ther!one reenterPassword=An0ther!one");
    assert!(seen.contains("write objectId = user-1: objectId=user-1 and a password"), "{seen}");
    assert!(last(&seen).starts_with("issued by JwtIssuer"), "{seen}");
}

#[test]
fn a_profile_is_edited_within_the_session() {
    let mut play = then(signed_up(), "B2C_1A_PSD2_ProfileEdit");
    let seen = play.run("start\nsubmit displayName=Countess givenName=Ada surname=King");
    assert!(seen.contains("displayName = Ada L required"), "{seen}");
    assert!(
        seen.contains("write objectId = user-1: objectId=user-1, displayName=Countess, givenName=Ada, surname=King"),
        "{seen}"
    );
    assert!(last(&seen).contains(r#""name":"Countess""#), "{seen}");
}
