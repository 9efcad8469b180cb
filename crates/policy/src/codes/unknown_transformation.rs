//! JM0102: a reference to a claims transformation that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::nearest::Near;

/// A claims transformation that is referred to but not declared.
pub const UNKNOWN_TRANSFORMATION: Code =
    Code { id: "JM0102", severity: Severity::Error, summary: "reference to a claims transformation that is not declared" };

pub(crate) fn unknown_transformation(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_TRANSFORMATION, Kind::Transformation, "claims transformation", at, near)
}
