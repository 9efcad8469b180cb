//! `CreateJsonArray`: a text as the only element of a JSON array.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CreateJsonArray",
    summary: "a JSON array with a text as its only element",
    inputs: &[Role::required("inputClaim", STRING)],
    parameters: &[],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let array = call.text("inputClaim").map(|text| serde_json::json!([text]).to_string());
    Ok(Outputs::maybe("outputClaim", array))
}
