//! Authorization codes and refresh tokens. A code works once; refresh tokens rotate; using either a second time revokes
//! all that came from the same sign-in.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::error::Result;
use crate::handle::Handle;

/// What a code or refresh token stands for.
#[derive(Clone, PartialEq, Eq)]
pub struct Grant {
    /// Names the sign-in that all codes and refresh tokens of it come from.
    pub family: String,
    /// The tenant's id.
    pub tenant: String,
    /// The policy that issued it.
    pub policy: String,
    /// The application that it was issued to.
    pub client: String,
    /// Digest of the policy sources that a refresh journey runs on; they are kept while the grant lives.
    pub program: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Claims, nonce, challenge, …: opaque here; sealed at rest.
    pub payload: Vec<u8>,
}

impl std::fmt::Debug for Grant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Grant")
            .field("tenant", &self.tenant)
            .field("policy", &self.policy)
            .field("client", &self.client)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// What came of presenting a code or a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presented {
    /// It counts.
    Good(Grant),
    /// It was used before. Its family is revoked now.
    Replayed,
    /// It expired.
    Expired,
    /// Its family was revoked.
    Revoked,
    /// Nobody issued it, or it was forgotten.
    Unknown,
}

/// What came of an attempt to rotate a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// The new token counts, the old one is used up.
    Rotated,
    /// The old one was used before. Its family is revoked now, and the new one does not count.
    Replayed,
    /// The old one is expired, revoked or unknown; the new one does not count.
    Refused,
}

/// Authorization codes and refresh tokens.
#[async_trait]
pub trait Grants: Send + Sync {
    /// Stores an authorization code.
    async fn put_code(&self, code: &Handle, grant: &Grant) -> Result<()>;

    /// Uses an authorization code up, before anything else about the request is looked at.
    async fn take_code(&self, code: &Handle, now: Timestamp) -> Result<Presented>;

    /// Stores the first refresh token of a family. False when the family was revoked meanwhile, by a replay of the
    /// code: then no token may leave.
    async fn put_refresh(&self, token: &Handle, grant: &Grant) -> Result<bool>;

    /// Looks at a refresh token without using it up; a used one revokes its family.
    async fn present_refresh(&self, token: &Handle, now: Timestamp) -> Result<Presented>;

    /// Uses a refresh token up and stores its successor, both or neither.
    async fn rotate_refresh(&self, old: &Handle, new: &Handle, grant: &Grant, now: Timestamp) -> Result<Rotation>;

    /// Revokes all that came from a sign-in.
    async fn revoke_family(&self, family: &str, now: Timestamp) -> Result<()>;
}
