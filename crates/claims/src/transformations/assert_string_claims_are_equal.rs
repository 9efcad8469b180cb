//! `AssertStringClaimsAreEqual`: stops the step unless two texts are equal.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "AssertStringClaimsAreEqual",
    summary: "fails unless two claims are equal",
    inputs: &[Role::required("inputClaim1", STRING), Role::required("inputClaim2", STRING)],
    parameters: &[Parameter::required("stringComparison", DataType::String).reading(COMPARISONS)],
    outputs: &[],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let comparison = call.comparison()?;
    // Two claims without a value do not count as equal: password resets compare an address with a stored one.
    match (call.text("inputClaim1"), call.text("inputClaim2")) {
        (Some(first), Some(second)) if comparison.equal(&first, &second) => Ok(Outputs::default()),
        _ => Err(TransformError::Assertion("UserMessageIfClaimsTransformationStringsAreNotEqual")),
    }
}
