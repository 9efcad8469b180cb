//! Keys that the engine generated for itself: made once, however many nodes start at the same time.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::error::Result;

/// One key of a set.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// Its `kid`, unique in the set.
    pub id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Not used to sign before then.
    pub not_before: Option<Timestamp>,
    /// Not used after then.
    pub expires_at: Option<Timestamp>,
    /// PKCS#8 or the bytes of the secret; sealed at rest.
    pub secret: Vec<u8>,
    /// A certificate in DER, if it has one.
    pub certificate: Option<Vec<u8>>,
}

impl std::fmt::Debug for StoredKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredKey").field("id", &self.id).field("created_at", &self.created_at).finish_non_exhaustive()
    }
}

/// A named set of keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeySet {
    /// Counts its changes; 0 for a set that nobody began.
    pub generation: u64,
    /// Oldest first.
    pub keys: Vec<StoredKey>,
}

/// Named sets of keys.
#[async_trait]
pub trait KeySets: Send + Sync {
    /// The set; empty, at generation 0, if nobody began it.
    async fn key_set(&self, name: &str) -> Result<KeySet>;

    /// Adds a key if the set is still at that generation, and returns the set as it stands then. Of two nodes that begin
    /// or rotate a set at the same time one adds its key, and both use it.
    async fn add_key(&self, name: &str, generation: u64, key: &StoredKey) -> Result<KeySet>;
}
