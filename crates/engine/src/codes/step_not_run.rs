//! JM1015: a step whose kind is not run yet.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A step whose kind is not run yet.
pub const STEP_NOT_RUN: Code = Code {
    id: "JM1015",
    severity: Severity::Error,
    summary: "an orchestration step of this type is understood, but not run yet",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn step_not_run(journey: &Name, order: u32, at: Span, step: &str) -> Diagnostic {
    Diagnostic::new(
        &STEP_NOT_RUN,
        Kind::Unsupported,
        at,
        format!("step {order} of journey `{journey}` has the type `{step}`, which is understood, but not run yet"),
    )
}
