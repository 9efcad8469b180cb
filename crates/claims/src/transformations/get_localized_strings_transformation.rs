//! `GetLocalizedStringsTransformation`: copies localized texts into claims.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetLocalizedStringsTransformation",
    summary: "localized texts; the names of the output claims are their ids",
    inputs: &[],
    parameters: &[],
    outputs: &[Role::many("StringId", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    let texts = call.outputs.iter().map(|output| (output.role, env.surroundings.localized(output.role)));
    Ok(texts.fold(Outputs::default(), |outputs, (role, text)| outputs.with(role, text.map(Into::into))))
}
