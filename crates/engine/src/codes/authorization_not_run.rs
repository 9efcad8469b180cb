//! JM1020: a journey that wants to be authorized first.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A journey that wants to be authorized first.
pub const AUTHORIZATION_NOT_RUN: Code = Code {
    id: "JM1020",
    severity: Severity::Error,
    summary: "authorization of a journey is understood, but not run yet",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn authorization_not_run(journey: &Name, at: Span, profile: &Name) -> Diagnostic {
    let message =
        format!("journey `{journey}` runs `{profile}` before its steps, which is understood, but not run yet");
    Diagnostic::new(&AUTHORIZATION_NOT_RUN, Kind::Unsupported, at, message)
        .label("the journey ends with a page that says so")
        .reference(journey.as_str())
}
