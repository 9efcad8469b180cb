//! `SetClaimsIfStringsMatch`: compares a text with a constant and sets a text.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "SetClaimsIfStringsMatch",
    summary: "whether a claim equals a constant; another constant if so",
    inputs: &[Role::required("claimToMatch", STRING)],
    parameters: &[
        Parameter::required("matchTo", DataType::String),
        Parameter::required("stringComparison", DataType::String).reading(COMPARISONS),
        Parameter::required("outputClaimIfMatched", DataType::String),
    ],
    outputs: &[Role::required("outputClaim", STRING), Role::required("stringCompareResultClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let (comparison, constant) = (call.comparison()?, call.need_parameter("matchTo")?);
    let equal = call.text("claimToMatch").is_some_and(|text| comparison.equal(&text, constant));
    let text = call.need_parameter("outputClaimIfMatched")?;
    Ok(Outputs::of("stringCompareResultClaim", equal).with("outputClaim", equal.then(|| text.into())))
}
