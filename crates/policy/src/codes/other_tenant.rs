//! JM0241: a policy of one tenant that builds on a policy of another.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Spanned;

/// A chain of more than one tenant.
pub const OTHER_TENANT: Code = Code {
    id: "JM0241",
    severity: Severity::Warning,
    summary: "a policy builds on a policy of another tenant",
    explanation: "The `TenantId` of a file, that in its `BasePolicy` and that of the base policy itself are not the same. The \
service keeps the policies of each tenant apart: it refuses the file that names another tenant than the one that it is \
uploaded to, or does not find the base. This engine takes the base policy that it has.\n\n\
Write the same tenant in all files of the chain.",
    service: &[
        "TenantId in the policy xml '{tenant}' is not same as the one in login tenant '{tenant}'.",
        "User is currently logged as a user of '{tenant}' tenant",
        "Policy with 'policyId': {policy} cannot be found in the directory '{guid}'.",
    ],
    fails: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base" />"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="fabrikam.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://fabrikam.onmicrosoft.com/B2C_1A_Extensions">
  <BasePolicy>
    <TenantId>fabrikam.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_Base</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
    ]),
    passes: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base" />"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions">
  <BasePolicy>
    <TenantId>contoso.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_Base</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
    ]),
};

pub(crate) fn other_tenant(tenant: &Spanned<String>, other: &Spanned<String>) -> Diagnostic {
    let (tenant_name, other_name) = (tenant.value.trim(), other.value.trim());
    let message = format!("the chain names two tenants, `{tenant_name}` and `{other_name}`");
    Diagnostic::new(&OTHER_TENANT, Kind::Policy, tenant.span, message)
        .also(other.span, "another tenant")
        .help("write the same tenant in all files of the chain")
}

#[cfg(test)]
mod tests {
    use super::OTHER_TENANT;
    use crate::testing::{file, found_in};

    #[test]
    fn a_base_of_somebody_else() {
        let base = file("B2C_1A_A", None, "").replace("contoso", "fabrikam");
        let said = found_in(&OTHER_TENANT, &[&base, &file("B2C_1A_B", Some("B2C_1A_A"), "")]);
        assert_eq!(
            said,
            r#"warning: the chain names two tenants, `contoso.onmicrosoft.com` and `fabrikam.onmicrosoft.com`
1.xml:1:128
| <TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_B" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_B">
|                                                                                                                                ^^^^^^^^^^^^^^^^^^^^^^^
0.xml:1:128
| <TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="fabrikam.onmicrosoft.com" PolicyId="B2C_1A_A" PublicPolicyUri="http://fabrikam.onmicrosoft.com/B2C_1A_A">
|                                                                                                                                ^^^^^^^^^^^^^^^^^^^^^^^^ another tenant
help: write the same tenant in all files of the chain
"#
        );
    }
}
