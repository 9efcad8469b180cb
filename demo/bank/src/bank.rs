//! The bank as a value: started from its configuration, served by its router.

use std::{fmt, fs, io, sync::Arc};

use axum::Router;
use url::Url;

use crate::{
    authorizations::Authorizations,
    config::BankConfig,
    database,
    hint_keys::{HintKeyError, HintKeys},
    http_client::HttpClient,
    payments::Payments,
    relying_party::RelyingParty,
    routes,
    sessions::Sessions,
};

/// Why the bank could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A value of the configuration cannot be used.
    #[error("the bank's configuration: {0}")]
    Configuration(&'static str),
    /// The data directory cannot be made.
    #[error("the bank's data directory cannot be used")]
    DataDirectory(#[source] io::Error),
    /// The database cannot be opened or brought up to date.
    #[error("the bank's database cannot be opened")]
    Database(#[from] sqlx::Error),
    /// The keys that sign hints cannot be used.
    #[error(transparent)]
    HintKeys(#[from] HintKeyError),
    /// The HTTP client cannot be made.
    #[error("the bank's HTTP client cannot be made")]
    HttpClient(#[from] reqwest::Error),
}

/// The payment app. It has not talked to the engine when it starts: that happens when somebody first needs it, and again
/// until it answers, so either may be up before the other.
pub struct Bank {
    app: Arc<App>,
}

/// What the routes work with.
pub(crate) struct App {
    pub(crate) config: Arc<BankConfig>,
    pub(crate) hint_keys: HintKeys,
    pub(crate) relying_party: RelyingParty,
    pub(crate) sessions: Sessions,
    pub(crate) authorizations: Authorizations,
    pub(crate) payments: Payments,
}

impl Bank {
    /// Opens the database and the hint keys, making both if they are not there.
    pub async fn start(config: BankConfig) -> Result<Self, StartError> {
        check(&config)?;
        make_private(&config).map_err(StartError::DataDirectory)?;
        let config = Arc::new(config);
        let clock = config.clock.clone();
        let pool = database::open(&config.data_dir).await?;
        let hint_keys = HintKeys::open(config.hint_certificate.as_ref(), &config.data_dir, clock())?;
        let relying_party = RelyingParty::new(config.clone(), HttpClient::new(&config.engine_url)?)
            .map_err(|_| StartError::Configuration("the public URL makes no redirect URI"))?;
        let app = App {
            hint_keys,
            relying_party,
            sessions: Sessions { pool: pool.clone(), clock: clock.clone() },
            authorizations: Authorizations { pool: pool.clone(), clock: clock.clone() },
            payments: Payments { pool, clock },
            config,
        };
        Ok(Self { app: Arc::new(app) })
    }

    /// Every page and endpoint of the bank, to be served at the public URL's root.
    pub fn router(&self) -> Router {
        routes::router(self.app.clone())
    }
}

impl fmt::Debug for Bank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bank").field(&self.app.config).finish()
    }
}

fn check(config: &BankConfig) -> Result<(), StartError> {
    let is_origin = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
    };
    if !is_origin(&config.public_url) || !is_origin(&config.engine_url) {
        return Err(StartError::Configuration("public URL and engine URL are origins: scheme, host, port, no path"));
    }
    if config.currency.len() != 3 || !config.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(StartError::Configuration("the currency is a code of three capital letters"));
    }
    Ok(())
}

/// Sessions, tokens and keys are in that directory: only the bank's own account may look inside.
fn make_private(config: &BankConfig) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&config.data_dir)
}
