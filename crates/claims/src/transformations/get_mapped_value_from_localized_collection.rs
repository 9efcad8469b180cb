//! `GetMappedValueFromLocalizedCollection`: translates a code through the list of the target claim.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetMappedValueFromLocalizedCollection",
    summary: "the value in the output claim's list whose text is the input",
    inputs: &[Role::required("mapFromClaim", STRING)],
    parameters: &[],
    outputs: &[Role::required("restrictionValueClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    let list = call.output("restrictionValueClaim").map(|output| env.surroundings.options(output.claim));
    let code = call.text("mapFromClaim");
    let found = list.unwrap_or_default().into_iter().find(|(text, _)| code.as_deref() == Some(text));
    Ok(Outputs::maybe("restrictionValueClaim", found.map(|(_, value)| value)))
}
