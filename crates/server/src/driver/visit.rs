//! What is parked of a journey: where the interpreter stands, and beside it what the server must know to answer the
//! application when it is over.

use jiff::Timestamp;
use journeyman_engine::Journey;
use journeyman_engine::event::{Issue, Refusal};
use journeyman_engine::snapshot::SnapshotError;
use journeyman_oidc::AuthorizationRequest;
use serde::{Deserialize, Serialize};

use crate::front::address::Address;

/// What the server knows of a journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct About {
    /// The tenant's id.
    pub(crate) tenant: String,
    /// The policy's id.
    pub(crate) policy: String,
    /// What the application asked for.
    pub(crate) request: AuthorizationRequest,
    /// The person wants to stay signed in.
    #[serde(default)]
    pub(crate) remember_me: bool,
    /// Until when it waits for the person, once it was parked.
    #[serde(default)]
    pub(crate) waits_until: Option<Timestamp>,
    /// How it ended, if it is over.
    #[serde(default)]
    pub(crate) ending: Option<Ending>,
    /// When the application was answered first.
    #[serde(default)]
    pub(crate) answered_at: Option<Timestamp>,
}

impl About {
    /// A journey that has not begun.
    pub(crate) fn new(address: &Address, request: AuthorizationRequest) -> Self {
        Self {
            tenant: address.tenant.id.clone(),
            policy: address.policy().to_owned(),
            request,
            remember_me: false,
            waits_until: None,
            ending: None,
            answered_at: None,
        }
    }

    /// Whether the person took too long.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.ending.is_none() && self.waits_until.is_some_and(|until| now > until)
    }
}

/// How a journey ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Ending {
    /// Tokens are due.
    Issue(Box<Issue>),
    /// An error is due.
    Refuse(Refusal),
}

/// What is parked cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    /// The server's part.
    #[error("a parked journey has no readable head: {0}")]
    Head(#[from] serde_json::Error),
    /// There is no second line.
    #[error("a parked journey is incomplete")]
    Incomplete,
    /// The interpreter's part.
    #[error(transparent)]
    Journey(#[from] SnapshotError),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Head<'a> {
    #[serde(rename = "1")]
    V1 { about: std::borrow::Cow<'a, About> },
}

/// The bytes to park: a line each for the server and for the interpreter.
pub(crate) fn pack(about: &About, journey: &Journey) -> Vec<u8> {
    let head = Head::V1 { about: std::borrow::Cow::Borrowed(about) };
    let mut bytes = serde_json::to_vec(&head).expect("claims and texts always serialize");
    bytes.push(b'\n');
    bytes.extend(journey.park());
    bytes
}

/// Reads parked bytes.
pub(crate) fn unpack(bytes: &[u8]) -> Result<(About, Journey), Unreadable> {
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(Unreadable::Incomplete)?;
    let Head::V1 { about } = serde_json::from_slice(&bytes[..end])?;
    Ok((about.into_owned(), Journey::unpark(&bytes[end + 1..])?))
}
