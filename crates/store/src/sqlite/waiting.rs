//! Journeys, codes and limits.

use async_trait::async_trait;
use jiff::Timestamp;
use journeyman_engine::effect::{CodeReply, CodeSettings, LimitPurpose, LimitReply, Secret};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::Sqlite;
use super::row::{At, Read, at, millis, signed};
use crate::codes::{self, CodeRecord, Codes};
use crate::entropy::SystemEntropy;
use crate::error::{Result, StoreError};
use crate::handle::Handle;
use crate::journeys::{Claim, FoundJourney, Journeys, Lease, NewJourney, Parked, Peek, Then};
use crate::limits::{self, LimitRecord, LimitRules, Limits};
use crate::seal::Digest;

impl Sqlite {
    fn found(&self, at: At, digest: &Digest, row: &SqliteRow, now: Timestamp) -> Result<FoundJourney> {
        Ok(FoundJourney {
            version: at.number(row, "version")?,
            program: at.text(row, "program")?,
            parked: Parked {
                snapshot: self.open_sealed(at, digest, &at.bytes(row, "snapshot")?)?,
                pending_intent: at.text_or_none(row, "pending_intent")?,
                expires_at: at.time(row, "expires_at")?,
            },
            busy: at.time_or_none(row, "lease_until")?.is_some_and(|until| now < until),
        })
    }

    async fn look(&self, at: At, handle: &Handle, browser: &Handle, now: Timestamp) -> Result<Peek> {
        let digest = handle.digest();
        let select = sqlx::query(
            "SELECT browser, version, program, snapshot, pending_intent, expires_at, lease_until
             FROM journeys WHERE digest = ? AND expires_at > ?",
        )
        .bind(&digest[..])
        .bind(millis(now));
        let Some(row) = at.done(select.fetch_optional(&self.reader).await)? else {
            return Ok(Peek::Gone);
        };
        if at.bytes(&row, "browser")? != browser.digest() {
            return Ok(Peek::OtherBrowser);
        }
        Ok(Peek::Here(self.found(at, &digest, &row, now)?))
    }
}

#[async_trait]
impl Journeys for Sqlite {
    async fn park(&self, journey: &NewJourney) -> Result<bool> {
        let at = at("journeys", "park");
        let digest = journey.handle.digest();
        let insert = sqlx::query(
            "INSERT INTO journeys (digest, browser, program, version, snapshot, pending_intent, expires_at)
             VALUES (?, ?, ?, 1, ?, ?, ?) ON CONFLICT (digest) DO NOTHING",
        )
        .bind(&digest[..])
        .bind(journey.browser.digest().to_vec())
        .bind(&journey.program)
        .bind(self.seal(at, &digest, &journey.parked.snapshot)?)
        .bind(&journey.parked.pending_intent)
        .bind(millis(journey.parked.expires_at));
        Ok(at.touched(insert.execute(&self.writer).await)? == 1)
    }

    async fn claim(
        &self,
        handle: &Handle,
        browser: &Handle,
        expected: Option<u64>,
        lease_until: Timestamp,
        now: Timestamp,
    ) -> Result<Claim> {
        let at = at("journeys", "claim");
        let digest = handle.digest();
        let holder = Handle::random(&SystemEntropy)?;
        let update = sqlx::query(
            "UPDATE journeys SET lease_holder = ?1, lease_until = ?2
             WHERE digest = ?3 AND browser = ?4 AND expires_at > ?5 AND (lease_until IS NULL OR lease_until <= ?5)
               AND (?6 IS NULL OR version = ?6)
             RETURNING version, program, snapshot, pending_intent, expires_at, NULL AS lease_until",
        )
        .bind(holder.digest().to_vec())
        .bind(millis(lease_until))
        .bind(&digest[..])
        .bind(browser.digest().to_vec())
        .bind(millis(now))
        .bind(expected.map(signed));
        if let Some(row) = at.done(update.fetch_optional(&self.writer).await)? {
            return Ok(Claim::Claimed(Lease { handle: handle.clone(), holder }, self.found(at, &digest, &row, now)?));
        }
        Ok(match self.look(at, handle, browser, now).await? {
            Peek::Gone => Claim::Gone,
            Peek::OtherBrowser => Claim::OtherBrowser,
            Peek::Here(found) if !found.busy && expected.is_some_and(|version| version != found.version) => {
                Claim::Moved(found)
            }
            // Where it was released since, the caller lost the race all the same.
            Peek::Here(found) => Claim::Busy(found),
        })
    }

    async fn save(&self, lease: &Lease, parked: &Parked, then: Then) -> Result<u64> {
        let at = at("journeys", "save");
        let digest = lease.handle.digest();
        let (holder, until) = match then {
            Then::HoldUntil(until) => (Some(lease.holder.digest().to_vec()), Some(millis(until))),
            Then::Release => (None, None),
        };
        let update = sqlx::query(
            "UPDATE journeys SET snapshot = ?, pending_intent = ?, expires_at = ?, version = version + 1,
                    lease_holder = ?, lease_until = ?
             WHERE digest = ? AND lease_holder = ? RETURNING version",
        )
        .bind(self.seal(at, &digest, &parked.snapshot)?)
        .bind(&parked.pending_intent)
        .bind(millis(parked.expires_at))
        .bind(holder)
        .bind(until)
        .bind(&digest[..])
        .bind(lease.holder.digest().to_vec());
        let row = at.done(update.fetch_optional(&self.writer).await)?.ok_or(StoreError::LeaseLost)?;
        at.number(&row, "version")
    }

    async fn release(&self, lease: &Lease) -> Result<()> {
        let update = sqlx::query(
            "UPDATE journeys SET lease_holder = NULL, lease_until = NULL WHERE digest = ? AND lease_holder = ?",
        )
        .bind(lease.handle.digest().to_vec())
        .bind(lease.holder.digest().to_vec());
        at("journeys", "release").touched(update.execute(&self.writer).await).map(drop)
    }

    async fn finish(&self, lease: &Lease) -> Result<()> {
        let delete = sqlx::query("DELETE FROM journeys WHERE digest = ? AND lease_holder = ?")
            .bind(lease.handle.digest().to_vec())
            .bind(lease.holder.digest().to_vec());
        match at("journeys", "finish").touched(delete.execute(&self.writer).await)? {
            0 => Err(StoreError::LeaseLost),
            _ => Ok(()),
        }
    }

    async fn peek(&self, handle: &Handle, browser: &Handle, now: Timestamp) -> Result<Peek> {
        self.look(at("journeys", "peek"), handle, browser, now).await
    }
}

impl Sqlite {
    async fn code(&self, at: At, connection: &mut SqliteConnection, digest: &Digest) -> Result<Option<CodeRecord>> {
        let select = sqlx::query(
            "SELECT code, expires_at, max_attempts, window_seconds, attempts, generated, locked_until
             FROM codes WHERE digest = ?",
        )
        .bind(&digest[..]);
        let Some(row) = at.done(select.fetch_optional(connection).await)? else {
            return Ok(None);
        };
        let clear = |sealed: Vec<u8>| {
            let clear = self.open_sealed(at, digest, &sealed)?;
            String::from_utf8(clear).map(Secret::new).map_err(|source| at.malformed(&source.utf8_error()))
        };
        Ok(Some(CodeRecord {
            code: at.bytes_or_none(&row, "code")?.map(clear).transpose()?,
            expires_at: at.time(&row, "expires_at")?,
            max_attempts: at.number(&row, "max_attempts")?,
            window_seconds: at.number(&row, "window_seconds")?,
            attempts: at.number(&row, "attempts")?,
            generated: at.number(&row, "generated")?,
            locked_until: at.time_or_none(&row, "locked_until")?,
        }))
    }

    async fn put_code_record(
        &self,
        at: At,
        connection: &mut SqliteConnection,
        digest: &Digest,
        record: &CodeRecord,
        now: Timestamp,
    ) -> Result<()> {
        let sealed = record.code.as_ref().map(|code| self.seal(at, digest, code.expose().as_bytes())).transpose()?;
        let upsert = sqlx::query(
            "INSERT INTO codes (digest, code, expires_at, max_attempts, window_seconds, attempts, generated,
                                locked_until, kept_until)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (digest) DO UPDATE SET code = excluded.code, expires_at = excluded.expires_at,
                max_attempts = excluded.max_attempts, window_seconds = excluded.window_seconds,
                attempts = excluded.attempts, generated = excluded.generated, locked_until = excluded.locked_until,
                kept_until = excluded.kept_until",
        )
        .bind(&digest[..])
        .bind(sealed)
        .bind(millis(record.expires_at))
        .bind(i64::from(record.max_attempts))
        .bind(i64::from(record.window_seconds))
        .bind(i64::from(record.attempts))
        .bind(i64::from(record.generated))
        .bind(record.locked_until.map(millis))
        .bind(millis(now + codes::KEPT));
        at.one(upsert.execute(connection).await)
    }
}

#[async_trait]
impl Codes for Sqlite {
    async fn generate(
        &self,
        intent: &str,
        scope: &str,
        identifier: &str,
        settings: &CodeSettings,
        now: Timestamp,
    ) -> Result<CodeReply> {
        let at = at("codes", "generate");
        let mut transaction = self.begin(at).await?;
        if let Some(answered) = self.outcome(at, &mut transaction, intent).await? {
            return Ok(answered);
        }
        let digest = self.index.digest(&["codes", scope, &codes::normal(identifier)]);
        let record = self.code(at, &mut transaction, &digest).await?;
        let (next, reply) = codes::generate(record.as_ref(), settings, &*self.entropy, now)?;
        if let Some(next) = next {
            self.note(at, &mut transaction, intent, &reply, now).await?;
            self.put_code_record(at, &mut transaction, &digest, &next, now).await?;
        }
        at.done(transaction.commit().await)?;
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
        let at = at("codes", "verify");
        let mut transaction = self.begin(at).await?;
        if let Some(answered) = self.outcome(at, &mut transaction, intent).await? {
            return Ok(answered);
        }
        let digest = self.index.digest(&["codes", scope, &codes::normal(identifier)]);
        let record = self.code(at, &mut transaction, &digest).await?;
        let (next, reply) = codes::verify(record.as_ref(), code, now);
        if let Some(next) = next {
            self.note(at, &mut transaction, intent, &reply, now).await?;
            self.put_code_record(at, &mut transaction, &digest, &next, now).await?;
        }
        at.done(transaction.commit().await)?;
        Ok(reply)
    }
}

async fn limit(at: At, connection: &mut SqliteConnection, digest: &Digest) -> Result<Option<LimitRecord>> {
    let select =
        sqlx::query("SELECT failures, window_ends, locks, locked_until, total, quiet_at FROM limits WHERE digest = ?")
            .bind(&digest[..]);
    let Some(row) = at.done(select.fetch_optional(connection).await)? else {
        return Ok(None);
    };
    Ok(Some(LimitRecord {
        failures: at.number(&row, "failures")?,
        window_ends: at.time(&row, "window_ends")?,
        locks: at.number(&row, "locks")?,
        locked_until: at.time_or_none(&row, "locked_until")?,
        total: at.number(&row, "total")?,
        quiet_at: at.time(&row, "quiet_at")?,
    }))
}

async fn put_limit(
    at: At,
    connection: &mut SqliteConnection,
    digest: &Digest,
    purpose: LimitPurpose,
    record: &LimitRecord,
) -> Result<()> {
    let upsert = sqlx::query(
        "INSERT INTO limits (digest, purpose, failures, window_ends, locks, locked_until, total, quiet_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET failures = excluded.failures, window_ends = excluded.window_ends,
            locks = excluded.locks, locked_until = excluded.locked_until, total = excluded.total,
            quiet_at = excluded.quiet_at",
    )
    .bind(&digest[..])
    .bind(limits::purpose_name(purpose))
    .bind(i64::from(record.failures))
    .bind(millis(record.window_ends))
    .bind(i64::from(record.locks))
    .bind(record.locked_until.map(millis))
    .bind(i64::from(record.total))
    .bind(millis(record.quiet_at));
    at.one(upsert.execute(connection).await)
}

#[async_trait]
impl Limits for Sqlite {
    async fn attempt(
        &self,
        intent: &str,
        subject: &str,
        purpose: LimitPurpose,
        rules: &LimitRules,
        now: Timestamp,
    ) -> Result<LimitReply> {
        let at = at("limits", "attempt");
        let mut transaction = self.begin(at).await?;
        if let Some(answered) = self.outcome(at, &mut transaction, intent).await? {
            return Ok(answered);
        }
        let digest = self.index.digest(&["limits", limits::purpose_name(purpose), subject]);
        let record = limit(at, &mut transaction, &digest).await?;
        let (next, reply) = limits::attempt(record.as_ref(), rules, now);
        if let Some(next) = next {
            self.note(at, &mut transaction, intent, &reply, now).await?;
            put_limit(at, &mut transaction, &digest, purpose, &next).await?;
        }
        at.done(transaction.commit().await)?;
        Ok(reply)
    }

    async fn succeeded(&self, subject: &str, purpose: LimitPurpose) -> Result<()> {
        let digest = self.index.digest(&["limits", limits::purpose_name(purpose), subject]);
        let delete = sqlx::query("DELETE FROM limits WHERE digest = ?").bind(&digest[..]);
        at("limits", "succeeded").touched(delete.execute(&self.writer).await).map(drop)
    }
}
