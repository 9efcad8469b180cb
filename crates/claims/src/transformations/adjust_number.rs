//! `AdjustNumber`: adds or subtracts one.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "AdjustNumber",
    summary: "a number one greater or one less; no value counts as zero",
    inputs: &[Role::required("inputClaim", INT)],
    parameters: &[Parameter::optional("Operator", DataType::String).reading(Reads::Words(&["INCREMENT", "DECREMENT"]))],
    outputs: &[Role::required("outputClaim", INT)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let step = match call.parameter("Operator") {
        Some(_) => call.one_of("Operator", &[("INCREMENT", 1), ("DECREMENT", -1)])?,
        None => 1,
    };
    let adjusted = i32::try_from(call.whole("inputClaim")?.unwrap_or(0).saturating_add(step));
    Ok(Outputs::of("outputClaim", adjusted.map_err(|_| TransformError::runtime("the number is out of range"))?))
}
