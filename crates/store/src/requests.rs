//! Authorization requests between their arrival and the first page, so that hints and parameters stay out of histories.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::error::Result;
use crate::handle::Handle;

/// Authorization requests by opaque handle.
///
/// A request can be read until it expires: a reload of the page that it leads to needs it. That two readings begin one
/// journey is seen to by [`Journeys::park`](crate::Journeys::park), which takes a handle once.
#[async_trait]
pub trait AuthorizationRequests: Send + Sync {
    /// Stores a request; the payload is opaque here and sealed at rest.
    async fn put_request(&self, handle: &Handle, payload: &[u8], expires_at: Timestamp) -> Result<()>;

    /// The request, if it has not expired.
    async fn read_request(&self, handle: &Handle, now: Timestamp) -> Result<Option<Vec<u8>>>;

    /// Forgets a request.
    async fn delete_request(&self, handle: &Handle) -> Result<()>;
}
