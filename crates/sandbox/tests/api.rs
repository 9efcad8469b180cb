//! The sandbox's own requests: messages, calls, faults, clock, and the inbox page.

mod common;

use common::{PHONE, Running, verify_path};
use journeyman_sandbox::{DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, DEMO_SENDGRID_KEY};
use reqwest::{Method, header};
use serde_json::{Value, json};

#[tokio::test]
async fn messages_are_listed_by_recipient_and_emptied() {
    let sandbox = Running::start().await;
    sandbox.start_payment("50.00", "Ann").await;
    for (query, count) in [("", 1), ("?to=%2B447700900123", 1), ("?to=+447700900123", 1), ("?to=%2B447700900124", 0)] {
        let (status, body) = sandbox.api(Method::GET, &format!("/api/messages{query}"), None).await;
        assert_eq!((status, body["messages"].as_array().map(Vec::len)), (200, Some(count)), "{query}");
    }
    assert_eq!(sandbox.api(Method::DELETE, "/api/messages", None).await.0, 204);
    assert!(sandbox.messages().await.is_empty());
}

#[tokio::test]
async fn calls_say_what_was_asked() {
    let sandbox = Running::start().await;
    sandbox.start_payment("£50.00", "Ann").await;
    let mail = json!({ "personalizations": [] });
    let request = sandbox.client.post(format!("{}/sendgrid/v3/mail/send", sandbox.url)).json(&mail);
    request.bearer_auth(DEMO_SENDGRID_KEY).send().await.expect("answered");

    let (_, body) = sandbox.api(Method::GET, "/api/calls", None).await;
    let calls = body["calls"].as_array().expect("a list");
    assert_eq!(calls.len(), 2);
    assert_eq!((&calls[0]["provider"], &calls[0]["status"]), (&json!("sendgrid"), &json!(400)));
    assert_eq!((&calls[0]["form"], &calls[0]["json"]), (&json!({}), &mail));
    let expected = json!({
        "provider": "twilio-verify", "method": "POST", "path": verify_path("Verifications").replace("/twilio-verify", ""),
        "form": { "To": PHONE, "Channel": "sms", "Amount": "£50.00", "Payee": "Ann" },
        "status": 201, "at": "2026-11-24T12:00:00Z",
    });
    assert_eq!(calls[1], expected);
    let (_, body) = sandbox.api(Method::GET, "/api/calls?provider=twilio-verify", None).await;
    assert_eq!(body["calls"], json!([expected]));
    assert!(!body.to_string().contains(DEMO_AUTH_TOKEN));
}

#[tokio::test]
async fn a_fault_answers_the_next_calls_in_the_providers_shape() {
    let sandbox = Running::start().await;
    let form = [("To", PHONE), ("Channel", "sms"), ("Amount", "50.00"), ("Payee", "Ann")];
    let fault = json!({ "provider": "twilio-verify", "status": 503, "count": 2 });
    assert_eq!(sandbox.api(Method::POST, "/api/faults", Some(fault)).await.0, 200);
    for _ in 0..2 {
        let (status, body) = sandbox.verify("Verifications", &form).await;
        assert_eq!((status, &body["status"], &body["code"]), (503, &json!(503), &json!(20503)));
    }
    assert!(sandbox.messages().await.is_empty(), "the work was not done");
    assert_eq!(sandbox.verify("Verifications", &form).await.0, 201);
    let (_, body) = sandbox.api(Method::GET, "/api/calls", None).await;
    let statuses: Vec<Value> =
        body["calls"].as_array().expect("a list").iter().map(|call| call["status"].clone()).collect();
    assert_eq!(statuses, [json!(201), json!(503), json!(503)]);
}

#[tokio::test]
async fn a_fault_can_be_broken_json_a_limit_or_one_of_the_providers_errors() {
    let sandbox = Running::start().await;
    let url = format!("{}{}", sandbox.url, verify_path("Verifications"));
    let set = |fault| sandbox.api(Method::POST, "/api/faults", Some(fault));
    let call = || sandbox.client.post(&url).basic_auth(DEMO_ACCOUNT_SID, Some(DEMO_AUTH_TOKEN)).send();

    set(json!({ "provider": "twilio-verify", "status": 200, "body": "{\"status\": \"appr" })).await;
    let response = call().await.expect("answered");
    assert_eq!(response.status(), 200);
    assert_eq!(response.text().await.expect("a body"), "{\"status\": \"appr");

    set(json!({ "provider": "twilio-verify", "status": 429, "retry_after_s": 7 })).await;
    let response = call().await.expect("answered");
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (429, &"7".parse().expect("a value")));

    set(json!({ "provider": "twilio-verify", "status": 403, "code": 60410 })).await;
    let (status, body) = common::answer(call().await.expect("answered")).await;
    assert_eq!((status, &body["code"]), (403, &json!(60410)));
}

#[tokio::test]
async fn a_late_answer_comes_after_the_work() {
    let sandbox = Running::start().await;
    let form = [("To", PHONE), ("Channel", "sms"), ("Amount", "50.00"), ("Payee", "Ann")];
    let fault = json!({ "provider": "twilio-verify", "delay_ms": 20 });
    sandbox.api(Method::POST, "/api/faults", Some(fault)).await;
    assert_eq!(sandbox.verify("Verifications", &form).await.0, 201);
    assert_eq!(sandbox.messages().await.len(), 1);
}

#[tokio::test]
async fn faults_that_make_no_sense_are_refused() {
    let sandbox = Running::start().await;
    for fault in [
        json!({ "provider": "pigeon", "status": 500 }),
        json!({ "provider": "sendgrid", "status": 99 }),
        json!({ "provider": "sendgrid", "delay_ms": 999_999 }),
        json!({ "provider": "sendgrid", "body": "x" }),
        json!({ "provider": "sendgrid", "stauts": 500 }),
    ] {
        let (status, body) = sandbox.api(Method::POST, "/api/faults", Some(fault.clone())).await;
        assert!((400..500).contains(&status) && body["error"].is_string(), "{fault}: {status} {body}");
    }
    let (status, body) =
        sandbox.api(Method::POST, "/api/faults", Some(json!({ "provider": "sendgrid", "status": 500 }))).await;
    assert_eq!(status, 200, "{body}");
    sandbox.api(Method::POST, "/api/faults", Some(json!({ "provider": "sendgrid", "count": 0 }))).await;
    let url = format!("{}/sendgrid/v3/mail/send", sandbox.url);
    assert_eq!(sandbox.client.post(url).send().await.expect("answered").status(), 401, "no fault is left");
}

#[tokio::test]
async fn the_clock_goes_forward_or_not_at_all() {
    let sandbox = Running::start().await;
    let (status, body) = sandbox.api(Method::POST, "/api/clock", Some(json!({ "advance_s": 601 }))).await;
    assert_eq!((status, &body["now"]), (200, &json!("2026-11-24T12:10:01Z")));
    for request in [json!({ "advance_s": -1 }), json!({ "advance_s": i64::MAX }), json!({}), json!({ "advance": 1 })] {
        let (status, body) = sandbox.api(Method::POST, "/api/clock", Some(request.clone())).await;
        assert!((400..500).contains(&status) && body["error"].is_string(), "{request}: {status}");
    }
    let fixed = Running::with(|config| config.advance_clock = None).await;
    assert_eq!(fixed.api(Method::POST, "/api/clock", Some(json!({ "advance_s": 1 }))).await.0, 403);
}

#[tokio::test]
async fn the_page_shows_a_message_as_text() {
    let sandbox = Running::start().await;
    let code = sandbox.start_payment("£50.00", "<script>alert(1)</script>").await;
    let response = sandbox.client.get(&sandbox.url).send().await.expect("answered");
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let page = response.text().await.expect("a page");
    assert!(page.contains(&format!("data-code=\"{code}\"")) && page.contains("£50.00"), "{page}");
    assert!(!page.contains("<script>alert") && !page.contains("https://"), "{page}");
}

#[tokio::test]
async fn a_mail_is_shown_where_it_can_do_nothing() {
    let sandbox = Running::start().await;
    let mail = json!({
        "personalizations": [{ "to": [{ "email": "ann@example.com" }] }],
        "from": { "email": "bank@example.com" }, "subject": "Hi",
        "content": [{ "type": "text/html", "value": "<p>Hello <script>alert(1)</script></p>" }],
    });
    let request = sandbox.client.post(format!("{}/sendgrid/v3/mail/send", sandbox.url)).json(&mail);
    request.bearer_auth(DEMO_SENDGRID_KEY).send().await.expect("answered");
    let id = sandbox.newest().await["id"].as_str().expect("an id").to_owned();
    let response = sandbox.client.get(format!("{}/mails/{id}", sandbox.url)).send().await.expect("answered");
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
    assert!(policy.ends_with("; sandbox") && policy.contains("default-src 'none'"), "{policy}");
    let missing = sandbox.client.get(format!("{}/mails/none", sandbox.url)).send().await.expect("answered");
    assert_eq!(missing.status(), 404);
}

#[tokio::test]
async fn open_pages_are_told_of_a_message() {
    let sandbox = Running::start().await;
    let mut events = sandbox.client.get(format!("{}/events", sandbox.url)).send().await.expect("answered");
    assert_eq!(events.headers()[header::CONTENT_TYPE], "text/event-stream");
    let first = events.chunk().await.expect("an event").expect("an event");
    assert_eq!(first, "event: inbox\ndata: 0\n\n");
    sandbox.start_payment("50.00", "Ann").await;
    let second = events.chunk().await.expect("an event").expect("an event");
    assert_eq!(second, "event: inbox\ndata: 1\n\n");
    sandbox.sandbox.close();
    assert_eq!(events.chunk().await.expect("the stream ends well"), None);
}

#[tokio::test]
async fn other_sites_get_nothing() {
    let sandbox = Running::start().await;
    sandbox.start_payment("50.00", "Ann").await;
    let rebound = sandbox.client.get(format!("{}/api/messages", sandbox.url)).header(header::HOST, "evil.example");
    assert_eq!(rebound.send().await.expect("answered").status(), 421);
    let empty = || sandbox.client.post(format!("{}/empty", sandbox.url));
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
    {
        let response = empty().header(name, value).send().await.expect("answered");
        assert_eq!(response.status(), 403, "{value}");
    }
    assert_eq!(sandbox.messages().await.len(), 1);
    let own = empty().header("sec-fetch-site", "same-origin").send().await.expect("answered");
    assert_eq!(own.status(), 200, "redirected to the inbox");
    assert!(sandbox.messages().await.is_empty());
}
