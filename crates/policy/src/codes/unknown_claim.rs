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
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
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
