//! The registered applications, as the protocol sees them.

use std::collections::HashMap;

use journeyman_oidc::{Client, ClientKind, FrontChannel};

use crate::config::Config;

/// The built-in client of development mode.
pub(crate) const DEVELOPMENT: &str = "journeyman-dev";

/// Applications by tenant and id.
#[derive(Debug)]
pub(crate) struct Clients {
    /// By the tenant's id, then the client's.
    by_tenant: HashMap<String, HashMap<String, Client>>,
    development: Option<Client>,
}

impl Clients {
    /// Reads the configuration.
    pub(crate) fn read(config: &Config) -> Self {
        let mut by_tenant: HashMap<String, HashMap<String, Client>> = HashMap::new();
        for registered in &config.clients {
            // A client of no tenant was refused when the configuration was checked.
            let Some(tenant) = config.tenant(&registered.tenant) else { continue };
            let client = registered.client.clone();
            by_tenant.entry(tenant.id.clone()).or_default().insert(client.id.clone(), client);
        }
        let development = config.development.then(|| Client {
            any_loopback: true,
            front_channel: FrontChannel { id_token: true, access_token: true },
            ..Client::new(DEVELOPMENT, ClientKind::Native)
        });
        Self { by_tenant, development }
    }

    /// The client of that id in a tenant.
    pub(crate) fn find(&self, tenant: &str, id: &str) -> Option<&Client> {
        let registered = self.by_tenant.get(tenant).and_then(|clients| clients.get(id));
        registered.or_else(|| self.development.as_ref().filter(|client| client.id == id))
    }

    /// All clients of a tenant.
    pub(crate) fn of(&self, tenant: &str) -> impl Iterator<Item = &Client> {
        self.by_tenant.get(tenant).into_iter().flat_map(HashMap::values).chain(&self.development)
    }
}
