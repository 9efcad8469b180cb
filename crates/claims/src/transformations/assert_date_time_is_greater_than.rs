//! `AssertDateTimeIsGreaterThan`: stops the step unless one date is later than another.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "AssertDateTimeIsGreaterThan",
    summary: "fails unless the left date is later than the right one",
    inputs: &[Role::required("leftOperand", STRING), Role::required("rightOperand", STRING)],
    parameters: &[
        Parameter::optional("AssertIfEqualTo", DataType::Boolean),
        Parameter::optional("AssertIfRightOperandIsNotPresent", DataType::Boolean),
        Parameter::optional("TreatAsEqualIfWithinMillseconds", DataType::Int),
    ],
    outputs: &[],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let failed = Err(TransformError::Assertion("DateTimeGreaterThan"));
    let passed = |holds: bool| if holds { Ok(Outputs::default()) } else { failed.clone() };
    let Some(right) = call.instant("rightOperand")? else {
        return passed(call.flag("AssertIfRightOperandIsNotPresent", false)?);
    };
    let Some(left) = call.instant("leftOperand")? else { return failed };
    let tolerance = i128::from(call.number("TreatAsEqualIfWithinMillseconds")?.unwrap_or(0)) * 1_000_000;
    let difference = left.as_nanosecond() - right.as_nanosecond();
    if difference.abs() <= tolerance {
        return passed(!call.flag("AssertIfEqualTo", true)?);
    }
    passed(difference > 0)
}
