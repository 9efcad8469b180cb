//! JM0007: an attribute or element without which the one around it means nothing.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// Something required is not there.
pub const MISSING_ATTRIBUTE: Code = Code {
    id: "JM0007",
    severity: Severity::Error,
    summary: "a required attribute or element is missing",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn missing_attribute(at: Span, element: &str, attribute: &str) -> Diagnostic {
    let message = format!("`{element}` needs the attribute `{attribute}`");
    Diagnostic::new(&MISSING_ATTRIBUTE, Kind::Syntax, at, message)
}

pub(crate) fn missing_child(at: Span, element: &str, child: &str) -> Diagnostic {
    let message = format!("`{element}` needs a `{child}` inside");
    Diagnostic::new(&MISSING_ATTRIBUTE, Kind::Syntax, at, message)
}

#[cfg(test)]
mod tests {
    use super::MISSING_ATTRIBUTE;
    use crate::testing::found;

    #[test]
    fn a_claim_without_id() {
        let said =
            found(&MISSING_ATTRIBUTE, "<BuildingBlocks><ClaimsSchema><ClaimType /></ClaimsSchema></BuildingBlocks>");
        assert_eq!(
            said,
            r#"error: `ClaimType` needs the attribute `Id`
0.xml:2:31
| <BuildingBlocks><ClaimsSchema><ClaimType /></ClaimsSchema></BuildingBlocks>
|                               ^^^^^^^^^^^^^
"#
        );
    }

    #[test]
    fn a_base_without_id() {
        let said = found(&MISSING_ATTRIBUTE, "<BasePolicy />");
        assert_eq!(
            said,
            r#"error: `BasePolicy` needs a `PolicyId` inside
0.xml:2:1
| <BasePolicy />
| ^^^^^^^^^^^^^^
"#
        );
    }
}
