//! JM1030: a parameter that a method does not read.

use journeyman_claims::transformations::{Fault, Part, Transformation};
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::ClaimsTransformation;

use crate::uses;

/// A parameter that a method does not read.
pub const UNKNOWN_PARAMETER: Code = Code {
    id: "JM1030",
    severity: Severity::Warning,
    summary: "a parameter of a claims transformation has no effect",
    explanation: "The method does not read a parameter of that name. The service ignores it without a word, so where the \
name is misspelt, the default holds: a comparison that somebody believes to ignore case does not, a date that was to pass \
fails.\n\n\
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
</BuildingBlocks>"#,
    ),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
    <ClaimType Id="isOurs"><DisplayName>Ours</DisplayName><DataType>boolean</DataType></ClaimType>
  </ClaimsSchema>
  <ClaimsTransformations>
    <ClaimsTransformation Id="IsContoso" TransformationMethod="StringContains">
      <InputClaims><InputClaim ClaimTypeReferenceId="email" TransformationClaimType="inputClaim" /></InputClaims>
      <InputParameters>
        <InputParameter Id="contains" DataType="string" Value="@contoso.com" />
        <InputParameter Id="ignoreCase" DataType="string" Value="true" />
      </InputParameters>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="isOurs" TransformationClaimType="outputClaim" /></OutputClaims>
    </ClaimsTransformation>
  </ClaimsTransformations>
</BuildingBlocks>"#]),
};

pub(crate) fn unknown_parameter(used: &ClaimsTransformation, method: &Transformation, fault: &Fault<'_>) -> Diagnostic {
    let (span, id) = match fault {
        Fault::Unexpected { part: Part::Parameter, at, name, .. } => (used.parameters[*at].id_span, *name),
        _ => (used.span, used.id.as_str()),
    };
    let message = format!("parameter `{id}` of `{}` has no effect", used.id);
    let finding = Diagnostic::new(&UNKNOWN_PARAMETER, Kind::Transformation, span, message)
        .label(format!("`{}` does not read it", method.method));
    match uses::nearest(method, fault) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}
