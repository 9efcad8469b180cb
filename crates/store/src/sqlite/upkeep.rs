//! Forgetting what has expired, in batches short enough that nobody waits behind one.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Sqlite;
use super::row::{at, millis};
use crate::error::Result;
use crate::{Upkeep, limits, programs, records};

/// A table and how to forget the rows that expired by `?1`, at most `?2` of them.
type Purge = (&'static str, &'static str);

/// Grants before their families, journeys and grants before the programs that they name.
const EXPIRED: &[Purge] = &[
    ("journeys", "DELETE FROM journeys WHERE digest IN (SELECT digest FROM journeys WHERE expires_at <= ?1 LIMIT ?2)"),
    ("codes", "DELETE FROM codes WHERE digest IN (SELECT digest FROM codes WHERE kept_until <= ?1 LIMIT ?2)"),
    ("intents", "DELETE FROM intents WHERE digest IN (SELECT digest FROM intents WHERE expires_at <= ?1 LIMIT ?2)"),
    (
        "sessions",
        "DELETE FROM sessions WHERE (digest, tenant, scope) IN (
            SELECT digest, tenant, scope FROM sessions WHERE idle_expires_at <= ?1 OR absolute_expires_at <= ?1
            LIMIT ?2)",
    ),
    (
        "grants",
        "DELETE FROM grants WHERE (kind, digest) IN (SELECT kind, digest FROM grants WHERE expires_at <= ?1 LIMIT ?2)",
    ),
    (
        "grant_families",
        "DELETE FROM grant_families WHERE family IN (
            SELECT f.family FROM grant_families f WHERE f.expires_at <= ?1
              AND NOT EXISTS (SELECT 1 FROM grants g WHERE g.family = f.family)
            LIMIT ?2)",
    ),
    ("hints", "DELETE FROM hints WHERE digest IN (SELECT digest FROM hints WHERE expires_at <= ?1 LIMIT ?2)"),
    (
        "authorization_requests",
        "DELETE FROM authorization_requests WHERE digest IN (
            SELECT digest FROM authorization_requests WHERE expires_at <= ?1 LIMIT ?2)",
    ),
];

const LIMITS: Purge =
    ("limits", "DELETE FROM limits WHERE digest IN (SELECT digest FROM limits WHERE quiet_at <= ?1 LIMIT ?2)");

const PROGRAMS: Purge = (
    "programs",
    "DELETE FROM programs WHERE digest IN (
        SELECT p.digest FROM programs p WHERE p.used_at <= ?1
          AND NOT EXISTS (SELECT 1 FROM journeys j WHERE j.program = p.digest)
          AND NOT EXISTS (SELECT 1 FROM grants g WHERE g.program = p.digest)
        LIMIT ?2)",
);

const RECORDINGS: Purge = (
    "recordings",
    "DELETE FROM recordings WHERE (journey, position) IN (
        SELECT journey, position FROM recordings WHERE at <= ?1 LIMIT ?2)",
);

#[async_trait]
impl Upkeep for Sqlite {
    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let kept = [(LIMITS, now - limits::KEPT), (PROGRAMS, now - programs::KEPT), (RECORDINGS, now - records::KEPT)];
        let mut removed = 0;
        for ((table, delete), before) in EXPIRED.iter().map(|purge| (*purge, now)).chain(kept) {
            let delete = sqlx::query(delete).bind(millis(before)).bind(i64::from(limit));
            removed += at(table, "purge").touched(delete.execute(&self.writer).await)?;
        }
        Ok(removed)
    }

    async fn ping(&self) -> Result<()> {
        at("journeys", "ping").done(sqlx::query("SELECT 1").execute(&self.reader).await).map(drop)
    }
}
