//! `CopyClaim`: copies a claim.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CopyClaim",
    summary: "the value of another claim",
    inputs: &[Role::required("inputClaim", ANY)],
    parameters: &[],
    outputs: &[Role::like("outputClaim", "inputClaim")],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::maybe("outputClaim", call.value("inputClaim").cloned()))
}
