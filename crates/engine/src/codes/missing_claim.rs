//! JM1008: a claim that the provider needs is missing.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::PROFILE;

/// A claim that the provider needs is missing.
pub const MISSING_CLAIM: Code = Code {
    id: "JM1008",
    severity: Severity::Error,
    summary: "a claim that the provider needs is missing",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn missing_claim(profile: &Name, at: Span, direction: &str, partner: &str) -> Diagnostic {
    Diagnostic::new(
        &MISSING_CLAIM,
        PROFILE,
        at,
        format!("technical profile `{profile}` has no {direction} claim `{partner}`"),
    )
    .help(format!("give one of its {direction} claims `PartnerClaimType=\"{partner}\"`"))
}
