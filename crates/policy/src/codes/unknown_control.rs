//! JM0108: a reference to a display control that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::nearest::Near;

/// A display control that is referred to but not declared.
pub const UNKNOWN_CONTROL: Code =
    Code { id: "JM0108", severity: Severity::Error, summary: "reference to a display control that is not declared" };

pub(crate) fn unknown_control(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_CONTROL, Kind::Control, "display control", at, near)
}
