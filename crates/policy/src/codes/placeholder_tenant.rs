//! JM0240: a tenant that is still what the starter pack has in its place.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Spanned;

/// A `TenantId` that nobody filled in.
pub const PLACEHOLDER_TENANT: Code = Code {
    id: "JM0240",
    severity: Severity::Warning,
    summary: "the tenant is still a placeholder",
    explanation: "`TenantId` is still what starter packs and samples have in its place, such as `yourtenant.onmicrosoft.com`. \
The service refuses the file, since it is not a policy of the tenant that it is uploaded to. This engine runs it, as a policy \
of that tenant.\n\n\
Write the domain of your tenant, in the root element of every file and in every `BasePolicy`. One finding speaks for all \
files of a folder.",
    service: &[
        "TenantId in the policy xml '{tenant}' is not same as the one in login tenant '{tenant}'.",
        "Object reference not set to an instance of an object.",
    ],
    fails: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="yourtenant.onmicrosoft.com" PolicyId="B2C_1A_TrustFrameworkBase" PublicPolicyUri="http://yourtenant.onmicrosoft.com/B2C_1A_TrustFrameworkBase" />"#,
    ]),
    passes: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_TrustFrameworkBase" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_TrustFrameworkBase" />"#,
    ]),
};

/// `more`: how many further files have it.
pub(crate) fn placeholder_tenant(tenant: &Spanned<String>, more: usize) -> Diagnostic {
    let message = format!("the tenant is still the placeholder `{}`", tenant.value.trim());
    let wherever = match more {
        0 => String::new(),
        1 => ", here and in another file".to_owned(),
        more => format!(", here and in {more} more files"),
    };
    Diagnostic::new(&PLACEHOLDER_TENANT, Kind::Policy, tenant.span, message)
        .help(format!("write the domain of your tenant{wherever}"))
}

#[cfg(test)]
mod tests {
    use super::PLACEHOLDER_TENANT;
    use crate::testing::{file, found_in};

    #[test]
    fn once_for_all_files() {
        let unfilled = |id, base| file(id, base, "").replace("contoso", "yourtenant");
        let said =
            found_in(&PLACEHOLDER_TENANT, &[&unfilled("B2C_1A_A", None), &unfilled("B2C_1A_B", Some("B2C_1A_A"))]);
        assert_eq!(
            said,
            r#"warning: the tenant is still the placeholder `yourtenant.onmicrosoft.com`
0.xml:1:128
| <TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="yourtenant.onmicrosoft.com" PolicyId="B2C_1A_A" PublicPolicyUri="http://yourtenant.onmicrosoft.com/B2C_1A_A">
|                                                                                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^
help: write the domain of your tenant, here and in another file
"#
        );
    }
}
