//! Sessions, grants and hints.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::Sqlite;
use super::row::{At, Read, at, millis, signed};
use crate::error::Result;
use crate::grants::{Grant, Grants, Presented, Rotation};
use crate::handle::Handle;
use crate::hints::{HintId, HintUse, Hints};
use crate::seal::{Digest, sha256};
use crate::sessions::{Partition, Session, Sessions};

/// What a sealed session is bound to.
fn session_row(handle: &Handle, partition: &Partition) -> Digest {
    let digest = handle.digest();
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    sha256(&[&hex, &partition.tenant, &partition.scope])
}

#[async_trait]
impl Sessions for Sqlite {
    async fn create(&self, handle: &Handle, partition: &Partition, session: &Session) -> Result<()> {
        let at = at("sessions", "create");
        let upsert = sqlx::query(
            "INSERT INTO sessions (digest, tenant, scope, version, idle_expires_at, absolute_expires_at, payload)
             VALUES (?, ?, ?, 1, ?, ?, ?)
             ON CONFLICT (digest, tenant, scope) DO UPDATE SET version = 1,
                idle_expires_at = excluded.idle_expires_at, absolute_expires_at = excluded.absolute_expires_at,
                payload = excluded.payload",
        )
        .bind(handle.digest().to_vec())
        .bind(&partition.tenant)
        .bind(&partition.scope)
        .bind(millis(session.idle_expires_at))
        .bind(millis(session.absolute_expires_at))
        .bind(self.seal(at, &session_row(handle, partition), &session.payload)?);
        at.one(upsert.execute(&self.writer).await)
    }

    async fn read(&self, handle: &Handle, partition: &Partition, now: Timestamp) -> Result<Option<Session>> {
        let at = at("sessions", "read");
        let select = sqlx::query(
            "SELECT version, idle_expires_at, absolute_expires_at, payload FROM sessions
             WHERE digest = ? AND tenant = ? AND scope = ?",
        )
        .bind(handle.digest().to_vec())
        .bind(&partition.tenant)
        .bind(&partition.scope);
        let Some(row) = at.done(select.fetch_optional(&self.reader).await)? else {
            return Ok(None);
        };
        let session = Session {
            version: at.number(&row, "version")?,
            idle_expires_at: at.time(&row, "idle_expires_at")?,
            absolute_expires_at: at.time(&row, "absolute_expires_at")?,
            payload: self.open_sealed(at, &session_row(handle, partition), &at.bytes(&row, "payload")?)?,
        };
        Ok(Some(session).filter(|session| session.alive(now)))
    }

    async fn update(&self, handle: &Handle, partition: &Partition, session: &Session) -> Result<bool> {
        let at = at("sessions", "update");
        let update = sqlx::query(
            "UPDATE sessions SET version = version + 1, idle_expires_at = ?, absolute_expires_at = ?, payload = ?
             WHERE digest = ? AND tenant = ? AND scope = ? AND version = ?",
        )
        .bind(millis(session.idle_expires_at))
        .bind(millis(session.absolute_expires_at))
        .bind(self.seal(at, &session_row(handle, partition), &session.payload)?)
        .bind(handle.digest().to_vec())
        .bind(&partition.tenant)
        .bind(&partition.scope)
        .bind(signed(session.version));
        Ok(at.touched(update.execute(&self.writer).await)? == 1)
    }

    async fn delete(&self, handle: &Handle, partition: &Partition) -> Result<()> {
        let delete = sqlx::query("DELETE FROM sessions WHERE digest = ? AND tenant = ? AND scope = ?")
            .bind(handle.digest().to_vec())
            .bind(&partition.tenant)
            .bind(&partition.scope);
        at("sessions", "delete").touched(delete.execute(&self.writer).await).map(drop)
    }

    async fn delete_all(&self, handle: &Handle) -> Result<()> {
        let delete = sqlx::query("DELETE FROM sessions WHERE digest = ?").bind(handle.digest().to_vec());
        at("sessions", "delete_all").touched(delete.execute(&self.writer).await).map(drop)
    }
}

/// The two kinds of grants; a handle of one is nothing as the other.
const CODE: &str = "code";
const REFRESH: &str = "refresh";

/// What a sealed grant is bound to.
fn grant_row(kind: &str, digest: &Digest) -> Vec<u8> {
    [kind.as_bytes(), digest].concat()
}

/// A grant as it was found, and what tells whether it counts.
struct FoundGrant {
    grant: Grant,
    used: bool,
    revoked: bool,
}

fn judge(found: Option<FoundGrant>, now: Timestamp) -> Presented {
    match found {
        None => Presented::Unknown,
        Some(found) if found.used => Presented::Replayed,
        Some(found) if found.revoked => Presented::Revoked,
        Some(found) if now >= found.grant.expires_at => Presented::Expired,
        Some(found) => Presented::Good(found.grant),
    }
}

impl Sqlite {
    fn grant_of(&self, at: At, kind: &str, digest: &Digest, row: &SqliteRow) -> Result<FoundGrant> {
        Ok(FoundGrant {
            grant: Grant {
                family: at.text(row, "family")?,
                tenant: at.text(row, "tenant")?,
                policy: at.text(row, "policy")?,
                client: at.text(row, "client")?,
                program: at.text(row, "program")?,
                issued_at: at.time(row, "issued_at")?,
                expires_at: at.time(row, "expires_at")?,
                payload: self.open_sealed(at, &grant_row(kind, digest), &at.bytes(row, "payload")?)?,
            },
            used: at.time_or_none(row, "used_at")?.is_some(),
            revoked: at.time_or_none(row, "revoked_at")?.is_some(),
        })
    }

    async fn find_grant(
        &self,
        at: At,
        connection: &mut SqliteConnection,
        kind: &'static str,
        digest: &Digest,
    ) -> Result<Option<FoundGrant>> {
        let select = sqlx::query(
            "SELECT g.family, g.tenant, g.policy, g.client, g.program, g.issued_at, g.expires_at, g.used_at, g.payload,
                    f.revoked_at
             FROM grants g JOIN grant_families f ON f.family = g.family WHERE g.kind = ? AND g.digest = ?",
        )
        .bind(kind)
        .bind(&digest[..]);
        let row = at.done(select.fetch_optional(connection).await)?;
        row.map(|row| self.grant_of(at, kind, digest, &row)).transpose()
    }

    async fn insert_grant(
        &self,
        at: At,
        connection: &mut SqliteConnection,
        kind: &'static str,
        handle: &Handle,
        grant: &Grant,
    ) -> Result<()> {
        let digest = handle.digest();
        let insert = sqlx::query(
            "INSERT INTO grants (kind, digest, family, tenant, policy, client, program, issued_at, expires_at, payload)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(kind)
        .bind(&digest[..])
        .bind(&grant.family)
        .bind(&grant.tenant)
        .bind(&grant.policy)
        .bind(&grant.client)
        .bind(&grant.program)
        .bind(millis(grant.issued_at))
        .bind(millis(grant.expires_at))
        .bind(self.seal(at, &grant_row(kind, &digest), &grant.payload)?);
        at.one(insert.execute(connection).await)
    }
}

/// Notes that the family lives at least as long as the grant. False when it is revoked.
async fn extend_family(at: At, connection: &mut SqliteConnection, grant: &Grant) -> Result<bool> {
    let at = At { table: "grant_families", ..at };
    let upsert = sqlx::query(
        "INSERT INTO grant_families (family, expires_at) VALUES (?, ?)
         ON CONFLICT (family) DO UPDATE SET expires_at = CASE
            WHEN grant_families.expires_at < excluded.expires_at THEN excluded.expires_at
            ELSE grant_families.expires_at END
         RETURNING revoked_at",
    )
    .bind(&grant.family)
    .bind(millis(grant.expires_at));
    let row = at.done(upsert.fetch_one(connection).await)?;
    Ok(at.time_or_none(&row, "revoked_at")?.is_none())
}

async fn revoke(at: At, connection: &mut SqliteConnection, family: &str, now: Timestamp) -> Result<()> {
    let update = sqlx::query("UPDATE grant_families SET revoked_at = ? WHERE family = ? AND revoked_at IS NULL")
        .bind(millis(now))
        .bind(family);
    At { table: "grant_families", ..at }.touched(update.execute(connection).await).map(drop)
}

/// Marks a grant as used; it was not, in this transaction.
async fn use_up(
    at: At,
    connection: &mut SqliteConnection,
    kind: &'static str,
    digest: &Digest,
    now: Timestamp,
) -> Result<()> {
    let update = sqlx::query("UPDATE grants SET used_at = ? WHERE kind = ? AND digest = ? AND used_at IS NULL")
        .bind(millis(now))
        .bind(kind)
        .bind(&digest[..]);
    at.one(update.execute(connection).await)
}

#[async_trait]
impl Grants for Sqlite {
    async fn put_code(&self, code: &Handle, grant: &Grant) -> Result<()> {
        let at = at("grants", "put_code");
        let mut transaction = self.begin(at).await?;
        extend_family(at, &mut transaction, grant).await?;
        self.insert_grant(at, &mut transaction, CODE, code, grant).await?;
        at.done(transaction.commit().await)
    }

    async fn take_code(&self, code: &Handle, now: Timestamp) -> Result<Presented> {
        let at = at("grants", "take_code");
        let digest = code.digest();
        let mut transaction = self.begin(at).await?;
        let found = self.find_grant(at, &mut transaction, CODE, &digest).await?;
        match &found {
            None => return Ok(Presented::Unknown),
            Some(found) if found.used => revoke(at, &mut transaction, &found.grant.family, now).await?,
            Some(_) => use_up(at, &mut transaction, CODE, &digest, now).await?,
        }
        at.done(transaction.commit().await)?;
        Ok(judge(found, now))
    }

    async fn put_refresh(&self, token: &Handle, grant: &Grant) -> Result<bool> {
        let at = at("grants", "put_refresh");
        let mut transaction = self.begin(at).await?;
        let living = extend_family(at, &mut transaction, grant).await?;
        if living {
            self.insert_grant(at, &mut transaction, REFRESH, token, grant).await?;
        }
        at.done(transaction.commit().await)?;
        Ok(living)
    }

    async fn present_refresh(&self, token: &Handle, now: Timestamp) -> Result<Presented> {
        let at = at("grants", "present_refresh");
        let found = {
            let mut connection = at.done(self.reader.acquire().await)?;
            self.find_grant(at, &mut connection, REFRESH, &token.digest()).await?
        };
        if let Some(found) = found.as_ref().filter(|found| found.used) {
            self.revoke_family(&found.grant.family, now).await?;
        }
        Ok(judge(found, now))
    }

    async fn rotate_refresh(&self, old: &Handle, new: &Handle, grant: &Grant, now: Timestamp) -> Result<Rotation> {
        let at = at("grants", "rotate_refresh");
        let digest = old.digest();
        let mut transaction = self.begin(at).await?;
        let Some(found) = self.find_grant(at, &mut transaction, REFRESH, &digest).await? else {
            return Ok(Rotation::Refused);
        };
        let family = found.grant.family.clone();
        let rotation = match judge(Some(found), now) {
            Presented::Good(_) => {
                use_up(at, &mut transaction, REFRESH, &digest, now).await?;
                extend_family(at, &mut transaction, grant).await?;
                self.insert_grant(at, &mut transaction, REFRESH, new, grant).await?;
                Rotation::Rotated
            }
            Presented::Replayed => {
                revoke(at, &mut transaction, &family, now).await?;
                Rotation::Replayed
            }
            _ => Rotation::Refused,
        };
        at.done(transaction.commit().await)?;
        Ok(rotation)
    }

    async fn revoke_family(&self, family: &str, now: Timestamp) -> Result<()> {
        let at = at("grant_families", "revoke_family");
        let mut connection = at.done(self.writer.acquire().await)?;
        revoke(at, &mut connection, family, now).await
    }
}

fn hint_digest(hint: &HintId) -> Digest {
    sha256(&["hints", &hint.issuer, &hint.id])
}

#[async_trait]
impl Hints for Sqlite {
    async fn use_hint(&self, hint: &HintId, browser: &Handle, expires_at: Timestamp) -> Result<HintUse> {
        let at = at("hints", "use_hint");
        let digest = hint_digest(hint);
        let insert = sqlx::query(
            "INSERT INTO hints (digest, browser, expires_at) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING",
        )
        .bind(&digest[..])
        .bind(browser.digest().to_vec())
        .bind(millis(expires_at));
        if at.touched(insert.execute(&self.writer).await)? == 1 {
            return Ok(HintUse::Fresh);
        }
        let select = sqlx::query("SELECT browser, consumed_by FROM hints WHERE digest = ?").bind(&digest[..]);
        let row = at.done(select.fetch_one(&self.reader).await)?;
        Ok(match at.text_or_none(&row, "consumed_by")? {
            Some(_) => HintUse::Consumed,
            None if at.bytes(&row, "browser")? == browser.digest() => HintUse::SameBrowser,
            None => HintUse::OtherBrowser,
        })
    }

    async fn consume_hint(&self, hint: &HintId, by: &str) -> Result<bool> {
        let update = sqlx::query(
            "UPDATE hints SET consumed_by = ?1 WHERE digest = ?2 AND (consumed_by IS NULL OR consumed_by = ?1)",
        )
        .bind(by)
        .bind(hint_digest(hint).to_vec());
        Ok(at("hints", "consume_hint").touched(update.execute(&self.writer).await)? == 1)
    }
}
