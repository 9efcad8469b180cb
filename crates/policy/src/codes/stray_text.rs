//! JM0030: loose text between elements, where only elements may stand.

use super::bad_value::quoted;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// Text where there may be none.
pub const STRAY_TEXT: Code = Code {
    id: "JM0030",
    severity: Severity::Error,
    summary: "a loose text between elements",
    explanation: "Between the elements of this one stands a loose text. Mostly it is what is left of a comment that was opened or closed once \
too often, such as a lone `-->`, or a word typed by accident. The service refuses the file.\n\n\
Remove the text, or complete the comment that it belonged to.",
    service: &[
        "The element '{parent}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06' cannot contain text. List of possible elements expected: '{elements}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06'.",
    ],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType> -->
  </ClaimsSchema>
</BuildingBlocks>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
};

pub(crate) fn stray_text(at: Span, parent: &str, allowed: &[&str]) -> Diagnostic {
    let found = Diagnostic::new(&STRAY_TEXT, Kind::Syntax, at, format!("`{parent}` cannot hold a text"));
    match allowed {
        [] => {
            found.label("nothing may stand here").help(format!("remove it: what `{parent}` says is in its attributes"))
        }
        _ => found.label("this is between elements").help(format!(
            "remove it, or finish the comment or tag that it was part of; only {} may stand here",
            quoted(allowed)
        )),
    }
}
