//! JM0208: a step with several exchanges where nothing has chosen one of them.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::OrchestrationStep;

/// Several exchanges without a selection before them.
pub const EXCHANGES_WITHOUT_SELECTION: Code = Code {
    id: "JM0208",
    severity: Severity::Warning,
    summary: "a step with several claims exchanges has no selection before it",
};

pub(crate) fn exchanges_without_selection(step: &OrchestrationStep) -> Diagnostic {
    let message = format!("step {} has several claims exchanges, but nothing before it chooses one", step.order);
    Diagnostic::new(&EXCHANGES_WITHOUT_SELECTION, Kind::Step, step.span, message)
        .help("put a selection step before it, or give each exchange a step of its own")
}
