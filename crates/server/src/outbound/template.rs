//! Custom page templates: HTML that a tenant publishes, fetched by the server and kept for a while.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use journeyman_engine::effect::HttpFailure;
use url::Url;

use crate::clock::Clock;
use crate::outbound::{Outbound, Outgoing};

/// How long a template counts.
const FRESH: SignedDuration = SignedDuration::from_mins(5);
/// How long one that could not be fetched is not asked for again.
const RETRY: SignedDuration = SignedDuration::from_secs(10);
/// Templates kept. Their addresses may hold claims, so there can be any number.
const MOST: usize = 256;
const TIMEOUT: Duration = Duration::from_secs(5);

/// Why a template is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TemplateError {
    /// Its address is not one.
    #[error("the address of the template is not one")]
    Address,
    /// Its host does not answer, or must not be asked.
    #[error("the host of the template did not answer: {0:?}")]
    Unreachable(HttpFailure),
    /// Its host answered with an error.
    #[error("the host of the template answered with status {0}")]
    Status(u16),
}

type Fetched = Result<Arc<str>, TemplateError>;

/// Custom page templates, by address.
#[derive(Debug)]
pub(crate) struct Templates {
    outbound: Arc<Outbound>,
    clock: Clock,
    kept: RwLock<HashMap<String, (Timestamp, Fetched)>>,
}

impl Templates {
    pub(crate) fn new(outbound: Arc<Outbound>, clock: Clock) -> Self {
        Self { outbound, clock, kept: RwLock::default() }
    }

    /// The HTML at that address. Whoever shows it checks it first.
    pub(crate) async fn fetch(&self, address: &str) -> Fetched {
        if let Some(kept) = self.kept(address) {
            return kept;
        }
        let fetched = self.get(address).await;
        if let Err(error) = &fetched {
            tracing::warn!(%error, "a page template could not be fetched");
        }
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(address) {
            kept.clear();
        }
        kept.insert(address.to_owned(), (self.clock.now(), fetched.clone()));
        fetched
    }

    fn kept(&self, address: &str) -> Option<Fetched> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let (at, fetched) = kept.get(address)?;
        let age = if fetched.is_ok() { FRESH } else { RETRY };
        (self.clock.now().duration_since(*at) < age).then(|| fetched.clone())
    }

    async fn get(&self, address: &str) -> Fetched {
        let url = Url::parse(address).map_err(|_| TemplateError::Address)?;
        let answer = self.outbound.call(Outgoing::get(&url, TIMEOUT)).await.map_err(TemplateError::Unreachable)?;
        if answer.is_success() { Ok(answer.body.into()) } else { Err(TemplateError::Status(answer.status)) }
    }
}
