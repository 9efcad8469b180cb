//! Faults on request: the next calls to a provider fail, or come late, as a test wants them to.

use std::collections::HashMap;

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde::{Deserialize, Serialize};

use crate::provider::Provider;

/// The longest delay, in milliseconds: more than any caller waits.
const LONGEST_DELAY_MS: u64 = 120_000;

/// How the next calls to a provider are answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    provider: Provider,
    /// The status to answer instead of doing the work; without one the work is done.
    status: Option<u16>,
    /// How long the answer is held back, in milliseconds.
    #[serde(default)]
    pub(crate) delay_ms: u64,
    /// Calls that are answered so; 0 takes the provider's fault away.
    #[serde(default = "once")]
    count: u32,
    /// The provider's own error code.
    code: Option<u32>,
    /// The body, verbatim, instead of an error in the provider's shape.
    body: Option<String>,
    /// Seconds, for a `Retry-After` header.
    retry_after_s: Option<u32>,
}

const fn once() -> u32 {
    1
}

impl Fault {
    /// What is wrong with the request for this fault.
    pub(crate) fn problem(&self) -> Option<String> {
        if self.status.is_some_and(|status| !(200..600).contains(&status)) {
            return Some("`status` is 200 to 599".to_owned());
        }
        if self.delay_ms > LONGEST_DELAY_MS {
            return Some(format!("`delay_ms` is at most {LONGEST_DELAY_MS}"));
        }
        let answers = self.code.is_some() || self.body.is_some() || self.retry_after_s.is_some();
        (answers && self.status.is_none()).then(|| "`code`, `body` and `retry_after_s` need a `status`".to_owned())
    }

    /// The answer that replaces the provider's, if there is to be one.
    pub(crate) fn answer(&self, provider: Provider) -> Option<Response> {
        let status = StatusCode::from_u16(self.status?).ok()?;
        let mut response = match &self.body {
            Some(body) => Response::new(Body::from(body.clone())),
            None if status.is_success() => Response::new(Body::from("{}")),
            None => provider.refusal(status, self.code, "A fault that the sandbox was asked for"),
        };
        *response.status_mut() = status;
        if !response.headers().contains_key(header::CONTENT_TYPE) {
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        Some(response)
    }
}

/// At most one fault a provider.
#[derive(Default)]
pub(crate) struct Faults {
    set: HashMap<Provider, Fault>,
}

impl Faults {
    /// Replaces the provider's fault.
    pub(crate) fn set(&mut self, fault: Fault) {
        if fault.count == 0 {
            self.set.remove(&fault.provider);
        } else {
            self.set.insert(fault.provider, fault);
        }
    }

    /// Uses the provider's fault up by one call.
    pub(crate) fn take(&mut self, provider: Provider) -> Option<Fault> {
        let fault = self.set.get_mut(&provider)?;
        fault.count -= 1;
        let taken = fault.clone();
        if fault.count == 0 {
            self.set.remove(&provider);
        }
        Some(taken)
    }
}
