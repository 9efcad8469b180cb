//! What the sandbox knows and lets tests do: messages, calls, faults, and the one clock.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

/// A sandbox that runs somewhere.
#[derive(Clone, Debug)]
pub struct SandboxApi {
    base: Url,
    http: reqwest::Client,
}

/// A message in the inbox of the sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Message {
    /// Unique.
    pub id: String,
    /// Which stand-in took it.
    pub provider: String,
    /// `sms` or `email`.
    pub channel: String,
    /// A telephone number or an address.
    pub to: String,
    /// Mail only.
    pub subject: Option<String>,
    /// As plain text.
    pub text: Option<String>,
    /// Mail only.
    pub html: Option<String>,
    /// The code in it, where one is recognised.
    pub code: Option<String>,
}

/// A call that the stand-ins of the sandbox were asked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Call {
    /// `twilio-verify`, `twilio-api`, `sendgrid` or `mailjet`.
    pub provider: String,
    /// The HTTP method.
    pub method: String,
    /// The provider's own path.
    pub path: String,
    /// Fields of a form by name.
    pub form: Value,
    /// The body of a JSON call.
    #[serde(default)]
    pub json: Value,
    /// How it was answered.
    pub status: Option<u16>,
    /// By the demo's clock.
    pub at: Timestamp,
}

impl Call {
    /// A field of the form; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.form[name].as_str().unwrap_or_default()
    }
}

impl SandboxApi {
    /// The one at that address.
    pub fn at(base: Url) -> Self {
        Self { base, http: crate::plain_http() }
    }

    /// Where it is.
    pub fn url(&self) -> &Url {
        &self.base
    }

    /// All messages, newest first.
    pub async fn messages(&self) -> Vec<Message> {
        self.list("api/messages", "messages").await
    }

    /// The messages to a number or an address, newest first.
    pub async fn messages_to(&self, to: &str) -> Vec<Message> {
        let mut messages = self.messages().await;
        messages.retain(|message| message.to == to);
        messages
    }

    /// The code of the newest message to a number or an address.
    pub async fn code_for(&self, to: &str) -> String {
        let messages = self.messages_to(to).await;
        let newest = messages.first().unwrap_or_else(|| panic!("no message to {to} has arrived"));
        newest.code.clone().unwrap_or_else(|| panic!("there is no code in {newest:?}"))
    }

    /// All calls that the stand-ins were asked, newest first.
    pub async fn calls(&self) -> Vec<Call> {
        self.list("api/calls", "calls").await
    }

    /// The calls of one provider, newest first.
    pub async fn calls_of(&self, provider: &str) -> Vec<Call> {
        let mut calls = self.calls().await;
        calls.retain(|call| call.provider == provider);
        calls
    }

    /// Lets the next `count` calls to a provider answer with that status, nothing else.
    pub async fn fail(&self, provider: &str, status: u16, count: u32) {
        self.fault(&json!({"provider": provider, "status": status, "delay_ms": 0, "count": count})).await;
    }

    /// The same with everything that the sandbox's API knows, such as a `body`.
    pub async fn fault(&self, fault: &Value) {
        self.tell("api/faults", fault).await;
    }

    /// Moves the clock that engine, bank and sandbox share.
    pub async fn advance(&self, seconds: u32) {
        self.tell("api/clock", &json!({"advance_s": seconds})).await;
    }

    async fn list<T: DeserializeOwned>(&self, path: &str, name: &str) -> Vec<T> {
        let url = self.base.join(path).expect("a path of the sandbox's API");
        let answer = self.http.get(url).send().await.expect("the sandbox answers");
        let mut body: Value = answer.json().await.expect("the sandbox answers with JSON");
        serde_json::from_value(body[name].take()).expect("the sandbox keeps its contract")
    }

    async fn tell(&self, path: &str, body: &Value) {
        let url = self.base.join(path).expect("a path of the sandbox's API");
        let answer = self.http.post(url).json(body).send().await.expect("the sandbox answers");
        let status = answer.status();
        assert!(status.is_success(), "{path} {body}: {status} {}", answer.text().await.unwrap_or_default());
    }
}
