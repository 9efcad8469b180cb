//! `NullClaim`: takes the value of a claim away.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "NullClaim",
    summary: "no value",
    inputs: &[],
    parameters: &[],
    outputs: &[Role::required("claim_to_null", ANY)],
    apply,
};

fn apply(_: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::maybe("claim_to_null", None::<ClaimValue>))
}
