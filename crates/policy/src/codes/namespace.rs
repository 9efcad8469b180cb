//! JM0004: the root element is right but its namespace is not; the service would refuse the file, we can read it.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;
use crate::xml::NAMESPACE;

/// The namespace is missing or another one.
pub const NAMESPACE_CODE: Code = Code {
    id: "JM0004",
    severity: Severity::Error,
    summary: "the policy is not in the namespace of policies",
    explanation: "Every element of a policy is in the namespace `http://schemas.microsoft.com/online/cpim/schemas/2013/06`, which the root \
element declares. A file without it, or with another one, is not a policy to the service, whatever its elements are called.\n\n\
Put the declaration on the root element. Journeyman reads the rest of the file all the same, so that its other mistakes are \
shown too.",
    service: &["Could not find schema information for the element 'TrustFrameworkPolicy'."],
    fails: Example::Files(&[r#"<TrustFrameworkPolicy
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

pub(crate) fn namespace(at: Span, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("`{found}` is not the namespace of policies"),
        None => "the policy has no namespace".to_owned(),
    };
    Diagnostic::new(&NAMESPACE_CODE, Kind::Syntax, at, message).help(format!("write `xmlns=\"{NAMESPACE}\"`"))
}

#[cfg(test)]
mod tests {
    use super::NAMESPACE_CODE;
    use crate::testing::found_in;

    #[test]
    fn no_namespace() {
        let said = found_in(&NAMESPACE_CODE, &[r#"<TrustFrameworkPolicy PolicyId="B2C_1A_T" />"#]);
        assert_eq!(
            said,
            r#"error: the policy has no namespace
0.xml:1:1
| <TrustFrameworkPolicy PolicyId="B2C_1A_T" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: write `xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06"`
"#
        );
    }
}
