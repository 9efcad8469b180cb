//! `ParseDomain`: the domain of an e-mail address.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "ParseDomain",
    summary: "what follows the at-sign of an e-mail address",
    inputs: &[Role::required("emailAddress", STRING)],
    parameters: &[],
    outputs: &[Role::required("domain", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let address = call.text("emailAddress").unwrap_or_default();
    // With a second at-sign it is not clear whose domain it is, and policies decide by it who may sign in.
    let parts = address.split_once('@').filter(|(user, domain)| !user.is_empty() && !domain.contains('@'));
    Ok(Outputs::maybe("domain", parts.map(|(_, domain)| domain).filter(|domain| !domain.is_empty())))
}
