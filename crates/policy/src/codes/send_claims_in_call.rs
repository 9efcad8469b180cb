//! JM0207: a sub journey that is meant to return, but answers the application.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::{Journey, OrchestrationStep};

/// `SendClaims` in a `Call` sub journey.
pub const SEND_CLAIMS_IN_CALL: Code =
    Code { id: "JM0207", severity: Severity::Error, summary: "a sub journey that returns cannot answer the application" };

pub(crate) fn send_claims_in_call(journey: &Journey, step: &OrchestrationStep) -> Diagnostic {
    let message = format!("the sub journey `{}` returns to its caller, so it cannot send claims", journey.id);
    Diagnostic::new(&SEND_CLAIMS_IN_CALL, Kind::Step, step.span, message)
        .also(journey.span, "its type is `Call`")
        .help("leave `SendClaims` to the caller, or make it a `Transfer` sub journey")
}
