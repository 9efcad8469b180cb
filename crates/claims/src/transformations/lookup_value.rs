//! `LookupValue`: looks a claim up among the parameters.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "LookupValue",
    summary: "the value of the parameter that has a claim as its id",
    inputs: &[Role::required("inputParameterId", STRING)],
    parameters: &[
        Parameter::optional("errorOnFailedLookup", DataType::Boolean),
        Parameter::many("key", DataType::String),
    ],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let wanted = call.text("inputParameterId");
    let mut entries = call.parameters.iter().filter(|(id, _)| !id.eq_ignore_ascii_case("errorOnFailedLookup"));
    let found = entries.find(|(id, _)| wanted.as_deref() == Some(id)).map(|(_, value)| *value);
    if found.is_none() && call.flag("errorOnFailedLookup", false)? {
        return Err(TransformError::Assertion("LookupNotFound"));
    }
    Ok(Outputs::maybe("outputClaim", found))
}
