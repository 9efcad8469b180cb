//! JM0103: a reference to a technical profile that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::nearest::Near;

/// A technical profile that is referred to but not declared.
pub const UNKNOWN_PROFILE: Code =
    Code { id: "JM0103", severity: Severity::Error, summary: "reference to a technical profile that is not declared" };

pub(crate) fn unknown_profile(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_PROFILE, Kind::Profile, "technical profile", at, near)
}
