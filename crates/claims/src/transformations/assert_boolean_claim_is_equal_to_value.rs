//! `AssertBooleanClaimIsEqualToValue`: stops the step unless a claim has a fixed value.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "AssertBooleanClaimIsEqualToValue",
    summary: "fails unless a claim is true, or is false, as the parameter says",
    inputs: &[Role::required("inputClaim", BOOLEAN)],
    parameters: &[Parameter::required("valueToCompareTo", DataType::Boolean)],
    outputs: &[],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    call.need_parameter("valueToCompareTo")?;
    // Without a value it fails: policies block disabled accounts and demand positive checks with this.
    if call.boolean("inputClaim")? == Some(call.flag("valueToCompareTo", false)?) {
        Ok(Outputs::default())
    } else {
        Err(TransformError::Assertion("UserMessageIfClaimsTransformationBooleanValueIsNotEqual"))
    }
}
