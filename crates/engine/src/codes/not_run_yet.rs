//! JM1003: a provider that is not run yet.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A provider that is not run yet.
pub const NOT_RUN_YET: Code = Code {
    id: "JM1003",
    severity: Severity::Error,
    summary: "understood, but not run yet",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn not_run_yet(profile: &Name, at: Span, title: &str) -> Diagnostic {
    Diagnostic::new(&NOT_RUN_YET, Kind::Unsupported, at, format!("{title} is understood, but not run yet"))
        .label(format!("`{profile}` shows an error page where a journey reaches it"))
        .reference(profile.as_str())
}
