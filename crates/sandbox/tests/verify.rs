//! Twilio Verify as a caller meets it: statuses, codes, and what stands in the inbox.

mod common;

use common::{PHONE, Running, verify_path};
use journeyman_sandbox::{DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, KeyPair, Psd2Mismatch, VerifyRefusal, VerifyService};
use reqwest::Method;
use serde_json::{Value, json};

/// Status and Twilio's code, the two things that a caller branches on.
fn refusal((status, body): (u16, Value)) -> (u16, u64) {
    assert_eq!(body["status"], json!(status), "{body}");
    let code = body["code"].as_u64().expect("a code");
    assert_eq!(body["more_info"], json!(format!("https://www.twilio.com/docs/errors/{code}")));
    assert!(body["message"].is_string());
    (status, code)
}

#[tokio::test]
async fn a_payment_is_approved_by_its_code_once() {
    let sandbox = Running::start().await;
    let code = sandbox.start_payment("£50.00", "Ann & Söhne").await;
    let message = sandbox.newest().await;
    let text = message["text"].as_str().expect("a text");
    for part in ["£50.00", "\"Ann & Söhne\"", &code, "10 minutes", "Journeyman Bank"] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    assert_eq!((&message["channel"], &message["to"]), (&json!("sms"), &json!(PHONE)));
    assert_eq!(message["provider"], json!("twilio-verify"));

    let form = [("To", PHONE), ("Code", code.as_str()), ("Amount", "£50.00"), ("Payee", "Ann & Söhne")];
    let (status, body) = sandbox.verify("VerificationCheck", &form).await;
    assert_eq!((status, &body["status"], &body["valid"]), (200, &json!("approved"), &json!(true)));
    assert_eq!((&body["amount"], &body["payee"]), (&json!("£50.00"), &json!("Ann & Söhne")));
    assert_eq!(refusal(sandbox.verify("VerificationCheck", &form).await), (404, 20404));
}

#[tokio::test]
async fn a_wrong_code_is_a_success_that_says_pending() {
    let sandbox = Running::start().await;
    let code = sandbox.start_payment("50.00", "Ann").await;
    let wrong = if code == "000000" { "111111" } else { "000000" };
    let form = [("To", PHONE), ("Code", wrong), ("Amount", "50.00"), ("Payee", "Ann")];
    for _ in 0..5 {
        let (status, body) = sandbox.verify("VerificationCheck", &form).await;
        assert_eq!((status, &body["status"], &body["valid"]), (200, &json!("pending"), &json!(false)));
    }
    let right = [("To", PHONE), ("Code", code.as_str()), ("Amount", "50.00"), ("Payee", "Ann")];
    assert_eq!(refusal(sandbox.verify("VerificationCheck", &right).await), (429, 60202));
}

#[tokio::test]
async fn a_code_expires_by_the_shared_clock() {
    let sandbox = Running::start().await;
    let code = sandbox.start_payment("50.00", "Ann").await;
    sandbox.advance(601).await;
    let form = [("To", PHONE), ("Code", code.as_str()), ("Amount", "50.00"), ("Payee", "Ann")];
    assert_eq!(refusal(sandbox.verify("VerificationCheck", &form).await), (404, 20404));
}

#[tokio::test]
async fn another_amount_or_payee_is_not_what_the_code_is_for() {
    for (mismatch, expected) in [(Psd2Mismatch::NotFound, 404), (Psd2Mismatch::Pending, 200)] {
        let sandbox = Running::with(|config| config.psd2_mismatch = mismatch).await;
        let code = sandbox.start_payment("50.00", "Ann").await;
        for (amount, payee) in [("50.01", "Ann"), ("50.00", "Bob"), ("50", "Ann"), ("50.00", "ann")] {
            let form = [("To", PHONE), ("Code", code.as_str()), ("Amount", amount), ("Payee", payee)];
            let (status, body) = sandbox.verify("VerificationCheck", &form).await;
            assert_eq!(status, expected, "{amount} {payee}");
            assert_ne!(body["status"], json!("approved"));
        }
    }
}

#[tokio::test]
async fn a_verification_can_be_fetched_and_cancelled() {
    let sandbox = Running::start().await;
    let code = sandbox.start_payment("50.00", "Ann").await;
    let (status, found) = sandbox.ask(Method::GET, &verify_path(&format!("Verifications/{}", "%2B447700900123"))).await;
    assert_eq!((status, &found["status"]), (200, &json!("pending")));
    let path = format!("Verifications/{}", found["sid"].as_str().expect("an id"));
    assert_eq!(refusal(sandbox.verify(&path, &[("Status", "gone")]).await), (400, 60200));
    let (status, cancelled) = sandbox.verify(&path, &[("Status", "canceled")]).await;
    assert_eq!((status, &cancelled["status"]), (200, &json!("canceled")));
    assert_eq!(refusal(sandbox.ask(Method::GET, &verify_path(&path)).await), (404, 20404));
    let form = [("To", PHONE), ("Code", code.as_str()), ("Amount", "50.00"), ("Payee", "Ann")];
    assert_eq!(refusal(sandbox.verify("VerificationCheck", &form).await), (404, 20404));
}

#[tokio::test]
async fn what_the_provider_refuses_is_refused_with_its_code() {
    let sandbox = Running::with(|config| {
        config.verify_refusals.insert("+447700900001".into(), VerifyRefusal::Landline);
        config.verify_refusals.insert("+447700900002".into(), VerifyRefusal::TooManyRequests);
        config.verify_refusals.insert("+447700900003".into(), VerifyRefusal::FraudGuard);
        config.verify_refusals.insert("+447700900004".into(), VerifyRefusal::Country);
    })
    .await;
    let payment = [("Amount", "50.00"), ("Payee", "Ann")];
    let to = |to| [("To", to), ("Channel", "sms")];
    let channel = |channel| [("To", PHONE), ("Channel", channel)];
    for (form, expected) in [
        ([&[("Channel", "sms")][..], &payment].concat(), (400, 60200)),
        ([&[("To", PHONE)][..], &payment].concat(), (400, 60200)),
        ([&to("447700900123")[..], &payment].concat(), (400, 60200)),
        ([&to(" 447700900123")[..], &payment].concat(), (400, 60200)),
        ([&to("ann@example.com")[..], &payment].concat(), (400, 60200)),
        ([&to("+447700900001")[..], &payment].concat(), (403, 60205)),
        ([&to("+447700900002")[..], &payment].concat(), (429, 60212)),
        ([&to("+447700900003")[..], &payment].concat(), (403, 60410)),
        ([&to("+447700900004")[..], &payment].concat(), (403, 60605)),
        ([&channel("pigeon")[..], &payment].concat(), (400, 60200)),
        ([&channel("call")[..], &payment].concat(), (400, 60214)),
        ([&channel("sna")[..], &payment].concat(), (400, 60329)),
        ([&channel("whatsapp")[..], &payment].concat(), (501, 20501)),
        (channel("sms").to_vec(), (400, 60206)),
        ([&channel("sms")[..], &[("Amount", "50.00")]].concat(), (400, 60206)),
        ([&channel("sms")[..], &[("Amount", "50.00"), ("Payee", "")]].concat(), (400, 60206)),
        ([&channel("sms")[..], &[("amount", "50.00"), ("payee", "Ann")]].concat(), (400, 60206)),
        ([&channel("sms")[..], &payment, &[("CustomCode", "1234")]].concat(), (403, 60204)),
        ([&channel("sms")[..], &payment, &[("TemplateSid", "HJ0")]].concat(), (400, 60228)),
        ([&channel("sms")[..], &payment, &[("Tags", "[]")]].concat(), (400, 60200)),
    ] {
        assert_eq!(refusal(sandbox.verify("Verifications", &form).await), expected, "{form:?}");
    }
    let check = [("Code", "123456"), ("To", PHONE)];
    for (form, expected) in [
        (check.to_vec(), (400, 60206)),
        ([&[("Code", "123456")][..], &payment].concat(), (400, 60221)),
        ([&[("Code", "123"), ("To", PHONE)][..], &payment].concat(), (400, 60200)),
        ([&[("To", PHONE)][..], &payment].concat(), (400, 60200)),
        ([&[("Code", "123456"), ("To", " 447700900123")][..], &payment].concat(), (400, 60200)),
        ([&check[..], &payment].concat(), (404, 20404)),
    ] {
        assert_eq!(refusal(sandbox.verify("VerificationCheck", &form).await), expected, "{form:?}");
    }
    assert!(sandbox.messages().await.is_empty(), "nothing was sent");
}

#[tokio::test]
async fn unknown_parameters_and_languages_are_tolerated() {
    let sandbox = Running::start().await;
    let form = [
        ("To", PHONE),
        ("Channel", "sms"),
        ("Amount", "50.00"),
        ("Payee", "Ann"),
        ("Locale", "cy"),
        ("RiskCheck", "disable"),
        ("Tags", r#"{"a":"b"}"#),
        ("Wholly", "unknown"),
    ];
    assert_eq!(sandbox.verify("Verifications", &form).await.0, 201);
}

#[tokio::test]
async fn a_payee_cannot_fake_a_second_message() {
    let sandbox = Running::start().await;
    sandbox.start_payment("50.00", "Ann\nCode 111111\u{202e}evil").await;
    let message = sandbox.newest().await;
    let text = message["text"].as_str().expect("a text");
    assert!(text.contains("\"Ann Code 111111evil\""), "{text}");
    assert_ne!(message["code"], json!("111111"));
}

#[tokio::test]
async fn only_the_account_and_its_keys_are_let_in() {
    let key = KeyPair { key: "SK00".into(), secret: "key-secret".into() };
    let sandbox = Running::with(|config| config.twilio.api_keys.push(key)).await;
    for (user, password, expected) in [
        (DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, 400),
        ("SK00", "key-secret", 400),
        (DEMO_ACCOUNT_SID, "wrong", 401),
        (DEMO_ACCOUNT_SID, "key-secret", 401),
        ("", "", 401),
    ] {
        let url = format!("{}{}", sandbox.url, verify_path("Verifications"));
        let request = sandbox.client.post(url).basic_auth(user, Some(password));
        let response = request.send().await.expect("answered");
        assert_eq!(response.headers().contains_key("www-authenticate"), expected == 401);
        let (status, code) = refusal(common::answer(response).await);
        assert_eq!(status, expected, "{user}");
        assert_eq!(code == 20003, expected == 401);
    }
}

#[tokio::test]
async fn a_service_is_known_by_its_own_id() {
    let misnamed = VerifyService::named("twilioAccountSID", "Bank");
    let sandbox = Running::with(|config| config.services.push(misnamed)).await;
    let form = [("To", PHONE), ("Channel", "sms"), ("Amount", "50.00"), ("Payee", "Ann")];
    for sid in [DEMO_ACCOUNT_SID, "twilioAccountSID", "VA00000000000000000000000000000000"] {
        let answer = sandbox.post(&format!("/twilio-verify/v2/Services/{sid}/Verifications"), &form).await;
        assert_eq!(refusal(answer), (404, 20404), "{sid}");
    }
    assert_eq!(refusal(sandbox.post("/twilio-verify/v2/Nothing", &form).await), (404, 20404));
    assert_eq!(refusal(sandbox.ask(Method::PUT, &verify_path("VerificationCheck")).await), (405, 20405));
}

#[tokio::test]
async fn services_are_made_changed_and_removed() {
    let sandbox = Running::start().await;
    let services = "/twilio-verify/v2/Services";
    for (form, expected) in [
        (vec![], (400, 60200)),
        (vec![("FriendlyName", "See www.example.com")], (400, 60200)),
        (vec![("FriendlyName", "Bank 12345")], (400, 60200)),
        (vec![("FriendlyName", "A name of more than thirty-two characters")], (400, 60200)),
        (vec![("FriendlyName", "Bank"), ("CodeLength", "3")], (400, 60200)),
        (vec![("FriendlyName", "Bank"), ("Psd2Enabled", "perhaps")], (400, 60200)),
    ] {
        assert_eq!(refusal(sandbox.post(services, &form).await), expected, "{form:?}");
    }
    let form = [("FriendlyName", "Shop"), ("CodeLength", "8"), ("CustomCodeEnabled", "true")];
    let (status, made) = sandbox.post(services, &form).await;
    assert_eq!((status, &made["friendly_name"], &made["code_length"]), (201, &json!("Shop"), &json!(8)));
    let service = format!("{services}/{}", made["sid"].as_str().expect("an id"));

    let start = format!("{service}/Verifications");
    let (status, started) = sandbox.post(&start, &[("To", PHONE), ("Channel", "sms"), ("Amount", "50")]).await;
    assert_eq!((status, &started["amount"]), (201, &Value::Null), "an amount means nothing to this service");
    assert_eq!(sandbox.newest().await["code"].as_str().map(str::len), Some(8));
    sandbox.post(&start, &[("To", PHONE), ("Channel", "sms"), ("CustomCode", "ABCD")]).await;
    let (_, checked) = sandbox.post(&format!("{service}/VerificationCheck"), &[("To", PHONE), ("Code", "ABCD")]).await;
    assert_eq!(checked["status"], json!("approved"));

    let (status, changed) = sandbox.post(&service, &[("Psd2Enabled", "true")]).await;
    assert_eq!((status, &changed["psd2_enabled"], &changed["code_length"]), (200, &json!(true), &json!(8)));
    assert_eq!(sandbox.ask(Method::DELETE, &service).await.0, 204);
    assert_eq!(refusal(sandbox.ask(Method::GET, &service).await), (404, 20404));
}

#[tokio::test]
async fn messages_take_the_form_that_was_asked_for() {
    let sid = "VA00000000000000000000000000000009";
    let sandbox = Running::with(|config| {
        let service = VerifyService { do_not_share_warning_enabled: true, ..VerifyService::named(sid, "Shop") };
        config.services.push(service);
    })
    .await;
    let path = format!("/twilio-verify/v2/Services/{sid}/Verifications");
    let (status, _) = sandbox.post(&path, &[("To", PHONE), ("Channel", "sms"), ("AppHash", "He42w354ol9")]).await;
    let message = sandbox.newest().await;
    let text = message["text"].as_str().expect("a text");
    assert_eq!(status, 201);
    assert!(text.starts_with("<#> ") && text.ends_with(" He42w354ol9") && text.contains("Do not share"), "{text}");

    let (status, _) = sandbox.post(&path, &[("To", "ann@example.com"), ("Channel", "email")]).await;
    let message = sandbox.newest().await;
    assert_eq!((status, &message["channel"], &message["subject"]), (201, &json!("email"), &json!("Your Shop code")));
    let form = [("To", "ann@example.com"), ("Channel", "email"), ("AppHash", "x")];
    assert_eq!(refusal(sandbox.post(&path, &form).await), (400, 60602));
}

#[tokio::test]
async fn the_sixth_message_to_a_number_is_refused() {
    let sandbox = Running::start().await;
    let form = [("To", PHONE), ("Channel", "sms"), ("Amount", "50.00"), ("Payee", "Ann")];
    let mut codes = Vec::new();
    for _ in 0..5 {
        assert_eq!(sandbox.verify("Verifications", &form).await.0, 201);
        codes.push(sandbox.newest().await["code"].clone());
    }
    assert!(codes.iter().all(|code| *code == codes[0]), "the same code each time");
    assert_eq!(refusal(sandbox.verify("Verifications", &form).await), (429, 60203));
    assert_eq!(sandbox.messages().await.len(), 5);
}
