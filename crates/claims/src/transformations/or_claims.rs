//! `OrClaims`: logical disjunction.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "OrClaims",
    summary: "whether at least one of two claims is true",
    inputs: &[Role::required("inputClaim1", BOOLEAN), Role::required("inputClaim2", BOOLEAN)],
    parameters: &[],
    outputs: &[Role::required("outputClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    // As between nullable booleans: true decides alone, otherwise a missing operand leaves the result open.
    let result = match (call.boolean("inputClaim1")?, call.boolean("inputClaim2")?) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    };
    Ok(Outputs::maybe("outputClaim", result))
}
