//! `GetIssuersFromUserIdentityCollectionTransformation`: lists the issuers of a collection.

use super::parts::identities;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetIssuersFromUserIdentityCollectionTransformation",
    summary: "the issuers of a collection of accounts, each once",
    inputs: &[Role::required("userIdentityCollection", USER_IDENTITIES)],
    parameters: &[],
    outputs: &[Role::required("issuersCollection", STRINGS)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::of("issuersCollection", identities::issuers(call, "userIdentityCollection")?))
}
