//! JM0024: two files of one set with the same policy id, of which only one could be served.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::source::Span;

/// A policy id in two files of one folder.
pub const DUPLICATE_POLICY: Code = Code {
    id: "JM0024",
    severity: Severity::Error,
    summary: "two files have the same policy id",
    explanation: "Two files of one folder, or of one list of files, have the same `PolicyId`. Ids are the same whatever their case. A \
policy is called by its id, so only one of the two could ever run, and a file that builds on the id could mean either.\n\n\
The service takes the second upload for a new version of the first, or refuses it when it may not overwrite. Usually a \
file was copied to start a new one: give the copy a `PolicyId` of its own, and the same in its `PublicPolicyUri`.",
    service: &[
        "Tenant \"{tenant}\" already has a policy with id \"{policy}\". Another policy with the same id cannot be stored",
    ],
    fails: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_A" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_A">
</TrustFrameworkPolicy>"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="b2c_1a_a" PublicPolicyUri="http://contoso.onmicrosoft.com/b2c_1a_a">
</TrustFrameworkPolicy>"#,
    ]),
    passes: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_A" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_A">
</TrustFrameworkPolicy>"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_B" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_B">
</TrustFrameworkPolicy>"#,
    ]),
};

pub(crate) fn duplicate_policy(id: &Ref, first: Span) -> Diagnostic {
    let message = format!("another file is the policy `{}` too", id.value);
    Diagnostic::new(&DUPLICATE_POLICY, Kind::Policy, id.span, message).also(first, "also here")
}

#[cfg(test)]
mod tests {
    use super::DUPLICATE_POLICY;
    use crate::testing::{file, found_in};

    #[test]
    fn case_makes_no_difference() {
        let said = found_in(&DUPLICATE_POLICY, &[&file("B2C_1A_A", None, ""), &file("b2c_1a_a", None, "")]);
        assert_eq!(
            said,
            r#"error: another file is the policy `b2c_1a_a` too
1.xml:1:163
| <TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="b2c_1a_a" PublicPolicyUri="http://contoso.onmicrosoft.com/b2c_1a_a">
|                                                                                                                                                                   ^^^^^^^^
0.xml:1:163
| <TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_A" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_A">
|                                                                                                                                                                   ^^^^^^^^ also here
"#
        );
    }
}
