//! Everything in the process: for tests, and as the plainest statement of what a backend must do.
//!
//! One lock guards it all, so every operation is atomic. Each looks first and writes last, so that one that fails leaves
//! nothing. Nothing is sealed: what is never at rest has no key.

mod accounts;
mod grants;
mod plain;
mod waiting;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codes::CodeRecord;
use crate::directory::{Key, rules::User};
use crate::entropy::Entropy;
use crate::error::{Result, StoreError};
use crate::grants::Grant;
use crate::hints::HintId;
use crate::journeys::Parked;
use crate::keys::KeySet;
use crate::limits::LimitRecord;
use crate::records::AuditEvent;
use crate::seal::{Digest, sha256};
use crate::sessions::{Partition, Session};
use crate::{INTENT_KEPT, Upkeep};

/// A store that ends with the process.
#[derive(Debug)]
pub struct Memory {
    entropy: Arc<dyn Entropy>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    journeys: HashMap<Digest, JourneyRow>,
    codes: HashMap<(String, String), (CodeRecord, Timestamp)>,
    limits: HashMap<(String, &'static str), LimitRecord>,
    intents: HashMap<Digest, (String, Timestamp)>,
    /// By tenant and object id.
    users: HashMap<(String, String), User>,
    /// By tenant and key: the object id.
    user_keys: HashMap<(String, Key), String>,
    sessions: HashMap<(Digest, Partition), Session>,
    families: HashMap<String, FamilyRow>,
    codes_issued: HashMap<Digest, GrantRow>,
    refresh_tokens: HashMap<Digest, GrantRow>,
    hints: HashMap<HintId, HintRow>,
    requests: HashMap<Digest, (Vec<u8>, Timestamp)>,
    keys: HashMap<String, KeySet>,
    programs: HashMap<String, (Vec<u8>, Timestamp)>,
    recordings: Vec<(String, serde_json::Value, Timestamp)>,
    audit: Vec<AuditEvent>,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("State")
    }
}

struct JourneyRow {
    browser: Digest,
    program: String,
    version: u64,
    parked: Parked,
    lease: Option<(Digest, Timestamp)>,
}

struct FamilyRow {
    revoked: bool,
    expires_at: Timestamp,
}

struct GrantRow {
    grant: Grant,
    used: bool,
}

struct HintRow {
    browser: Digest,
    consumed_by: Option<String>,
    expires_at: Timestamp,
}

impl Memory {
    /// An empty store. Codes and object ids are drawn from `entropy`.
    pub fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self { entropy, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No operation panics between two writes, so what a panicking thread left is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// What the operation of that intent answered before.
    fn outcome<T: DeserializeOwned>(&self, table: &'static str, intent: &str) -> Result<Option<T>> {
        let Some((outcome, _)) = self.intents.get(&sha256(&[table, intent])) else {
            return Ok(None);
        };
        serde_json::from_str(outcome)
            .map(Some)
            .map_err(|source| StoreError::Malformed { table: "intents", reason: source.to_string() })
    }

    fn note(&mut self, table: &'static str, intent: &str, outcome: &impl Serialize, now: Timestamp) -> Result<()> {
        let outcome = serde_json::to_string(outcome)
            .map_err(|source| StoreError::Malformed { table: "intents", reason: source.to_string() })?;
        self.intents.insert(sha256(&[table, intent]), (outcome, now + INTENT_KEPT));
        Ok(())
    }
}

/// Removes at most `limit` entries for which `gone` holds.
fn forget<K, V>(map: &mut HashMap<K, V>, limit: u32, mut gone: impl FnMut(&K, &V) -> bool) -> u64 {
    let mut removed = 0;
    map.retain(|key, value| {
        let remove = removed < u64::from(limit) && gone(key, value);
        removed += u64::from(remove);
        !remove
    });
    removed
}

#[async_trait]
impl Upkeep for Memory {
    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let mut guard = self.state();
        let state = &mut *guard;
        let mut removed = forget(&mut state.journeys, limit, |_, row| row.parked.expires_at <= now);
        removed += forget(&mut state.codes, limit, |_, (_, kept_until)| *kept_until <= now);
        removed += forget(&mut state.limits, limit, |_, record| record.quiet_at + crate::limits::KEPT <= now);
        removed += forget(&mut state.intents, limit, |_, (_, expires_at)| *expires_at <= now);
        removed += forget(&mut state.sessions, limit, |_, session| !session.alive(now));
        removed += forget(&mut state.codes_issued, limit, |_, row| row.grant.expires_at <= now);
        removed += forget(&mut state.refresh_tokens, limit, |_, row| row.grant.expires_at <= now);
        let (codes, tokens) = (&state.codes_issued, &state.refresh_tokens);
        removed += forget(&mut state.families, limit, |family, row| {
            let mut grants = codes.values().chain(tokens.values());
            row.expires_at <= now && !grants.any(|grant| grant.grant.family == *family)
        });
        removed += forget(&mut state.hints, limit, |_, row| row.expires_at <= now);
        removed += forget(&mut state.requests, limit, |_, (_, expires_at)| *expires_at <= now);
        let (journeys, codes, tokens) = (&state.journeys, &state.codes_issued, &state.refresh_tokens);
        removed += forget(&mut state.programs, limit, |digest, (_, used_at)| {
            let mut grants = codes.values().chain(tokens.values());
            *used_at + crate::programs::KEPT <= now
                && !journeys.values().any(|row| row.program == *digest)
                && !grants.any(|row| row.grant.program == *digest)
        });
        let before = state.recordings.len();
        state.recordings.retain(|(_, _, at)| *at + crate::records::KEPT > now);
        Ok(removed + (before - state.recordings.len()) as u64)
    }

    async fn ping(&self) -> Result<()> {
        Ok(())
    }
}
