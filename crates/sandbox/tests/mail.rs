//! SendGrid and Mailjet as a caller meets them.

mod common;

use common::{Answer, Running};
use journeyman_sandbox::{
    DEMO_MAILJET_KEY, DEMO_MAILJET_SECRET, DEMO_SENDGRID_KEY, MailTemplate, SandboxConfig, Senders,
};
use serde_json::{Value, json};

async fn sendgrid(sandbox: &Running, body: &Value) -> Answer {
    let request = sandbox.client.post(format!("{}/sendgrid/v3/mail/send", sandbox.url));
    common::answer(request.bearer_auth(DEMO_SENDGRID_KEY).json(body).send().await.expect("answered")).await
}

async fn mailjet(sandbox: &Running, body: &Value) -> Answer {
    let request = sandbox.client.post(format!("{}/mailjet/v3.1/send", sandbox.url));
    let request = request.basic_auth(DEMO_MAILJET_KEY, Some(DEMO_MAILJET_SECRET));
    common::answer(request.json(body).send().await.expect("answered")).await
}

fn sendgrid_mail() -> Value {
    json!({
        "personalizations": [{ "to": [{ "email": "ann@example.com" }] }],
        "from": { "email": "bank@example.com" },
        "subject": "Your code",
        "content": [{ "type": "text/plain", "value": "Code 482913" }, { "type": "text/html", "value": "<b>482913</b>" }],
    })
}

fn mailjet_mail() -> Value {
    json!({
        "From": { "Email": "bank@example.com" },
        "To": [{ "Email": "ann@example.com" }],
        "Subject": "Your code",
        "TextPart": "Code 482913",
    })
}

/// `mail` with the value at `pointer` replaced, or taken out.
fn but(mut mail: Value, pointer: &str, value: Option<Value>) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = mail.pointer_mut(parent).expect("a parent");
    match (parent, value) {
        (Value::Object(object), Some(value)) => _ = object.insert(name.to_owned(), value),
        (Value::Object(object), None) => _ = object.shift_remove(name),
        (other, _) => panic!("not an object: {other}"),
    }
    mail
}

#[tokio::test]
async fn sendgrid_accepts_without_a_body() {
    let sandbox = Running::start().await;
    let request = sandbox.client.post(format!("{}/sendgrid/v3/mail/send", sandbox.url));
    let response = request.bearer_auth(DEMO_SENDGRID_KEY).json(&sendgrid_mail()).send().await.expect("answered");
    assert_eq!(response.status(), 202);
    assert!(response.headers().contains_key("x-message-id"));
    assert_eq!(response.text().await.expect("a body"), "");
    let message = sandbox.newest().await;
    let expected = json!({
        "id": message["id"], "provider": "sendgrid", "channel": "email", "from": "bank@example.com",
        "to": "ann@example.com", "subject": "Your code", "text": "Code 482913", "html": "<b>482913</b>",
        "code": "482913", "received_at": "2026-11-24T12:00:00Z",
    });
    assert_eq!(message, expected);
}

#[tokio::test]
async fn sendgrid_names_the_field_that_is_wrong() {
    let sandbox = Running::start().await;
    let two_addresses = json!([{ "to": [{ "email": "ann@example.com" }, { "email": "{otp}" }] }]);
    let html_first = json!([{ "type": "text/html", "value": "x" }, { "type": "text/plain", "value": "x" }]);
    for (pointer, value, field) in [
        ("/personalizations", None, "personalizations"),
        ("/personalizations", Some(json!([])), "personalizations"),
        ("/personalizations", Some(json!([{}])), "personalizations.0.to"),
        ("/personalizations", Some(two_addresses), "personalizations.0.to.1.email"),
        ("/from", None, "from.email"),
        ("/from/email", Some(json!("nobody")), "from.email"),
        ("/subject", None, "subject"),
        ("/content", None, "content"),
        ("/content", Some(json!([{ "type": "text/plain", "value": "" }])), "content.0.value"),
        ("/content", Some(html_first), "content"),
        ("/attachments", Some(json!([{ "content": "eA==" }])), "attachments.0.filename"),
        ("/categories", Some(json!(["a", "a"])), "categories"),
    ] {
        let (status, body) = sendgrid(&sandbox, &but(sendgrid_mail(), pointer, value)).await;
        assert_eq!((status, &body["errors"][0]["field"]), (400, &json!(field)), "{pointer}: {body}");
        assert!(body["errors"][0]["message"].is_string());
    }
    assert!(sandbox.messages().await.is_empty());
}

#[tokio::test]
async fn sendgrid_needs_its_key_and_a_known_sender() {
    let known = Senders::Only(vec!["someone@example.com".into()]);
    let sandbox = Running::with(|config| config.mail_senders = known).await;
    let (status, body) = sendgrid(&sandbox, &sendgrid_mail()).await;
    assert_eq!((status, &body["errors"][0]["field"]), (403, &json!("from")));
    for key in ["", "SG.other"] {
        let request = sandbox.client.post(format!("{}/sendgrid/v3/mail/send", sandbox.url)).bearer_auth(key);
        let (status, body) = common::answer(request.json(&sendgrid_mail()).send().await.expect("answered")).await;
        assert_eq!(status, 401);
        assert!(body["errors"][0]["message"].as_str().is_some_and(|message| message.contains("authorization grant")));
    }
    assert!(sandbox.messages().await.is_empty());
}

#[tokio::test]
async fn sendgrid_in_its_sandbox_mode_sends_nothing() {
    let sandbox = Running::start().await;
    let mode = json!({ "sandbox_mode": { "enable": true } });
    assert_eq!(sendgrid(&sandbox, &but(sendgrid_mail(), "/mail_settings", Some(mode))).await.0, 200);
    assert!(sandbox.messages().await.is_empty());
}

#[tokio::test]
async fn a_template_that_is_not_here_still_shows_its_code() {
    let sandbox = Running::start().await;
    let mail = json!({
        "personalizations": [{
            "to": [{ "email": "ann12345@example.com" }],
            "dynamic_template_data": {
                "subject": "Your account email verification code", "otp": "482913", "email": "ann12345@example.com",
                "message": "Thanks", "codeIntro": "Your code is", "signature": "Sincerely",
            },
        }],
        "template_id": "d-42",
        "from": { "email": "bank@example.com" },
    });
    assert_eq!(sendgrid(&sandbox, &mail).await.0, 202);
    let message = sandbox.newest().await;
    assert_eq!(
        (&message["code"], &message["subject"]),
        (&json!("482913"), &json!("Your account email verification code"))
    );
    assert!(message["text"].as_str().is_some_and(|text| text.contains("d-42") && text.contains("otp: 482913")));
}

#[tokio::test]
async fn a_template_that_is_here_is_filled() {
    let template = MailTemplate { subject: Some("Code {{otp}}".into()), html: "<p>{{name}}: {{otp}}</p>".into() };
    let with_template = |config: &mut SandboxConfig| _ = config.mail_templates.insert("d-42".into(), template);
    let sandbox = Running::with(with_template).await;
    let personalizations = json!([{
        "to": [{ "email": "ann@example.com" }], "dynamic_template_data": { "otp": "482913", "name": "<Ann>" },
    }]);
    let mail = json!({
        "personalizations": personalizations, "template_id": "d-42", "from": { "email": "bank@example.com" },
    });
    assert_eq!(sendgrid(&sandbox, &mail).await.0, 202);
    let message = sandbox.newest().await;
    assert_eq!((&message["subject"], &message["code"]), (&json!("Code 482913"), &json!("482913")));
    assert_eq!(message["html"], json!("<p>&lt;Ann&gt;: 482913</p>"));
}

#[tokio::test]
async fn mailjet_accepts_each_message_by_itself() {
    let sandbox = Running::start().await;
    let (status, body) =
        mailjet(&sandbox, &json!({ "Messages": [mailjet_mail(), but(mailjet_mail(), "/From", None)] })).await;
    assert_eq!((status, &body["Messages"][0]["Status"]), (200, &json!("success")));
    let result = &body["Messages"][0]["To"][0];
    assert_eq!(result["Email"], json!("ann@example.com"));
    assert!(result["MessageID"].as_u64().is_some_and(|id| id > 1 << 53));
    assert_eq!(body["Messages"][1]["Status"], json!("error"));
    assert_eq!(sandbox.messages().await.len(), 1);
    assert_eq!(sandbox.newest().await["code"], json!("482913"));
}

#[tokio::test]
async fn mailjet_says_what_is_wrong() {
    let known = Senders::Only(vec!["bank@example.com".into()]);
    let sandbox = Running::with(|config| config.mail_senders = known).await;
    for (pointer, value, status, code) in [
        ("/From", None, 400, "mj-0003"),
        ("/From/Email", Some(json!("nobody")), 400, "mj-0013"),
        ("/From/Email", Some(json!("other@example.com")), 403, "send-0008"),
        ("/To", None, 400, "mj-0003"),
        ("/To", Some(json!([])), 400, "mj-0007"),
        ("/To", Some(json!([{ "Email": "x" }])), 400, "mj-0013"),
        ("/TextPart", None, 400, "send-0003"),
        ("/TemplateID", Some(json!("42")), 400, "mj-0004"),
        ("/TemplateLanguage", Some(json!("true")), 400, "mj-0004"),
        ("/TemplateErrorDeliver", Some(json!(true)), 400, "send-0016"),
        ("/Subject", Some(json!("x".repeat(256))), 400, "mj-0006"),
    ] {
        let message = but(mailjet_mail(), pointer, value);
        let (got, body) = mailjet(&sandbox, &json!({ "Messages": [message] })).await;
        let error = &body["Messages"][0]["Errors"][0];
        assert_eq!((got, &error["ErrorCode"]), (status, &json!(code)), "{pointer}: {body}");
        assert_eq!(error["StatusCode"], json!(status));
    }
    for (body, code) in [(json!({}), "mj-0003"), (json!({ "Messages": [] }), "mj-0007")] {
        let (status, answer) = mailjet(&sandbox, &body).await;
        assert_eq!((status, &answer["ErrorCode"]), (400, &json!(code)));
    }
    assert!(sandbox.messages().await.is_empty());
}

#[tokio::test]
async fn mailjet_needs_its_key() {
    let sandbox = Running::start().await;
    let request = sandbox.client.post(format!("{}/mailjet/v3.1/send", sandbox.url));
    let request = request.basic_auth(DEMO_MAILJET_KEY, Some("wrong"));
    let body = json!({ "Messages": [mailjet_mail()] });
    let (status, answer) = common::answer(request.json(&body).send().await.expect("answered")).await;
    assert_eq!((status, &answer["ErrorCode"]), (401, &json!("mj-0001")));
    assert!(sandbox.messages().await.is_empty());
}

#[tokio::test]
async fn mailjet_templates_show_their_code() {
    let sandbox = Running::start().await;
    let message = json!({
        "From": { "Email": "bank@example.com" }, "To": [{ "Email": "ann@example.com" }], "Subject": "Code",
        "TemplateID": 42, "TemplateLanguage": true,
        "Variables": { "otp": "482913", "email": "ann@example.com", "otpmessage": "Hi" },
    });
    assert_eq!(mailjet(&sandbox, &json!({ "Messages": [message] })).await.0, 200);
    assert_eq!(sandbox.newest().await["code"], json!("482913"));
    let dry = json!({ "Messages": [mailjet_mail()], "SandboxMode": true });
    let (status, body) = mailjet(&sandbox, &dry).await;
    assert_eq!((status, &body["Messages"][0]["To"][0]["MessageID"]), (200, &json!(0)));
    assert_eq!(sandbox.messages().await.len(), 1);
}
