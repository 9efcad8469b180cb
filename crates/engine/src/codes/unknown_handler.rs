//! JM1001: a profile whose provider nobody knows.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A profile whose provider nobody knows.
pub const UNKNOWN_HANDLER: Code = Code {
    id: "JM1001",
    severity: Severity::Error,
    summary: "a technical profile names a provider that does not exist",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_handler(profile: &Name, at: Span, handler: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_HANDLER, Kind::Unsupported, at, format!("`{handler}` is not a provider of the language"))
        .label(format!("`{profile}` cannot run"))
        .help("only the type name before the first comma of `Handler` counts")
}
