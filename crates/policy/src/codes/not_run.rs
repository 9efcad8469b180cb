//! JM0034: a part of the language that would have an effect, and that the engine does not run yet.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// Understood, but without effect here.
pub const NOT_RUN: Code = Code {
    id: "JM0034",
    severity: Severity::Error,
    summary: "a part of the language that is understood, but not run yet",
    explanation: "The policy uses a part of the language that has an effect in the vendor's service, and that Journeyman understands but does \
not run yet. Running the policy without it would not be what its author meant, so it is an error rather than silence.\n\n\
Remove the part if the policy does without it. The coverage table of the reference lists everything of this kind.",
    service: &[],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <Predicates>
    <Predicate Id="Digits" Method="MatchesRegex">
      <Parameters><Parameter Id="RegularExpression">^[0-9]+$</Parameter></Parameters>
    </Predicate>
  </Predicates>
  <InputValidations>
    <InputValidation Id="Pin">
      <PredicateReferences Id="OnlyDigits" Reject="true"><PredicateReference Id="Digits" /></PredicateReferences>
    </InputValidation>
  </InputValidations>
</BuildingBlocks>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <Predicates>
    <Predicate Id="Digits" Method="MatchesRegex">
      <Parameters><Parameter Id="RegularExpression">^[0-9]+$</Parameter></Parameters>
    </Predicate>
  </Predicates>
  <InputValidations>
    <InputValidation Id="Pin">
      <PredicateReferences Id="OnlyDigits"><PredicateReference Id="Digits" /></PredicateReferences>
    </InputValidation>
  </InputValidations>
</BuildingBlocks>"#]),
};

pub(crate) fn not_run(at: Span, sort: &str, name: &str, effect: &str) -> Diagnostic {
    let message = format!("the {sort} `{name}` is understood, but not run yet");
    Diagnostic::new(&NOT_RUN, Kind::Unsupported, at, message).label(format!("in the vendor's service {effect}"))
}
