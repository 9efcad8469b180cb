//! `StringReplace`: replaces every occurrence of a text.

use super::parts::format;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "StringReplace",
    summary: "a text in which every occurrence of a constant is replaced by another",
    inputs: &[Role::required("inputClaim", STRING)],
    parameters: &[Parameter::required("oldValue", DataType::String), Parameter::required("newValue", DataType::String)],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let (old, new) = (call.need_parameter("oldValue")?, call.need_parameter("newValue")?);
    if old.is_empty() {
        return Err(TransformError::runtime("parameter `oldValue` is empty"));
    }
    let replaced = call.text("inputClaim").map(|text| format::replace(&text, old, new)).transpose()?;
    Ok(Outputs::maybe("outputClaim", replaced))
}
