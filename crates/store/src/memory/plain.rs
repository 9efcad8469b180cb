//! What is only put and read: requests, keys, programs, recordings, audit.

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;

use super::Memory;
use crate::error::Result;
use crate::handle::Handle;
use crate::keys::{KeySet, KeySets, StoredKey};
use crate::programs::Programs;
use crate::records::{Audit, AuditEvent, Recordings};
use crate::requests::AuthorizationRequests;

#[async_trait]
impl AuthorizationRequests for Memory {
    async fn put_request(&self, handle: &Handle, payload: &[u8], expires_at: Timestamp) -> Result<()> {
        self.state().requests.insert(handle.digest(), (payload.to_vec(), expires_at));
        Ok(())
    }

    async fn read_request(&self, handle: &Handle, now: Timestamp) -> Result<Option<Vec<u8>>> {
        let state = self.state();
        let found = state.requests.get(&handle.digest()).filter(|(_, expires_at)| now < *expires_at);
        Ok(found.map(|(payload, _)| payload.clone()))
    }

    async fn delete_request(&self, handle: &Handle) -> Result<()> {
        self.state().requests.remove(&handle.digest());
        Ok(())
    }
}

#[async_trait]
impl KeySets for Memory {
    async fn key_set(&self, name: &str) -> Result<KeySet> {
        Ok(self.state().keys.get(name).cloned().unwrap_or_default())
    }

    async fn add_key(&self, name: &str, generation: u64, key: &StoredKey) -> Result<KeySet> {
        let mut state = self.state();
        let set = state.keys.entry(name.to_owned()).or_default();
        if set.generation == generation {
            set.generation += 1;
            set.keys.push(key.clone());
        }
        Ok(set.clone())
    }
}

#[async_trait]
impl Programs for Memory {
    async fn put_program(&self, digest: &str, sources: &[u8], now: Timestamp) -> Result<()> {
        self.state().programs.insert(digest.to_owned(), (sources.to_vec(), now));
        Ok(())
    }

    async fn program(&self, digest: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.state().programs.get(digest).map(|(sources, _)| sources.clone()))
    }
}

#[async_trait]
impl Recordings for Memory {
    async fn record(&self, journey: &str, event: &Value, now: Timestamp) -> Result<()> {
        self.state().recordings.push((journey.to_owned(), event.clone(), now));
        Ok(())
    }

    async fn recording(&self, journey: &str) -> Result<Vec<Value>> {
        let state = self.state();
        let of_it = state.recordings.iter().filter(|(of, _, _)| of == journey);
        Ok(of_it.map(|(_, event, _)| event.clone()).collect())
    }

    async fn recorded(&self, limit: u32) -> Result<Vec<String>> {
        let mut ids: Vec<String> = Vec::new();
        for (journey, _, _) in &self.state().recordings {
            if !ids.contains(journey) {
                ids.push(journey.clone());
            }
        }
        ids.reverse();
        ids.truncate(limit as usize);
        Ok(ids)
    }
}

#[async_trait]
impl Audit for Memory {
    async fn append(&self, event: &AuditEvent) -> Result<()> {
        self.state().audit.push(event.clone());
        Ok(())
    }

    async fn events(&self, correlation: Option<&str>, limit: u32) -> Result<Vec<AuditEvent>> {
        let state = self.state();
        let wanted = |event: &&AuditEvent| correlation.is_none_or(|id| event.correlation == id);
        Ok(state.audit.iter().rev().filter(wanted).take(limit as usize).cloned().collect())
    }
}
