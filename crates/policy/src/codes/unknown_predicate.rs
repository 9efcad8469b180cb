//! JM0109: a reference to a predicate that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A predicate that is referred to but not declared.
pub const UNKNOWN_PREDICATE: Code = Code {
    id: "JM0109",
    severity: Severity::Error,
    summary: "reference to a predicate that is not declared",
    explanation: "A predicate validation counts on a predicate that neither this file nor a base policy declares. A rule that somebody believes to \
be kept, mostly of passwords, would not be.\n\n\
Correct the id, or declare the predicate in `Predicates`.",
    service: &[
        "Policy \"{policy}\" of tenant \"{tenant}\" makes a reference to Predicate with id \"{id}\" but neither the policy nor any of its base policies contain such an element.",
    ],
    fails: Example::Leaf(
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
          <PredicateReferences MatchAtLeast="1"><PredicateReference Id="Longer" /></PredicateReferences>
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

pub(crate) fn unknown_predicate(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_PREDICATE, Kind::Predicate, "predicate", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_PREDICATE;
    use crate::testing::found;

    #[test]
    fn in_a_group() {
        let said = found(
            &UNKNOWN_PREDICATE,
            r#"<BuildingBlocks><PredicateValidations><PredicateValidation Id="v"><PredicateGroups><PredicateGroup Id="g"><PredicateReferences>
<PredicateReference Id="Length" />
</PredicateReferences></PredicateGroup></PredicateGroups></PredicateValidation></PredicateValidations></BuildingBlocks>"#,
        );
        assert_eq!(
            said,
            r#"error: predicate `Length` is not declared
0.xml:3:25
| <PredicateReference Id="Length" />
|                         ^^^^^^ not in this policy or any base policy
"#
        );
    }
}
