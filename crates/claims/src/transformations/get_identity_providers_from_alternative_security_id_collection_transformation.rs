//! `GetIdentityProvidersFromAlternativeSecurityIdCollectionTransformation`: lists the issuers of a collection.

use super::parts::identities;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetIdentityProvidersFromAlternativeSecurityIdCollectionTransformation",
    summary: "the identity providers of a collection of accounts, each once",
    inputs: &[Role::required("alternativeSecurityIdCollection", SECURITY_IDS)],
    parameters: &[],
    outputs: &[Role::required("identityProvidersCollection", STRINGS)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::of("identityProvidersCollection", identities::issuers(call, "alternativeSecurityIdCollection")?))
}
