//! `FormatLocalizedString`: inserts claims into a localized pattern.

use super::parts::format;
use super::prelude::*;
use crate::text::utf16_len;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "FormatLocalizedString",
    summary: "a localized pattern with the input claims in it, in the order of the policy",
    inputs: &[Role::many("claim", STRING)],
    parameters: &[Parameter::required("stringFormatId", DataType::String)],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    let pattern = env.surroundings.localized_format(call.need_parameter("stringFormatId")?);
    let Some(pattern) = pattern else { return Ok(Outputs::maybe("outputClaim", None::<String>)) };
    let texts: Vec<_> = call.inputs.iter().map(|input| input.value.as_ref().map(ClaimValue::to_text)).collect();
    let arguments: Vec<_> = texts.iter().map(|text| text.as_deref()).collect();
    let text = format::format(&pattern, &arguments)?.text;
    if utf16_len(&text) > format::LONGEST_PATTERN {
        return Err(TransformError::runtime("the result is too long"));
    }
    Ok(Outputs::of("outputClaim", text))
}
