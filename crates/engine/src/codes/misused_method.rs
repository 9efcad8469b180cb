//! JM1019: a transformation is used in a way that its method does not allow.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A transformation is used in a way that its method does not allow.
pub const MISUSED_METHOD: Code = Code {
    id: "JM1019",
    severity: Severity::Error,
    summary: "a claims transformation does not fit its method",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn misused_method(transformation: &Name, at: Span, method: &str, fault: &str) -> Diagnostic {
    let message = format!("claims transformation `{transformation}` does not fit `{method}`");
    Diagnostic::new(&MISUSED_METHOD, Kind::Transformation, at, message).label(fault.to_owned())
}
