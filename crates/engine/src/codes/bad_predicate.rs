//! JM1018: a predicate cannot be used.

use journeyman_claims::Name;
use journeyman_claims::predicates::{PredicateError, Rule};
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::Predicate;

/// A predicate cannot be used.
pub const BAD_PREDICATE: Code = Code {
    id: "JM1018",
    severity: Severity::Error,
    summary: "a predicate cannot be used",
    explanation: "A predicate names a method that does not exist, lacks a parameter that its method needs, or has one \
that cannot be read: a length that is no number, a day that is neither `yyyy-mm-dd` nor `Today`, a regular expression \
that is malformed, a range with nothing in it. No value that a person types passes it, so nobody gets past a field \
that it guards.\n\n\
The methods are `IsLengthRange` (`Minimum`, `Maximum`), `MatchesRegex` (`RegularExpression`), `IncludesCharacters` \
(`CharacterSet`) and `IsDateRange` (`Minimum`, `Maximum`). Correct what is marked.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <Predicates>
    <Predicate Id="Length" Method="IsLengthRange" HelpText="Between 8 and 64 characters.">
      <Parameters>
        <Parameter Id="Minimum">64</Parameter>
        <Parameter Id="Maximum">8</Parameter>
      </Parameters>
    </Predicate>
  </Predicates>
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
    <Predicate Id="Length" Method="IsLengthRange" HelpText="Between 8 and 64 characters.">
      <Parameters>
        <Parameter Id="Minimum">8</Parameter>
        <Parameter Id="Maximum">64</Parameter>
      </Parameters>
    </Predicate>
  </Predicates>
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Nothing</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
};

pub(crate) fn bad_predicate(predicate: &Predicate, why: &PredicateError, unread: Option<&Name>) -> Diagnostic {
    let value = |id: &str| predicate.parameters.get(&Name::new(id)).map(|value| value.span);
    let span = match why {
        PredicateError::UnknownMethod(_) => Some(predicate.method.span),
        PredicateError::MissingParameter(_) => unread.and_then(|id| value(id.as_str())),
        PredicateError::MalformedParameter { id, .. } => value(id),
        PredicateError::Pattern(_) => value("RegularExpression"),
        PredicateError::Empty => value("Minimum"),
    };
    let message = format!("predicate `{}` cannot be used", predicate.id);
    let finding = Diagnostic::new(&BAD_PREDICATE, Kind::Predicate, span.unwrap_or(predicate.span), message)
        .label(why.to_string());
    let near = match (why, unread) {
        (PredicateError::UnknownMethod(method), _) => {
            let known: Vec<_> = Rule::METHODS.iter().map(|(method, _)| *method).collect();
            journeyman_policy::nearest_word(method, &known)
        }
        (PredicateError::MissingParameter(id), Some(_)) => Some(*id),
        _ => None,
    };
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("no value passes it"),
    }
}
