//! Comparisons of texts with the parameters `operator` and `ignoreCase`.

use super::super::{Call, Env, TransformError};
use crate::text::Comparison;
use crate::value::DataType;

/// Whether two texts stand in the relation that `operator` asks for. No value equals no value only.
pub(crate) fn compare(
    call: &Call<'_>,
    env: &Env<'_>,
    left: Option<&str>,
    right: Option<&str>,
) -> Result<bool, TransformError> {
    let equal_wanted = call.one_of("operator", &[("EQUAL", true), ("NOT EQUAL", false)])?;
    // The service casts the parameter to text; policies with another type fail there, so nobody relies on them.
    if env.surroundings.parameter_type("ignoreCase").is_some_and(|declared| declared != DataType::String) {
        return Err(TransformError::runtime("parameter `ignoreCase` must have the data type string"));
    }
    let equal = match (left, right) {
        (Some(left), Some(right)) => ignoring_case(call)?.equal(left, right),
        (left, right) => left.is_none() && right.is_none(),
    };
    Ok(equal == equal_wanted)
}

/// The comparison that `ignoreCase` asks for; case counts where a policy does not say.
pub(crate) fn ignoring_case(call: &Call<'_>) -> Result<Comparison, TransformError> {
    call.flag("ignoreCase", false).map(Comparison::ignoring_case)
}
