//! JM1006: a metadata number is out of range.

use journeyman_policy::diagnostic::{Code, Severity};
use journeyman_policy::example::Example;

/// A metadata number is out of range.
pub const RANGE_METADATA: Code = Code {
    id: "JM1006",
    severity: Severity::Warning,
    summary: "a metadata number is out of range",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};
