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
    explanation: "A self-asserted profile shows a display control that neither this file nor a base policy declares. The page would lack it.\n\n\
Correct the id, or declare the control in `DisplayControls`.",
    service: &[
        "Policy \"{policy}\" of tenant \"{tenant}\" makes a reference to DisplayControl with id \"{id}\" but neither the policy nor any of its base policies contain such an element.",
    ],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <DisplayControls>
    <DisplayControl Id="VerifyEmail" UserInterfaceControlType="VerificationControl">
      <DisplayClaims>
        <DisplayClaim ClaimTypeReferenceId="email" Required="true" />
        <DisplayClaim ClaimTypeReferenceId="otp" ControlClaimType="VerificationCode" Required="true" />
      </DisplayClaims>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
    </DisplayControl>
  </DisplayControls>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <DisplayClaims><DisplayClaim DisplayControlReferenceId="VerifyMail" /></DisplayClaims>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <DisplayControls>
    <DisplayControl Id="VerifyEmail" UserInterfaceControlType="VerificationControl">
      <DisplayClaims>
        <DisplayClaim ClaimTypeReferenceId="email" Required="true" />
        <DisplayClaim ClaimTypeReferenceId="otp" ControlClaimType="VerificationCode" Required="true" />
      </DisplayClaims>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
    </DisplayControl>
  </DisplayControls>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <DisplayClaims><DisplayClaim DisplayControlReferenceId="VerifyEmail" /></DisplayClaims>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
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
