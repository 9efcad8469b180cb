//! `FormatStringClaim`: inserts a claim into a pattern.

use super::parts::format;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "FormatStringClaim",
    summary: "a pattern with a claim in it",
    inputs: &[Role::required("inputClaim", STRING)],
    parameters: &[Parameter::required("stringFormat", DataType::String).reading(Reads::Format(1))],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    Ok(Outputs::maybe("outputClaim", format::claims(call, env, &["inputClaim"])?))
}
