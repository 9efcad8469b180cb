//! One-time codes: made, handed out again, and checked in one atomic step each.
//!
//! The rules are the pure functions here, written once. A backend loads a record under a lock of its row, applies one of
//! them and writes the result before anybody hears of it: an attempt is counted before its comparison can be observed,
//! and parallel guesses queue.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use journeyman_engine::effect::{CodeCall, CodeRefusal, CodeReply, CodeSettings, Secret};
use serde::{Deserialize, Serialize};

use crate::entropy::{self, Entropy};
use crate::error::Result;
use crate::seal;

/// How long a record outlives its last use: longer than any journey, since the number of codes that a journey asked
/// for must not be forgotten while it lasts.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// One-time codes. Every operation is recorded under its intent for a day: repeated after a crash, it answers what it
/// answered and changes nothing.
#[async_trait]
pub trait Codes: Send + Sync {
    /// Makes a code for an identifier within a scope, or hands out the living one again.
    async fn generate(
        &self,
        intent: &str,
        scope: &str,
        identifier: &str,
        settings: &CodeSettings,
        now: Timestamp,
    ) -> Result<CodeReply>;

    /// Reserves an attempt, then compares. A code is right once.
    async fn verify(
        &self,
        intent: &str,
        scope: &str,
        identifier: &str,
        code: &Secret,
        now: Timestamp,
    ) -> Result<CodeReply>;

    /// Carries out what a journey asks for.
    async fn perform(&self, intent: &str, call: &CodeCall, now: Timestamp) -> Result<CodeReply> {
        match call {
            CodeCall::Generate { scope, identifier, settings } => {
                self.generate(intent, scope, identifier, settings, now).await
            }
            CodeCall::Verify { scope, identifier, code } => self.verify(intent, scope, identifier, code, now).await,
        }
    }
}

/// Addresses are compared without case and surrounding space; a phone number has neither.
pub(crate) fn normal(identifier: &str) -> String {
    identifier.trim().to_lowercase()
}

/// What is remembered of an identifier within a scope.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct CodeRecord {
    /// Absent once it was entered rightly.
    pub(crate) code: Option<Secret>,
    pub(crate) expires_at: Timestamp,
    pub(crate) max_attempts: u32,
    pub(crate) window_seconds: u32,
    pub(crate) attempts: u32,
    pub(crate) generated: u32,
    pub(crate) locked_until: Option<Timestamp>,
}

impl CodeRecord {
    fn locked(&self, now: Timestamp) -> bool {
        self.locked_until.is_some_and(|until| now < until)
    }

    /// The code, if it can still be entered.
    fn living(&self, now: Timestamp) -> Option<&Secret> {
        self.code.as_ref().filter(|_| now < self.expires_at && self.attempts < self.max_attempts)
    }
}

/// Makes a code. Returns the record to write, which is absent when nothing changes.
pub(crate) fn generate(
    record: Option<&CodeRecord>,
    settings: &CodeSettings,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<(Option<CodeRecord>, CodeReply)> {
    if record.is_some_and(|r| r.locked(now)) {
        return Ok((None, CodeReply::Refused(CodeRefusal::MaxRetryAttempted)));
    }
    let generated = record.map_or(0, |r| r.generated);
    if generated >= settings.generation_attempts {
        return Ok((None, CodeReply::Refused(CodeRefusal::MaxNumberOfCodeGenerated)));
    }
    let reusable = record
        .filter(|r| settings.reuse_same_code && r.attempts < settings.retry_attempts)
        .and_then(|r| Some((r.living(now)?.clone(), r.attempts)));
    let (code, attempts) = match reusable {
        Some(living) => living,
        None => (Secret::new(entropy::text(entropy, &settings.characters, settings.length)?), 0),
    };
    let next = CodeRecord {
        code: Some(code.clone()),
        expires_at: now + SignedDuration::from_secs(settings.expiration_seconds.into()),
        max_attempts: settings.retry_attempts,
        window_seconds: settings.expiration_seconds,
        attempts,
        generated: generated + 1,
        locked_until: None,
    };
    Ok((Some(next), CodeReply::Generated(code)))
}

/// Checks a code. Returns the record to write, which is absent when nothing changes.
pub(crate) fn verify(record: Option<&CodeRecord>, typed: &Secret, now: Timestamp) -> (Option<CodeRecord>, CodeReply) {
    let refuse = CodeReply::Refused;
    let Some(record) = record.filter(|r| now < r.expires_at) else {
        return (None, refuse(CodeRefusal::SessionDoesNotExist));
    };
    // Entered rightly before: to whoever comes now there is no code.
    let Some(code) = &record.code else {
        return (None, refuse(CodeRefusal::SessionDoesNotExist));
    };
    if record.attempts >= record.max_attempts || record.locked(now) {
        return (None, refuse(CodeRefusal::MaxRetryAttempted));
    }
    let mut next = CodeRecord { attempts: record.attempts + 1, ..record.clone() };
    let reply = if seal::equal(typed.expose().trim().as_bytes(), code.expose().as_bytes()) {
        next.code = None;
        CodeReply::Verified
    } else if next.attempts == next.max_attempts {
        next.locked_until = Some(now + SignedDuration::from_secs(next.window_seconds.into()));
        refuse(CodeRefusal::InvalidCode)
    } else {
        refuse(CodeRefusal::VerificationFailedRetryAllowed)
    };
    (Some(next), reply)
}

#[cfg(test)]
mod tests {
    use super::{CodeRecord, CodeRefusal, CodeReply, Secret, SignedDuration, Timestamp, verify};

    #[test]
    fn used_up_attempts_are_refused_even_without_a_lock() {
        let now = Timestamp::UNIX_EPOCH;
        let record = CodeRecord {
            code: Some(Secret::new("123456")),
            expires_at: now + SignedDuration::from_secs(1),
            max_attempts: 3,
            window_seconds: 600,
            attempts: 3,
            generated: 1,
            locked_until: None,
        };
        let (next, reply) = verify(Some(&record), &Secret::new("123456"), now);
        assert!(next.is_none());
        assert_eq!(reply, CodeReply::Refused(CodeRefusal::MaxRetryAttempted));
    }
}
