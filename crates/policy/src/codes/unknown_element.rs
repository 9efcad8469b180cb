//! JM0006: an element that the language does not have at this place. It is not read.

use super::bad_value::quoted;
use crate::diagnostic::{Code, Diagnostic, Edit, Kind, Severity};
use crate::example::Example;
use crate::nearest::only_near_word;
use crate::schema;
use crate::source::Span;

/// An element where the schema has none of that name.
pub const UNKNOWN_ELEMENT: Code = Code {
    id: "JM0006",
    severity: Severity::Error,
    summary: "an element that does not belong here",
    explanation: "The language has no element of this name at this place. Either the name is misspelt (names are case-sensitive), or the \
element belongs somewhere else, or it comes from documentation that is newer than the schema. The service refuses the file.\n\n\
Correct the name, move the element to its place, or remove it.",
    service: &[
        "The element '{parent}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06' has invalid child element '{element}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06'.",
        "The element '{parent}' cannot contain child element '{element}' because the parent element's content model is text only.",
    ],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><Displayname>E-mail address</Displayname><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
};

pub(crate) fn unknown_element(
    at: Span,
    element: &str,
    parent: &str,
    near: Option<&str>,
    allowed: &[&str],
    tags: &[Span],
) -> Diagnostic {
    let message = format!("`{element}` does not belong in `{parent}`");
    let found = Diagnostic::new(&UNKNOWN_ELEMENT, Kind::Syntax, at, message);
    let places: Vec<_> = schema::elements()
        .into_iter()
        .filter(|(known, _)| known.name == element)
        .flat_map(|(_, parents)| parents)
        .filter(|place| *place != parent)
        .collect();
    match (near, allowed) {
        (Some(near), _) if near == element => found.help("write it without a prefix: it is in another namespace"),
        (Some(near), _) if near.eq_ignore_ascii_case(element) => {
            renamed(found.help(format!("names of elements are case-sensitive: write `{near}`")), near, tags)
        }
        (Some(near), _) if places.is_empty() && only_near_word(element, allowed) == Some(near) => {
            renamed(found.help(format!("did you mean `{near}`?")), near, tags)
        }
        (Some(near), _) if places.is_empty() => found.help(format!("did you mean `{near}`?")),
        (_, _) if !places.is_empty() => found.help(format!("its place is in {}", any_of(&places))),
        (_, []) => found.help(format!("`{parent}` holds no elements")),
        (_, _) => found.help(format!("`{parent}` holds {}", quoted(allowed))),
    }
}

/// In both tags, where there are two.
fn renamed(found: Diagnostic, name: &str, tags: &[Span]) -> Diagnostic {
    found.fix(format!("write `{name}`"), tags.iter().map(|tag| Edit::replace(*tag, name)))
}

fn any_of(places: &[&str]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for place in places {
        if !names.contains(place) {
            names.push(place);
        }
    }
    quoted(&names).replace(", ", " or ")
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
            r#"error: `OutputClaim` does not belong in `TechnicalProfile`
0.xml:4:1
| <OutputClaim />
| ^^^^^^^^^^^^^^^
help: its place is in `OutputClaims`
"#
        );
    }
}
