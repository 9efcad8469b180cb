//! JM1030: a parameter has no effect.

use journeyman_claims::Name;
use journeyman_claims::transformations::{Fault, Part, Transformation};
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ClaimsTransformation, Predicate};
use journeyman_policy::source::Span;

use crate::uses;

/// A parameter has no effect.
pub const UNKNOWN_PARAMETER: Code = Code {
    id: "JM1030",
    severity: Severity::Warning,
    summary: "a parameter has no effect",
    explanation: "A claims transformation or a predicate has a parameter that its method does not read. The service \
ignores it without a word, so where the name is misspelt, the default holds: a comparison that somebody believes to \
ignore case does not, a length that was to be bounded is not.\n\n\
Correct the name (`TreatAsEqualIfWithinMillseconds` really is spelt like that), or remove the parameter.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsTransformations>
    <ClaimsTransformation Id="IsContoso" TransformationMethod="StringContains">
      <InputClaims><InputClaim ClaimTypeReferenceId="email" TransformationClaimType="inputClaim" /></InputClaims>
      <InputParameters>
        <InputParameter Id="contains" DataType="string" Value="@contoso.com" />
        <InputParameter Id="ignoreCas" DataType="string" Value="true" />
      </InputParameters>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="isNew" TransformationClaimType="outputClaim" /></OutputClaims>
    </ClaimsTransformation>
  </ClaimsTransformations>
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
  <ClaimsTransformations>
    <ClaimsTransformation Id="IsContoso" TransformationMethod="StringContains">
      <InputClaims><InputClaim ClaimTypeReferenceId="email" TransformationClaimType="inputClaim" /></InputClaims>
      <InputParameters>
        <InputParameter Id="contains" DataType="string" Value="@contoso.com" />
        <InputParameter Id="ignoreCase" DataType="string" Value="true" />
      </InputParameters>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="isNew" TransformationClaimType="outputClaim" /></OutputClaims>
    </ClaimsTransformation>
  </ClaimsTransformations>
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Nothing</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
};

pub(crate) fn unknown_parameter(used: &ClaimsTransformation, method: &Transformation, fault: &Fault<'_>) -> Diagnostic {
    let (span, id) = match fault {
        Fault::Unexpected { part: Part::Parameter, at, name, .. } => (used.parameters[*at].id_span, *name),
        _ => (used.span, used.id.as_str()),
    };
    no_effect(Kind::Transformation, span, id, &used.id, method.method, uses::nearest(method, fault))
}

pub(crate) fn unread_parameter(predicate: &Predicate, id: &Name, known: &[&str]) -> Diagnostic {
    let span = predicate.parameters.get(id).map_or(predicate.span, |value| value.span);
    let near = journeyman_policy::nearest_word(id.as_str(), known);
    no_effect(Kind::Predicate, span, id.as_str(), &predicate.id, &predicate.method.value, near)
}

fn no_effect(kind: Kind, at: Span, id: &str, of: &Name, method: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("parameter `{id}` of `{of}` has no effect");
    let finding = Diagnostic::new(&UNKNOWN_PARAMETER, kind, at, message).label(format!("`{method}` does not read it"));
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}
