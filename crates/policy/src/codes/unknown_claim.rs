//! JM0101: a reference to a claim type that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A claim type that is referred to but not declared.
pub const UNKNOWN_CLAIM: Code = Code {
    id: "JM0101",
    severity: Severity::Error,
    summary: "reference to a claim type that is not declared",
    explanation: "A technical profile, a transformation, a display control or the relying party refers to a claim type that neither this file \
nor a base policy declares. Files that build on this one do not count: a base cannot see them. Without a declaration nobody knows \
the type of the claim.\n\n\
Correct the id, or declare the claim in the `ClaimsSchema` of this file or of one below it.",
    service: &[
        "Policy \"{policy}\" of tenant \"{tenant}\" makes a reference to ClaimType with id \"{id}\" but neither the policy nor any of its base policies contain such an element.",
    ],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Who are you?</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="dispalyName" /></OutputClaims>
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

pub(crate) fn unknown_claim(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_CLAIM, Kind::Claim, "claim type", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_CLAIM;
    use crate::testing::found;

    #[test]
    fn the_nearest_claim_is_named() {
        let said = found(
            &UNKNOWN_CLAIM,
            r#"<BuildingBlocks>
<ClaimsSchema><ClaimType Id="email"><DataType>string</DataType></ClaimType></ClaimsSchema></BuildingBlocks><ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<OutputClaims><OutputClaim ClaimTypeReferenceId="emial" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: claim type `emial` is not declared
0.xml:5:50
| <OutputClaims><OutputClaim ClaimTypeReferenceId="emial" /></OutputClaims>
|                                                  ^^^^^ not in this policy or any base policy
0.xml:3:15
| <ClaimsSchema><ClaimType Id="email"><DataType>string</DataType></ClaimType></ClaimsSchema></BuildingBlocks><ClaimsProviders><ClaimsProvider><TechnicalProfiles>
|               ^^^^^^^^^^^^^^^^^^^^^^ `email` is declared here
help: did you mean `email`?
"#
        );
    }
}
