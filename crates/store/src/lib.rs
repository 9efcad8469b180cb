//! What outlives a request: journeys, codes, limits, accounts, sessions, grants, keys.
//!
//! Traits are few and shaped like aggregates; the server holds them as one [`Store`]. Every operation is one atomic step.
//! The time is a parameter, absence is an answer and no error, and what is secret is sealed with the [`KeyRing`] before
//! it is written. The rules (when a code counts, when somebody is locked out, what a write does to a user) are pure
//! functions beside the traits, so a backend only loads under a lock, applies and writes.
//!
//! To add a backend: a module with its own SQL and migrations, an `impl` for each trait, one line in `tests/suite`. To add
//! an operation: the trait, every backend, and a promise in the suite, in one commit.

mod codes;
mod directory;
mod entropy;
mod error;
mod grants;
mod handle;
mod hints;
mod journeys;
mod keys;
mod limits;
mod memory;
mod programs;
mod records;
mod requests;
mod seal;
mod sessions;
mod sqlite;

use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

pub use codes::Codes;
pub use directory::{ATTRIBUTES, Access, Attribute, Credential, Directory, Rule, Tenant, UserWrite};
pub use entropy::{Entropy, SystemEntropy};
pub use error::{Result, StoreError};
pub use grants::{Grant, Grants, Presented, Rotation};
pub use handle::Handle;
pub use hints::{HintId, HintUse, Hints};
pub use journeys::{Claim, FoundJourney, Journeys, Lease, NewJourney, Parked, Peek, Then};
pub use keys::{KeySet, KeySets, StoredKey};
pub use limits::{BLOCKED_FOR_GOOD, LimitRules, Limits};
pub use memory::Memory;
pub use programs::Programs;
pub use records::{Audit, AuditEvent, Recordings};
pub use requests::AuthorizationRequests;
pub use seal::{KEY_LENGTH, KeyRing, SealError};
pub use sessions::{Partition, Session, Sessions};
pub use sqlite::Sqlite;

/// How long the outcome of an operation is remembered under its intent.
pub(crate) const INTENT_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Upkeep of a backend.
#[async_trait]
pub trait Upkeep: Send + Sync {
    /// Forgets what has expired, at most `limit` rows a table, and returns how many. Call it again while it returns
    /// many; each call is short, so that nobody waits behind it.
    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64>;

    /// Whether the backend answers.
    async fn ping(&self) -> Result<()>;
}

/// Everything that a server keeps, whatever keeps it.
#[derive(Clone)]
#[expect(missing_docs, reason = "each field is the trait of its name")]
pub struct Store {
    pub journeys: Arc<dyn Journeys>,
    pub codes: Arc<dyn Codes>,
    pub limits: Arc<dyn Limits>,
    pub directory: Arc<dyn Directory>,
    pub sessions: Arc<dyn Sessions>,
    pub grants: Arc<dyn Grants>,
    pub hints: Arc<dyn Hints>,
    pub requests: Arc<dyn AuthorizationRequests>,
    pub keys: Arc<dyn KeySets>,
    pub programs: Arc<dyn Programs>,
    pub recordings: Arc<dyn Recordings>,
    pub audit: Arc<dyn Audit>,
    pub upkeep: Arc<dyn Upkeep>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

/// One thing that keeps everything.
pub trait Backend:
    Journeys
    + Codes
    + Limits
    + Directory
    + Sessions
    + Grants
    + Hints
    + AuthorizationRequests
    + KeySets
    + Programs
    + Recordings
    + Audit
    + Upkeep
    + 'static
{
}

impl<T> Backend for T where
    T: Journeys
        + Codes
        + Limits
        + Directory
        + Sessions
        + Grants
        + Hints
        + AuthorizationRequests
        + KeySets
        + Programs
        + Recordings
        + Audit
        + Upkeep
        + 'static
{
}

impl Store {
    /// Everything on one backend.
    pub fn on(backend: impl Backend) -> Self {
        let backend = Arc::new(backend);
        Self {
            journeys: backend.clone(),
            codes: backend.clone(),
            limits: backend.clone(),
            directory: backend.clone(),
            sessions: backend.clone(),
            grants: backend.clone(),
            hints: backend.clone(),
            requests: backend.clone(),
            keys: backend.clone(),
            programs: backend.clone(),
            recordings: backend.clone(),
            audit: backend.clone(),
            upkeep: backend,
        }
    }

    /// Opens the database of that address. `entropy` is what codes and object ids are drawn from.
    ///
    /// `sqlite://path` and `sqlite::memory:` are databases; `memory:` keeps everything in the process, unsealed.
    pub async fn open(url: &str, keys: KeyRing, entropy: Arc<dyn Entropy>) -> Result<Self> {
        if url == "memory:" {
            return Ok(Self::on(Memory::new(entropy)));
        }
        if url.starts_with("sqlite:") {
            return Ok(Self::on(Sqlite::open(url, keys, entropy).await?));
        }
        let scheme = url.split(':').next().unwrap_or_default();
        Err(StoreError::Open { reason: format!("`{scheme}:` is no database that this version speaks"), source: None })
    }
}
