//! JM0103: a reference to a technical profile that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A technical profile that is referred to but not declared.
pub const UNKNOWN_PROFILE: Code = Code {
    id: "JM0103",
    severity: Severity::Error,
    summary: "reference to a technical profile that is not declared",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_profile(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_PROFILE, Kind::Profile, "technical profile", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_PROFILE;
    use crate::testing::found;

    #[test]
    fn in_a_validation() {
        let said = found(
            &UNKNOWN_PROFILE,
            r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="PT" /></ValidationTechnicalProfiles>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: technical profile `PT` is not declared
0.xml:4:71
| <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="PT" /></ValidationTechnicalProfiles>
|                                                                       ^^ not in this policy or any base policy
0.xml:3:1
| <TechnicalProfile Id="TP">
| ^^^^^^^^^^^^^^^^^^^^^^^^^^ `TP` is declared here
help: did you mean `TP`?
"#
        );
    }

    #[test]
    fn in_an_inclusion() {
        let said = found(
            &UNKNOWN_PROFILE,
            r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<IncludeTechnicalProfile ReferenceId="Common" />
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: technical profile `Common` is not declared
0.xml:4:39
| <IncludeTechnicalProfile ReferenceId="Common" />
|                                       ^^^^^^ not in this policy or any base policy
"#
        );
    }
}
