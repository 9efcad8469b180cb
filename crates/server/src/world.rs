//! The world of a journey: carries out what the interpreter asks for, one effect at a time.
//!
//! Whatever goes wrong becomes a [`Reply`]: what the policy language has words for is told apart, everything else is
//! [`Reply::Failed`], which lets nobody in. Failures are logged here, without secrets.

use std::sync::Arc;

use jiff::Timestamp;
use journeyman_engine::Program;
use journeyman_engine::effect::{Effect, Reply, Request, Secret};
use journeyman_store::{Handle, Store};

use crate::clock::Clock;
use crate::config::Config;
use crate::policy_keys::PolicyKeys;

/// Where a journey stands in the world: for whom an effect is carried out.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The program that the journey runs on.
    pub(crate) program: Arc<Program>,
    /// The tenant's id.
    pub(crate) tenant: String,
    /// The tenant's domain name.
    pub(crate) domain: String,
    /// The browser that the journey is bound to, by its long-lived random cookie.
    pub(crate) browser: Handle,
    /// The journey's id, as in `Start::journey`.
    pub(crate) journey: String,
    /// The journey's language.
    pub(crate) language: String,
    /// The application that asks.
    pub(crate) client: String,
    /// The engine's own issuer for this policy, as its tokens carry it: the audience that a hint is expected to have
    /// where the policy names none.
    pub(crate) issuer: String,
    /// `nonce` of the application's request: a hint that carries one must carry this one.
    pub(crate) nonce: Option<String>,
    /// The time of the step.
    pub(crate) now: Timestamp,
}

/// Why effects cannot be carried out at all.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WorldError(String);

/// Carries out effects.
#[derive(Debug)]
pub(crate) struct World {
    config: Arc<Config>,
    store: Store,
    clock: Clock,
    keys: Arc<PolicyKeys>,
}

impl World {
    /// What carries out effects of all tenants.
    ///
    /// # Errors
    ///
    /// The threads of the password pool, or the HTTP client, cannot be set up.
    pub(crate) fn new(
        config: Arc<Config>,
        store: Store,
        clock: Clock,
        keys: Arc<PolicyKeys>,
    ) -> Result<Self, WorldError> {
        Ok(Self { config, store, clock, keys })
    }

    /// Carries out one effect.
    pub(crate) async fn perform(&self, at: &Place, request: &Request) -> Reply {
        match &request.effect {
            Effect::Http(_) | _ => Reply::Failed,
        }
    }

    /// Consumes a hint that the journey used, when it issues. `token` is the hint as it came with the request. False when
    /// another journey consumed it first: then nothing may be issued.
    ///
    /// # Errors
    ///
    /// The store does not answer: then nothing may be issued either.
    pub(crate) async fn consume_hint(&self, at: &Place, token: &Secret) -> Result<bool, journeyman_store::StoreError> {
        let _ = (at, token);
        Ok(false)
    }
}
