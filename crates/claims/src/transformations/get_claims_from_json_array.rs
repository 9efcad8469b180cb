//! `GetClaimsFromJsonArray`: several claims from a JSON array of keys and values.

use serde_json::Value;

use super::parts::json;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetClaimsFromJsonArray",
    summary: "claims from a JSON array of objects, each with the name of a claim and its value",
    inputs: &[Role::either("jsonSource", STRING), Role::either("jsonSourceClaim", STRING)],
    parameters: &[
        Parameter::required("errorOnMissingClaims", DataType::Boolean),
        Parameter::required("includeEmptyClaims", DataType::Boolean),
        Parameter::required("jsonSourceKeyName", DataType::String),
        Parameter::required("jsonSourceValueName", DataType::String),
    ],
    outputs: &[Role::many("claim", SCALARS)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let role = json::source_role(call)?;
    match json::parse(&call.need_text(role)?, role)? {
        Value::Array(entries) => json::claims_by_key(call, &entries),
        _ => Err(TransformError::runtime(format!("input claim `{role}` is no JSON array"))),
    }
}
