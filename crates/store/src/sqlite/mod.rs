//! Everything in one SQLite file.
//!
//! One connection writes, in `IMMEDIATE` transactions, so a transaction that has begun cannot lose a race; several read.
//! The log is written ahead and synchronised on every commit (`synchronous=FULL`): with `NORMAL` a power cut could bring
//! back a code that was used or a token that was rotated.

mod accounts;
mod grants;
mod plain;
mod row;
mod upkeep;
mod waiting;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Sqlite as Engine, Transaction};

use self::row::{At, Read, millis};
use crate::INTENT_KEPT;
use crate::entropy::{Entropy, SystemEntropy};
use crate::error::{Result, StoreError};
use crate::keys::{KeySets, StoredKey};
use crate::seal::{IndexKey, KEY_LENGTH, KeyRing, sha256};

/// How long a writer of another process is waited for.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const READERS: u32 = 4;
/// The key set that holds the key of keyed digests. It never rotates: what was stored would not be found again.
const INDEX_KEY: &str = "journeyman.index";

/// A store in a SQLite database.
#[derive(Debug)]
pub struct Sqlite {
    writer: SqlitePool,
    reader: SqlitePool,
    keys: KeyRing,
    index: IndexKey,
    entropy: Arc<dyn Entropy>,
}

impl Sqlite {
    /// Opens `sqlite://path` (made if it is absent) or `sqlite::memory:`, and migrates it. Codes and object ids are drawn
    /// from `entropy`. Fails when the database was sealed with keys that the ring does not hold.
    pub async fn open(url: &str, keys: KeyRing, entropy: Arc<dyn Entropy>) -> Result<Self> {
        let options: SqliteConnectOptions =
            url.parse().map_err(|source| cannot_open("its address is wrong", source))?;
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let in_memory = url.contains(":memory:");
        let writer = pool(1, options.clone()).await?;
        migrate(&writer).await?;
        // A database in memory is that of its one connection.
        let reader = if in_memory { writer.clone() } else { pool(READERS, options.read_only(true)).await? };
        let mut store = Self { writer, reader, keys, index: IndexKey::new(&[]), entropy };
        store.index = store.index_key().await?;
        Ok(store)
    }

    async fn index_key(&self) -> Result<IndexKey> {
        let mut set = self.key_set(INDEX_KEY).await?;
        if set.keys.is_empty() {
            let mut secret = vec![0; KEY_LENGTH];
            SystemEntropy.fill(&mut secret)?;
            // It has no dates: it was made when the database was, and never ends.
            let key = StoredKey {
                id: "1".to_owned(),
                created_at: Timestamp::UNIX_EPOCH,
                not_before: None,
                expires_at: None,
                secret,
                certificate: None,
            };
            set = self.add_key(INDEX_KEY, set.generation, &key).await?;
        }
        let missing = || StoreError::Malformed { table: "keys", reason: "the index key is missing".to_owned() };
        set.keys.first().map(|key| IndexKey::new(&key.secret)).ok_or_else(missing)
    }

    /// Begins a transaction that no other can disturb.
    async fn begin(&self, at: At) -> Result<Transaction<'_, Engine>> {
        at.done(self.writer.begin_with("BEGIN IMMEDIATE").await)
    }

    fn seal(&self, at: At, row: &[u8], clear: &[u8]) -> Result<Vec<u8>> {
        self.keys.seal(at.table, row, clear)
    }

    fn open_sealed(&self, at: At, row: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        self.keys.open(at.table, row, sealed)
    }

    /// What the operation of that intent answered before.
    async fn outcome<T: DeserializeOwned>(
        &self,
        at: At,
        connection: &mut SqliteConnection,
        intent: &str,
    ) -> Result<Option<T>> {
        let digest = sha256(&[at.table, intent]);
        let at = At { table: "intents", ..at };
        let row = sqlx::query("SELECT outcome FROM intents WHERE digest = ?").bind(&digest[..]);
        let Some(row) = at.done(row.fetch_optional(connection).await)? else {
            return Ok(None);
        };
        let outcome = self.open_sealed(at, &digest, &at.bytes(&row, "outcome")?)?;
        serde_json::from_slice(&outcome).map(Some).map_err(|source| at.malformed(&source))
    }

    /// Notes what the operation of that intent answers.
    async fn note(
        &self,
        at: At,
        connection: &mut SqliteConnection,
        intent: &str,
        outcome: &(impl Serialize + Sync),
        now: Timestamp,
    ) -> Result<()> {
        let digest = sha256(&[at.table, intent]);
        let at = At { table: "intents", ..at };
        let outcome = serde_json::to_vec(outcome).map_err(|source| at.malformed(&source))?;
        let insert = sqlx::query("INSERT INTO intents (digest, outcome, expires_at) VALUES (?, ?, ?)")
            .bind(&digest[..])
            .bind(self.seal(at, &digest, &outcome)?)
            .bind(millis(now + INTENT_KEPT));
        at.one(insert.execute(connection).await)
    }
}

async fn pool(connections: u32, options: SqliteConnectOptions) -> Result<SqlitePool> {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        // A database in memory would be lost with its connection, and a file has no server that hangs up.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(|source| cannot_open("its file cannot be opened", source))
}

/// In one transaction, so that of nodes that start together one migrates and the others find it done.
async fn migrate(writer: &SqlitePool) -> Result<()> {
    let failed = |source: sqlx::migrate::MigrateError| StoreError::Open {
        reason: "it cannot be migrated".to_owned(),
        source: Some(source.into()),
    };
    let begun = writer.begin_with("BEGIN IMMEDIATE").await;
    let mut transaction = begun.map_err(|source| failed(source.into()))?;
    sqlx::migrate!("migrations/sqlite").run_direct(None, &mut *transaction, false).await.map_err(failed)?;
    transaction.commit().await.map_err(|source| failed(source.into()))
}

fn cannot_open(reason: &str, source: sqlx::Error) -> StoreError {
    StoreError::Open { reason: reason.to_owned(), source: Some(source.into()) }
}
