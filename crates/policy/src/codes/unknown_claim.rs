//! JM0101: a reference to a claim type that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::nearest::Near;

/// A claim type that is referred to but not declared.
pub const UNKNOWN_CLAIM: Code =
    Code { id: "JM0101", severity: Severity::Error, summary: "reference to a claim type that is not declared" };

pub(crate) fn unknown_claim(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_CLAIM, Kind::Claim, "claim type", at, near)
}
