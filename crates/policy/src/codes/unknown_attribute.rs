//! JM0031: an attribute that the language does not have on this element. It is not read.

use super::bad_value::quoted;
use crate::diagnostic::{Code, Diagnostic, Edit, Kind, Severity};
use crate::example::Example;
use crate::nearest::only_near_word;
use crate::source::Span;

/// An attribute where the schema has none of that name.
pub const UNKNOWN_ATTRIBUTE: Code = Code {
    id: "JM0031",
    severity: Severity::Error,
    summary: "an attribute that does not belong here",
    explanation: "The language has no attribute of this name on this element: it is misspelt (names are case-sensitive), or belongs to another \
element, or comes from documentation that is newer than the schema. The service refuses the file; if it did not, the \
attribute would change nothing.\n\n\
Correct the name, or remove the attribute.",
    service: &["The '{attribute}' attribute is not declared."],
    fails: Example::Elements(&[r#"<SubJourneys>
  <SubJourney Id="Verify" Type="Call" DefaultCpimIssuerTechnicalProfileReferenceId="Issuer" />
</SubJourneys>"#]),
    passes: Example::Elements(&[r#"<SubJourneys>
  <SubJourney Id="Verify" Type="Call" />
</SubJourneys>"#]),
};

pub(crate) fn unknown_attribute(
    at: Span,
    attribute: &str,
    element: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let message = format!("`{element}` has no attribute `{attribute}`");
    let found = Diagnostic::new(&UNKNOWN_ATTRIBUTE, Kind::Syntax, at, message);
    match (near, known) {
        (Some(near), _) if near.eq_ignore_ascii_case(attribute) => found
            .help(format!("names of attributes are case-sensitive: write `{near}`"))
            .fix(format!("write `{near}`"), [Edit::replace(at, near)]),
        (Some(near), _) if only_near_word(attribute, known) == Some(near) => {
            found.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), [Edit::replace(at, near)])
        }
        (Some(near), _) => found.help(format!("did you mean `{near}`?")),
        (None, []) => found.help(format!("remove it: `{element}` has no attributes")),
        (None, _) => found.help(format!("remove it; `{element}` has {}", quoted(known))),
    }
}
