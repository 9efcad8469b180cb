//! JM1014: a claims transformation names a method that does not exist.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A claims transformation names a method that does not exist.
pub const UNKNOWN_METHOD: Code = Code {
    id: "JM1014",
    severity: Severity::Error,
    summary: "a claims transformation names a method that does not exist",
    explanation: "`TransformationMethod` names none of the methods that are documented, nor one of those that \
published policies use besides. Nobody knows what it is meant to do, so a journey that gets there fails.\n\n\
Correct the name; case does not matter. The reference lists every method with what it takes and gives.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsTransformations>
    <ClaimsTransformation Id="MakeId" TransformationMethod="CreateRandomText">
      <InputParameters><InputParameter Id="randomGeneratorType" DataType="string" Value="GUID" /></InputParameters>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" TransformationClaimType="outputClaim" /></OutputClaims>
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
    <ClaimsTransformation Id="MakeId" TransformationMethod="CreateRandomString">
      <InputParameters><InputParameter Id="randomGeneratorType" DataType="string" Value="GUID" /></InputParameters>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" TransformationClaimType="outputClaim" /></OutputClaims>
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

pub(crate) fn unknown_method(transformation: &Name, at: Span, method: &str, known: &[&str]) -> Diagnostic {
    let nearest = journeyman_policy::nearest_word(method, known);
    let finding = Diagnostic::new(
        &UNKNOWN_METHOD,
        Kind::Transformation,
        at,
        format!("`{method}` is not a transformation method"),
    )
    .label(format!("`{transformation}` cannot run"));
    match nearest {
        Some(name) => finding.help(format!("did you mean `{name}`?")),
        None => finding,
    }
}
