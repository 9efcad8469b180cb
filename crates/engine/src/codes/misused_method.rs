//! JM1019: a transformation is used in a way that its method does not allow.

use journeyman_claims::transformations::{Fault, Part, Transformation, one_of};
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ClaimsTransformation, Policy};

use crate::uses;

/// A transformation is used in a way that its method does not allow.
pub const MISUSED_METHOD: Code = Code {
    id: "JM1019",
    severity: Severity::Error,
    summary: "a claims transformation does not fit its method",
    explanation: "Every method of claims transformations knows by name which claims it takes and gives, of which types they \
are, and which parameters it reads. Here one is missing, has a name that the method does not know (`TransformationClaimType`, \
or the claim's own id where that is left out), is of another type, or is a text that the method cannot read.\n\n\
The service compares names and types of claims when a policy is uploaded, and refuses it. Parameters it only reads when the \
transformation runs: one that is missing or cannot be read fails every journey that gets there.\n\n\
Correct what is marked. Where a claim has the wrong type, convert it first, or change its `DataType`; mind that dates are \
text for `AssertDateTimeIsGreaterThan` and instants for `DateTimeComparison`. A claim that may have no value yet still has to \
be named.",
    service: &[
        "The InputClaims mismatched in ClaimsTransformation with id \"{id}\" with TransformationMethod \"{method}\". The \
following InputClaims were declared in the Policy but were not expected by the TransformMethod: [{type}]{name}. The following \
InputClaims were expected by the TransformMethod but were not declared in the Policy: [{type}]{name}.",
    ],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsTransformations>
    <ClaimsTransformation Id="IsSame" TransformationMethod="CompareClaims">
      <InputClaims>
        <InputClaim ClaimTypeReferenceId="email" TransformationClaimType="inputClaim1" />
        <InputClaim ClaimTypeReferenceId="isNew" TransformationClaimType="inputClaim2" />
      </InputClaims>
      <InputParameters><InputParameter Id="operator" DataType="string" Value="EQUALS" /></InputParameters>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="isNew" TransformationClaimType="outputClaim" /></OutputClaims>
    </ClaimsTransformation>
  </ClaimsTransformations>
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Compare</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="isNew" /></OutputClaims>
    <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId="IsSame" /></OutputClaimsTransformations>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsTransformations>
    <ClaimsTransformation Id="IsSame" TransformationMethod="CompareClaims">
      <InputClaims>
        <InputClaim ClaimTypeReferenceId="email" TransformationClaimType="inputClaim1" />
        <InputClaim ClaimTypeReferenceId="displayName" TransformationClaimType="inputClaim2" />
      </InputClaims>
      <InputParameters><InputParameter Id="operator" DataType="string" Value="EQUAL" /></InputParameters>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="isNew" TransformationClaimType="outputClaim" /></OutputClaims>
    </ClaimsTransformation>
  </ClaimsTransformations>
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Compare</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="isNew" /></OutputClaims>
    <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId="IsSame" /></OutputClaimsTransformations>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
};

pub(crate) fn misused_method(
    policy: &Policy,
    used: &ClaimsTransformation,
    method: &Transformation,
    fault: &Fault<'_>,
) -> Diagnostic {
    let named = method.method;
    let new = |span, message| Diagnostic::new(&MISUSED_METHOD, Kind::Transformation, span, message);
    match fault {
        Fault::Missing { part, name, types } => {
            let message = format!("claims transformation `{}` has no {} `{name}`", used.id, part.as_str());
            let typed = if types.is_empty() { String::new() } else { format!(" of type {}", one_of(types)) };
            new(used.span, message).label(format!("`{named}` needs it{typed}"))
        }
        Fault::Unexpected { part, at, name, .. } => {
            let span = match part {
                Part::Input => used.inputs[*at].role_span,
                Part::Parameter => used.parameters[*at].id_span,
                Part::Output => used.outputs[*at].role_span,
            };
            let finding = new(span, format!("`{named}` has no {} `{name}`", part.as_str()));
            let finding = match uses::expected(method, *part) {
                Some(names) => finding.label(format!("expected {names}")),
                None => finding,
            };
            match uses::nearest(method, fault) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding,
            }
        }
        Fault::Type { part, at, name, found, wanted } => {
            let claim = if *part == Part::Input { &used.inputs[*at].claim } else { &used.outputs[*at].claim };
            let message =
                format!("{} `{name}` of `{named}` must be of type {}, not {found}", part.as_str(), one_of(wanted));
            let finding = new(claim.span, message).label(format!("`{}` is of type {found}", claim.value));
            let declared = policy.claim_types.get(&claim.value).and_then(|declared| declared.data_type.as_ref());
            match declared {
                Some(declared) => finding.also(declared.span, "its data type"),
                None => finding,
            }
        }
        Fault::Value { at, name, why } => {
            let text = &used.parameters[*at].value;
            let message = format!("parameter `{name}` of `{named}` cannot be `{}`", text.value);
            new(text.span, message).label(why.clone())
        }
    }
}
