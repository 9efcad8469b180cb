//! `AddItemToStringCollection`: adds a claim to a collection.

use super::parts::collections;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "AddItemToStringCollection",
    summary: "a collection with a further element at its end, unless it has that already",
    inputs: &[Role::required("item", STRING), Role::required("collection", STRINGS)],
    parameters: &[],
    outputs: &[Role::required("collection", STRINGS)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    collections::add(call, call.text("item").as_deref())
}
