//! JM1004: required metadata is missing.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::TechnicalProfile;
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

/// `other` is a profile of the same provider that has it: this one may be a copy that lost what the other includes.
pub(crate) fn missing_metadata(
    profile: &Name,
    at: Span,
    key: &MetadataKey,
    other: Option<&TechnicalProfile>,
) -> Diagnostic {
    let message = format!("technical profile `{profile}` has no `{}`", key.name);
    let finding = Diagnostic::new(&MISSING_METADATA, Kind::Metadata, at, message)
        .help(format!("add `<Item Key=\"{}\">…</Item>`: {}", key.name, key.summary));
    match other {
        Some(other) => {
            let at = other.metadata.get(&Name::new(key.name)).map_or(other.span, |value| value.span);
            finding.also(at, format!("`{}` has it here", other.id))
        }
        None => finding,
    }
}
