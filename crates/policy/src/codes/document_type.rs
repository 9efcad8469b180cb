//! JM0002: a document type, with which a file could define entities. Policies have no use for either.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// The file has a `<!DOCTYPE`.
pub const DOCUMENT_TYPE: Code = Code {
    id: "JM0002",
    severity: Severity::Error,
    summary: "the file has a document type definition",
    explanation: "The file begins with a `<!DOCTYPE`. A document type can define entities, pieces of text that stand for other text or for the \
content of other files, and reading them from a file that somebody else sent is dangerous. Policies have no use for it.\n\n\
Remove the document type. Where the file uses an entity of its own, write out what it stands for.",
    service: &["The file contains invalid XML"],
    fails: Example::Files(&[r#"<!DOCTYPE TrustFrameworkPolicy>
<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06"
  PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base"
  PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
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

pub(crate) fn document_type(at: Span) -> Diagnostic {
    Diagnostic::new(&DOCUMENT_TYPE, Kind::Syntax, at, "document types and entities are not read")
        .help("remove the `<!DOCTYPE …>`; write out what its entities stand for")
}

#[cfg(test)]
mod tests {
    use super::DOCUMENT_TYPE;
    use crate::testing::found_in;

    #[test]
    fn an_entity_is_not_even_looked_at() {
        let said = found_in(
            &DOCUMENT_TYPE,
            &[r#"<!DOCTYPE x [<!ENTITY a "b">]>
<TrustFrameworkPolicy>&a;</TrustFrameworkPolicy>"#],
        );
        assert_eq!(
            said,
            r#"error: document types and entities are not read
0.xml:1:1
| <!DOCTYPE x [<!ENTITY a "b">]>
| ^^^^^^^^^
help: remove the `<!DOCTYPE …>`; write out what its entities stand for
"#
        );
    }
}
