//! What is parked: a versioned form of a journey, so that one parked before an upgrade is still read after it.

use serde::{Deserialize, Serialize};

use crate::journey::Journey;

/// A parked journey that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("a parked journey cannot be read: {0}")]
pub struct SnapshotError(#[from] serde_json::Error);

#[derive(Serialize, Deserialize)]
#[serde(tag = "version", content = "journey")]
enum Snapshot {
    #[serde(rename = "1")]
    V1(Box<Journey>),
}

impl Journey {
    /// The bytes to park.
    pub fn park(&self) -> Vec<u8> {
        serde_json::to_vec(&Snapshot::V1(Box::new(self.clone()))).expect("claims and texts always serialize")
    }

    /// Reads parked bytes, of this version or an earlier one.
    ///
    /// # Errors
    /// They are of a later version, or damaged.
    pub fn unpark(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let Snapshot::V1(journey) = serde_json::from_slice(bytes)?;
        Ok(*journey)
    }
}
