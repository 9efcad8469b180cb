//! JM0105: a reference to localized resources that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::nearest::Near;

/// Localized resources that is referred to but not declared.
pub const UNKNOWN_LOCALIZATION: Code =
    Code { id: "JM0105", severity: Severity::Error, summary: "reference to localized resources that is not declared" };

pub(crate) fn unknown_localization(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_LOCALIZATION, Kind::Localization, "localized resources", at, near)
}
