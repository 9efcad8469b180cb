//! `GetCurrentDateTime`: the current instant.

use super::prelude::*;
use crate::value::ticks;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetCurrentDateTime",
    summary: "the current time, in UTC",
    inputs: &[],
    parameters: &[],
    outputs: &[Role::required("currentDateTime", DATE_TIME)],
    apply,
};

fn apply(_: &Call<'_>, env: &Env<'_>) -> Applied {
    Ok(Outputs::of("currentDateTime", ticks(env.now)))
}
