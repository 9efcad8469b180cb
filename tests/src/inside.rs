//! Engine, bank and sandbox within the test, for what cannot be done to a process from outside: letting the engine die at
//! a chosen moment while bank and sandbox live on, changing tokens on their way, knowing the engine's keys.
//!
//! They still speak only HTTP to one another. The engine stands behind a [`Door`], whose address outlives it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use journeyman_bank::{Bank, BankConfig, Policies};
use journeyman_engine::effect::Secret;
use journeyman_oidc::{self as oidc, RedirectUri};
use journeyman_policy::Settings;
use journeyman_sandbox::{
    DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, DEMO_SENDGRID_KEY, DEMO_SERVICE_SID, Sandbox, SandboxConfig,
};
use journeyman_server::config::{
    ClientConfig, Database, HintConfig, KeyEncryption, Limits, MissingPolicyKeys, OutboundConfig, PolicyKey, Rewrite,
    TenantConfig,
};
use journeyman_server::{Boundaries, Clock, Config, Extras, Server};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tower::ServiceExt;
use url::Url;

use crate::app::TENANT;
use crate::person::Sites;
use crate::sandbox::SandboxApi;

/// The tenant's id, as the demo's policies name it.
pub const TENANT_ID: &str = "79f27140-502f-4668-ae56-29619d2937b7";
/// The bank's name at the engine.
pub const BANK_CLIENT: &str = "journeyman-bank";
const BANK_SECRET: &str = "a-secret-between-bank-and-engine";
/// Answers with tokens are small.
const LARGEST_BODY: usize = 1024 * 1024;

/// Changes an ID token on its way to the bank.
pub type Tamper = Box<dyn Fn(&str) -> String + Send>;

/// Everything, for one test.
pub struct Inside {
    /// Where it is.
    pub sites: Sites,
    /// The clock of all three.
    pub clock: Clock,
    /// What the engine stands behind.
    pub door: Door,
    config: Config,
    server: Option<Server>,
    folder: TempDir,
}

/// What differs from the demo.
#[derive(Debug, Default)]
pub struct Wishes {
    /// Where the policies are; the demo's own otherwise.
    pub policies: Option<PathBuf>,
    /// Ids of the policies that the bank goes to; the demo's own otherwise.
    pub bank_policies: Option<Policies>,
    /// The engine's signing key, as PEM; one of its own otherwise.
    pub signing_key: Option<String>,
    /// What the policies call their keys, where it is not what the demo's do.
    pub key_names: BTreeMap<String, String>,
}

impl Inside {
    /// Starts all three, with an engine that never dies.
    pub async fn start(wishes: Wishes) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Clock::system();
        let door = Door::default();
        let [engine, bank, inbox] = [listener().await, listener().await, listener().await];
        let url = |host: &str, listener: &TcpListener| {
            let port = listener.local_addr().expect("it listens").port();
            Url::parse(&format!("http://{host}:{port}/")).expect("an address of a host and a port parses")
        };
        let sandbox = SandboxApi::at(url("localhost", &inbox));
        let sites = Sites { engine: url("localhost", &engine), bank: url("127.0.0.1", &bank), sandbox };

        let moved = clock.clone();
        let stand_ins = Sandbox::new(SandboxConfig {
            advance_clock: Some(Arc::new(move |by| moved.advance(by))),
            ..SandboxConfig::demo(sites.sandbox.url().clone(), clock.as_fn())
        });
        let bank_config = BankConfig {
            public_url: sites.bank.clone(),
            engine_url: sites.engine.clone(),
            clock: clock.as_fn(),
            policies: wishes.bank_policies.clone().unwrap_or_default(),
            ..BankConfig::new(TENANT_ID, BANK_CLIENT, BANK_SECRET, folder.path().join("bank"))
        };
        let config = config(&sites, &wishes, &bank_config, folder.path());
        let bank_app = Bank::start(bank_config).await.expect("the bank starts");
        serve(inbox, stand_ins.router());
        serve(bank, bank_app.router());
        serve(engine, door.router());
        let mut inside = Self { sites, clock, door, config, server: None, folder };
        inside.engine_starts(Extras::default()).await;
        inside
    }

    /// Starts an engine on the same data, in place of the one that is there.
    pub async fn engine_starts(&mut self, extras: Extras) {
        self.server = None;
        let server = Server::start_with(self.config.clone(), self.clock.clone(), extras).await;
        let server = server.expect("the engine starts");
        self.door.lead_to(server.router());
        self.server = Some(server);
    }

    /// The same, told of boundaries.
    pub async fn engine_starts_with(&mut self, boundaries: Arc<dyn Boundaries>) {
        self.engine_starts(Extras { boundaries, ..Extras::default() }).await;
    }

    /// The engine.
    pub fn engine(&self) -> &Server {
        self.server.as_ref().expect("an engine is started in the beginning")
    }

    /// Moves the clock of all three.
    pub fn advance(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// How many payments the bank has really booked, read from its own file.
    pub async fn booked(&self) -> u64 {
        crate::count(&self.folder.path().join("bank/bank.db"), "SELECT count(*) FROM ledger").await
    }

    /// How many accounts the engine keeps, read from its own file.
    pub async fn accounts(&self) -> u64 {
        crate::count(&self.folder.path().join("engine.db"), "SELECT count(*) FROM users").await
    }
}

async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.expect("a free port")
}

fn serve(listener: TcpListener, router: Router) {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    // It ends with the test's runtime.
    tokio::spawn(async move { axum::serve(listener, service).await });
}

/// The demo's own policies.
pub fn demo_tenant() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/tenant")
}

fn config(sites: &Sites, wishes: &Wishes, bank: &BankConfig, folder: &Path) -> Config {
    let mut limits = Limits::default();
    // Loops of tests send more than a person may.
    limits.message.threshold = u32::MAX;
    let secret = |text: &str| PolicyKey::Value(Secret::new(text));
    let mut values = vec![
        ("B2C_1A_SendGridSecret", DEMO_SENDGRID_KEY),
        ("B2C_1A_B2cRestTwilioClientId", DEMO_ACCOUNT_SID),
        ("B2C_1A_B2cRestTwilioClientSecret", DEMO_AUTH_TOKEN),
    ];
    values.extend(wishes.signing_key.as_deref().map(|pem| ("B2C_1A_TokenSigningKeyContainer", pem)));
    let called = |name: &str| wishes.key_names.get(name).map_or(name, String::as_str).into();
    let policy_keys = values.into_iter().map(|(name, value)| (called(name), secret(value))).collect();
    Config {
        public_urls: vec![sites.engine.clone()],
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        trusted_proxies: Vec::new(),
        development: true,
        sandbox: true,
        database: Database { url: format!("sqlite://{}", folder.join("engine.db").display()) },
        key_encryption: KeyEncryption { current: [7; 32], previous: Vec::new() },
        tenants: vec![TenantConfig {
            name: TENANT.to_owned(),
            id: TENANT_ID.to_owned(),
            policies: vec![wishes.policies.clone().unwrap_or_else(demo_tenant)],
            environment: None,
            settings: Settings::default(),
            allow_unsupported: Vec::new(),
            policy_keys,
        }],
        clients: vec![bank_client(bank)],
        policy_keys: Default::default(),
        missing_policy_keys: MissingPolicyKeys::Invent { secret: Secret::new("nobody asks for it") },
        limits,
        messages: None,
        outbound: OutboundConfig { rewrite: rewrites(sites), ..OutboundConfig::default() },
        hints: HintConfig { match_nonce: true, ..HintConfig::default() },
    }
}

fn bank_client(bank: &BankConfig) -> ClientConfig {
    let address = |text: String| RedirectUri::parse(&text).expect("the bank's own addresses are absolute");
    let kind = oidc::ClientKind::Confidential(vec![oidc::Secret::new(BANK_SECRET)]);
    let client = oidc::Client {
        redirect_uris: vec![address(bank.redirect_uri())],
        logout_redirect_uris: vec![address(bank.post_logout_redirect_uri())],
        ..oidc::Client::new(BANK_CLIENT, kind)
    };
    ClientConfig { tenant: TENANT.to_owned(), name: "The bank".to_owned(), client }
}

/// The addresses in the demo's policies, and what takes their place.
fn rewrites(sites: &Sites) -> Vec<Rewrite> {
    let zeros = "0".repeat(32);
    let below = |path: &str| sites.sandbox.url().join(path).expect("a path of the sandbox");
    [
        (
            format!("https://verify.twilio.com/v2/Services/VA{zeros}"),
            below(&format!("twilio-verify/v2/Services/{DEMO_SERVICE_SID}")),
        ),
        (
            format!("https://api.twilio.com/2010-04-01/Accounts/AC{zeros}"),
            below(&format!("twilio-api/2010-04-01/Accounts/{DEMO_ACCOUNT_SID}")),
        ),
        ("https://api.sendgrid.com/".to_owned(), below("sendgrid/")),
        ("https://psd2demo.azurewebsites.net/".to_owned(), sites.bank.clone()),
    ]
    .map(|(from, to)| Rewrite { from: Url::parse(&from).expect("a constant address parses"), to })
    .into()
}

/// What stands before the engine. While the engine is dead, nobody is answered.
#[derive(Clone, Default)]
pub struct Door {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    router: Mutex<Router>,
    dead: AtomicBool,
    tamper: Mutex<Option<Tamper>>,
}

impl Door {
    fn router(&self) -> Router {
        Router::new().fallback(pass).with_state(self.clone())
    }

    fn lead_to(&self, router: Router) {
        *self.inner.router.lock().unwrap_or_else(PoisonError::into_inner) = router;
        self.inner.dead.store(false, Ordering::SeqCst);
    }

    /// The engine dies: what it was about to answer is lost, too.
    pub fn dies(&self) {
        self.inner.dead.store(true, Ordering::SeqCst);
    }

    /// Whether it is dead.
    pub fn is_dead(&self) -> bool {
        self.inner.dead.load(Ordering::SeqCst)
    }

    /// Changes every ID token from now on.
    pub fn tamper(&self, tamper: Option<Tamper>) {
        *self.inner.tamper.lock().unwrap_or_else(PoisonError::into_inner) = tamper;
    }

    fn changed(&self, body: &Bytes) -> Option<String> {
        let tamper = self.inner.tamper.lock().unwrap_or_else(PoisonError::into_inner);
        let mut answer: Value = serde_json::from_slice(body).ok()?;
        let forged = tamper.as_ref()?(answer["id_token"].as_str()?);
        answer["id_token"] = forged.into();
        Some(answer.to_string())
    }
}

async fn pass(State(door): State<Door>, request: Request) -> Response {
    let dead = || StatusCode::BAD_GATEWAY.into_response();
    if door.is_dead() {
        return dead();
    }
    let for_tokens = request.uri().path().ends_with("/token");
    let router = door.inner.router.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let response = router.oneshot(request).await.into_response();
    if door.is_dead() {
        return dead();
    }
    if !for_tokens {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, LARGEST_BODY).await.expect("an answer with tokens is small");
    match door.changed(&body) {
        Some(changed) => {
            parts.headers.remove(CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(changed))
        }
        None => Response::from_parts(parts, Body::from(body)),
    }
}
