//! JM0108: a reference to a display control that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A display control that is referred to but not declared.
pub const UNKNOWN_CONTROL: Code = Code {
    id: "JM0108",
    severity: Severity::Error,
    summary: "reference to a display control that is not declared",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_control(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_CONTROL, Kind::Control, "display control", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_CONTROL;
    use crate::testing::found;

    #[test]
    fn in_a_page() {
        let said = found(
            &UNKNOWN_CONTROL,
            r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<DisplayClaims><DisplayClaim DisplayControlReferenceId="c" /></DisplayClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: display control `c` is not declared
0.xml:4:57
| <DisplayClaims><DisplayClaim DisplayControlReferenceId="c" /></DisplayClaims>
|                                                         ^ not in this policy or any base policy
"#
        );
    }
}
