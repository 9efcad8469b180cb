//! JM0201: a journey that never answers the application.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Journey;

/// A journey without a `SendClaims` step.
pub const NO_SEND_CLAIMS: Code =
    Code { id: "JM0201", severity: Severity::Error, summary: "a journey without a step that answers the application" };

pub(crate) fn no_send_claims(journey: &Journey) -> Diagnostic {
    let message = format!("the journey `{}` has no `SendClaims` step", journey.id);
    Diagnostic::new(&NO_SEND_CLAIMS, Kind::Journey, journey.span, message)
        .label("nothing here answers the application")
        .help("end it with a step of type `SendClaims`, or with a `Transfer` sub journey that has one")
}
