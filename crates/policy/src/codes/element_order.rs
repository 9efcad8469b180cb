//! JM0005: an element after one that the schema wants behind it. We read it all the same; the service may not.

use super::bad_value::quoted;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// Elements in another order than the schema's.
pub const ELEMENT_ORDER: Code = Code {
    id: "JM0005",
    severity: Severity::Error,
    summary: "an element stands in the wrong order",
    explanation: "Inside each element the language fixes the order of the others. The elements here are the right ones, but one stands after \
another that must come later. The service refuses such a file at upload; it is the most common mistake when a snippet is \
pasted at the end of an element that exists already.\n\n\
Move the element to its place. The order of the elements that are there is in the advice, and `check --fix` moves them, \
together with the comments above them. Only the first slip of a list is told.",
    service: &[
        "The element '{parent}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06' has invalid child element '{element}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06'. List of possible elements expected: '{elements}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06'.",
    ],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.error"><LoadUri>~/common/error.html</LoadUri></ContentDefinition>
  </ContentDefinitions>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
  <ContentDefinitions>
    <ContentDefinition Id="api.error"><LoadUri>~/common/error.html</LoadUri></ContentDefinition>
  </ContentDefinitions>
</BuildingBlocks>"#]),
};

/// The names that stand in the parent, as they are to be ordered, give the advice.
pub(crate) fn element_order(
    at: Span,
    [element, later]: [&str; 2],
    parent: &str,
    later_at: Span,
    ordered: &[&str],
) -> Diagnostic {
    let message = format!("`{element}` must stand before `{later}` in `{parent}`");
    Diagnostic::new(&ELEMENT_ORDER, Kind::Syntax, at, message)
        .label("too late")
        .also(later_at, format!("`{later}` is here"))
        .help(format!("the one right order is {}", quoted(ordered)))
}

#[cfg(test)]
mod tests {
    use super::ELEMENT_ORDER;
    use crate::testing::found;

    #[test]
    fn only_the_first_slip_of_a_list_is_told() {
        let said = found(
            &ELEMENT_ORDER,
            r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<Metadata><Item Key="a">b</Item></Metadata>
<Protocol Name="None" />
<DisplayName>x</DisplayName>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: `Protocol` must stand before `Metadata` in `TechnicalProfile`
0.xml:5:1
| <Protocol Name="None" />
| ^^^^^^^^^^^^^^^^^^^^^^^^ too late
0.xml:4:1
| <Metadata><Item Key="a">b</Item></Metadata>
| ^^^^^^^^^^ `Metadata` is here
help: the one right order is `DisplayName`, `Protocol`, `Metadata`
"#
        );
    }
}
