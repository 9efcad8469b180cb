//! `ConvertNumberToStringClaim`: the digits of a number.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "ConvertNumberToStringClaim",
    summary: "a number as decimal text",
    inputs: &[Role::required("inputClaim", &[DataType::Long, DataType::Int])],
    parameters: &[],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::maybe("outputClaim", call.whole("inputClaim")?.map(|number| number.to_string())))
}
