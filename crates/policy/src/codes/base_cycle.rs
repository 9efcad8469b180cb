//! JM0022: base policies that lead back to where they started.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;

/// A circle of base policies.
pub const BASE_CYCLE: Code =
    Code { id: "JM0022", severity: Severity::Error, summary: "base policies form a circle" };

pub(crate) fn base_cycle(first: &Ref, others: &[Ref]) -> Diagnostic {
    let start = Diagnostic::new(&BASE_CYCLE, Kind::Policy, first.span, "the base policies lead back to this one")
        .label(format!("builds on `{}`", first.value))
        .reference(first.value.as_str())
        .help("one file of a chain must have no `BasePolicy`");
    others.iter().fold(start, |found, other| found.also(other.span, format!("which builds on `{}`", other.value)))
}
