//! `DateTimeComparison`: compares a date plus a time span with another.

use std::cmp::Ordering;

use jiff::ToSpan;

use super::parts::call::no_value;
use super::prelude::*;
use crate::value::ticks;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "DateTimeComparison",
    summary: "whether the first date plus a span is the same as, later or earlier than the second",
    inputs: &[Role::required("firstDateTime", DATE_TIME), Role::required("secondDateTime", DATE_TIME)],
    parameters: &[
        Parameter::required("operator", DataType::String).reading(Reads::Words(&[
            "same",
            "later than",
            "earlier than",
        ])),
        Parameter::required("timeSpanInSeconds", DataType::Int),
    ],
    outputs: &[Role::required("result", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    let wanted = call.one_of(
        "operator",
        &[("same", Ordering::Equal), ("later than", Ordering::Greater), ("earlier than", Ordering::Less)],
    )?;
    let first = call.instant("firstDateTime")?.ok_or_else(|| no_value("firstDateTime"))?;
    let second = call.instant("secondDateTime")?.unwrap_or_else(|| ticks(env.now));
    let moved = first.checked_add(i64::from(call.need_number("timeSpanInSeconds")?).seconds());
    let moved = moved.map_err(|_| TransformError::runtime("the first date plus the span is out of range"))?;
    Ok(Outputs::of("result", moved.cmp(&second) == wanted))
}
