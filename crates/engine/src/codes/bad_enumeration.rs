//! JM1037: a list to choose from does not fit its claim.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::ClaimType;
use journeyman_policy::source::Span;

/// A list to choose from does not fit its claim.
pub const BAD_ENUMERATION: Code = Code {
    id: "JM1037",
    severity: Severity::Warning,
    summary: "a list to choose from does not fit its claim",
    explanation: "An `Enumeration` offers values to choose from. It makes sense for texts (and for `true` and \
`false`); dates, telephone numbers and identities are not chosen from a list. In a list of which one is chosen, at \
most one item is chosen at first.\n\n\
The service takes the policy, and shows the last of several items as chosen, or a field without the list.\n\n\
Take `SelectByDefault` from all items but one, use `CheckboxMultiSelect` where several may be chosen, or change the \
claim's `DataType` to `string`.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="choice">
      <DisplayName>Choice</DisplayName>
      <DataType>string</DataType>
      <UserInputType>RadioSingleSelect</UserInputType>
      <Restriction>
        <Enumeration Text="Yes" Value="yes" SelectByDefault="true" />
        <Enumeration Text="No" Value="no" SelectByDefault="true" />
      </Restriction>
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
    <ClaimType Id="choice">
      <DisplayName>Choice</DisplayName>
      <DataType>string</DataType>
      <UserInputType>RadioSingleSelect</UserInputType>
      <Restriction>
        <Enumeration Text="Yes" Value="yes" SelectByDefault="true" />
        <Enumeration Text="No" Value="no" SelectByDefault="false" />
      </Restriction>
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

pub(crate) fn bad_enumeration(claim: &ClaimType, at: Span, why: &str) -> Diagnostic {
    let message = format!("the list of claim type `{}` does not fit it", claim.id);
    Diagnostic::new(&BAD_ENUMERATION, Kind::Claim, at, message).label(why.to_owned())
}
