//! JM1039: a predicate group that no value satisfies.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{PredicateGroup, PredicateValidation};

/// A predicate group that no value satisfies.
pub const IMPOSSIBLE_GROUP: Code = Code {
    id: "JM1039",
    severity: Severity::Error,
    summary: "a predicate group that no value satisfies",
    explanation: "`MatchAtLeast` asks for more predicates than the group refers to. However good a value is, it never \
satisfies so many, so nobody gets past a field that the group guards.\n\n\
Lower the number, or add the predicates that are missing. Without `MatchAtLeast` all of them must hold.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <Predicates>
    <Predicate Id="Lowercase" Method="IncludesCharacters" HelpText="a small letter">
      <Parameters><Parameter Id="CharacterSet">a-z</Parameter></Parameters>
    </Predicate>
    <Predicate Id="Number" Method="IncludesCharacters" HelpText="a digit">
      <Parameters><Parameter Id="CharacterSet">0-9</Parameter></Parameters>
    </Predicate>
  </Predicates>
  <PredicateValidations>
    <PredicateValidation Id="Password">
      <PredicateGroups>
        <PredicateGroup Id="Classes">
          <UserHelpText>The password must have:</UserHelpText>
          <PredicateReferences MatchAtLeast="3">
            <PredicateReference Id="Lowercase" />
            <PredicateReference Id="Number" />
          </PredicateReferences>
        </PredicateGroup>
      </PredicateGroups>
    </PredicateValidation>
  </PredicateValidations>
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Nothing</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <Predicates>
    <Predicate Id="Lowercase" Method="IncludesCharacters" HelpText="a small letter">
      <Parameters><Parameter Id="CharacterSet">a-z</Parameter></Parameters>
    </Predicate>
    <Predicate Id="Number" Method="IncludesCharacters" HelpText="a digit">
      <Parameters><Parameter Id="CharacterSet">0-9</Parameter></Parameters>
    </Predicate>
  </Predicates>
  <PredicateValidations>
    <PredicateValidation Id="Password">
      <PredicateGroups>
        <PredicateGroup Id="Classes">
          <UserHelpText>The password must have:</UserHelpText>
          <PredicateReferences MatchAtLeast="2">
            <PredicateReference Id="Lowercase" />
            <PredicateReference Id="Number" />
          </PredicateReferences>
        </PredicateGroup>
      </PredicateGroups>
    </PredicateValidation>
  </PredicateValidations>
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Nothing</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
};

pub(crate) fn impossible_group(validation: &PredicateValidation, group: &PredicateGroup, all: usize) -> Diagnostic {
    let name = group.id.as_ref().map_or_else(|| "a group".to_owned(), |id| format!("group `{id}`"));
    let wanted = group.match_at_least.unwrap_or_default();
    let message = format!("no value satisfies {name} of predicate validation `{}`", validation.id);
    Diagnostic::new(&IMPOSSIBLE_GROUP, Kind::PredicateValidation, validation.span, message)
        .label(format!("{wanted} predicates must hold, and there are {all}"))
}
