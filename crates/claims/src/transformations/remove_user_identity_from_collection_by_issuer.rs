//! `RemoveUserIdentityFromCollectionByIssuer`: removes the accounts at an issuer.

use super::parts::identities;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "RemoveUserIdentityFromCollectionByIssuer",
    summary: "a collection of accounts without those at an issuer",
    inputs: &[Role::required("issuer", STRING), Role::required("collection", USER_IDENTITIES)],
    parameters: &[],
    outputs: &[Role::required("collection", USER_IDENTITIES)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::of("collection", ClaimValue::UserIdentityCollection(identities::remove(call, "issuer")?)))
}
