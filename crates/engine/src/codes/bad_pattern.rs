//! JM1017: a pattern that cannot be used.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A pattern that cannot be used.
pub const BAD_PATTERN: Code = Code {
    id: "JM1017",
    severity: Severity::Error,
    summary: "a regular expression cannot be used",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn bad_pattern(claim: &Name, at: Span, why: &str) -> Diagnostic {
    Diagnostic::new(
        &BAD_PATTERN,
        Kind::Claim,
        at,
        format!("a regular expression of claim type `{claim}` cannot be used"),
    )
    .label(why.to_owned())
    .help("no value passes it, and nothing shows through it")
}
