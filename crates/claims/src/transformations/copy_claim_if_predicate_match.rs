//! `CopyClaimIfPredicateMatch`: copies a claim that satisfies the predicates of the target.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CopyClaimIfPredicateMatch",
    summary: "the value of another claim, if it satisfies the predicates of the output claim",
    inputs: &[Role::required("inputClaim", STRING)],
    parameters: &[],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    let target = call.output("outputClaim").map(|output| output.claim);
    match (call.text("inputClaim"), target) {
        (Some(text), Some(claim)) if env.surroundings.accepts(claim, &text) => {
            Ok(Outputs::of("outputClaim", text.as_ref()))
        }
        _ => Ok(Outputs::default()),
    }
}
