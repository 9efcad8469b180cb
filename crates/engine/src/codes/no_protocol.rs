//! JM1002: a profile without protocol.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::PROFILE;

/// A profile without protocol.
pub const NO_PROTOCOL: Code = Code {
    id: "JM1002",
    severity: Severity::Warning,
    summary: "a technical profile has no protocol, in no file of the chain",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn no_protocol(profile: &Name, at: Span) -> Diagnostic {
    Diagnostic::new(&NO_PROTOCOL, PROFILE, at, format!("technical profile `{profile}` has no protocol"))
        .label("a journey that reaches it ends with an error")
        .help("declare its `Protocol` here, or include a profile that has one")
}
