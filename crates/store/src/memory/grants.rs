//! Sessions, grants and hints.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{FamilyRow, GrantRow, HintRow, Memory, State};
use crate::error::{Result, StoreError};
use crate::grants::{Grant, Grants, Presented, Rotation};
use crate::handle::Handle;
use crate::hints::{HintId, HintUse, Hints};
use crate::sessions::{Partition, Session, Sessions};

#[async_trait]
impl Sessions for Memory {
    async fn create(&self, handle: &Handle, partition: &Partition, session: &Session) -> Result<()> {
        let session = Session { version: 1, ..session.clone() };
        self.state().sessions.insert((handle.digest(), partition.clone()), session);
        Ok(())
    }

    async fn read(&self, handle: &Handle, partition: &Partition, now: Timestamp) -> Result<Option<Session>> {
        let key = (handle.digest(), partition.clone());
        Ok(self.state().sessions.get(&key).filter(|session| session.alive(now)).cloned())
    }

    async fn update(&self, handle: &Handle, partition: &Partition, session: &Session) -> Result<bool> {
        let mut state = self.state();
        let there = state.sessions.get_mut(&(handle.digest(), partition.clone()));
        let Some(there) = there.filter(|there| there.version == session.version) else {
            return Ok(false);
        };
        *there = Session { version: session.version + 1, ..session.clone() };
        Ok(true)
    }

    async fn delete(&self, handle: &Handle, partition: &Partition) -> Result<()> {
        self.state().sessions.remove(&(handle.digest(), partition.clone()));
        Ok(())
    }

    async fn delete_all(&self, handle: &Handle) -> Result<()> {
        let digest = handle.digest();
        self.state().sessions.retain(|(of, _), _| *of != digest);
        Ok(())
    }
}

impl State {
    /// Notes that the family lives at least as long as the grant. False when it is revoked.
    fn extend_family(&mut self, grant: &Grant) -> bool {
        let family = self.families.entry(grant.family.clone());
        let family = family.or_insert(FamilyRow { revoked: false, expires_at: grant.expires_at });
        family.expires_at = family.expires_at.max(grant.expires_at);
        !family.revoked
    }

    fn revoke(&mut self, family: &str) {
        if let Some(family) = self.families.get_mut(family) {
            family.revoked = true;
        }
    }

    fn judge(&mut self, row: Option<(Grant, bool)>, now: Timestamp) -> Presented {
        let Some((grant, used)) = row else {
            return Presented::Unknown;
        };
        if used {
            self.revoke(&grant.family);
            return Presented::Replayed;
        }
        if self.families.get(&grant.family).is_none_or(|family| family.revoked) {
            return Presented::Revoked;
        }
        if now >= grant.expires_at { Presented::Expired } else { Presented::Good(grant) }
    }

    fn present_refresh(&mut self, token: &Handle, now: Timestamp) -> Presented {
        let row = self.refresh_tokens.get(&token.digest()).map(|row| (row.grant.clone(), row.used));
        self.judge(row, now)
    }
}

#[async_trait]
impl Grants for Memory {
    async fn put_code(&self, code: &Handle, grant: &Grant) -> Result<()> {
        let mut state = self.state();
        state.extend_family(grant);
        let row = GrantRow { grant: grant.clone(), used: false };
        match state.codes_issued.insert(code.digest(), row) {
            None => Ok(()),
            Some(_) => Err(StoreError::RowCount { table: "grants", operation: "put_code", expected: 1, found: 0 }),
        }
    }

    async fn take_code(&self, code: &Handle, now: Timestamp) -> Result<Presented> {
        let mut state = self.state();
        let row = state.codes_issued.get_mut(&code.digest());
        let row = row.map(|row| (row.grant.clone(), std::mem::replace(&mut row.used, true)));
        Ok(state.judge(row, now))
    }

    async fn put_refresh(&self, token: &Handle, grant: &Grant) -> Result<bool> {
        let mut state = self.state();
        let living = state.extend_family(grant);
        if living {
            state.refresh_tokens.insert(token.digest(), GrantRow { grant: grant.clone(), used: false });
        }
        Ok(living)
    }

    async fn present_refresh(&self, token: &Handle, now: Timestamp) -> Result<Presented> {
        Ok(self.state().present_refresh(token, now))
    }

    async fn rotate_refresh(&self, old: &Handle, new: &Handle, grant: &Grant, now: Timestamp) -> Result<Rotation> {
        let mut state = self.state();
        match state.present_refresh(old, now) {
            Presented::Good(_) => {}
            Presented::Replayed => return Ok(Rotation::Replayed),
            _ => return Ok(Rotation::Refused),
        }
        state.extend_family(grant);
        if let Some(row) = state.refresh_tokens.get_mut(&old.digest()) {
            row.used = true;
        }
        state.refresh_tokens.insert(new.digest(), GrantRow { grant: grant.clone(), used: false });
        Ok(Rotation::Rotated)
    }

    async fn revoke_family(&self, family: &str, _: Timestamp) -> Result<()> {
        self.state().revoke(family);
        Ok(())
    }
}

#[async_trait]
impl Hints for Memory {
    async fn use_hint(&self, hint: &HintId, browser: &Handle, expires_at: Timestamp) -> Result<HintUse> {
        let mut state = self.state();
        let browser = browser.digest();
        let Some(row) = state.hints.get(hint) else {
            state.hints.insert(hint.clone(), HintRow { browser, consumed_by: None, expires_at });
            return Ok(HintUse::Fresh);
        };
        Ok(match &row.consumed_by {
            Some(_) => HintUse::Consumed,
            None if row.browser == browser => HintUse::SameBrowser,
            None => HintUse::OtherBrowser,
        })
    }

    async fn consume_hint(&self, hint: &HintId, by: &str) -> Result<bool> {
        let mut state = self.state();
        let Some(row) = state.hints.get_mut(hint) else {
            return Ok(false);
        };
        Ok(row.consumed_by.get_or_insert_with(|| by.to_owned()) == by)
    }
}
