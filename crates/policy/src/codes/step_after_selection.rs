//! JM0202: a selection whose choice has nowhere to run, since the next step is of another type.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::OrchestrationStep;

/// A selection step that no claims exchange follows.
pub const STEP_AFTER_SELECTION: Code = Code {
    id: "JM0202",
    severity: Severity::Warning,
    summary: "the step after a selection is not a claims exchange",
};

pub(crate) fn step_after_selection(step: &OrchestrationStep, next: Option<&OrchestrationStep>) -> Diagnostic {
    let message = format!("what is chosen in step {} runs in the next one, which must be a `ClaimsExchange`", step.order);
    let found = Diagnostic::new(&STEP_AFTER_SELECTION, Kind::Step, step.span, message);
    match next {
        Some(next) => found.also(next.span, "the next step"),
        None => found.label("this is the last step"),
    }
}
