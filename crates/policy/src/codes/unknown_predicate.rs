//! JM0109: a reference to a predicate that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::nearest::Near;

/// A predicate that is referred to but not declared.
pub const UNKNOWN_PREDICATE: Code =
    Code { id: "JM0109", severity: Severity::Error, summary: "reference to a predicate that is not declared" };

pub(crate) fn unknown_predicate(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_PREDICATE, Kind::Predicate, "predicate", at, near)
}
