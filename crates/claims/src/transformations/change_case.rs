//! `ChangeCase`: upper or lower case.

use super::prelude::*;
use crate::text;

type Change = fn(&str) -> String;

const CASES: &[(&str, Change)] = &[("LOWER", text::to_lower), ("UPPER", text::to_upper)];

pub(super) const DECLARATION: Transformation = Transformation {
    method: "ChangeCase",
    summary: "a text in upper or lower case",
    inputs: &[Role::required("inputClaim1", STRING)],
    parameters: &[Parameter::required("toCase", DataType::String).reading(Reads::Words(&["UPPER", "LOWER"]))],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let change: fn(&str) -> String = call.one_of("toCase", CASES)?;
    Ok(Outputs::maybe("outputClaim", call.text("inputClaim1").map(|text| change(&text))))
}
