//! `AndClaims`: logical conjunction.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "AndClaims",
    summary: "whether both of two claims are true",
    inputs: &[Role::required("inputClaim1", BOOLEAN), Role::required("inputClaim2", BOOLEAN)],
    parameters: &[],
    outputs: &[Role::required("outputClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    // As between nullable booleans: false decides alone, otherwise a missing operand leaves the result open.
    let result = match (call.boolean("inputClaim1")?, call.boolean("inputClaim2")?) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    };
    Ok(Outputs::maybe("outputClaim", result))
}
