//! JM0007: an attribute or element without which the one around it means nothing.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// Something required is not there.
pub const MISSING_ATTRIBUTE: Code = Code {
    id: "JM0007",
    severity: Severity::Error,
    summary: "a required attribute or element is missing",
    explanation: "An element lacks an attribute, or an element inside, without which it means nothing: a claim type without id, a precondition \
without value, a `Metadata` without item. The service refuses the file.\n\n\
Add what is missing, or remove the element.",
    service: &[
        "The required attribute '{attribute}' is missing.",
        "The element '{element}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06' has incomplete content. List of possible elements expected: '{elements}' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06'.",
    ],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
};

pub(crate) fn missing_attribute(at: Span, element: &str, attribute: &str) -> Diagnostic {
    let message = format!("`{element}` needs the attribute `{attribute}`");
    Diagnostic::new(&MISSING_ATTRIBUTE, Kind::Syntax, at, message)
}

/// Either of two attributes would do, and neither is there.
pub(crate) fn missing_one_of(at: Span, element: &str, attributes: &[&str]) -> Diagnostic {
    let names: Vec<_> = attributes.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("`{element}` needs the attribute {}", names.join(" or "));
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
        let said = found(&MISSING_ATTRIBUTE, "<BasePolicy><TenantId>t</TenantId></BasePolicy>");
        assert_eq!(
            said,
            r#"error: `BasePolicy` needs a `PolicyId` inside
0.xml:2:1
| <BasePolicy><TenantId>t</TenantId></BasePolicy>
| ^^^^^^^^^^^^
"#
        );
    }
}
