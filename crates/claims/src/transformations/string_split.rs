//! `StringSplit`: splits a text.

use super::parts::call::no_value;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "StringSplit",
    summary: "the parts of a text between the occurrences of a constant",
    inputs: &[Role::either("inputClaim", STRING), Role::either("stringToSplit", STRING)],
    parameters: &[Parameter::required("delimiter", DataType::String)],
    outputs: &[Role::required("outputClaim", STRINGS)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let delimiter = call.need_parameter("delimiter")?;
    // Some policies write the second name. No text, and an empty one, fail on the service too.
    let text = call.text("inputClaim").or_else(|| call.text("stringToSplit")).filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| no_value("inputClaim"))?;
    let parts: Vec<String> =
        if delimiter.is_empty() { vec![text.into()] } else { text.split(delimiter).map(Into::into).collect() };
    Ok(Outputs::of("outputClaim", parts))
}
