//! `NotClaims`: logical negation.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "NotClaims",
    summary: "the opposite of a claim",
    inputs: &[Role::required("inputClaim", BOOLEAN)],
    parameters: &[],
    outputs: &[Role::required("outputClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::maybe("outputClaim", call.boolean("inputClaim")?.map(|yes| !yes)))
}
