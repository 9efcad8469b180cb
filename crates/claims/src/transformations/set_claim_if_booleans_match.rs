//! `SetClaimIfBooleansMatch`: sets a text if a boolean has a given value.

use super::parts::call::no_value;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "SetClaimIfBooleansMatch",
    summary: "a constant, if a claim is true, or is false, as the parameter says",
    inputs: &[Role::required("claimToMatch", BOOLEAN)],
    parameters: &[
        Parameter::required("matchTo", DataType::String).reading(Reads::Words(&["true", "false"])),
        Parameter::required("outputClaimIfMatched", DataType::String),
    ],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let claim = call.boolean("claimToMatch")?.ok_or_else(|| no_value("claimToMatch"))?;
    let wanted = call.one_of("matchTo", &[("true", true), ("false", false)])?;
    if claim != wanted {
        return Ok(Outputs::default());
    }
    Ok(Outputs::of("outputClaim", call.need_parameter("outputClaimIfMatched")?))
}
