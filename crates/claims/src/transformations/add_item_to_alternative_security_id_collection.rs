//! `AddItemToAlternativeSecurityIdCollection`: appends an account.

use super::parts::identities;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "AddItemToAlternativeSecurityIdCollection",
    summary: "a collection of accounts with a further one at its end",
    inputs: &[Role::required("item", STRING), Role::required("collection", SECURITY_IDS)],
    parameters: &[],
    outputs: &[Role::required("collection", SECURITY_IDS)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::of("collection", ClaimValue::AlternativeSecurityIdCollection(identities::add(call)?)))
}
