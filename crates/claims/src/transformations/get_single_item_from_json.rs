//! `GetSingleItemFromJson`: the first member of a JSON object.

use super::parts::json;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetSingleItemFromJson",
    summary: "name and value of the first member of a JSON object",
    inputs: &[Role::required("inputJson", STRING)],
    parameters: &[],
    outputs: &[Role::required("key", STRING), Role::required("value", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let members = json::object(call, "inputJson")?;
    let (key, value) = members.iter().next().ok_or_else(|| TransformError::runtime("the JSON object has no member"))?;
    Ok(Outputs::of("key", key.as_str()).with("value", json::claim(value, DataType::String)?))
}
