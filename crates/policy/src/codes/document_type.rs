//! JM0002: a document type, with which a file could define entities. Policies have no use for either.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::source::Span;

/// The file has a `<!DOCTYPE`.
pub const DOCUMENT_TYPE: Code =
    Code { id: "JM0002", severity: Severity::Error, summary: "the file has a document type definition" };

pub(crate) fn document_type(at: Span) -> Diagnostic {
    Diagnostic::new(&DOCUMENT_TYPE, Kind::Syntax, at, "document types and entities are not read")
        .help("remove the `<!DOCTYPE …>`; write out what its entities stand for")
}
