//! JM0025: a policy that builds on a user flow of the service, which nobody has as a file.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;

/// A user flow as base policy.
pub const BUILT_IN_BASE: Code = Code {
    id: "JM0025",
    severity: Severity::Error,
    summary: "the base policy is a user flow of the service",
    explanation: "The base policy has the name of a user flow (`B2C_1_…`) or of one of the policies that user flows are made \
of (`base-v1`). Those belong to the service: their names are seen in exported user flows, but a custom policy may not build \
on them. The service refuses the upload with a long inheritance chain in which it says `InheritanceAllowed: false`, and \
here there is no file that could be read.\n\n\
Build on a file of your own. Custom policies have names that begin with `B2C_1A_`, and usually begin with the \
`TrustFrameworkBase.xml` of a starter pack: what an exported user flow adds is copied into the extensions file over it.",
    service: &[
        "Policy '{policy}' of tenant '{tenant}' is not allowed to inherit from the specified base policy. Inheritance chain: {chain}",
        "{policy} is blocked from inheriting policies from {tenant} as the basic policy constraint handler \
'B2CBasicPoliciesOnly' cannot match the policy id to a prefix or registered policy id.",
    ],
    fails: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions">
  <BasePolicy>
    <TenantId>contoso.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1_signup</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
    ]),
    passes: Example::Elements(&["", ""]),
};

/// Whether only the service has a policy of that name.
pub(crate) fn is_built_in(wanted: &Ref) -> bool {
    let name = wanted.value.folded();
    name.starts_with("b2c_1_") || name.starts_with("base-v")
}

pub(crate) fn built_in_base(wanted: &Ref) -> Diagnostic {
    let message = format!("`{}` is a user flow of the service, on which no custom policy can build", wanted.value);
    Diagnostic::new(&BUILT_IN_BASE, Kind::Policy, wanted.span, message)
        .label("not a policy that exists as a file")
        .reference(wanted.value.as_str())
        .help("build on a custom policy of your own, such as `B2C_1A_TrustFrameworkBase`")
}

#[cfg(test)]
mod tests {
    use super::BUILT_IN_BASE;
    use crate::testing::{file, found_in};

    #[test]
    fn a_user_flow_is_no_file_that_somebody_forgot() {
        assert_eq!(
            found_in(&BUILT_IN_BASE, &[&file("B2C_1A_Leaf", Some("B2C_1_SignUp"), "")]),
            r#"error: `B2C_1_SignUp` is a user flow of the service, on which no custom policy can build
0.xml:2:67
| <BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1_SignUp</PolicyId></BasePolicy>
|                                                                   ^^^^^^^^^^^^ not a policy that exists as a file
help: build on a custom policy of your own, such as `B2C_1A_TrustFrameworkBase`
"#
        );
        // Whoever has the file may build on it here.
        let files = [file("B2C_1A_Leaf", Some("base-v1"), ""), file("base-v1", None, "")];
        assert_eq!(found_in(&BUILT_IN_BASE, &[&files[0], &files[1]]), "");
    }
}
