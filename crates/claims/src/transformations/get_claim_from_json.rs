//! `GetClaimFromJson`: one member of a JSON object, as text.

use super::parts::json;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetClaimFromJson",
    summary: "the text of one top-level member of a JSON object",
    inputs: &[Role::required("inputJson", STRING)],
    parameters: &[Parameter::required("claimToExtract", DataType::String)],
    outputs: &[Role::required("extractedClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::default().with("extractedClaim", json::claim(&json::extract(call)?, DataType::String)?))
}
