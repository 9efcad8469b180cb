//! `GetClaimsFromJsonArrayV2`: several claims from a collection of JSON objects.

use super::parts::call::no_value;
use super::parts::json;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetClaimsFromJsonArrayV2",
    summary: "claims from a collection of JSON objects, each with the name of a claim and its value",
    inputs: &[Role::either("jsonSource", STRINGS), Role::either("jsonSourceClaim", STRINGS)],
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
    let texts = call.texts(role)?.ok_or_else(|| no_value(role))?;
    let entries = texts.iter().map(|text| json::parse(text, role)).collect::<Result<Vec<_>, _>>()?;
    json::claims_by_key(call, &entries)
}
