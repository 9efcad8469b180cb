//! Policy keys: the secrets and key pairs that policies name by `B2C_1A_…`.
//!
//! A name is the same with and without that prefix, in any case. Where its value comes from is configured; what a
//! generated one is follows from how policies refer to it.

use std::sync::Arc;

use journeyman_claims::Name;

use journeyman_engine::effect::Secret;
use journeyman_store::Store;

use crate::clock::Clock;
use crate::config::{Config, MissingPolicyKeys, PolicyKey};

/// The prefix that a key's name may have or lack.
const PREFIX: &str = "b2c_1a_";

/// The name without its prefix, in lower case.
fn bare(name: &Name) -> &str {
    name.folded().strip_prefix(PREFIX).unwrap_or(name.folded())
}

/// Where the value of a key comes from for a tenant; `None` for one that nobody configured.
pub(crate) fn configured(config: &Config, tenant: &str, name: &Name) -> Option<PolicyKey> {
    let own = config.tenant(tenant).map(|tenant| &tenant.policy_keys);
    let mut keys = own.into_iter().flatten().chain(&config.policy_keys);
    if let Some((_, key)) = keys.find(|(known, _)| bare(known) == bare(name)) {
        return Some(key.clone());
    }
    match &config.missing_policy_keys {
        MissingPolicyKeys::Refuse => None,
        MissingPolicyKeys::Invent { .. } => Some(PolicyKey::Generated { rotate_after: None }),
    }
}

/// Why a policy key cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyFault {
    /// Nobody configured it.
    #[error("policy key `{0}` has no value")]
    Missing(Name),
    /// Its value is not what it is used as.
    #[error("policy key `{name}` cannot be used: {reason}")]
    Unusable {
        /// The key.
        name: Name,
        /// Why; never the value.
        reason: String,
    },
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] journeyman_store::StoreError),
}

/// Finds the values of policy keys, and makes those that are generated.
///
/// Signing keys follow as soon as the types of the oidc crate are there: `signing(tenant, name)` will answer the active
/// key and every key to publish.
#[derive(Debug)]
pub(crate) struct PolicyKeys {
    config: Arc<Config>,
    store: Store,
    clock: Clock,
}

impl PolicyKeys {
    /// The keys of a configuration.
    pub(crate) fn new(config: Arc<Config>, store: Store, clock: Clock) -> Self {
        Self { config, store, clock }
    }

    /// The text of a secret.
    ///
    /// # Errors
    ///
    /// It is not configured, or the store does not answer.
    pub(crate) async fn secret(&self, tenant: &str, name: &Name) -> Result<Secret, KeyFault> {
        match configured(&self.config, tenant, name) {
            Some(PolicyKey::Value(text)) => Ok(text),
            _ => Err(KeyFault::Missing(name.clone())),
        }
    }
}
