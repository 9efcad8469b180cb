//! What happened: events of journeys for replay in development, and the lasting record for audits.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::error::Result;

/// How long recordings are kept.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Recordings of journeys; for `demo` and development mode only.
#[async_trait]
pub trait Recordings: Send + Sync {
    /// Appends one event to the recording of a journey.
    async fn record(&self, journey: &str, event: &Value, now: Timestamp) -> Result<()>;

    /// The events of a journey, first one first.
    async fn recording(&self, journey: &str) -> Result<Vec<Value>>;

    /// Ids of the journeys begun last, newest first.
    async fn recorded(&self, limit: u32) -> Result<Vec<String>>;
}

/// One line of the audit record. It holds no secret: no code, password, token or hint.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEvent {
    /// When.
    pub at: Timestamp,
    /// What, such as `sign-in` or `payment-approved`.
    pub kind: String,
    /// The tenant's id.
    pub tenant: String,
    /// Ties together all events of one run: the journey's id.
    pub correlation: String,
    /// Everything else.
    pub detail: Value,
}

/// The audit record: it only grows.
#[async_trait]
pub trait Audit: Send + Sync {
    /// Appends an event.
    async fn append(&self, event: &AuditEvent) -> Result<()>;

    /// The newest events, newest first; with a correlation only those of that run.
    async fn events(&self, correlation: Option<&str>, limit: u32) -> Result<Vec<AuditEvent>>;
}
