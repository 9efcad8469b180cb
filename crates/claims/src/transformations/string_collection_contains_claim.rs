//! `StringCollectionContainsClaim`: looks for a claim in a collection.

use super::parts::equality;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "StringCollectionContainsClaim",
    summary: "whether a claim is an element of a collection",
    inputs: &[Role::required("collection", STRINGS), Role::required("item", STRING)],
    parameters: &[
        Parameter::optional("ignoreCase", DataType::String).reading(Reads::Words(&["true", "false", "1", "0"]))
    ],
    outputs: &[Role::required("outputClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let comparison = equality::ignoring_case(call)?;
    let texts = call.texts("collection")?.unwrap_or_default();
    let found = call.text("item").is_some_and(|item| texts.iter().any(|text| comparison.equal(text, &item)));
    Ok(Outputs::of("outputClaim", found))
}
