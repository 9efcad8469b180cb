//! `StringContains`: looks for a text in another.

use super::parts::equality;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "StringContains",
    summary: "whether a constant occurs in a claim",
    inputs: &[Role::required("inputClaim", STRING)],
    parameters: &[
        Parameter::required("contains", DataType::String),
        Parameter::optional("ignoreCase", DataType::String).reading(Reads::Words(&["true", "false", "1", "0"])),
    ],
    outputs: &[Role::required("outputClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let (part, comparison) = (call.need_parameter("contains")?, equality::ignoring_case(call)?);
    let found = call.text("inputClaim").is_some_and(|text| comparison.contains(&text, part));
    Ok(Outputs::of("outputClaim", found))
}
