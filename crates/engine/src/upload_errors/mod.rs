//! What the vendor's service refuses or gets wrong in silence, and what `check` says of the same: a row for each mistake that
//! people are known to make.
//!
//! `U` rows are refused when a policy is uploaded, `S` rows are accepted and fail later, `R` rows are met at run time. The
//! service's own messages stand in the codes that say the same ([`Code::service`]); a row has those for which there is no code.
//!
//! [`Code::service`]: journeyman_policy::diagnostic::Code::service

mod run_time;
mod silent;
mod upload;

pub use self::run_time::{Met, RUN_TIME};
pub use self::silent::SILENT;
pub use self::upload::UPLOAD;

/// What `check` makes of a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It cannot run, or nobody could mean it.
    Error,
    /// It runs, but probably not as meant; or it runs here and the service refuses it.
    Warning,
    /// Worth knowing.
    Note,
    /// Nothing is said: working policies do it.
    Accepted,
    /// No file shows it.
    NotInFiles,
}

/// One mistake.
#[derive(Debug)]
pub struct Row {
    /// Its number in the collection: `U40`, `S07`.
    pub id: &'static str,
    /// What was done wrong.
    pub mistake: &'static str,
    /// What `check` makes of it.
    pub verdict: Verdict,
    /// The codes that say so, the first one for the smallest case.
    pub codes: &'static [&'static str],
    /// What the service says, where no code of `check` has it.
    pub service: &'static [&'static str],
    /// Why the verdict is what it is.
    pub reason: &'static str,
}
