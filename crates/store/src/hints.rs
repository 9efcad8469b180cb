//! Signed hints: bound to the browser that brings them first, and consumed when what they ask for is done.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::error::Result;
use crate::handle::Handle;

/// Names a hint.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HintId {
    /// Who signed it.
    pub issuer: String,
    /// Its `jti`, or a digest of the whole token where it has none.
    pub id: String,
}

/// What is known of a hint that is brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintUse {
    /// Nobody brought it before. It is bound to this browser now.
    Fresh,
    /// This browser brought it before.
    SameBrowser,
    /// Another browser brought it before.
    OtherBrowser,
    /// What it asked for is done.
    Consumed,
}

/// Hints that were seen.
#[async_trait]
pub trait Hints: Send + Sync {
    /// Notes a hint. It is remembered until `expires_at`, which must be when its signature stops counting, leeway
    /// included.
    async fn use_hint(&self, hint: &HintId, browser: &Handle, expires_at: Timestamp) -> Result<HintUse>;

    /// Consumes a hint that was noted. True exactly once, or again for the same `by` (the journey), so that a crash after
    /// it does no harm.
    async fn consume_hint(&self, hint: &HintId, by: &str) -> Result<bool>;
}
