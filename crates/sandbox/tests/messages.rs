//! Twilio Messages as a caller meets it.

mod common;

use common::{PHONE, Running};
use journeyman_sandbox::{DEMO_ACCOUNT_SID, Senders};
use reqwest::Method;
use serde_json::{Value, json};

const FROM: &str = "+15005550006";

fn path(rest: &str) -> String {
    format!("/twilio-api/2010-04-01/Accounts/{DEMO_ACCOUNT_SID}/Messages{rest}")
}

#[tokio::test]
async fn a_message_stands_in_the_inbox_with_its_code() {
    let sandbox = Running::start().await;
    let body = "Your Journeyman code: 482913 – thanks, £ & €";
    let (status, sent) = sandbox.post(&path(".json"), &[("To", PHONE), ("From", FROM), ("Body", body)]).await;
    assert_eq!((status, &sent["status"], &sent["num_segments"]), (201, &json!("queued"), &json!("1")));
    let message = sandbox.newest().await;
    let expected = json!({
        "id": sent["sid"], "provider": "twilio-api", "channel": "sms", "from": FROM, "to": PHONE, "subject": null,
        "text": body, "html": null, "code": "482913", "received_at": "2026-11-24T12:00:00Z",
    });
    assert_eq!(message, expected);
}

#[tokio::test]
async fn what_the_provider_refuses_is_refused_with_its_code() {
    let sandbox = Running::with(|config| config.sms_senders = Senders::Only(vec!["+447700900999".into()])).await;
    let long = "x".repeat(1601);
    for (to, from, body, expected) in [
        ("", FROM, "Hi", (400, 21604)),
        ("447700900123", FROM, "Hi", (400, 21211)),
        (" 447700900123", FROM, "Hi", (400, 21211)),
        ("+15005550001", FROM, "Hi", (400, 21211)),
        ("+15005550002", FROM, "Hi", (400, 21612)),
        ("+15005550003", FROM, "Hi", (400, 21408)),
        ("+15005550004", FROM, "Hi", (400, 21610)),
        ("+15005550009", FROM, "Hi", (400, 21614)),
        (PHONE, "", "Hi", (400, 21603)),
        (PHONE, "+15005550001", "Hi", (400, 21212)),
        (PHONE, "+15005550007", "Hi", (400, 21606)),
        (PHONE, "+15005550008", "Hi", (400, 21611)),
        (PHONE, "not a sender at all", "Hi", (400, 21212)),
        (PHONE, "+447700900998", "Hi", (400, 21606)),
        (PHONE, FROM, "", (400, 21602)),
        (PHONE, FROM, &long, (400, 21617)),
    ] {
        let (status, answer) = sandbox.post(&path(".json"), &[("To", to), ("From", from), ("Body", body)]).await;
        assert_eq!((status, answer["code"].as_u64()), (expected.0, Some(expected.1)), "{to} {from}: {answer}");
    }
    assert!(sandbox.messages().await.is_empty());
    let (status, _) = sandbox.post(&path(".json"), &[("To", PHONE), ("From", "+447700900999"), ("Body", "Hi")]).await;
    assert_eq!(status, 201);
}

#[tokio::test]
async fn a_service_sends_without_a_number() {
    let sandbox = Running::start().await;
    let service = "MG00000000000000000000000000000001";
    let form = [("To", PHONE), ("MessagingServiceSid", service), ("Body", "Hi")];
    let (status, sent) = sandbox.post(&path(".json"), &form).await;
    assert_eq!((status, &sent["status"], &sent["from"]), (201, &json!("accepted"), &Value::Null));
    assert_eq!(sent["messaging_service_sid"], json!(service));
    let later = [&form[..], &[("ScheduleType", "fixed"), ("SendAt", "2026-12-01T00:00:00Z")]].concat();
    assert_eq!(sandbox.post(&path(".json"), &later).await.0, 501);
}

#[tokio::test]
async fn another_account_is_not_found() {
    let sandbox = Running::start().await;
    let other = "/twilio-api/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json";
    let (status, answer) = sandbox.post(other, &[("To", PHONE), ("From", FROM), ("Body", "Hi")]).await;
    assert_eq!((status, &answer["code"]), (404, &json!(20404)));
    let request = sandbox.client.post(format!("{}{}", sandbox.url, path(".json")));
    let (status, answer) = common::answer(request.send().await.expect("answered")).await;
    assert_eq!((status, &answer["code"]), (401, &json!(20003)));
}

#[tokio::test]
async fn messages_can_be_read_redacted_and_deleted() {
    let sandbox = Running::start().await;
    let mut newest = Value::Null;
    for number in 0..3 {
        let body = format!("Message {number}");
        newest = sandbox.post(&path(".json"), &[("To", PHONE), ("From", FROM), ("Body", &body)]).await.1;
    }
    let one = path(&format!("/{}.json", newest["sid"].as_str().expect("an id")));
    let (status, found) = sandbox.ask(Method::GET, &one).await;
    assert_eq!((status, &found["status"], &found["body"]), (200, &json!("delivered"), &json!("Message 2")));

    let (_, page) = sandbox.ask(Method::GET, &path(".json?PageSize=2")).await;
    assert_eq!(page["messages"].as_array().map(Vec::len), Some(2));
    let next = page["next_page_uri"].as_str().expect("another page").to_owned();
    let (_, page) = sandbox.ask(Method::GET, &format!("/twilio-api{next}")).await;
    assert_eq!((page["messages"].as_array().map(Vec::len), &page["next_page_uri"]), (Some(1), &Value::Null));
    let (_, page) = sandbox.ask(Method::GET, &path(".json?To=%2B447700900124")).await;
    assert_eq!(page["messages"], json!([]));

    let (status, redacted) = sandbox.post(&one, &[("Body", "")]).await;
    assert_eq!((status, &redacted["body"]), (200, &json!("")));
    assert_eq!(sandbox.ask(Method::DELETE, &one).await.0, 204);
    assert_eq!(sandbox.ask(Method::GET, &one).await.0, 404);
}
