//! Parked journeys: what a journey is between two requests.
//!
//! A request claims its journey by compare-and-swap with a lease, works on it, and saves it. The loser of two clicks is
//! told so and looks at where the journey stands. A node that dies leaves a lease that runs out.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::error::Result;
use crate::handle::Handle;

/// A journey to park for the first time.
#[derive(Debug, Clone)]
pub struct NewJourney {
    /// What the browser will come back with. An authorization request's own handle can serve, so that the same link
    /// opened twice begins one journey.
    pub handle: Handle,
    /// The browser that it is bound to, by its long-lived random cookie.
    pub browser: Handle,
    /// Digest of the policy sources that it began with; they are kept while it is parked.
    pub program: String,
    /// Where it stands.
    pub parked: Parked,
}

/// Where a journey stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Parked {
    /// The engine's snapshot, opaque here; sealed at rest.
    pub snapshot: Vec<u8>,
    /// The intent of an at-most-once effect that is about to be carried out. Whoever claims a journey and finds one
    /// must answer it with "interrupted", not carry it out again.
    pub pending_intent: Option<String>,
    /// When the journey is forgotten.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Parked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parked")
            .field("snapshot", &format_args!("{} bytes", self.snapshot.len()))
            .field("pending_intent", &self.pending_intent)
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

/// The right to work on a journey, until it is saved and released or the lease runs out.
#[derive(Debug, Clone)]
pub struct Lease {
    pub(crate) handle: Handle,
    pub(crate) holder: Handle,
}

impl Lease {
    /// The journey's handle.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }
}

/// A journey as it was found.
#[derive(Debug, Clone)]
pub struct FoundJourney {
    /// Counts the saves.
    pub version: u64,
    /// Digest of the policy sources that it began with.
    pub program: String,
    /// Where it stands.
    pub parked: Parked,
    /// Whether a request is working on it right now.
    pub busy: bool,
}

/// What came of an attempt to claim a journey.
#[derive(Debug, Clone)]
pub enum Claim {
    /// It is the caller's until the lease runs out.
    Claimed(Lease, FoundJourney),
    /// Another request is working on it. This is where it stood before that request.
    Busy(FoundJourney),
    /// It is no longer at the version that was expected. This is where it stands.
    Moved(FoundJourney),
    /// There is none: expired, finished, or never parked.
    Gone,
    /// It belongs to another browser.
    OtherBrowser,
}

/// What came of a look at a journey.
#[derive(Debug, Clone)]
pub enum Peek {
    /// Where it stands.
    Here(FoundJourney),
    /// There is none.
    Gone,
    /// It belongs to another browser.
    OtherBrowser,
}

/// What becomes of the lease when a journey is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The caller goes on working, at most until then: before an at-most-once effect.
    HoldUntil(Timestamp),
    /// The caller is done.
    Release,
}

/// Parked journeys.
#[async_trait]
pub trait Journeys: Send + Sync {
    /// Parks a new journey, unclaimed. False if the handle is taken already: then look at the journey that has it.
    async fn park(&self, journey: &NewJourney) -> Result<bool>;

    /// Claims a journey for one request, until `lease_until`. With `expected`, only at that version.
    async fn claim(
        &self,
        handle: &Handle,
        browser: &Handle,
        expected: Option<u64>,
        lease_until: Timestamp,
        now: Timestamp,
    ) -> Result<Claim>;

    /// Writes where the journey stands and returns its new version. Fails with
    /// [`LeaseLost`](crate::StoreError::LeaseLost) when somebody else claimed it since.
    async fn save(&self, lease: &Lease, parked: &Parked, then: Then) -> Result<u64>;

    /// Gives the lease back without a change. Nothing happens when it is lost already.
    async fn release(&self, lease: &Lease) -> Result<()>;

    /// Removes a journey that is over. Fails with [`LeaseLost`](crate::StoreError::LeaseLost) when somebody else claimed
    /// it since: then it is not this request that ended it.
    async fn finish(&self, lease: &Lease) -> Result<()>;

    /// Looks at a journey without claiming it.
    async fn peek(&self, handle: &Handle, browser: &Handle, now: Timestamp) -> Result<Peek>;
}
