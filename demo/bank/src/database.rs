//! The bank's own SQLite file: opening it, and how times are written in it.

use std::{path::Path, time::Duration};

use jiff::Timestamp;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};

/// Opens `bank.db` in the data directory, creating it if need be, and brings its tables up to date.
pub(crate) async fn open(data_dir: &Path) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(data_dir.join("bank.db"))
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .busy_timeout(Duration::from_secs(10));
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
    sqlx::migrate!().run(&pool).await?;
    Ok(pool)
}

/// A time as the database keeps it: milliseconds since 1970.
pub(crate) fn millis(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// A time from the database.
pub(crate) fn time(millis: i64) -> Result<Timestamp, sqlx::Error> {
    Timestamp::from_millisecond(millis).map_err(|error| sqlx::Error::Decode(error.into()))
}
