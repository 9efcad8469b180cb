//! JM1014: a transformation method that nobody knows.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A transformation method that nobody knows.
pub const UNKNOWN_METHOD: Code = Code {
    id: "JM1014",
    severity: Severity::Error,
    summary: "a claims transformation names a method that does not exist",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_method(transformation: &Name, at: Span, method: &str, known: &[&str]) -> Diagnostic {
    let nearest = journeyman_policy::nearest_word(method, known);
    let finding =
        Diagnostic::new(&UNKNOWN_METHOD, Kind::Unsupported, at, format!("`{method}` is not a transformation method"))
            .label(format!("`{transformation}` cannot run"));
    match nearest {
        Some(name) => finding.help(format!("did you mean `{name}`?")),
        None => finding,
    }
}
