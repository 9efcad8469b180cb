//! JM1004: required metadata is missing.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::MetadataKey;

/// Required metadata is missing.
pub const MISSING_METADATA: Code = Code {
    id: "JM1004",
    severity: Severity::Error,
    summary: "required metadata is missing",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn missing_metadata(profile: &Name, at: Span, key: &MetadataKey) -> Diagnostic {
    Diagnostic::new(
        &MISSING_METADATA,
        Kind::Metadata,
        at,
        format!("technical profile `{profile}` has no `{}`", key.name),
    )
    .help(format!("add `<Item Key=\"{}\">…</Item>`: {}", key.name, key.summary))
}
