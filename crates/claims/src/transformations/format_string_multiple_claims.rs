//! `FormatStringMultipleClaims`: inserts two claims into a pattern.

use super::parts::format;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "FormatStringMultipleClaims",
    summary: "a pattern with two claims in it",
    inputs: &[Role::required("inputClaim1", STRING), Role::required("inputClaim2", STRING)],
    parameters: &[Parameter::required("stringFormat", DataType::String).reading(Reads::Format(2))],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    Ok(Outputs::maybe("outputClaim", format::claims(call, env, &["inputClaim1", "inputClaim2"])?))
}
