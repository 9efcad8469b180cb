//! JM1036: a claim is asked for in a field that cannot hold it.

use journeyman_claims::DataType;
use journeyman_claims::transformations::one_of;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ClaimType, UserInputType};
use journeyman_policy::source::Spanned;

/// A claim is asked for in a field that cannot hold it.
pub const INPUT_TYPE: Code = Code {
    id: "JM1036",
    severity: Severity::Warning,
    summary: "a claim is asked for in a field that cannot hold it",
    explanation: "`UserInputType` says how a page asks for a claim, and each kind of field holds certain data types: a \
text box texts, numbers and `true` or `false`, an e-mail box and a password box texts, a date field `date` and \
`dateTime`, lists to choose from texts and booleans.\n\n\
The service takes the policy. The page then fails when it is sent (\"A self-asserted send response has failed\", \
AADB2C90161), or what is typed is refused.\n\n\
Change the `UserInputType`, or the `DataType` and convert the value with a claims transformation.",
    service: &["A self-asserted send response has failed with reason '{reason}'."],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="choice">
      <DisplayName>Choice</DisplayName>
      <DataType>dateTime</DataType>
      <UserInputType>EmailBox</UserInputType>
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
      <DataType>dateTime</DataType>
      <UserInputType>DateTimeDropdown</UserInputType>
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

pub(crate) fn input_type(
    claim: &ClaimType,
    input: &Spanned<UserInputType>,
    data_type: &Spanned<DataType>,
    types: &[DataType],
) -> Diagnostic {
    let (field, found) = (input.value, data_type.value);
    let message = format!("a `{field:?}` cannot hold the claim `{}`", claim.id);
    Diagnostic::new(&INPUT_TYPE, Kind::Claim, input.span, message)
        .label(format!("it holds {}", one_of(types)))
        .also(data_type.span, format!("the claim is of type {found}"))
}
