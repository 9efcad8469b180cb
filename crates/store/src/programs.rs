//! Policy sources by digest: a journey finishes on the version that it began with.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::error::Result;

/// How long sources stay that nothing refers to; what is served is put again at every start and reload.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Policy sources and resolved settings by digest. They stay while a parked journey or a grant names them.
#[async_trait]
pub trait Programs: Send + Sync {
    /// Stores sources, or notes that they are in use.
    async fn put_program(&self, digest: &str, sources: &[u8], now: Timestamp) -> Result<()>;

    /// The sources.
    async fn program(&self, digest: &str) -> Result<Option<Vec<u8>>>;
}
