//! `CompareBooleanClaimToValue`: compares a claim with a fixed value.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CompareBooleanClaimToValue",
    summary: "whether a claim is true, or is false, as the parameter says",
    inputs: &[Role::required("inputClaim", BOOLEAN)],
    parameters: &[Parameter::required("valueToCompareTo", DataType::Boolean)],
    outputs: &[Role::required("compareResult", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    call.need_parameter("valueToCompareTo")?;
    let wanted = call.flag("valueToCompareTo", false)?;
    Ok(Outputs::of("compareResult", call.boolean("inputClaim")? == Some(wanted)))
}
