//! JM0006: an element that the language does not have at this place. It is not read.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::nearest::nearest_word;
use crate::source::Span;

/// An element where the schema has none of that name.
pub const UNKNOWN_ELEMENT: Code = Code {
    id: "JM0006",
    severity: Severity::Warning,
    summary: "an element that does not belong here",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_element(at: Span, element: &str, parent: &str, allowed: &[&str]) -> Diagnostic {
    let message = format!("`{element}` does not belong in `{parent}`");
    let found = Diagnostic::new(&UNKNOWN_ELEMENT, Kind::Syntax, at, message);
    match nearest_word(element, allowed) {
        Some(near) if near == element => found,
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_ELEMENT;
    use crate::testing::found;

    #[test]
    fn a_slip_of_the_pen() {
        let said = found(
            &UNKNOWN_ELEMENT,
            r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<OutputClaim />
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"warning: `OutputClaim` does not belong in `TechnicalProfile`
0.xml:4:1
| <OutputClaim />
| ^^^^^^^^^^^^^^^
help: did you mean `OutputClaims`?
"#
        );
    }
}
