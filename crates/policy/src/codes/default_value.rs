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
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
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
