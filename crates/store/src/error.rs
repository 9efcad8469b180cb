//! What can go wrong in a store, named so that an operator can act: which table, which operation.

use crate::seal::SealError;

/// The answer of a storage operation. Absence is not an error: it is `None` or a variant of the answer.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// A storage operation that could not be done. Nothing of it remains in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened.
    #[error("the database cannot be opened: {reason}")]
    Open {
        /// What is wrong with its address or file.
        reason: String,
        /// What the database said, if it was asked.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// The database could not carry out a statement.
    #[error("`{operation}` on table `{table}` failed")]
    Database {
        /// The table.
        table: &'static str,
        /// The operation, as the trait names it.
        operation: &'static str,
        /// What the database said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A statement touched another number of rows than it must.
    #[error("`{operation}` on table `{table}` touched {found} rows instead of {expected}")]
    RowCount {
        /// The table.
        table: &'static str,
        /// The operation, as the trait names it.
        operation: &'static str,
        /// Rows that it must touch.
        expected: u64,
        /// Rows that it touched.
        found: u64,
    },
    /// What is stored cannot be opened with the keys at hand, or was changed behind our back.
    #[error("a sealed value of table `{table}` cannot be opened")]
    Sealed {
        /// The table.
        table: &'static str,
        /// Why.
        #[source]
        source: SealError,
    },
    /// A value cannot be written, or what is stored does not read as what it must be.
    #[error("a value of table `{table}` does not read as it must: {reason}")]
    Malformed {
        /// The table.
        table: &'static str,
        /// What is wrong with it; never the value.
        reason: String,
    },
    /// The lease on a journey passed to somebody else, or the journey is gone: whoever held it must not answer the
    /// browser with what it worked out.
    #[error("the lease on the journey was lost")]
    LeaseLost,
    /// The source of randomness failed.
    #[error("no randomness could be drawn")]
    NoRandomness,
}
