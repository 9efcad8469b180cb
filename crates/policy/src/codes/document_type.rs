//! JM0002: a document type, with which a file could define entities. Policies have no use for either.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// The file has a `<!DOCTYPE`.
pub const DOCUMENT_TYPE: Code = Code {
    id: "JM0002",
    severity: Severity::Error,
    summary: "the file has a document type definition",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn document_type(at: Span) -> Diagnostic {
    Diagnostic::new(&DOCUMENT_TYPE, Kind::Syntax, at, "document types and entities are not read")
        .help("remove the `<!DOCTYPE …>`; write out what its entities stand for")
}

#[cfg(test)]
mod tests {
    use super::DOCUMENT_TYPE;
    use crate::testing::found_in;

    #[test]
    fn an_entity_is_not_even_looked_at() {
        let said = found_in(
            &DOCUMENT_TYPE,
            &[r#"<!DOCTYPE x [<!ENTITY a "b">]>
<TrustFrameworkPolicy>&a;</TrustFrameworkPolicy>"#],
        );
        assert_eq!(
            said,
            r#"error: document types and entities are not read
0.xml:1:1
| <!DOCTYPE x [<!ENTITY a "b">]>
| ^^^^^^^^^
help: remove the `<!DOCTYPE …>`; write out what its entities stand for
"#
        );
    }
}
