//! JM0023: several files could be the base policy, and none is nearer than the others.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::source::Span;

/// Several candidates for a base policy.
pub const AMBIGUOUS_BASE: Code = Code {
    id: "JM0023",
    severity: Severity::Error,
    summary: "several files could be the base policy",
    explanation: "Several files have the id that `BasePolicy` names, and none of them is nearer to the file than the others. Samples \
often bring their own `B2C_1A_TrustFrameworkExtensions`, so a folder of many samples holds the same id many times. Taking any \
one of them would only lead to findings about a policy that nobody meant, so none is taken.\n\n\
A service tenant has each id once: there the last upload wins. Here a base is sought in the file's own folder, then in the \
nearest folder above, then in the nearest beside it. Move the file to its base, or name the files of one set one by one.",
    service: &[],
    fails: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Leaf" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Leaf">
  <BasePolicy>
    <TenantId>contoso.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_Base</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
</TrustFrameworkPolicy>"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
</TrustFrameworkPolicy>"#,
    ]),
    passes: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Leaf" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Leaf">
  <BasePolicy>
    <TenantId>contoso.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_Base</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
</TrustFrameworkPolicy>"#,
    ]),
};

/// More places than this are named in the help only.
const SHOWN: usize = 2;

pub(crate) fn ambiguous_base(wanted: &Ref, places: &[Span], files: &[&str]) -> Diagnostic {
    let message =
        format!("{} files are the policy `{}`, and none is nearer than the others", places.len(), wanted.value);
    let named: Vec<_> = files.iter().map(|file| format!("`{file}`")).collect();
    let found = Diagnostic::new(&AMBIGUOUS_BASE, Kind::Policy, wanted.span, message)
        .label("this policy builds on one of them")
        .reference(wanted.value.as_str())
        .help(format!("name the files of one policy set one by one; the candidates are {}", named.join(", ")));
    places.iter().take(SHOWN).fold(found, |found, place| found.also(*place, "could be meant"))
}

#[cfg(test)]
mod tests {
    use super::AMBIGUOUS_BASE;
    use crate::testing::{file, found_in};

    #[test]
    fn every_candidate_is_named() {
        let said = found_in(
            &AMBIGUOUS_BASE,
            &[
                &file("B2C_1A_Leaf", Some("B2C_1A_Base"), ""),
                &file("B2C_1A_Base", None, ""),
                &file("B2C_1A_BASE", None, ""),
            ],
        );
        assert_eq!(
            said,
            r#"error: 2 files are the policy `B2C_1A_Base`, and none is nearer than the others
0.xml:2:67
| <BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_Base</PolicyId></BasePolicy>
|                                                                   ^^^^^^^^^^^ this policy builds on one of them
1.xml:1:163
| <TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
|                                                                                                                                                                   ^^^^^^^^^^^ could be meant
2.xml:1:163
| <TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_BASE" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_BASE">
|                                                                                                                                                                   ^^^^^^^^^^^ could be meant
help: name the files of one policy set one by one; the candidates are `1.xml`, `2.xml`
"#
        );
    }
}
