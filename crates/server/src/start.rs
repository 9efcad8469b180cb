//! From a configuration to a running server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use jiff::Timestamp;
use journeyman_pages::HomeLink;
use journeyman_store::{Store, StoreError, SystemEntropy};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::connections;
use crate::driver::boundary::{Boundaries, Open};
use crate::front::Metrics;
use crate::front::clients::Clients;
use crate::front::discovery::Documents;
use crate::front::site::Site;
use crate::front::throttle::Throttle;
use crate::policy_keys::PolicyKeys;
use crate::tenants::{Served, Tenants, TenantsError};
use crate::world::{World, WorldError};

/// How often what has expired is forgotten.
const TIDY: Duration = Duration::from_secs(60);
/// Rows a table that one round forgets.
const PURGED: u32 = 1_000;
/// Rounds until the stored policies are noted as being in use again.
const ROUNDS_A_DAY: u32 = 24 * 60;

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration contradicts itself.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The policies cannot be read.
    #[error(transparent)]
    Tenants(#[from] TenantsError),
    /// Effects cannot be carried out.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        reason: std::io::Error,
    },
}

/// What a server may be given beside its configuration.
#[derive(Clone)]
pub struct Extras {
    /// Other places that the home page of development mode leads to.
    pub links: Vec<HomeLink>,
    /// Told of every boundary that a journey crosses.
    pub boundaries: Arc<dyn Boundaries>,
    /// An opened store to use instead of the configured database.
    pub store: Option<Store>,
}

impl Default for Extras {
    fn default() -> Self {
        Self { links: Vec::new(), boundaries: Arc::new(Open), store: None }
    }
}

impl std::fmt::Debug for Extras {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Extras").field("links", &self.links.len()).finish_non_exhaustive()
    }
}

/// A server that is ready to answer. Clones are the same server.
#[derive(Clone, Debug)]
pub struct Server {
    site: Arc<Site>,
    _tidying: Arc<Tidying>,
}

/// Stops when the last clone of its server is gone.
#[derive(Debug)]
struct Tidying(JoinHandle<()>);

impl Drop for Tidying {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Server {
    /// Opens the store, compiles the policies, and gets ready.
    ///
    /// # Errors
    ///
    /// Something that the configuration names cannot be used.
    pub async fn start(config: Config, clock: Clock) -> Result<Self, StartError> {
        Self::start_with(config, clock, Extras::default()).await
    }

    /// The same, with extras.
    ///
    /// # Errors
    ///
    /// Something that the configuration names cannot be used.
    pub async fn start_with(config: Config, clock: Clock, extras: Extras) -> Result<Self, StartError> {
        config.check()?;
        let config = Arc::new(config);
        let entropy: Arc<dyn journeyman_store::Entropy> = Arc::new(SystemEntropy);
        let store = match extras.store {
            Some(store) => store,
            None => Store::open(&config.database.url, config.key_encryption.ring(), Arc::clone(&entropy)).await?,
        };
        let keys = Arc::new(PolicyKeys::new(Arc::clone(&config), store.clone()));
        let world = World::new(&config, store.clone(), clock.clone(), Arc::clone(&keys))?;
        let site = Arc::new(Site {
            clients: Clients::read(&config),
            tenants: Tenants::load(Arc::clone(&config), store.clone(), clock.clone()).await?,
            templates: world.templates(),
            world,
            documents: Documents::default(),
            throttle: Throttle::new(),
            metrics: Metrics::default(),
            boundaries: extras.boundaries,
            links: extras.links,
            keys,
            entropy,
            config,
            clock,
            store,
        });
        let tidying = Arc::new(Tidying(tokio::spawn(tidy(Arc::clone(&site)))));
        Ok(Self { site, _tidying: tidying })
    }

    /// Everything that it serves, to be put behind a listener with
    /// [`into_make_service_with_connect_info`](Router::into_make_service_with_connect_info), so that addresses of
    /// clients are known.
    pub fn router(&self) -> Router {
        crate::front::router(Arc::clone(&self.site))
    }

    /// Serves on a listener until `stop` is done, and then finishes what was begun.
    ///
    /// # Errors
    ///
    /// The listener failed.
    pub async fn serve(
        &self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        connections::serve(listener, self.router(), stop).await;
        Ok(())
    }

    /// Listens where the configuration says.
    ///
    /// # Errors
    ///
    /// The address is taken or not ours.
    pub async fn listen(&self) -> Result<TcpListener, StartError> {
        let address = self.site.config.listen;
        TcpListener::bind(address).await.map_err(|reason| StartError::Listen { address, reason })
    }

    /// The tenants and policies that it serves now.
    pub fn served(&self) -> Arc<Served> {
        self.site.tenants.served()
    }

    /// Compiles the policies anew and serves those from now on; journeys finish on the version that they began with.
    ///
    /// # Errors
    ///
    /// A file cannot be read, or a policy that is served would be lost: then all stays as it is.
    pub async fn reload(&self) -> Result<Arc<Served>, TenantsError> {
        self.site.tenants.reload().await
    }

    /// The clock that it reads.
    pub fn clock(&self) -> &Clock {
        &self.site.clock
    }

    /// What it keeps.
    pub fn store(&self) -> &Store {
        &self.site.store
    }
}

/// Forgets what has expired, round after round.
async fn tidy(site: Arc<Site>) {
    let mut ticks = interval(TIDY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut round: u32 = 0;
    loop {
        ticks.tick().await;
        site.throttle.tidy();
        purge(&site.store, site.clock.now()).await;
        round = (round + 1) % ROUNDS_A_DAY;
        if round == 0
            && let Err(error) = site.tenants.keep_sources().await
        {
            tracing::warn!(%error, "the policies in use could not be noted");
        }
    }
}

async fn purge(store: &Store, now: Timestamp) {
    loop {
        match store.upkeep.purge(now, PURGED).await {
            Ok(gone) if gone >= u64::from(PURGED) => tokio::task::yield_now().await,
            Ok(_) => return,
            Err(error) => {
                tracing::warn!(%error, "what has expired could not be forgotten");
                return;
            }
        }
    }
}
