//! `SetClaimsIfStringsAreEqual`: compares a text with a constant and sets two texts.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "SetClaimsIfStringsAreEqual",
    summary: "whether a claim equals a constant; two constants if so",
    inputs: &[Role::required("inputClaim", STRING)],
    parameters: &[
        Parameter::required("matchTo", DataType::String),
        Parameter::required("stringComparison", DataType::String).reading(COMPARISONS),
        Parameter::required("stringMatchMsg", DataType::String),
        Parameter::required("stringMatchMsgCode", DataType::String),
    ],
    outputs: &[
        Role::required("outputClaim1", STRING),
        Role::required("outputClaim2", STRING),
        Role::required("stringCompareResultClaim", BOOLEAN),
    ],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let (comparison, constant) = (call.comparison()?, call.need_parameter("matchTo")?);
    let equal = call.text("inputClaim").is_some_and(|text| comparison.equal(&text, constant));
    let if_equal = |id: &str| call.need_parameter(id).map(|text| equal.then(|| text.into()));
    Ok(Outputs::of("stringCompareResultClaim", equal)
        .with("outputClaim1", if_equal("stringMatchMsg")?)
        .with("outputClaim2", if_equal("stringMatchMsgCode")?))
}
