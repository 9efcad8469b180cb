//! JM1010: a code would be made of too few characters.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A code would be made of too few characters.
pub const SHORT_CHARACTER_SET: Code = Code {
    id: "JM1010",
    severity: Severity::Error,
    summary: "a one-time code is made of too few different characters",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn short_character_set(profile: &Name, at: Span, class: &str) -> Diagnostic {
    Diagnostic::new(
        &SHORT_CHARACTER_SET,
        Kind::Metadata,
        at,
        format!("the character set `{class}` of `{profile}` has fewer than ten different characters"),
    )
    .help("write the inside of a character class, such as `0-9` or `a-zA-Z0-9`")
}
