//! What other issuers publish: their OpenID configuration and keys, fetched when needed and kept for a while.
//!
//! A token with an unknown `kid` may be signed by a new key: then the keys are fetched once more, but not more often than
//! once a minute, so that made-up tokens do not turn into calls.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use journeyman_engine::effect::HttpFailure;
use journeyman_oidc::{MetadataError, ProviderMetadata, VerificationKeys};
use url::Url;

use crate::clock::Clock;
use crate::outbound::{Outbound, Outgoing};

/// How long what was fetched counts.
const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// How long it has to be kept before an unknown key is a reason to fetch it again.
const SETTLED: SignedDuration = SignedDuration::from_mins(1);
/// How long an issuer that failed is not asked again.
const RETRY: SignedDuration = SignedDuration::from_secs(10);
/// Issuers kept.
const MOST: usize = 256;
const TIMEOUT: Duration = Duration::from_secs(5);

/// Why keys cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PublishedError {
    /// The address of the configuration is not one.
    #[error("the address of the OpenID configuration is not one")]
    Address,
    /// The issuer does not answer, or must not be asked.
    #[error("the issuer did not answer: {0:?}")]
    Unreachable(HttpFailure),
    /// The issuer answered with an error.
    #[error("the issuer answered with status {0}")]
    Status(u16),
    /// What it answered is not what it should be.
    #[error(transparent)]
    Document(#[from] MetadataError),
    /// The keys are on a host that nobody vouches for.
    #[error("the keys are published on another host than the OpenID configuration")]
    Elsewhere,
}

/// An issuer, as it describes itself.
#[derive(Debug)]
pub(crate) struct Published {
    /// Its name for itself.
    pub(crate) issuer: String,
    /// Its keys.
    pub(crate) keys: VerificationKeys,
}

/// The keys of other issuers, by the address of their configuration.
#[derive(Debug)]
pub(crate) struct PublishedKeys {
    outbound: Arc<Outbound>,
    clock: Clock,
    /// Hosts that keys may come from, beside the configuration's own.
    hosts: Vec<String>,
    issuers: Mutex<HashMap<String, Arc<Issuer>>>,
}

/// What was fetched from one issuer, and when. Whoever fetches holds the lock: a crowd that waits for the same keys asks
/// once, and an issuer that is slow holds nobody else up.
type Issuer = tokio::sync::Mutex<Option<(Timestamp, Fetched)>>;
type Fetched = Result<Arc<Published>, PublishedError>;

impl PublishedKeys {
    pub(crate) fn new(outbound: Arc<Outbound>, clock: Clock, hosts: Vec<String>) -> Self {
        Self { outbound, clock, hosts, issuers: Mutex::default() }
    }

    /// The issuer whose configuration is at that address.
    pub(crate) async fn of(&self, metadata: &str) -> Fetched {
        self.newer_than(metadata, FRESH).await
    }

    /// The same, after a token came whose key was not among them.
    pub(crate) async fn again(&self, metadata: &str) -> Fetched {
        self.newer_than(metadata, SETTLED).await
    }

    async fn newer_than(&self, metadata: &str, age: SignedDuration) -> Fetched {
        let issuer = self.issuer(metadata);
        let mut latest = issuer.lock().await;
        if let Some((at, fetched)) = &*latest {
            let age = if fetched.is_ok() { age } else { RETRY };
            if self.clock.now().duration_since(*at) < age {
                return fetched.clone();
            }
        }
        let fetched = self.fetch(metadata).await.map(Arc::new);
        *latest = Some((self.clock.now(), fetched.clone()));
        fetched
    }

    fn issuer(&self, metadata: &str) -> Arc<Issuer> {
        let mut issuers = self.issuers.lock().unwrap_or_else(PoisonError::into_inner);
        if issuers.len() >= MOST && !issuers.contains_key(metadata) {
            issuers.clear();
        }
        Arc::clone(issuers.entry(metadata.to_owned()).or_default())
    }

    async fn fetch(&self, metadata: &str) -> Result<Published, PublishedError> {
        let asked = Url::parse(metadata).map_err(|_| PublishedError::Address)?;
        let (document, found_at) = self.get(&asked).await?;
        let configuration = ProviderMetadata::parse(document.as_bytes())?;
        // Behind a rewrite the document describes where it is found, not where it was asked for.
        let beside = configuration.keys_are_beside(&asked) || configuration.keys_are_beside(&found_at);
        let host = configuration.jwks_uri.host_str().unwrap_or_default();
        if !beside && !self.hosts.iter().any(|trusted| trusted.eq_ignore_ascii_case(host)) {
            return Err(PublishedError::Elsewhere);
        }
        let (keys, _) = self.get(&configuration.jwks_uri).await?;
        let keys = VerificationKeys::parse(keys.as_bytes())?;
        Ok(Published { issuer: configuration.issuer, keys })
    }

    async fn get(&self, url: &Url) -> Result<(String, Url), PublishedError> {
        let answer = self.outbound.call(Outgoing::get(url, TIMEOUT)).await.map_err(PublishedError::Unreachable)?;
        if answer.is_success() { Ok((answer.body, answer.url)) } else { Err(PublishedError::Status(answer.status)) }
    }
}
