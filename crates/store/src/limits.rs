//! Attempts counted per person and purpose, across browsers, journeys and payments.
//!
//! An attempt is counted when it is reserved, before anybody knows whether it will fail. So parallel guesses cannot
//! exceed the limit, and a node that dies in between errs on the safe side. A success forgets the failures.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use journeyman_engine::effect::{LimitPurpose, LimitReply};
use serde::{Deserialize, Serialize};

use crate::error::Result;

/// How attempts of one purpose are limited; configuration decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitRules {
    /// Attempts without a success until the lock.
    pub threshold: u32,
    /// Attempts are counted in windows of this length, each beginning with its first attempt.
    pub window: SignedDuration,
    /// Length of the first locks.
    pub lock: SignedDuration,
    /// After so many locks in a row their length doubles, and again after as many. 0: it never grows.
    pub grow_after: u32,
    /// No lock is longer.
    pub longest_lock: SignedDuration,
    /// Attempts in all without a success, however slowly; then nothing is allowed until
    /// [`succeeded`](Limits::succeeded) is called, as a password reset does.
    pub absolute: Option<u32>,
}

/// How long a count outlives its last attempt: long enough that guessing slowly does not pay.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

/// What [`LimitReply::Blocked`] says when time alone does not help.
pub const BLOCKED_FOR_GOOD: u64 = u64::MAX;

/// Attempts counted per subject and purpose. Operations are recorded under their intent for a day: repeated after a
/// crash, an attempt is not counted twice.
#[async_trait]
pub trait Limits: Send + Sync {
    /// Reserves one attempt, or says for how long there is none.
    async fn attempt(
        &self,
        intent: &str,
        subject: &str,
        purpose: LimitPurpose,
        rules: &LimitRules,
        now: Timestamp,
    ) -> Result<LimitReply>;

    /// The reserved attempt succeeded: forgets the failures and the locks.
    async fn succeeded(&self, subject: &str, purpose: LimitPurpose) -> Result<()>;
}

/// The name of a purpose in the store.
pub(crate) fn purpose_name(purpose: LimitPurpose) -> &'static str {
    match purpose {
        LimitPurpose::Approval => "approval",
        LimitPurpose::Verification => "verification",
        LimitPurpose::Password => "password",
        LimitPurpose::Message => "message",
    }
}

/// What is remembered of a subject and purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LimitRecord {
    /// In this window.
    pub(crate) failures: u32,
    pub(crate) window_ends: Timestamp,
    /// Without a success or a quiet window.
    pub(crate) locks: u32,
    pub(crate) locked_until: Option<Timestamp>,
    /// Without a success.
    pub(crate) total: u32,
    /// When locks count as the first again: one window after the last attempt or lock.
    pub(crate) quiet_at: Timestamp,
}

/// Reserves an attempt. Returns the record to write, which is absent when nothing changes.
pub(crate) fn attempt(
    record: Option<&LimitRecord>,
    rules: &LimitRules,
    now: Timestamp,
) -> (Option<LimitRecord>, LimitReply) {
    let mut next = record.cloned().unwrap_or(LimitRecord {
        failures: 0,
        window_ends: now + rules.window,
        locks: 0,
        locked_until: None,
        total: 0,
        quiet_at: now + rules.window,
    });
    if rules.absolute.is_some_and(|most| next.total >= most) {
        return (None, LimitReply::Blocked { seconds: BLOCKED_FOR_GOOD });
    }
    if let Some(until) = next.locked_until.filter(|until| now < *until) {
        return (None, LimitReply::Blocked { seconds: seconds_until(until, now) });
    }
    if now >= next.quiet_at {
        next.locks = 0;
    }
    if now >= next.window_ends {
        next.failures = 0;
        next.window_ends = now + rules.window;
    }
    next.failures = next.failures.saturating_add(1);
    next.total = next.total.saturating_add(1);
    next.locked_until = (next.failures >= rules.threshold).then(|| now + lock_length(rules, next.locks));
    if next.locked_until.is_some() {
        next.locks = next.locks.saturating_add(1);
    }
    next.quiet_at = next.locked_until.unwrap_or(now) + rules.window;
    let left_in_all = rules.absolute.map_or(u32::MAX, |most| most.saturating_sub(next.total));
    let remaining = rules.threshold.saturating_sub(next.failures).min(left_in_all);
    (Some(next), LimitReply::Allowed { remaining })
}

fn lock_length(rules: &LimitRules, locks_before: u32) -> SignedDuration {
    let doublings = locks_before.checked_div(rules.grow_after).unwrap_or(0).min(30);
    rules.lock.checked_mul(1 << doublings).unwrap_or(rules.longest_lock).min(rules.longest_lock)
}

/// Rounded up, so that whoever waits so long is not refused again.
fn seconds_until(until: Timestamp, now: Timestamp) -> u64 {
    let left = until.duration_since(now);
    let seconds = left.as_secs() + i64::from(left.subsec_nanos() > 0);
    u64::try_from(seconds).unwrap_or(0)
}
