//! JM0032: an element a second time, where there may be one; or both of two that exclude one another.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// An element too many.
pub const REPEATED_ELEMENT: Code = Code {
    id: "JM0032",
    severity: Severity::Error,
    summary: "an element stands there once too often",
    explanation: "An element that may stand here once is there twice, or two elements are there of which the language allows one or the other. \
The service refuses the file.\n\n\
Put what both say into one, or remove one. Lists such as `OutputClaims` are written once with all their entries.",
    service: &[
        "The element '{parent}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06' has invalid child element '{element}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06'.",
    ],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType><DataType>int</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
};

pub(crate) fn repeated_element(at: Span, element: &str, parent: &str, first: Span) -> Diagnostic {
    let message = format!("`{parent}` can hold only one `{element}`");
    Diagnostic::new(&REPEATED_ELEMENT, Kind::Syntax, at, message)
        .label("one too many")
        .also(first, "the first one")
        .help("put both together, or remove one")
}

pub(crate) fn not_both(at: Span, [element, other]: [&str; 2], parent: &str, other_at: Span) -> Diagnostic {
    if element == other {
        return repeated_element(at, element, parent, other_at);
    }
    let message = format!("`{parent}` can hold `{other}` or `{element}`, not both");
    Diagnostic::new(&REPEATED_ELEMENT, Kind::Syntax, at, message)
        .also(other_at, format!("`{other}` is here"))
        .help("remove one of them")
}
