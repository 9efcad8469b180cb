//! `CompareClaims`: compares two texts.

use super::parts::equality;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CompareClaims",
    summary: "whether two claims are equal, or are not, as the operator says",
    inputs: &[Role::required("inputClaim1", STRING), Role::required("inputClaim2", STRING)],
    parameters: &[
        Parameter::required("operator", DataType::String).reading(EQUALITY),
        Parameter::optional("ignoreCase", DataType::String).reading(Reads::TextFlag),
    ],
    outputs: &[Role::required("outputClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    let (first, second) = (call.text("inputClaim1"), call.text("inputClaim2"));
    Ok(Outputs::of("outputClaim", equality::compare(call, env, first.as_deref(), second.as_deref())?))
}
