//! `ConvertDateTimeToDateClaim`: drops the time of day.

use super::prelude::*;
use crate::value::day;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "ConvertDateTimeToDateClaim",
    summary: "the day of an instant, in UTC",
    inputs: &[Role::required("inputClaim", DATE_TIME)],
    parameters: &[],
    outputs: &[Role::required("outputClaim", DATE)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::maybe("outputClaim", call.instant("inputClaim")?.map(day)))
}
