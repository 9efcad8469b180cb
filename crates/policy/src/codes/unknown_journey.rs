//! JM0106: a reference to a user journey that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::nearest::Near;

/// A user journey that is referred to but not declared.
pub const UNKNOWN_JOURNEY: Code =
    Code { id: "JM0106", severity: Severity::Error, summary: "reference to a user journey that is not declared" };

pub(crate) fn unknown_journey(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_JOURNEY, Kind::Journey, "user journey", at, near)
}
