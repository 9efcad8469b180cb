//! JM1013: a hint with a shared secret lacks what to compare.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A hint with a shared secret lacks what to compare.
pub const HINT_NEEDS: Code = Code {
    id: "JM1013",
    severity: Severity::Error,
    summary: "an id_token_hint with a shared secret needs an issuer and an audience",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn hint_needs(profile: &Name, at: Span, key: &str) -> Diagnostic {
    Diagnostic::new(&HINT_NEEDS, Kind::Metadata, at, format!("technical profile `{profile}` has no `{key}`"))
        .label("a shared secret alone does not say who signed the hint, and for whom")
}

pub(crate) fn hint_for_anyone(profile: &Name, at: Span) -> Diagnostic {
    Diagnostic::new(&HINT_NEEDS, Kind::Metadata, at, format!("technical profile `{profile}` has no `IdTokenAudience`"))
        .severity(Severity::Warning)
        .label("keys say who signed the hint, not for whom")
        .help("add `<Item Key=\"IdTokenAudience\">…</Item>`; without it a hint for the asking client, or for this issuer, is accepted")
}
