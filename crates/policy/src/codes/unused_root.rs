//! JM0027: files given as one set, of which one has no part in it: most often another file lost its `BasePolicy`.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;

/// A second root that nothing builds on.
pub const UNUSED_ROOT: Code = Code {
    id: "JM0027",
    severity: Severity::Warning,
    summary: "a base file is in no policy",
    explanation: "Files that are named one by one are one policy set, and a set has one file without a `BasePolicy`: its \
root. Here there are two, and on one of them nothing builds, so that what it declares is in no policy that an application \
can call. Usually the other one should build on it and has lost its `BasePolicy` element; it is a root by mistake then, and \
whatever it expects from below is reported as undeclared.\n\n\
The service accepts such files, since it stores each by itself, and the policies fail later. Give the file that should \
build on the unused root a `BasePolicy`, or leave the unused root out.",
    service: &[],
    fails: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
</TrustFrameworkPolicy>"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions">
</TrustFrameworkPolicy>"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Leaf" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Leaf">
  <BasePolicy>
    <TenantId>contoso.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_Extensions</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
    ]),
    passes: Example::Elements(&["", "", ""]),
};

pub(crate) fn unused_root(unused: &Ref, other: &Ref) -> Diagnostic {
    let message = format!("no file builds on `{}`", unused.value);
    Diagnostic::new(&UNUSED_ROOT, Kind::Policy, unused.span, message)
        .label("in no policy that an application can call")
        .also(other.span, format!("`{}` has no `BasePolicy`", other.value))
        .help(format!("should `{}` build on it?", other.value))
}

#[cfg(test)]
mod tests {
    use super::UNUSED_ROOT;
    use crate::testing::{file, found_in};

    #[test]
    fn the_root_that_nothing_needs_is_told_beside_the_one_in_its_place() {
        let files = [
            file("B2C_1A_Base", None, ""),
            file("B2C_1A_Extensions", None, ""),
            file("B2C_1A_Leaf", Some("B2C_1A_Extensions"), ""),
        ];
        assert_eq!(
            found_in(&UNUSED_ROOT, &[&files[0], &files[1], &files[2]]),
            r#"warning: no file builds on `B2C_1A_Base`
0.xml:1:163
| <TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
|                                                                                                                                                                   ^^^^^^^^^^^ in no policy that an application can call
1.xml:1:163
| <TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions">
|                                                                                                                                                                   ^^^^^^^^^^^^^^^^^ `B2C_1A_Extensions` has no `BasePolicy`
help: should `B2C_1A_Extensions` build on it?
"#
        );
    }

    #[test]
    fn policies_that_stand_alone_are_nobodys_mistake() {
        assert_eq!(found_in(&UNUSED_ROOT, &[&file("B2C_1A_A", None, ""), &file("B2C_1A_B", None, "")]), "");
    }
}
