//! JM0110: a reference to a predicate validation that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A predicate validation that is referred to but not declared.
pub const UNKNOWN_PREDICATE_VALIDATION: Code = Code {
    id: "JM0110",
    severity: Severity::Error,
    summary: "reference to a predicate validation that is not declared",
    explanation: "A claim type is to keep the rules of a predicate validation that neither this file nor a base policy declares. Any value would \
pass.\n\n\
Correct the id, or declare the predicate validation.",
    service: &[
        "Policy \"{policy}\" of tenant \"{tenant}\" makes a reference to PredicateValidation with id \"{id}\" but neither the policy nor any of its base policies contain such an element.",
    ],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="password">
      <DisplayName>Password</DisplayName>
      <DataType>string</DataType>
      <UserInputType>Password</UserInputType>
      <PredicateValidationReference Id="Stronger" />
    </ClaimType>
  </ClaimsSchema>
  <Predicates>
    <Predicate Id="Long" Method="IsLengthRange">
      <Parameters><Parameter Id="Minimum">12</Parameter><Parameter Id="Maximum">64</Parameter></Parameters>
    </Predicate>
  </Predicates>
  <PredicateValidations>
    <PredicateValidation Id="Strong">
      <PredicateGroups>
        <PredicateGroup Id="Length">
          <PredicateReferences MatchAtLeast="1"><PredicateReference Id="Long" /></PredicateReferences>
        </PredicateGroup>
      </PredicateGroups>
    </PredicateValidation>
  </PredicateValidations>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="password">
      <DisplayName>Password</DisplayName>
      <DataType>string</DataType>
      <UserInputType>Password</UserInputType>
      <PredicateValidationReference Id="Strong" />
    </ClaimType>
  </ClaimsSchema>
  <Predicates>
    <Predicate Id="Long" Method="IsLengthRange">
      <Parameters><Parameter Id="Minimum">12</Parameter><Parameter Id="Maximum">64</Parameter></Parameters>
    </Predicate>
  </Predicates>
  <PredicateValidations>
    <PredicateValidation Id="Strong">
      <PredicateGroups>
        <PredicateGroup Id="Length">
          <PredicateReferences MatchAtLeast="1"><PredicateReference Id="Long" /></PredicateReferences>
        </PredicateGroup>
      </PredicateGroups>
    </PredicateValidation>
  </PredicateValidations>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
};

pub(crate) fn unknown_predicate_validation(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_PREDICATE_VALIDATION, Kind::PredicateValidation, "predicate validation", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_PREDICATE_VALIDATION;
    use crate::testing::found;

    #[test]
    fn on_a_claim() {
        let said = found(
            &UNKNOWN_PREDICATE_VALIDATION,
            r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="a"><DataType>string</DataType>
<PredicateValidationReference Id="v" />
</ClaimType></ClaimsSchema></BuildingBlocks>"#,
        );
        assert_eq!(
            said,
            r#"error: predicate validation `v` is not declared
0.xml:3:35
| <PredicateValidationReference Id="v" />
|                                   ^ not in this policy or any base policy
"#
        );
    }
}
