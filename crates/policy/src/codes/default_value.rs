//! JM0301: a default that the claim's data type cannot hold.

use journeyman_claims::DataType;

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::ClaimType;
use crate::source::Spanned;

/// A `DefaultValue` of the wrong form.
pub const DEFAULT_VALUE: Code = Code {
    id: "JM0301",
    severity: Severity::Error,
    summary: "a default value does not fit the claim's data type",
    explanation: "A `DefaultValue` cannot be read as a value of the claim's data type: a word for a number, a date of another form, something else \
than `true` and `false`. The claim could not be set.\n\n\
Correct the value or the data type. Dates are written `2024-05-31`, times of day `2024-05-31T10:00:00Z`. Claim resolvers in braces \
are filled in later and not looked at.",
    service: &["Input string was not in a correct format"],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="age"><DisplayName>Age</DisplayName><DataType>int</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /><OutputClaim ClaimTypeReferenceId="age" DefaultValue="old" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="age"><DisplayName>Age</DisplayName><DataType>int</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /><OutputClaim ClaimTypeReferenceId="age" DefaultValue="18" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
};

pub(crate) fn default_value(value: &Spanned<String>, claim: &ClaimType, data_type: &Spanned<DataType>) -> Diagnostic {
    let message = format!("`{}` is no {}, as the claim `{}` is", value.value, data_type.value, claim.id);
    Diagnostic::new(&DEFAULT_VALUE, Kind::Claim, value.span, message).also(data_type.span, "its data type")
}

#[cfg(test)]
mod tests {
    use super::DEFAULT_VALUE;
    use crate::testing::found;

    #[test]
    fn a_word_for_a_number() {
        let said = found(
            &DEFAULT_VALUE,
            r#"<BuildingBlocks><ClaimsSchema>
<ClaimType Id="age"><DataType>int</DataType></ClaimType>
</ClaimsSchema></BuildingBlocks><ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<OutputClaims>
<OutputClaim ClaimTypeReferenceId="age" DefaultValue="old" />
<OutputClaim ClaimTypeReferenceId="age" PartnerClaimType="b" DefaultValue="" />
<OutputClaim ClaimTypeReferenceId="age" PartnerClaimType="c" DefaultValue="{Claim:x}" />
</OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: `old` is no int, as the claim `age` is
0.xml:7:55
| <OutputClaim ClaimTypeReferenceId="age" DefaultValue="old" />
|                                                       ^^^
0.xml:3:31
| <ClaimType Id="age"><DataType>int</DataType></ClaimType>
|                               ^^^ its data type
"#
        );
    }
}
