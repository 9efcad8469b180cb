//! JM1018: a predicate that cannot be used.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A predicate that cannot be used.
pub const BAD_PREDICATE: Code = Code {
    id: "JM1018",
    severity: Severity::Error,
    summary: "a predicate cannot be used",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn bad_predicate(predicate: &Name, at: Span, why: &str) -> Diagnostic {
    Diagnostic::new(&BAD_PREDICATE, Kind::Predicate, at, format!("predicate `{predicate}` cannot be used"))
        .label(why.to_owned())
        .help("no value passes it")
}
