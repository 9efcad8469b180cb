//! A sandbox on a free port, with a clock that a test moves.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use journeyman_sandbox::{DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, DEMO_SERVICE_SID, Sandbox, SandboxConfig};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

/// A number that is set aside for fiction.
pub const PHONE: &str = "+447700900123";

/// An answer: its status and its JSON, null when it has no body.
pub type Answer = (u16, Value);

pub struct Running {
    pub url: String,
    pub client: Client,
    pub sandbox: Sandbox,
    server: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Running {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut SandboxConfig)) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let start: Timestamp = "2026-11-24T12:00:00Z".parse().expect("a time");
        let now = Arc::new(Mutex::new(start));
        let (read, advance) = (now.clone(), now);
        let clock = Arc::new(move || *read.lock().unwrap_or_else(PoisonError::into_inner));
        let mut config = SandboxConfig::demo(url.parse().expect("an address"), clock);
        config.advance_clock = Some(Arc::new(move |step: SignedDuration| {
            *advance.lock().unwrap_or_else(PoisonError::into_inner) += step;
        }));
        change(&mut config);
        let sandbox = Sandbox::new(config);
        let router = sandbox.router();
        let server = tokio::spawn(async move { axum::serve(listener, router).await.expect("served") });
        Self { url, client: Client::new(), sandbox, server }
    }

    /// A form, posted to a Twilio stand-in by the demo's account.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request =
            self.client.post(format!("{}{path}", self.url)).basic_auth(DEMO_ACCOUNT_SID, Some(DEMO_AUTH_TOKEN));
        answer(request.form(form).send().await.expect("answered")).await
    }

    /// Any other request of the demo's Twilio account.
    pub async fn ask(&self, method: Method, path: &str) -> Answer {
        let request = self.client.request(method, format!("{}{path}", self.url));
        let request = request.basic_auth(DEMO_ACCOUNT_SID, Some(DEMO_AUTH_TOKEN));
        answer(request.send().await.expect("answered")).await
    }

    /// A request to the sandbox's own API.
    pub async fn api(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.client.request(method, format!("{}{path}", self.url));
        let request = body.iter().fold(request, |request, body| request.json(body));
        answer(request.send().await.expect("answered")).await
    }

    pub async fn verify(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post(&verify_path(path), form).await
    }

    /// Starts the verification of a payment and returns its code.
    pub async fn start_payment(&self, amount: &str, payee: &str) -> String {
        let form = [("To", PHONE), ("Channel", "sms"), ("Amount", amount), ("Payee", payee)];
        let (status, body) = self.verify("Verifications", &form).await;
        assert_eq!(status, 201, "{body}");
        self.newest().await["code"].as_str().expect("a code").to_owned()
    }

    /// The newest message.
    pub async fn newest(&self) -> Value {
        self.messages().await.first().expect("a message").clone()
    }

    pub async fn messages(&self) -> Vec<Value> {
        let (_, body) = self.api(Method::GET, "/api/messages", None).await;
        body["messages"].as_array().expect("a list").clone()
    }

    pub async fn advance(&self, seconds: i64) {
        let (status, body) = self.api(Method::POST, "/api/clock", Some(json!({ "advance_s": seconds }))).await;
        assert_eq!(status, 200, "{body}");
    }
}

pub async fn answer(response: Response) -> Answer {
    let status = response.status().as_u16();
    let body = response.text().await.expect("a body");
    (status, serde_json::from_str(&body).unwrap_or(Value::Null))
}

/// A path below the demo's service.
pub fn verify_path(path: &str) -> String {
    format!("/twilio-verify/v2/Services/{DEMO_SERVICE_SID}/{path}")
}

/// The folder with the providers' contracts, or nothing and a line that says so.
#[allow(clippy::print_stderr, reason = "a skipped test must say so")]
pub fn shared(part: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    let folder = std::env::var_os("JOURNEYMAN_SHARED").map_or(beside, PathBuf::from).join(part);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: shared/ is absent ({} is not a folder; set JOURNEYMAN_SHARED)", folder.display());
    None
}
