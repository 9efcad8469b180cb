//! Journeys, codes and limits.

use async_trait::async_trait;
use jiff::Timestamp;
use journeyman_engine::effect::{CodeReply, CodeSettings, LimitPurpose, LimitReply, Secret};

use super::{JourneyRow, Memory, State};
use crate::codes::{self, Codes};
use crate::entropy::SystemEntropy;
use crate::error::{Result, StoreError};
use crate::handle::Handle;
use crate::journeys::{Claim, FoundJourney, Journeys, Lease, NewJourney, Parked, Peek, Then};
use crate::limits::{self, LimitRules, Limits};

impl JourneyRow {
    fn found(&self, busy: bool) -> FoundJourney {
        FoundJourney { version: self.version, program: self.program.clone(), parked: self.parked.clone(), busy }
    }

    fn busy(&self, now: Timestamp) -> bool {
        self.lease.is_some_and(|(_, until)| now < until)
    }
}

impl State {
    fn leased(&mut self, lease: &Lease) -> Result<&mut JourneyRow> {
        let holder = lease.holder.digest();
        let row = self.journeys.get_mut(&lease.handle.digest());
        row.filter(|row| row.lease.is_some_and(|(by, _)| by == holder)).ok_or(StoreError::LeaseLost)
    }
}

#[async_trait]
impl Journeys for Memory {
    async fn park(&self, journey: &NewJourney) -> Result<bool> {
        let mut state = self.state();
        let digest = journey.handle.digest();
        if state.journeys.contains_key(&digest) {
            return Ok(false);
        }
        let row = JourneyRow {
            browser: journey.browser.digest(),
            program: journey.program.clone(),
            version: 1,
            parked: journey.parked.clone(),
            lease: None,
        };
        state.journeys.insert(digest, row);
        Ok(true)
    }

    async fn claim(
        &self,
        handle: &Handle,
        browser: &Handle,
        expected: Option<u64>,
        lease_until: Timestamp,
        now: Timestamp,
    ) -> Result<Claim> {
        let mut state = self.state();
        let Some(row) = state.journeys.get_mut(&handle.digest()).filter(|row| now < row.parked.expires_at) else {
            return Ok(Claim::Gone);
        };
        if row.browser != browser.digest() {
            return Ok(Claim::OtherBrowser);
        }
        if row.busy(now) {
            return Ok(Claim::Busy(row.found(true)));
        }
        if expected.is_some_and(|version| version != row.version) {
            return Ok(Claim::Moved(row.found(false)));
        }
        let holder = Handle::random(&SystemEntropy)?;
        row.lease = Some((holder.digest(), lease_until));
        Ok(Claim::Claimed(Lease { handle: handle.clone(), holder }, row.found(false)))
    }

    async fn save(&self, lease: &Lease, parked: &Parked, then: Then) -> Result<u64> {
        let mut state = self.state();
        let row = state.leased(lease)?;
        row.parked = parked.clone();
        row.version += 1;
        row.lease = match then {
            Then::HoldUntil(until) => Some((lease.holder.digest(), until)),
            Then::Release => None,
        };
        Ok(row.version)
    }

    async fn release(&self, lease: &Lease) -> Result<()> {
        if let Ok(row) = self.state().leased(lease) {
            row.lease = None;
        }
        Ok(())
    }

    async fn finish(&self, lease: &Lease) -> Result<()> {
        let mut state = self.state();
        state.leased(lease)?;
        state.journeys.remove(&lease.handle.digest());
        Ok(())
    }

    async fn peek(&self, handle: &Handle, browser: &Handle, now: Timestamp) -> Result<Peek> {
        let state = self.state();
        Ok(match state.journeys.get(&handle.digest()) {
            Some(row) if now >= row.parked.expires_at => Peek::Gone,
            Some(row) if row.browser != browser.digest() => Peek::OtherBrowser,
            Some(row) => Peek::Here(row.found(row.busy(now))),
            None => Peek::Gone,
        })
    }
}

#[async_trait]
impl Codes for Memory {
    async fn generate(
        &self,
        intent: &str,
        scope: &str,
        identifier: &str,
        settings: &CodeSettings,
        now: Timestamp,
    ) -> Result<CodeReply> {
        let mut state = self.state();
        if let Some(answered) = state.outcome("codes", intent)? {
            return Ok(answered);
        }
        let key = (scope.to_owned(), codes::normal(identifier));
        let record = state.codes.get(&key).map(|(record, _)| record);
        let (next, reply) = codes::generate(record, settings, &*self.entropy, now)?;
        if let Some(next) = next {
            state.note("codes", intent, &reply, now)?;
            state.codes.insert(key, (next, now + codes::KEPT));
        }
        Ok(reply)
    }

    async fn verify(
        &self,
        intent: &str,
        scope: &str,
        identifier: &str,
        code: &Secret,
        now: Timestamp,
    ) -> Result<CodeReply> {
        let mut state = self.state();
        if let Some(answered) = state.outcome("codes", intent)? {
            return Ok(answered);
        }
        let key = (scope.to_owned(), codes::normal(identifier));
        let (next, reply) = codes::verify(state.codes.get(&key).map(|(record, _)| record), code, now);
        if let Some(next) = next {
            state.note("codes", intent, &reply, now)?;
            state.codes.insert(key, (next, now + codes::KEPT));
        }
        Ok(reply)
    }
}

#[async_trait]
impl Limits for Memory {
    async fn attempt(
        &self,
        intent: &str,
        subject: &str,
        purpose: LimitPurpose,
        rules: &LimitRules,
        now: Timestamp,
    ) -> Result<LimitReply> {
        let mut state = self.state();
        if let Some(answered) = state.outcome("limits", intent)? {
            return Ok(answered);
        }
        let key = (subject.to_owned(), limits::purpose_name(purpose));
        let (next, reply) = limits::attempt(state.limits.get(&key), rules, now);
        if let Some(next) = next {
            state.note("limits", intent, &reply, now)?;
            state.limits.insert(key, next);
        }
        Ok(reply)
    }

    async fn succeeded(&self, subject: &str, purpose: LimitPurpose) -> Result<()> {
        self.state().limits.remove(&(subject.to_owned(), limits::purpose_name(purpose)));
        Ok(())
    }
}
