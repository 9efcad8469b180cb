//! JM0206: two steps of one journey with the same order in one file. Both run, in the order of the file.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::source::{Span, Spanned};

/// An order used twice.
pub const DUPLICATE_STEP: Code =
    Code { id: "JM0206", severity: Severity::Warning, summary: "two steps of a journey have the same order" };

pub(crate) fn duplicate_step(order: &Spanned<String>, first: Span) -> Diagnostic {
    let message = format!("there is a step {} already", order.value.trim());
    Diagnostic::new(&DUPLICATE_STEP, Kind::Step, order.span, message)
        .label("runs after the other one")
        .also(first, "the first one")
        .help("renumber the steps")
}
