//! JM1038: a text that is only shown is required.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ClaimType, ClaimUse};

/// A text that is only shown is required.
pub const REQUIRED_PARAGRAPH: Code = Code {
    id: "JM1038",
    severity: Severity::Warning,
    summary: "a text that is only shown is required",
    explanation: "A claim with the `UserInputType` `Paragraph` is a text on the page: nobody can type anything into \
it. With `Required=\"true\"` the page asks for a value that a person cannot give, and where the claim has none, nobody \
gets on.\n\n\
Take `Required` away.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="notice">
      <DisplayName>Notice</DisplayName>
      <DataType>string</DataType>
      <UserInputType>Paragraph</UserInputType>
    </ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Page</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
    <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
    <OutputClaims>
      <OutputClaim ClaimTypeReferenceId="notice" Required="true" />
      <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    </OutputClaims>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="notice">
      <DisplayName>Notice</DisplayName>
      <DataType>string</DataType>
      <UserInputType>Paragraph</UserInputType>
    </ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Page</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
    <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
    <OutputClaims>
      <OutputClaim ClaimTypeReferenceId="notice" />
      <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    </OutputClaims>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
};

pub(crate) fn required_paragraph(asked: &ClaimUse, claim: &ClaimType) -> Diagnostic {
    let message = format!("`{}` is required, but it is only shown", asked.claim.value);
    let finding = Diagnostic::new(&REQUIRED_PARAGRAPH, Kind::Claim, asked.span, message)
        .label("nobody can type anything into it")
        .help("take `Required` away");
    match &claim.input_type {
        Some(input) => finding.also(input.span, "a text on the page"),
        None => finding,
    }
}
