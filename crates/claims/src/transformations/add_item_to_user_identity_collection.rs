//! `AddItemToUserIdentityCollection`: appends an account.

use super::parts::identities;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "AddItemToUserIdentityCollection",
    summary: "a collection of accounts with a further one at its end",
    inputs: &[Role::required("item", USER_IDENTITY), Role::required("collection", USER_IDENTITIES)],
    parameters: &[],
    outputs: &[Role::required("collection", USER_IDENTITIES)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::of("collection", ClaimValue::UserIdentityCollection(identities::add(call)?)))
}
