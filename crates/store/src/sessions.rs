//! Single sign-on: what an earlier sign-in left for the next journey in the same browser.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::error::Result;
use crate::handle::Handle;

/// Which session of a browser: sessions of one tenant are shared by what the scope of the policy says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Partition {
    /// The tenant's id.
    pub tenant: String,
    /// Empty for the whole tenant, else the application or the policy, with a prefix that tells them apart.
    pub scope: String,
}

/// A session.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// Counts the updates.
    pub version: u64,
    /// When it ends, if it is not used before.
    pub idle_expires_at: Timestamp,
    /// When it ends however often it is used.
    pub absolute_expires_at: Timestamp,
    /// The server's own record, opaque here; sealed at rest.
    pub payload: Vec<u8>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("version", &self.version)
            .field("idle_expires_at", &self.idle_expires_at)
            .field("absolute_expires_at", &self.absolute_expires_at)
            .finish_non_exhaustive()
    }
}

impl Session {
    pub(crate) fn alive(&self, now: Timestamp) -> bool {
        now < self.idle_expires_at && now < self.absolute_expires_at
    }
}

/// Sessions by the handle that the browser's session cookie holds. One handle has a session a partition.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Writes a session, in place of one that is there. `version` is ignored: it begins at 1.
    async fn create(&self, handle: &Handle, partition: &Partition, session: &Session) -> Result<()>;

    /// The session, if it lives.
    async fn read(&self, handle: &Handle, partition: &Partition, now: Timestamp) -> Result<Option<Session>>;

    /// Writes a session that was read. False when it was updated or deleted since: read it again.
    async fn update(&self, handle: &Handle, partition: &Partition, session: &Session) -> Result<bool>;

    /// Deletes the session of one partition.
    async fn delete(&self, handle: &Handle, partition: &Partition) -> Result<()>;

    /// Deletes all sessions of the handle.
    async fn delete_all(&self, handle: &Handle) -> Result<()>;
}
