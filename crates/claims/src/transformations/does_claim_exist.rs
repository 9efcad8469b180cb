//! `DoesClaimExist`: whether a claim has a value.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "DoesClaimExist",
    summary: "whether a claim has a value; empty text and false are values",
    inputs: &[Role::required("inputClaim", ANY)],
    parameters: &[],
    outputs: &[Role::required("outputClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::of("outputClaim", call.value("inputClaim").is_some()))
}
