//! JM1016: a profile that cannot run where it is used.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::PROFILE;

/// A profile that cannot run where it is used.
pub const WRONG_PLACE: Code = Code {
    id: "JM1016",
    severity: Severity::Error,
    summary: "a technical profile cannot run where it is used",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn wrong_place(profile: &Name, at: Span, place: &str, why: &str) -> Diagnostic {
    Diagnostic::new(&WRONG_PLACE, PROFILE, at, format!("technical profile `{profile}` cannot run as {place}"))
        .label(why)
}
