//! JM1011: a directory profile has no single key.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::PROFILE;

/// A directory profile has no single key.
pub const DIRECTORY_KEY: Code = Code {
    id: "JM1011",
    severity: Severity::Error,
    summary: "a directory operation needs exactly one input claim",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn directory_key_count(profile: &Name, at: Span, count: usize) -> Diagnostic {
    Diagnostic::new(
        &DIRECTORY_KEY,
        PROFILE,
        at,
        format!(
            "technical profile `{profile}` has {count} input claims, but a directory operation finds a user by exactly one"
        ),
    )
}
