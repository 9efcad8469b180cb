//! JM0302: a claim that no file of the chain gives a data type.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::ClaimType;

/// A claim type without `DataType`.
pub const NO_DATA_TYPE: Code = Code {
    id: "JM0302",
    severity: Severity::Warning,
    summary: "a claim type has no data type",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
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
