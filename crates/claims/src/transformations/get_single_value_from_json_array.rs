//! `GetSingleValueFromJsonArray`: the first element of a JSON array.

use super::parts::json;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetSingleValueFromJsonArray",
    summary: "the text of the first element of a JSON array",
    inputs: &[Role::required("inputJsonClaim", STRING)],
    parameters: &[],
    outputs: &[Role::required("extractedClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let array = json::parse(&call.need_text("inputJsonClaim")?, "inputJsonClaim")?;
    let first = array.as_array().and_then(|elements| elements.first());
    let first = first.ok_or_else(|| TransformError::runtime("the JSON is no array with an element"))?;
    Ok(Outputs::default().with("extractedClaim", json::claim(first, DataType::String)?))
}
