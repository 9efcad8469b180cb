//! What is only put and read: requests, keys, programs, recordings, audit.

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;

use super::Sqlite;
use super::row::{At, Read, at, millis, signed};
use crate::error::Result;
use crate::handle::Handle;
use crate::keys::{KeySet, KeySets, StoredKey};
use crate::programs::Programs;
use crate::records::{Audit, AuditEvent, Recordings};
use crate::requests::AuthorizationRequests;

#[async_trait]
impl AuthorizationRequests for Sqlite {
    async fn put_request(&self, handle: &Handle, payload: &[u8], expires_at: Timestamp) -> Result<()> {
        let at = at("authorization_requests", "put_request");
        let digest = handle.digest();
        let insert = sqlx::query("INSERT INTO authorization_requests (digest, payload, expires_at) VALUES (?, ?, ?)")
            .bind(&digest[..])
            .bind(self.seal(at, &digest, payload)?)
            .bind(millis(expires_at));
        at.one(insert.execute(&self.writer).await)
    }

    async fn read_request(&self, handle: &Handle, now: Timestamp) -> Result<Option<Vec<u8>>> {
        let at = at("authorization_requests", "read_request");
        let digest = handle.digest();
        let select = sqlx::query("SELECT payload FROM authorization_requests WHERE digest = ? AND expires_at > ?")
            .bind(&digest[..])
            .bind(millis(now));
        let row = at.done(select.fetch_optional(&self.reader).await)?;
        row.map(|row| self.open_sealed(at, &digest, &at.bytes(&row, "payload")?)).transpose()
    }

    async fn delete_request(&self, handle: &Handle) -> Result<()> {
        let delete = sqlx::query("DELETE FROM authorization_requests WHERE digest = ?").bind(handle.digest().to_vec());
        at("authorization_requests", "delete_request").touched(delete.execute(&self.writer).await).map(drop)
    }
}

/// What a sealed key is bound to. A set's name holds no line break.
fn key_row(set: &str, id: &str) -> Vec<u8> {
    format!("{set}\n{id}").into_bytes()
}

impl Sqlite {
    fn key_of(&self, at: At, set: &str, row: &SqliteRow) -> Result<StoredKey> {
        let id = at.text(row, "id")?;
        Ok(StoredKey {
            secret: self.open_sealed(at, &key_row(set, &id), &at.bytes(row, "secret")?)?,
            id,
            created_at: at.time(row, "created_at")?,
            not_before: at.time_or_none(row, "not_before")?,
            expires_at: at.time_or_none(row, "expires_at")?,
            certificate: at.bytes_or_none(row, "certificate")?,
        })
    }
}

#[async_trait]
impl KeySets for Sqlite {
    async fn key_set(&self, name: &str) -> Result<KeySet> {
        let at = at("keys", "key_set");
        // One statement, so that the generation is that of the keys.
        let select = sqlx::query(
            "SELECT s.generation, k.id, k.created_at, k.not_before, k.expires_at, k.secret, k.certificate
             FROM key_sets s JOIN keys k ON k.set_name = s.name WHERE s.name = ? ORDER BY k.position",
        )
        .bind(name);
        let rows = at.done(select.fetch_all(&self.reader).await)?;
        let generation = rows.first().map(|row| at.number(row, "generation")).transpose()?.unwrap_or(0);
        let keys: Result<_> = rows.iter().map(|row| self.key_of(at, name, row)).collect();
        Ok(KeySet { generation, keys: keys? })
    }

    async fn add_key(&self, name: &str, generation: u64, key: &StoredKey) -> Result<KeySet> {
        let at = at("keys", "add_key");
        let mut transaction = self.begin(at).await?;
        let begin = sqlx::query("INSERT INTO key_sets (name, generation) VALUES (?, 0) ON CONFLICT (name) DO NOTHING");
        at.touched(begin.bind(name).execute(&mut *transaction).await)?;
        let step = sqlx::query("UPDATE key_sets SET generation = generation + 1 WHERE name = ? AND generation = ?")
            .bind(name)
            .bind(signed(generation));
        if at.touched(step.execute(&mut *transaction).await)? == 1 {
            let insert = sqlx::query(
                "INSERT INTO keys (set_name, id, position, created_at, not_before, expires_at, secret, certificate)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(name)
            .bind(&key.id)
            .bind(signed(generation))
            .bind(millis(key.created_at))
            .bind(key.not_before.map(millis))
            .bind(key.expires_at.map(millis))
            .bind(self.seal(at, &key_row(name, &key.id), &key.secret)?)
            .bind(&key.certificate);
            at.one(insert.execute(&mut *transaction).await)?;
            at.done(transaction.commit().await)?;
        } else {
            at.done(transaction.rollback().await)?;
        }
        self.key_set(name).await
    }
}

#[async_trait]
impl Programs for Sqlite {
    async fn put_program(&self, digest: &str, sources: &[u8], now: Timestamp) -> Result<()> {
        let at = at("programs", "put_program");
        let upsert = sqlx::query(
            "INSERT INTO programs (digest, sources, used_at) VALUES (?, ?, ?)
             ON CONFLICT (digest) DO UPDATE SET sources = excluded.sources, used_at = excluded.used_at",
        )
        .bind(digest)
        .bind(self.seal(at, digest.as_bytes(), sources)?)
        .bind(millis(now));
        at.one(upsert.execute(&self.writer).await)
    }

    async fn program(&self, digest: &str) -> Result<Option<Vec<u8>>> {
        let at = at("programs", "program");
        let select = sqlx::query("SELECT sources FROM programs WHERE digest = ?").bind(digest);
        let row = at.done(select.fetch_optional(&self.reader).await)?;
        row.map(|row| self.open_sealed(at, digest.as_bytes(), &at.bytes(&row, "sources")?)).transpose()
    }
}

/// What a sealed event is bound to.
fn event_row(journey: &str, position: i64) -> Vec<u8> {
    format!("{journey}\n{position}").into_bytes()
}

#[async_trait]
impl Recordings for Sqlite {
    async fn record(&self, journey: &str, event: &Value, now: Timestamp) -> Result<()> {
        let at = at("recordings", "record");
        let mut transaction = self.begin(at).await?;
        let next = sqlx::query("SELECT COALESCE(MAX(position), 0) + 1 AS position FROM recordings WHERE journey = ?")
            .bind(journey);
        let row = at.done(next.fetch_one(&mut *transaction).await)?;
        let position: i64 = at.number(&row, "position")?;
        let insert = sqlx::query("INSERT INTO recordings (journey, position, event, at) VALUES (?, ?, ?, ?)")
            .bind(journey)
            .bind(position)
            .bind(self.seal(at, &event_row(journey, position), event.to_string().as_bytes())?)
            .bind(millis(now));
        at.one(insert.execute(&mut *transaction).await)?;
        at.done(transaction.commit().await)
    }

    async fn recording(&self, journey: &str) -> Result<Vec<Value>> {
        let at = at("recordings", "recording");
        let select =
            sqlx::query("SELECT position, event FROM recordings WHERE journey = ? ORDER BY position").bind(journey);
        let rows = at.done(select.fetch_all(&self.reader).await)?;
        let event = |row: &SqliteRow| {
            let position = at.number(row, "position")?;
            let event = self.open_sealed(at, &event_row(journey, position), &at.bytes(row, "event")?)?;
            serde_json::from_slice(&event).map_err(|source| at.malformed(&source))
        };
        rows.iter().map(event).collect()
    }

    async fn recorded(&self, limit: u32) -> Result<Vec<String>> {
        let at = at("recordings", "recorded");
        let select = sqlx::query("SELECT journey FROM recordings WHERE position = 1 ORDER BY at DESC, journey LIMIT ?")
            .bind(i64::from(limit));
        let rows = at.done(select.fetch_all(&self.reader).await)?;
        rows.iter().map(|row| at.text(row, "journey")).collect()
    }
}

#[async_trait]
impl Audit for Sqlite {
    async fn append(&self, event: &AuditEvent) -> Result<()> {
        let insert = sqlx::query("INSERT INTO audit (at, kind, tenant, correlation, detail) VALUES (?, ?, ?, ?, ?)")
            .bind(millis(event.at))
            .bind(&event.kind)
            .bind(&event.tenant)
            .bind(&event.correlation)
            .bind(event.detail.to_string());
        at("audit", "append").one(insert.execute(&self.writer).await)
    }

    async fn events(&self, correlation: Option<&str>, limit: u32) -> Result<Vec<AuditEvent>> {
        let at = at("audit", "events");
        let select = match correlation {
            Some(correlation) => sqlx::query(
                "SELECT at, kind, tenant, correlation, detail FROM audit WHERE correlation = ? ORDER BY id DESC LIMIT ?",
            )
            .bind(correlation),
            None => sqlx::query("SELECT at, kind, tenant, correlation, detail FROM audit ORDER BY id DESC LIMIT ?"),
        };
        let rows = at.done(select.bind(i64::from(limit)).fetch_all(&self.reader).await)?;
        let event = |row: &SqliteRow| {
            Ok(AuditEvent {
                at: at.time(row, "at")?,
                kind: at.text(row, "kind")?,
                tenant: at.text(row, "tenant")?,
                correlation: at.text(row, "correlation")?,
                detail: serde_json::from_str(&at.text(row, "detail")?).map_err(|source| at.malformed(&source))?,
            })
        };
        rows.iter().map(event).collect()
    }
}
