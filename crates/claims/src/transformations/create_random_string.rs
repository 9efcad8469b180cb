//! `CreateRandomString`: a random GUID or number, as text.

use super::parts::random;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CreateRandomString",
    summary: "a random GUID or number as text, formatted and encoded as the parameters say",
    inputs: &[],
    parameters: &[
        Parameter::required("randomGeneratorType", DataType::String).reading(Reads::Words(&["INTEGER", "GUID"])),
        Parameter::optional("stringFormat", DataType::String).reading(Reads::Format(1)),
        Parameter::optional("base64", DataType::Boolean),
        Parameter::optional("maximumNumber", DataType::Int),
        Parameter::optional("seed", DataType::Int),
    ],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    Ok(Outputs::of("outputClaim", random::text(call, env)?))
}
