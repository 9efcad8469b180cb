//! JM0003: an XML file whose root element is something else. A folder may hold such files beside its policies.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::nearest::nearest_word;
use crate::source::Span;

/// The root element is not `TrustFrameworkPolicy`.
pub const NOT_A_POLICY: Code = Code {
    id: "JM0003",
    severity: Severity::Warning,
    summary: "the file is not a policy and was left out",
    explanation: "The root element of a policy file is `TrustFrameworkPolicy`. A folder may hold other XML files beside its policies: they are \
left out with a warning. It is an error where a policy was probably meant: the name is nearly right, or the namespace is \
that of policies.\n\n\
An export of a tenant can put many policies into one `TrustFrameworkPolicies`. Neither the service nor Journeyman reads that \
form: give each `TrustFrameworkPolicy` in it a file of its own.",
    service: &["The file contains invalid XML"],
    fails: Example::Files(&[
        r#"<TrustFrameworkPolicies xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06">
<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06"
  PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base"
  PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
</TrustFrameworkPolicy>
</TrustFrameworkPolicies>"#,
    ]),
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

/// Only a warning, unless the name or the namespace says that a policy was meant.
pub(crate) fn not_a_policy(at: Span, root: &str, policy_namespace: bool) -> Diagnostic {
    let meant = policy_namespace || nearest_word(root, &["TrustFrameworkPolicy"]).is_some();
    let found = Diagnostic::new(&NOT_A_POLICY, Kind::Syntax, at, format!("the root element is `{root}`"))
        .label("a policy starts with `TrustFrameworkPolicy`")
        .severity(if meant { Severity::Error } else { Severity::Warning });
    match root {
        "TrustFrameworkPolicies" => found.help("give each `TrustFrameworkPolicy` in it a file of its own"),
        _ if meant => found.help("name it `TrustFrameworkPolicy`"),
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::NOT_A_POLICY;
    use crate::testing::found_in;

    #[test]
    fn another_file_is_left_out() {
        let said = found_in(&NOT_A_POLICY, &[r#"<project name="x" />"#]);
        assert_eq!(
            said,
            r#"warning: the root element is `project`
0.xml:1:1
| <project name="x" />
| ^^^^^^^^^^^^^^^^^^^^ a policy starts with `TrustFrameworkPolicy`
"#
        );
    }

    #[test]
    fn a_slip_is_an_error() {
        let said = found_in(&NOT_A_POLICY, &["<TrustFrameWorkPolicy />"]);
        assert_eq!(
            said,
            r#"error: the root element is `TrustFrameWorkPolicy`
0.xml:1:1
| <TrustFrameWorkPolicy />
| ^^^^^^^^^^^^^^^^^^^^^^^^ a policy starts with `TrustFrameworkPolicy`
help: name it `TrustFrameworkPolicy`
"#
        );
    }
}
