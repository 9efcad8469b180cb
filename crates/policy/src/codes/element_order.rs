//! JM0005: an element after one that the schema wants behind it. We read it all the same; the service may not.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// Elements in another order than the schema's.
pub const ELEMENT_ORDER: Code = Code {
    id: "JM0005",
    severity: Severity::Warning,
    summary: "an element stands in the wrong order",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn element_order(at: Span, element: &str, parent: &str, later: &str, later_at: Span) -> Diagnostic {
    let message = format!("`{element}` must stand before `{later}` in `{parent}`");
    Diagnostic::new(&ELEMENT_ORDER, Kind::Syntax, at, message)
        .also(later_at, format!("`{later}` is here"))
        .help("the schema fixes the order of elements, and the service refuses a file that differs")
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
<Metadata />
<Protocol Name="None" />
<DisplayName>x</DisplayName>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"warning: `Protocol` must stand before `Metadata` in `TechnicalProfile`
0.xml:5:1
| <Protocol Name="None" />
| ^^^^^^^^^^^^^^^^^^^^^^^^
0.xml:4:1
| <Metadata />
| ^^^^^^^^^^^^ `Metadata` is here
help: the schema fixes the order of elements, and the service refuses a file that differs
"#
        );
    }
}
