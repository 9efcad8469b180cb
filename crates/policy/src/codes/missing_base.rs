//! JM0021: the base policy is in none of the files.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;
use crate::source::Span;

/// No file has the id that `BasePolicy` names.
pub const MISSING_BASE: Code = Code {
    id: "JM0021",
    severity: Severity::Error,
    summary: "the base policy is not among the files",
    explanation: "`BasePolicy/PolicyId` names a policy that is in none of the files. Part of the policy is not known then, so that \
references into it are not reported as well.\n\n\
The service says so at upload when the base was not uploaded yet (bases go first), was uploaded under another name, or is \
misspelt. Here it is most often a file that was not named: give the folder, or all files of the chain. In folders a base is \
sought beside the file first, then in the nearest folder above or beside it.\n\n\
If the id holds a placeholder such as `{Settings:Name}`, give its value with `--environment` or `--set`.",
    service: &["Policy with 'policyId': {policy} cannot be found in the directory '{directory}'."],
    fails: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions">
  <BasePolicy>
    <TenantId>contoso.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_TrustFrameworkBase</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
    ]),
    passes: Example::Files(&[
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_TrustFrameworkBase" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_TrustFrameworkBase">
</TrustFrameworkPolicy>"#,
        r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Extensions" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Extensions">
  <BasePolicy>
    <TenantId>contoso.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_TrustFrameworkBase</PolicyId>
  </BasePolicy>
</TrustFrameworkPolicy>"#,
    ]),
};

/// The base is there, but its file is no readable policy: what is wrong with that is said there.
pub(crate) fn unread_base(wanted: &Ref, at: Span, file: &str) -> Diagnostic {
    Diagnostic::new(
        &MISSING_BASE,
        Kind::Policy,
        wanted.span,
        format!("the policy `{}` is in `{file}`, which cannot be read", wanted.value),
    )
    .label("this policy builds on it")
    .reference(wanted.value.as_str())
    .also(at, "it is here")
    .help(format!("correct `{file}` first"))
}

pub(crate) fn missing_base(wanted: &Ref, near: Option<Near>) -> Diagnostic {
    let found =
        Diagnostic::new(&MISSING_BASE, Kind::Policy, wanted.span, format!("no file is the policy `{}`", wanted.value))
            .label("this policy builds on it")
            .reference(wanted.value.as_str());
    match near {
        Some(near) => found
            .also(near.span, format!("`{}` is here", near.name))
            .help(format!("did you mean `{}`? otherwise name the missing file, or its folder, too", near.name)),
        None => found.help("name that file, or its folder, too"),
    }
}

#[cfg(test)]
mod tests {
    use super::MISSING_BASE;
    use crate::testing::{file, found_in};

    #[test]
    fn neither_the_policy_itself_nor_what_builds_on_it_is_suggested() {
        let said = found_in(
            &MISSING_BASE,
            &[&file("B2C_1A_Base2", Some("B2C_1A_Base1"), ""), &file("B2C_1A_Base3", Some("B2C_1A_Base2"), "")],
        );
        assert!(said.contains("help: name that file, or its folder, too"), "{said}");
    }

    #[test]
    fn a_base_that_cannot_be_read_is_shown() {
        let broken = file("B2C_1A_Base", None, "<BuildingBlocks>");
        let said = found_in(&MISSING_BASE, &[&file("B2C_1A_Base1", Some("B2C_1A_Base"), ""), &broken]);
        assert!(said.starts_with("error: the policy `B2C_1A_Base` is in `1.xml`, which cannot be read"), "{said}");
        assert!(said.contains("^^^^^^^^^^^ it is here\nhelp: correct `1.xml` first"), "{said}");
    }

    #[test]
    fn the_nearest_file_is_named() {
        let said =
            found_in(&MISSING_BASE, &[&file("B2C_1A_Leaf", Some("B2C_1A_Bsae"), ""), &file("B2C_1A_Base", None, "")]);
        assert_eq!(
            said,
            r#"error: no file is the policy `B2C_1A_Bsae`
0.xml:2:67
| <BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_Bsae</PolicyId></BasePolicy>
|                                                                   ^^^^^^^^^^^ this policy builds on it
1.xml:1:163
| <TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_Base" PublicPolicyUri="http://contoso.onmicrosoft.com/B2C_1A_Base">
|                                                                                                                                                                   ^^^^^^^^^^^ `B2C_1A_Base` is here
help: did you mean `B2C_1A_Base`? otherwise name the missing file, or its folder, too
"#
        );
    }
}
