//! `RemoveAlternativeSecurityIdByIdentityProvider`: removes the accounts at a provider.

use super::parts::identities;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "RemoveAlternativeSecurityIdByIdentityProvider",
    summary: "a collection of accounts without those at an identity provider",
    inputs: &[Role::required("identityProvider", STRING), Role::required("collection", SECURITY_IDS)],
    parameters: &[],
    outputs: &[Role::required("collection", SECURITY_IDS)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let rest = identities::remove(call, "identityProvider")?;
    Ok(Outputs::of("collection", ClaimValue::AlternativeSecurityIdCollection(rest)))
}
