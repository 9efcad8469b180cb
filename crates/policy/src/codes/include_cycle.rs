//! JM0111: technical profiles that include one another in a circle.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::source::Span;

/// A circle of inclusions.
pub const INCLUDE_CYCLE: Code =
    Code { id: "JM0111", severity: Severity::Error, summary: "technical profiles include one another in a circle" };

pub(crate) fn include_cycle(target: &Ref, declared: Span) -> Diagnostic {
    let message = format!("including `{}` leads back to it", target.value);
    Diagnostic::new(&INCLUDE_CYCLE, Kind::Profile, target.span, message)
        .label("closes the circle")
        .also(declared, format!("`{}` is declared here", target.value))
}
