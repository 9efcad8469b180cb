//! `StringCollectionContains`: looks for a constant in a collection.

use super::parts::equality;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "StringCollectionContains",
    summary: "whether a constant is an element of a collection",
    inputs: &[Role::required("inputClaim", STRINGS)],
    parameters: &[
        Parameter::required("item", DataType::String),
        Parameter::optional("ignoreCase", DataType::String).reading(Reads::Words(&["true", "false", "1", "0"])),
    ],
    outputs: &[Role::required("outputClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let (item, comparison) = (call.need_parameter("item")?, equality::ignoring_case(call)?);
    let texts = call.texts("inputClaim")?.unwrap_or_default();
    Ok(Outputs::of("outputClaim", texts.iter().any(|text| comparison.equal(text, item))))
}
