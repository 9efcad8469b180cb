//! JM1017: a regular expression cannot be used.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A regular expression cannot be used.
pub const BAD_PATTERN: Code = Code {
    id: "JM1017",
    severity: Severity::Error,
    summary: "a regular expression cannot be used",
    explanation: "The regular expression of a claim's restriction or mask is malformed, or uses a construct of .NET \
that this engine does not have: balancing groups, or a Unicode block that it does not know. It is read as .NET reads \
it, and searched for in the value: `^` and `$` hold it to the whole.\n\n\
No value passes a restriction that cannot be read, and nothing is shown through a mask that cannot.\n\n\
Correct the expression. A search is bounded: one that goes back and forth without end counts as no match.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="order">
      <DisplayName>Order number</DisplayName>
      <DataType>string</DataType>
      <UserInputType>TextBox</UserInputType>
      <Restriction><Pattern RegularExpression="^[A-Z]{2}(\d{5}$" HelpText="Two letters and five digits." /></Restriction>
    </ClaimType>
  </ClaimsSchema>
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
  <ClaimsSchema>
    <ClaimType Id="order">
      <DisplayName>Order number</DisplayName>
      <DataType>string</DataType>
      <UserInputType>TextBox</UserInputType>
      <Restriction><Pattern RegularExpression="^[A-Z]{2}\d{5}$" HelpText="Two letters and five digits." /></Restriction>
    </ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Nothing</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
};

pub(crate) fn bad_pattern(claim: &Name, at: Span, why: &str) -> Diagnostic {
    let message = format!("a regular expression of claim type `{claim}` cannot be used");
    Diagnostic::new(&BAD_PATTERN, Kind::Claim, at, message)
        .label(why.to_owned())
        .help("no value passes it, and nothing shows through it")
}
