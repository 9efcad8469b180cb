//! `StringSubstring`: a part of a text.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "StringSubstring",
    summary: "a part of a text, counted in UTF-16 code units from zero",
    inputs: &[Role::required("inputClaim", STRING)],
    parameters: &[Parameter::required("startIndex", DataType::Int), Parameter::required("length", DataType::Int)],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let outside = || TransformError::runtime("the range is not inside the text");
    let bound = |id: &str| usize::try_from(call.need_number(id)?).map_err(|_| outside());
    let (start, length) = (bound("startIndex")?, bound("length")?);
    let Some(text) = call.text("inputClaim") else { return Ok(Outputs::maybe("outputClaim", None::<String>)) };
    let units: Vec<u16> = text.encode_utf16().collect();
    let part = units.get(start..start + length).ok_or_else(outside)?;
    // Half a surrogate pair is no text.
    let part = String::from_utf16(part).map_err(|_| TransformError::runtime("the range cuts a character in two"))?;
    Ok(Outputs::of("outputClaim", part))
}
