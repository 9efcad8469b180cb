//! The life of a verification: started, sent again, checked, and then gone. Pure; time and limits are given.
//!
//! A code belongs to a purpose: a service, a recipient and, for a payment, its amount and payee, compared as they were
//! sent. Approved, expired, cancelled and never started cannot be told apart afterwards.

use std::collections::VecDeque;

use jiff::Timestamp;
use rand::RngExt as _;

use crate::{
    config::{Psd2Mismatch, VerifyLimits},
    credentials::same,
    inbox::Payment,
    twilio::new_sid,
};

/// Verifications pending at once; the oldest gives way.
const MOST: usize = 2_000;

/// What a code is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Purpose {
    pub(super) service: String,
    pub(super) to: String,
    pub(super) payment: Option<Payment>,
}

/// How a verification stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Pending,
    Approved,
    Canceled,
    MaxAttemptsReached,
}

impl Status {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Canceled => "canceled",
            Self::MaxAttemptsReached => "max_attempts_reached",
        }
    }
}

/// One message with the code.
#[derive(Clone, Debug)]
pub(super) struct Send {
    pub(super) at: Timestamp,
    pub(super) channel: &'static str,
    pub(super) sid: String,
}

/// A code on its way.
#[derive(Clone, Debug)]
pub(super) struct Verification {
    pub(super) sid: String,
    pub(super) purpose: Purpose,
    pub(super) code: String,
    /// Never empty.
    pub(super) sends: Vec<Send>,
    wrong_codes: u32,
    pub(super) status: Status,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
}

impl Verification {
    /// The channel of the last message.
    pub(super) fn channel(&self) -> &'static str {
        self.sends.last().map_or("sms", |send| send.channel)
    }

    /// The id of the last message.
    pub(super) fn last_attempt(&self) -> &str {
        self.sends.last().map_or("", |send| &send.sid)
    }

    fn send(&mut self, channel: &'static str, now: Timestamp) {
        self.sends.push(Send { at: now, channel, sid: new_sid("VL") });
        self.updated = now;
    }
}

/// Whose verification a check is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Recipient(String),
    Sid(String),
}

impl Target {
    fn matches(&self, verification: &Verification) -> bool {
        match self {
            Self::Recipient(to) => *to == verification.purpose.to,
            Self::Sid(sid) => *sid == verification.sid,
        }
    }
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    NotFound,
    ChecksUsedUp,
    SendsUsedUp,
}

/// All pending verifications, newest first.
pub(super) struct Verifications {
    pending: VecDeque<Verification>,
    limits: VerifyLimits,
    psd2_mismatch: Psd2Mismatch,
}

impl Verifications {
    pub(super) fn new(limits: VerifyLimits, psd2_mismatch: Psd2Mismatch) -> Self {
        Self { pending: VecDeque::new(), limits, psd2_mismatch }
    }

    /// Starts a verification, or sends the pending one of the same purpose again: the same id and code, and no longer a
    /// life. A custom code replaces the pending one.
    pub(super) fn start(
        &mut self,
        purpose: Purpose,
        channel: &'static str,
        custom_code: Option<String>,
        code_length: u8,
        now: Timestamp,
    ) -> Result<Verification, Refusal> {
        self.forget_expired(now);
        let same_purpose = self.pending.iter().position(|pending| pending.purpose == purpose);
        if same_purpose.is_some_and(|index| self.is_used_up(&self.pending[index])) {
            return Err(Refusal::ChecksUsedUp);
        }
        if self.sends_to(&purpose) >= self.limits.sends {
            return Err(Refusal::SendsUsedUp);
        }
        let mut verification = match same_purpose.and_then(|index| self.pending.remove(index)) {
            Some(pending) => pending,
            None => Verification {
                sid: new_sid("VE"),
                purpose,
                code: random_code(code_length),
                sends: Vec::new(),
                wrong_codes: 0,
                status: Status::Pending,
                created: now,
                updated: now,
            },
        };
        verification.code = custom_code.unwrap_or(verification.code);
        verification.send(channel, now);
        self.pending.push_front(verification.clone());
        self.pending.truncate(MOST);
        Ok(verification)
    }

    /// Checks a code. The right one ends the verification; a wrong one leaves it pending, one try poorer.
    pub(super) fn check(
        &mut self,
        service: &str,
        target: &Target,
        payment: Option<&Payment>,
        code: &str,
        now: Timestamp,
    ) -> Result<Verification, Refusal> {
        self.forget_expired(now);
        let of_target = |pending: &Verification| pending.purpose.service == service && target.matches(pending);
        let exact =
            self.pending.iter().position(|pending| of_target(pending) && pending.purpose.payment.as_ref() == payment);
        let index = match (exact, self.psd2_mismatch) {
            (Some(index), _) => index,
            (None, Psd2Mismatch::NotFound) => return Err(Refusal::NotFound),
            (None, Psd2Mismatch::Pending) => self.pending.iter().position(of_target).ok_or(Refusal::NotFound)?,
        };
        if self.is_used_up(&self.pending[index]) {
            self.pending[index].status = Status::MaxAttemptsReached;
            return Err(Refusal::ChecksUsedUp);
        }
        let right = bool::from(same(code, &self.pending[index].code)) && exact.is_some();
        if right {
            return self.end(index, Status::Approved, now);
        }
        let pending = &mut self.pending[index];
        pending.wrong_codes += 1;
        pending.updated = now;
        Ok(pending.clone())
    }

    /// The verification of that id, or the newest one to that recipient.
    pub(super) fn find(&mut self, service: &str, target: &str, now: Timestamp) -> Result<&Verification, Refusal> {
        let index = self.position(service, target, now)?;
        Ok(&self.pending[index])
    }

    /// Ends a pending verification by hand. One that ran out of checks stays until it expires.
    pub(super) fn close(
        &mut self,
        service: &str,
        target: &str,
        status: Status,
        now: Timestamp,
    ) -> Result<Verification, Refusal> {
        let index = self.position(service, target, now)?;
        if self.is_used_up(&self.pending[index]) { Err(Refusal::ChecksUsedUp) } else { self.end(index, status, now) }
    }

    pub(super) fn forget_service(&mut self, service: &str) {
        self.pending.retain(|pending| pending.purpose.service != service);
    }

    fn position(&mut self, service: &str, target: &str, now: Timestamp) -> Result<usize, Refusal> {
        self.forget_expired(now);
        let named = |pending: &Verification| pending.sid == target || pending.purpose.to == target;
        let found = self.pending.iter().position(|pending| pending.purpose.service == service && named(pending));
        found.ok_or(Refusal::NotFound)
    }

    fn end(&mut self, index: usize, status: Status, now: Timestamp) -> Result<Verification, Refusal> {
        let mut ended = self.pending.remove(index).ok_or(Refusal::NotFound)?;
        ended.status = status;
        ended.updated = now;
        Ok(ended)
    }

    fn is_used_up(&self, verification: &Verification) -> bool {
        verification.wrong_codes >= self.limits.checks
    }

    /// Messages to the recipient of all its pending verifications.
    fn sends_to(&self, purpose: &Purpose) -> u32 {
        let theirs = self.pending.iter().map(|pending| (&pending.purpose, &pending.sends));
        let theirs = theirs.filter(|(other, _)| other.service == purpose.service && other.to == purpose.to);
        theirs.map(|(_, sends)| u32::try_from(sends.len()).unwrap_or(u32::MAX)).sum()
    }

    fn forget_expired(&mut self, now: Timestamp) {
        let validity = self.limits.validity;
        self.pending.retain(|pending| now.duration_since(pending.created) < validity);
    }
}

/// Digits from the generator that the operating system seeds.
fn random_code(length: u8) -> String {
    let mut generator = rand::rng();
    (0..length).map(|_| char::from(b'0' + generator.random_range(0..10_u8))).collect()
}

#[cfg(test)]
mod tests;
