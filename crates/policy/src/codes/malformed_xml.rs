//! JM0001: the file is not well-formed XML, so nothing in it can be read.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::source::Span;

/// The file is not XML.
pub const MALFORMED_XML: Code =
    Code { id: "JM0001", severity: Severity::Error, summary: "the file is not well-formed XML" };

pub(crate) fn malformed_xml(at: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&MALFORMED_XML, Kind::Syntax, at, "the file is not well-formed XML").label(what)
}
