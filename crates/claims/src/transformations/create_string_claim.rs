//! `CreateStringClaim`: sets a claim to a constant.

use super::parts::expressions;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CreateStringClaim",
    summary: "a constant, in which expressions such as {RelyingPartyTenantId} are resolved",
    inputs: &[],
    parameters: &[Parameter::required("value", DataType::String)],
    outputs: &[Role::required("createdClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    Ok(Outputs::of("createdClaim", expressions::resolve(call.need_parameter("value")?, env)))
}
