//! JM0102: a reference to a claims transformation that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A claims transformation that is referred to but not declared.
pub const UNKNOWN_TRANSFORMATION: Code = Code {
    id: "JM0102",
    severity: Severity::Error,
    summary: "reference to a claims transformation that is not declared",
    explanation: "A technical profile runs a claims transformation that neither this file nor a base policy declares. Snippets from articles often \
bring the profile without its transformations.\n\n\
Correct the id, or declare the transformation in `ClaimsTransformations`.",
    service: &[
        "Policy \"{policy}\" of tenant \"{tenant}\" makes a reference to ClaimsTransformation with id \"{id}\" but neither the policy nor any of its base policies contain such an element.",
    ],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Who are you?</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
  <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId="CreateId" /></OutputClaimsTransformations>
</TechnicalProfile>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsTransformations>
    <ClaimsTransformation Id="CreateId" TransformationMethod="CreateRandomString">
      <InputParameters><InputParameter Id="randomGeneratorType" DataType="string" Value="GUID" /></InputParameters>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" TransformationClaimType="outputClaim" /></OutputClaims>
    </ClaimsTransformation>
  </ClaimsTransformations>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
        <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId="CreateId" /></OutputClaimsTransformations>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
};

pub(crate) fn unknown_transformation(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_TRANSFORMATION, Kind::Transformation, "claims transformation", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_TRANSFORMATION;
    use crate::testing::found;

    #[test]
    fn nothing_is_near() {
        let said = found(
            &UNKNOWN_TRANSFORMATION,
            r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<OutputClaimsTransformations><OutputClaimsTransformation ReferenceId="Make" /></OutputClaimsTransformations>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: claims transformation `Make` is not declared
0.xml:4:71
| <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId="Make" /></OutputClaimsTransformations>
|                                                                       ^^^^ not in this policy or any base policy
"#
        );
    }
}
