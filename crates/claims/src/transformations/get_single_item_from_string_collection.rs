//! `GetSingleItemFromStringCollection`: the first element of a collection.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetSingleItemFromStringCollection",
    summary: "the first element of a collection",
    inputs: &[Role::required("collection", STRINGS)],
    parameters: &[],
    outputs: &[Role::required("extractedItem", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let first = call.texts("collection")?.and_then(|texts| texts.into_iter().next());
    Ok(Outputs::maybe("extractedItem", first))
}
