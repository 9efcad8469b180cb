//! `AssertNumber`: compares a number with a constant, as a result or as an assertion.

use super::parts::call::no_value;
use super::prelude::*;

type Relation = fn(&i64, &i64) -> bool;

const OPERATORS: &[(&str, Relation)] = &[
    ("LessThan", i64::lt),
    ("GreaterThan", i64::gt),
    ("GreaterThanOrEqual", i64::ge),
    ("LessThanOrEqual", i64::le),
    ("Equal", i64::eq),
    ("NotEqual", i64::ne),
];

const WORDS: &[&str] = &["LessThan", "GreaterThan", "GreaterThanOrEqual", "LessThanOrEqual", "Equal", "NotEqual"];

pub(super) const DECLARATION: Transformation = Transformation {
    method: "AssertNumber",
    summary: "whether a number stands in a relation to a constant; may fail when it does",
    inputs: &[Role::required("inputClaim", INT)],
    parameters: &[
        Parameter::required("CompareToValue", DataType::Int),
        Parameter::required("Operator", DataType::String).reading(Reads::Words(WORDS)),
        Parameter::optional("throwError", DataType::Boolean),
    ],
    outputs: &[Role::optional("outputClaim", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let holds: fn(&i64, &i64) -> bool = call.one_of("Operator", OPERATORS)?;
    let number = call.whole("inputClaim")?.ok_or_else(|| no_value("inputClaim"))?;
    let result = holds(&number, &call.need_number("CompareToValue")?.into());
    // Unlike in the other assertions, the operator names the state that must not be.
    if result && call.flag("throwError", true)? {
        return Err(TransformError::Assertion("AssertNumberError"));
    }
    Ok(Outputs::of("outputClaim", result))
}
