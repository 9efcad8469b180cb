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
    explanation: "A step, a validation, an inclusion, a session or an issuer names a technical profile that neither this file nor a base policy \
declares. Samples often leave a profile to the tenant, such as that of an identity provider.\n\n\
Correct the id, add the profile, or take the reference out.",
    service: &[
        "Policy \"{policy}\" of tenant \"{tenant}\" makes a reference to TechnicalProfile with id \"{id}\" but neither the policy nor any of its base policies contain such an element.",
    ],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Who are you?</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
  <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="CheckName" /></ValidationTechnicalProfiles>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Who are you?</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
    ),
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
