//! JM1005: a metadata value is not allowed.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::codes::range_metadata::RANGE_METADATA;
use crate::providers::ValueKind;

/// A metadata value is not allowed.
pub const BAD_METADATA: Code = Code {
    id: "JM1005",
    severity: Severity::Error,
    summary: "a metadata value is not allowed",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn bad_metadata(
    profile: &Name,
    at: Span,
    key: &str,
    value: &str,
    expected: &str,
    kind: ValueKind,
) -> Diagnostic {
    let number = matches!(kind, ValueKind::Integer { .. });
    let code = if number { &RANGE_METADATA } else { &BAD_METADATA };
    let finding =
        Diagnostic::new(code, Kind::Metadata, at, format!("`{value}` is not allowed for `{key}` of `{profile}`"))
            .label(format!("expected {expected}"));
    if number {
        finding.help("the nearest allowed number is used, or the default when it is no number")
    } else {
        finding
    }
}
