//! JM0024: two files of one set with the same policy id, of which only one could be served.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::source::Span;

/// A policy id in two files of one folder.
pub const DUPLICATE_POLICY: Code =
    Code { id: "JM0024", severity: Severity::Error, summary: "two files have the same policy id" };

pub(crate) fn duplicate_policy(id: &Ref, first: Span) -> Diagnostic {
    let message = format!("another file is the policy `{}` too", id.value);
    Diagnostic::new(&DUPLICATE_POLICY, Kind::Policy, id.span, message).also(first, "also here")
}
