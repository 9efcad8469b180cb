//! JM0113: a precondition on a claim that no file of the chain declares. The service accepts it, and so the step is always
//! skipped, or never.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::nearest::Near;

/// An undeclared claim in a precondition.
pub const UNKNOWN_PRECONDITION_CLAIM: Code =
    Code { id: "JM0113", severity: Severity::Warning, summary: "a precondition looks at a claim that is not declared" };

pub(crate) fn unknown_precondition_claim(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_PRECONDITION_CLAIM, Kind::Claim, "claim type", at, near)
        .label("never has a value, so this condition never changes")
}
