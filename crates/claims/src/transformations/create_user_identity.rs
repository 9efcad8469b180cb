//! `CreateUserIdentity`: one account as a value of its own type.

use super::parts::identities;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CreateUserIdentity",
    summary: "an account at an identity provider",
    inputs: &[Role::required("issuerUserId", STRING), Role::required("issuer", STRING)],
    parameters: &[],
    outputs: &[Role::required("userIdentity", USER_IDENTITY)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let identity = identities::identity(&call.need_text("issuer")?, &call.need_text("issuerUserId")?);
    Ok(Outputs::of("userIdentity", ClaimValue::UserIdentity(identity)))
}
