//! `StringJoin`: joins a collection.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "StringJoin",
    summary: "the elements of a collection with a constant between them",
    inputs: &[Role::required("inputClaim", STRINGS)],
    parameters: &[Parameter::required("delimiter", DataType::String)],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let delimiter = call.need_parameter("delimiter")?;
    Ok(Outputs::maybe("outputClaim", call.texts("inputClaim")?.map(|texts| texts.join(delimiter))))
}
