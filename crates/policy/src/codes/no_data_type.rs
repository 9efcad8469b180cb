//! JM0302: a claim that no file of the chain gives a data type.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::ClaimType;

/// A claim type without `DataType`.
pub const NO_DATA_TYPE: Code = Code {
    id: "JM0302",
    severity: Severity::Warning,
    summary: "a claim type has no data type",
    explanation: "No file of the chain gives the claim type a `DataType`. In an extension file that is usual, since the base has it; here the base \
does not declare the claim, mostly because its id is spelt another way there. The claim is treated as a string.\n\n\
Spell the id as the base does, or add the data type.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="city"><DisplayName>City</DisplayName></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="city"><DisplayName>City</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
};

pub(crate) fn no_data_type(claim: &ClaimType) -> Diagnostic {
    let message = format!("the claim type `{}` has no data type", claim.id);
    Diagnostic::new(&NO_DATA_TYPE, Kind::Claim, claim.span, message)
        .label("treated as a string")
        .help("add `<DataType>string</DataType>`, or spell the id like the claim type that this one extends")
}

#[cfg(test)]
mod tests {
    use super::NO_DATA_TYPE;
    use crate::testing::found;

    #[test]
    fn one_that_is_misspelt_is_reported_as_that() {
        let inside = "<BuildingBlocks><ClaimsSchema><ClaimType Id=\"a\"><DataType>strng</DataType></ClaimType></ClaimsSchema></BuildingBlocks>";
        assert_eq!(found(&NO_DATA_TYPE, inside), "");
    }

    #[test]
    fn nowhere_in_the_chain() {
        let said = found(
            &NO_DATA_TYPE,
            r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="a" /></ClaimsSchema></BuildingBlocks>"#,
        );
        assert_eq!(
            said,
            r#"warning: the claim type `a` has no data type
0.xml:2:31
| <BuildingBlocks><ClaimsSchema><ClaimType Id="a" /></ClaimsSchema></BuildingBlocks>
|                               ^^^^^^^^^^^^^^^^^^^^ treated as a string
help: add `<DataType>string</DataType>`, or spell the id like the claim type that this one extends
"#
        );
    }
}
