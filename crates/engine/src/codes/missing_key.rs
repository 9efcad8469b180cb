//! JM1009: a cryptographic key is missing.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A cryptographic key is missing.
pub const MISSING_KEY: Code = Code {
    id: "JM1009",
    severity: Severity::Error,
    summary: "a cryptographic key that the provider needs is missing",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn missing_key(profile: &Name, at: Span, key: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_KEY, Kind::Key, at, format!("technical profile `{profile}` has no key `{key}`"))
        .help(format!("add `<Key Id=\"{key}\" StorageReferenceId=\"B2C_1A_…\" />` to its `CryptographicKeys`"))
}
