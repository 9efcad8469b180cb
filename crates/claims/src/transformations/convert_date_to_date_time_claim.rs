//! `ConvertDateToDateTimeClaim`: adds midnight to a day.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "ConvertDateToDateTimeClaim",
    summary: "the first instant of a day, in UTC",
    inputs: &[Role::required("inputClaim", DATE)],
    parameters: &[],
    outputs: &[Role::required("outputClaim", DATE_TIME)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::maybe("outputClaim", call.instant("inputClaim")?))
}
