//! `AddParameterToStringCollection`: adds a constant to a collection.

use super::parts::collections;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "AddParameterToStringCollection",
    summary: "a collection with a constant at its end, unless it has that already",
    inputs: &[Role::required("collection", STRINGS)],
    parameters: &[Parameter::required("item", DataType::String)],
    outputs: &[Role::required("collection", STRINGS)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    collections::add(call, Some(call.need_parameter("item")?))
}
