//! JM0022: base policies that lead back to where they started.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;

/// A circle of base policies.
pub const BASE_CYCLE: Code = Code {
    id: "JM0022",
    severity: Severity::Error,
    summary: "base policies form a circle",
    explanation: "Following `BasePolicy` from file to file leads back to a file that was there already. There is no root to begin with, \
so nothing can be inherited.\n\n\
It happens when a file is copied to start a new one and keeps the `PolicyId` of the original, or when two files were made \
to build on one another. The service cannot come to hold such policies all at once, since a base must be uploaded first; \
it does not find the base, or takes the older version of it.\n\n\
Decide which file is the root, and take its `BasePolicy` out.",
    service: &["Policy with 'policyId': {policy} cannot be found in the directory '{directory}'."],
    fails: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_A" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_A">
  <BasePolicy>
    <TenantId>contoso.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_B</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_B" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_B">
  <BasePolicy>
    <TenantId>contoso.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_A</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
    ]),
    passes: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_A" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_A">
</TrustFrameworkPolicy>"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_B" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_B">
  <BasePolicy>
    <TenantId>contoso.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_A</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
    ]),
};

pub(crate) fn base_cycle(first: &Ref, others: &[Ref]) -> Diagnostic {
    let start = Diagnostic::new(&BASE_CYCLE, Kind::Policy, first.span, "the base policies lead back to this one")
        .label(format!("builds on `{}`", first.value))
        .reference(first.value.as_str())
        .help("one file of a chain must have no `BasePolicy`");
    others.iter().fold(start, |found, other| found.also(other.span, format!("which builds on `{}`", other.value)))
}

#[cfg(test)]
mod tests {
    use super::BASE_CYCLE;
    use crate::testing::{file, found_in};

    #[test]
    fn told_once_for_the_whole_circle() {
        let said = found_in(
            &BASE_CYCLE,
            &[
                &file("B2C_1A_A", Some("B2C_1A_B"), ""),
                &file("B2C_1A_B", Some("B2C_1A_A"), ""),
                &file("B2C_1A_C", Some("B2C_1A_A"), ""),
            ],
        );
        assert_eq!(
            said,
            r#"error: the base policies lead back to this one
0.xml:2:67
| <BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_B</PolicyId></BasePolicy>
|                                                                   ^^^^^^^^ builds on `B2C_1A_B`
1.xml:2:67
| <BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_A</PolicyId></BasePolicy>
|                                                                   ^^^^^^^^ which builds on `B2C_1A_A`
help: one file of a chain must have no `BasePolicy`
"#
        );
    }
}
