//! Between rows and values, with errors that name the table and the operation.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::{SqliteQueryResult, SqliteRow};

use crate::error::{Result, StoreError};

/// Which table and operation an error is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub(super) table: &'static str,
    pub(super) operation: &'static str,
}

pub(super) const fn at(table: &'static str, operation: &'static str) -> At {
    At { table, operation }
}

impl At {
    /// Names what failed.
    pub(super) fn done<T>(self, result: Result<T, sqlx::Error>) -> Result<T> {
        let Self { table, operation } = self;
        result.map_err(|source| StoreError::Database { table, operation, source: source.into() })
    }

    /// The number of rows that a statement touched.
    pub(super) fn touched(self, result: Result<SqliteQueryResult, sqlx::Error>) -> Result<u64> {
        self.done(result).map(|done| done.rows_affected())
    }

    /// Insists that a statement touched one row.
    pub(super) fn one(self, result: Result<SqliteQueryResult, sqlx::Error>) -> Result<()> {
        let Self { table, operation } = self;
        match self.touched(result)? {
            1 => Ok(()),
            found => Err(StoreError::RowCount { table, operation, expected: 1, found }),
        }
    }

    pub(super) fn malformed(self, source: &dyn std::error::Error) -> StoreError {
        StoreError::Malformed { table: self.table, reason: source.to_string() }
    }
}

/// Reading columns.
pub(super) trait Read {
    fn bytes(self, row: &SqliteRow, column: &str) -> Result<Vec<u8>>;
    fn bytes_or_none(self, row: &SqliteRow, column: &str) -> Result<Option<Vec<u8>>>;
    fn text(self, row: &SqliteRow, column: &str) -> Result<String>;
    fn text_or_none(self, row: &SqliteRow, column: &str) -> Result<Option<String>>;
    fn number<T: TryFrom<i64>>(self, row: &SqliteRow, column: &str) -> Result<T>;
    fn time(self, row: &SqliteRow, column: &str) -> Result<Timestamp>;
    fn time_or_none(self, row: &SqliteRow, column: &str) -> Result<Option<Timestamp>>;
}

impl Read for At {
    fn bytes(self, row: &SqliteRow, column: &str) -> Result<Vec<u8>> {
        self.done(row.try_get(column))
    }

    fn bytes_or_none(self, row: &SqliteRow, column: &str) -> Result<Option<Vec<u8>>> {
        self.done(row.try_get(column))
    }

    fn text(self, row: &SqliteRow, column: &str) -> Result<String> {
        self.done(row.try_get(column))
    }

    fn text_or_none(self, row: &SqliteRow, column: &str) -> Result<Option<String>> {
        self.done(row.try_get(column))
    }

    fn number<T: TryFrom<i64>>(self, row: &SqliteRow, column: &str) -> Result<T> {
        let number: i64 = self.done(row.try_get(column))?;
        let reason = || format!("`{column}` is out of range");
        T::try_from(number).map_err(|_| StoreError::Malformed { table: self.table, reason: reason() })
    }

    fn time(self, row: &SqliteRow, column: &str) -> Result<Timestamp> {
        let number: i64 = self.done(row.try_get(column))?;
        Timestamp::from_millisecond(number).map_err(|source| self.malformed(&source))
    }

    fn time_or_none(self, row: &SqliteRow, column: &str) -> Result<Option<Timestamp>> {
        let number: Option<i64> = self.done(row.try_get(column))?;
        number.map(Timestamp::from_millisecond).transpose().map_err(|source| self.malformed(&source))
    }
}

/// A time as a column holds it.
pub(super) fn millis(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// A counter as a column holds it.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
