//! `CreateAlternativeSecurityId`: the JSON of one account.

use super::parts::identities;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CreateAlternativeSecurityId",
    summary: "an account at an identity provider, as JSON text",
    inputs: &[Role::required("key", STRING), Role::required("identityProvider", STRING)],
    parameters: &[],
    outputs: &[Role::required("alternativeSecurityId", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let identity = identities::identity(&call.need_text("identityProvider")?, &call.need_text("key")?);
    Ok(Outputs::of("alternativeSecurityId", ClaimValue::UserIdentity(identity).to_text()))
}
