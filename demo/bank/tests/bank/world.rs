//! A bank, an engine and a clock, and the ways through them that most tests begin with.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::Timestamp;
use journeyman_bank::{Bank, BankConfig};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tempfile::TempDir;
use url::Url;

use crate::{
    browser::{Browser, Page},
    engine::{Claims, Engine, Request, Signature},
};

pub(crate) const TENANT: &str = "5f2c1a80-2b0e-4f5c-9d1a-6a1d0f7b9c11";
pub(crate) const CLIENT: &str = "bank";
pub(crate) const SECRET: &str = "bank-secret";

/// A clock that stands until a test moves it.
#[derive(Clone)]
pub(crate) struct Clock(Arc<AtomicI64>);

impl Clock {
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("in range")
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) clock: Clock,
    pub(crate) browser: Browser,
    bank: Bank,
    data: TempDir,
}

impl World {
    pub(crate) async fn start() -> Self {
        let clock = Clock(Arc::new(AtomicI64::new(1_790_000_000)));
        let engine = Engine::start(clock.clone()).await;
        let data = tempfile::tempdir().expect("a temporary directory");
        let mut config = BankConfig::new(TENANT, CLIENT, SECRET, data.path());
        config.engine_url = engine.url.clone();
        let read = clock.clone();
        config.clock = Arc::new(move || read.now());
        let bank = Bank::start(config).await.expect("the bank starts");
        Self { browser: Browser::new(bank.router()), bank, engine, clock, data }
    }

    /// A world in which that person has signed in.
    pub(crate) async fn signed_in(subject: &str) -> Self {
        let mut world = Self::start().await;
        let home = sign_in(&world.engine, &mut world.browser, subject).await;
        assert_eq!(home.location(), "/");
        world
    }

    /// Another browser at the same bank.
    pub(crate) fn other_browser(&self) -> Browser {
        Browser::new(self.bank.router())
    }

    /// Fills in the form of a new payment; answers the handover page, or the form with its errors.
    pub(crate) async fn send(&mut self, payee: &str, account: &str, amount: &str) -> Page {
        let csrf = self.browser.get("/send-money").await.csrf();
        let fields = [("csrf", csrf.as_str()), ("payee", payee), ("account", account), ("amount", amount)];
        self.browser.post("/send-money", &fields).await
    }

    /// A payment on its way to the step-up.
    pub(crate) async fn ask(&mut self) -> Request {
        step_up_request(&self.send("Jo Doe", "GB33BUKB20201555555555", "50").await)
    }

    /// A payment that has been approved, ready to be confirmed: its page and its address.
    pub(crate) async fn approved(&mut self) -> (Page, String) {
        let request = self.ask().await;
        let back = self.answer(&request, |_| {}).await;
        let address = back.location().to_owned();
        (self.browser.get(&address).await, address)
    }

    /// Brings the engine's answer back, with claims changed as the test wants.
    pub(crate) async fn answer(&mut self, request: &Request, change: impl FnOnce(&mut Claims)) -> Page {
        let callback = self.issue(request, change);
        self.browser.get(&callback).await
    }

    /// The way back with a token for `Mo`, changed as the test wants.
    pub(crate) fn issue(&self, request: &Request, change: impl FnOnce(&mut Claims)) -> String {
        let mut claims = self.engine.claims(request, "Mo");
        change(&mut claims);
        self.engine.issue(request, &claims, Signature::Good)
    }

    /// How many payments have been executed.
    pub(crate) async fn ledger(&self) -> i64 {
        let file = SqliteConnectOptions::new().filename(self.data.path().join("bank.db"));
        let pool = SqlitePool::connect_with(file).await.expect("opens");
        sqlx::query_scalar("SELECT count(*) FROM ledger").fetch_one(&pool).await.expect("counts")
    }

    /// What the audit trail says, oldest first.
    pub(crate) async fn audit(&self) -> Vec<(String, String)> {
        let file = SqliteConnectOptions::new().filename(self.data.path().join("bank.db"));
        let pool = SqlitePool::connect_with(file).await.expect("opens");
        sqlx::query_as("SELECT event, detail FROM audit ORDER BY id").fetch_all(&pool).await.expect("reads")
    }
}

/// Goes to the sign-in policy and back.
pub(crate) async fn sign_in(engine: &Engine, browser: &mut Browser, subject: &str) -> Page {
    let request = Request::from_url(browser.get("/sign-in").await.location());
    let callback = engine.issue(&request, &engine.claims(&request, subject), Signature::Good);
    browser.get(&callback).await
}

/// The request that a handover page posts to the engine.
pub(crate) fn step_up_request(page: &Page) -> Request {
    let form = page.form("/oauth2/v2.0/authorize");
    let url = Url::parse(&form.action).expect("an absolute address");
    assert_eq!(url.query(), None, "the hint is not in an address");
    Request::new(&url, form.fields.into_iter().collect())
}
