//! A server for one test.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex};

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use journeyman_engine::effect::Secret;
use journeyman_oidc::{Client, ClientKind, FrontChannel, KeyMaterial, RedirectUri};
use journeyman_policy::Settings;
use journeyman_server::config::{
    ClientConfig, Database, HintConfig, KeyEncryption, Limits, MissingPolicyKeys, OutboundConfig, PolicyKey,
    TenantConfig,
};
use journeyman_server::{Clock, Config, Extras, Server};
use serde_json::{Value, json};
use tokio::sync::Notify;

pub(crate) const TENANT: &str = "club.example";
pub(crate) const TENANT_ID: &str = "0b1c7f6a-6f0e-4f6c-9c0e-2a4f7a3f1d55";
pub(crate) const PUBLIC_URL: &str = "http://localhost:4000";
pub(crate) const WEB: &str = "web";
pub(crate) const WEB_SECRET: &str = "the secret of the web client";
pub(crate) const NATIVE: &str = "native";
pub(crate) const REDIRECT: &str = "https://app.example/signin";

/// What invitations are signed with.
pub(crate) const INVITATIONS: &str = "the secret of the invitations";

/// One key for all servers of a test: making one takes longer than everything else.
static SIGNING: LazyLock<String> = LazyLock::new(|| {
    let key = KeyMaterial::generate(None).expect("a key");
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(key.pkcs8))
});

/// Where the clock of every test begins.
pub(crate) fn begin() -> Clock {
    Clock::manual("2026-03-01T10:00:00Z".parse().expect("a time"))
}

pub(crate) fn config() -> Config {
    let policies = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/front/policies");
    let mut settings = Settings::default();
    settings.set("Service", "http://127.0.0.1:9");
    Config {
        public_urls: vec![PUBLIC_URL.parse().expect("a URL")],
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        trusted_proxies: Vec::new(),
        development: true,
        sandbox: true,
        database: Database { url: "memory:".to_owned() },
        key_encryption: KeyEncryption { current: [7; 32], previous: Vec::new() },
        tenants: vec![TenantConfig {
            name: TENANT.to_owned(),
            id: TENANT_ID.to_owned(),
            policies: vec![policies],
            environment: None,
            settings,
            allow_unsupported: Vec::new(),
            policy_keys: BTreeMap::new(),
        }],
        clients: vec![
            client(WEB, ClientKind::Confidential(vec![journeyman_oidc::Secret::new(WEB_SECRET)])),
            client(NATIVE, ClientKind::Native),
        ],
        policy_keys: BTreeMap::from([
            ("Signing".into(), PolicyKey::Value(Secret::new(SIGNING.as_str()))),
            ("Invitations".into(), PolicyKey::Value(Secret::new(INVITATIONS))),
        ]),
        missing_policy_keys: MissingPolicyKeys::Refuse,
        limits: Limits::default(),
        messages: None,
        outbound: OutboundConfig::default(),
        hints: HintConfig::default(),
    }
}

fn client(id: &str, kind: ClientKind) -> ClientConfig {
    let client = Client {
        redirect_uris: vec![RedirectUri::parse(REDIRECT).expect("a redirect URI")],
        front_channel: FrontChannel { id_token: true, access_token: false },
        ..Client::new(id, kind)
    };
    ClientConfig { tenant: TENANT.to_owned(), name: id.to_owned(), client }
}

pub(crate) async fn start() -> Server {
    start_with(config(), begin(), Extras::default()).await
}

pub(crate) async fn start_with(config: Config, clock: Clock, extras: Extras) -> Server {
    Server::start_with(config, clock, extras).await.expect("the server starts")
}

/// A service that sends codes and checks them: the only right one is 2468.
#[derive(Clone, Default)]
pub(crate) struct Service {
    sent: Arc<Mutex<Vec<String>>>,
    /// Told when a message is asked for from `slow`, and told by the test when it may be sent.
    pub(crate) asked: Arc<Notify>,
    pub(crate) go_on: Arc<Notify>,
}

impl Service {
    /// Starts it and names it in the configuration.
    pub(crate) async fn start(config: &mut Config) -> Self {
        let service = Self::default();
        let router = Router::new().route("/send", post(send)).route("/check", post(check)).with_state(service.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        tokio::spawn(async move { axum::serve(listener, router).await });
        config.tenants[0].settings.set("Service", format!("http://{address}"));
        config.outbound.allowed_hosts.push(address.to_string());
        service
    }

    /// Whom a code was sent to, in order.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.sent.lock().expect("nobody panicked").clone()
    }
}

async fn send(State(service): State<Service>, Form(form): Form<BTreeMap<String, String>>) -> Json<Value> {
    if form["nickname"] == "slow" {
        service.asked.notify_one();
        service.go_on.notified().await;
    }
    service.sent.lock().expect("nobody panicked").push(form["nickname"].clone());
    Json(json!({}))
}

async fn check(Form(form): Form<BTreeMap<String, String>>) -> (StatusCode, Json<Value>) {
    if form.get("code").map(String::as_str) == Some("2468") {
        return (StatusCode::OK, Json(json!({})));
    }
    let error = json!({"version": "1.0.0", "status": 409, "userMessage": "That is not the code."});
    (StatusCode::CONFLICT, Json(error))
}
