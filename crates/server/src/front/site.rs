//! What every request of the front works with.

use std::sync::Arc;

use journeyman_pages::HomeLink;
use journeyman_store::{Entropy, Store};

use crate::clock::Clock;
use crate::config::Config;
use crate::driver::boundary::Boundaries;
use crate::front::clients::Clients;
use crate::front::discovery::Documents;
use crate::front::health::Metrics;
use crate::front::throttle::Throttle;
use crate::outbound::Templates;
use crate::policy_keys::PolicyKeys;
use crate::tenants::Tenants;
use crate::world::World;

/// The server, as its handlers see it.
pub(crate) struct Site {
    pub(crate) config: Arc<Config>,
    pub(crate) clock: Clock,
    pub(crate) store: Store,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) tenants: Tenants,
    pub(crate) keys: Arc<PolicyKeys>,
    pub(crate) world: World,
    pub(crate) clients: Clients,
    pub(crate) templates: Templates,
    pub(crate) documents: Documents,
    pub(crate) throttle: Throttle,
    pub(crate) metrics: Metrics,
    pub(crate) boundaries: Arc<dyn Boundaries>,
    /// Other places that the home page leads to.
    pub(crate) links: Vec<HomeLink>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Site")
    }
}
