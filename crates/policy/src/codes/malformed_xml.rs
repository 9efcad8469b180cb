//! JM0001: the file is not well-formed XML, so nothing in it can be read.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// The file is not XML.
pub const MALFORMED_XML: Code = Code {
    id: "JM0001",
    severity: Severity::Error,
    summary: "the file is not well-formed XML",
    explanation: "A policy is an XML file, and this one breaks the rules of XML: a tag that is not closed, an ampersand or an angle bracket that \
stands for itself, a value without quotes. What follows the place cannot be understood, so nothing of the file is used.\n\n\
In a text or an attribute write `&amp;` for an ampersand and `&lt;` for an angle bracket. A placeholder that is meant to be \
replaced, such as `<your tenant>`, must be written without brackets. A file in another encoding than UTF-8 must be saved as UTF-8.",
    service: &["The file contains invalid XML"],
    fails: Example::Files(&[r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06"
  PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base"
  PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail & address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
</TrustFrameworkPolicy>"#]),
    passes: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06"
  PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base"
  PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
</TrustFrameworkPolicy>"#,
    ]),
};

pub(crate) fn malformed_xml(at: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&MALFORMED_XML, Kind::Syntax, at, "the file is not well-formed XML").label(what)
}

pub(crate) fn not_utf8(at: Span) -> Diagnostic {
    Diagnostic::new(&MALFORMED_XML, Kind::Syntax, at, "the file is not UTF-8")
        .label("these bytes are no UTF-8")
        .help("save the file as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::MALFORMED_XML;
    use crate::testing::found_in;

    #[test]
    fn another_encoding() {
        let read = String::from_utf8_lossy(b"<TrustFrameworkPolicy>\n<!-- M\xfcnchen -->\n</TrustFrameworkPolicy>");
        let said = found_in(&MALFORMED_XML, &[&read]);
        assert!(said.starts_with("error: the file is not UTF-8\n0.xml:2:7\n"), "{said}");
        assert!(said.ends_with("help: save the file as UTF-8\n"), "{said}");
        let utf16: Vec<u8> = "\u{feff}<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let said = found_in(&MALFORMED_XML, &[&String::from_utf8_lossy(&utf16)]);
        assert!(said.starts_with("error: the file is not UTF-8\n0.xml:1:1\n"), "{said}");
    }

    #[test]
    fn an_element_that_is_closed_by_another_name() {
        let said = found_in(
            &MALFORMED_XML,
            &[r#"<TrustFrameworkPolicy>
  <UserJourneys>
</TrustFrameworkPolicy>"#],
        );
        assert_eq!(
            said,
            r#"error: the file is not well-formed XML
0.xml:3:1
| </TrustFrameworkPolicy>
| ^^^^^^^^^^^^^^^^^^^^^^ `<UserJourneys>` is still open, but `</TrustFrameworkPolicy>` closes another element
"#
        );
    }

    #[test]
    fn an_angle_bracket_in_an_attribute() {
        let said = found_in(&MALFORMED_XML, &[r#"<TrustFrameworkPolicy TenantId="<yours>" />"#]);
        assert_eq!(
            said,
            r#"error: the file is not well-formed XML
0.xml:1:33
| <TrustFrameworkPolicy TenantId="<yours>" />
|                                 ^ `<` in an attribute must be written `&lt;`
"#
        );
    }

    #[test]
    fn an_entity_that_does_not_exist() {
        let said = found_in(&MALFORMED_XML, &["<TrustFrameworkPolicy>&nbsp;</TrustFrameworkPolicy>"]);
        assert_eq!(
            said,
            r#"error: the file is not well-formed XML
0.xml:1:23
| <TrustFrameworkPolicy>&nbsp;</TrustFrameworkPolicy>
|                       ^ there is no entity `&nbsp;`
"#
        );
    }

    #[test]
    fn an_empty_file() {
        let said = found_in(&MALFORMED_XML, &[""]);
        assert_eq!(
            said,
            r#"error: the file is not well-formed XML
0.xml:1:1
| 
| ^ there is no element in the file
"#
        );
    }
}
