//! `CompareClaimToValue`: compares a text with a constant.

use super::parts::equality;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CompareClaimToValue",
    summary: "whether a claim equals a constant, or does not, as the operator says",
    inputs: &[Role::required("inputClaim1", STRING)],
    parameters: &[
        Parameter::required("compareTo", DataType::String),
        Parameter::required("operator", DataType::String).reading(EQUALITY),
        Parameter::optional("ignoreCase", DataType::String).reading(Reads::TextFlag),
    ],
    outputs: &[Role::required("outputClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    let claim = call.text("inputClaim1");
    let constant = call.need_parameter("compareTo")?;
    Ok(Outputs::of("outputClaim", equality::compare(call, env, claim.as_deref(), Some(constant))?))
}
