//! `GetNumericClaimFromJson`: one member of a JSON object, as a number.

use super::parts::json;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetNumericClaimFromJson",
    summary: "one top-level number of a JSON object",
    inputs: &[Role::required("inputJson", STRING)],
    parameters: &[Parameter::required("claimToExtract", DataType::String)],
    outputs: &[Role::required("extractedClaim", LONG)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::default().with("extractedClaim", json::claim(&json::extract(call)?, DataType::Long)?))
}
