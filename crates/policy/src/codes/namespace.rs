//! JM0004: the root element is right but its namespace is not; the service would refuse the file, we can read it.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;
use crate::xml::NAMESPACE;

/// The namespace is missing or another one.
pub const NAMESPACE_CODE: Code = Code {
    id: "JM0004",
    severity: Severity::Warning,
    summary: "the policy is not in the namespace of policies",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
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
            r#"warning: the policy has no namespace
0.xml:1:1
| <TrustFrameworkPolicy PolicyId="B2C_1A_T" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: write `xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06"`
"#
        );
    }
}
