//! What can be said of a merged policy without knowing any provider.

mod claims;
mod journeys;
mod preconditions;
pub(crate) mod references;
mod steps;
pub(crate) mod tenants;

use crate::diagnostic::Sink;
use crate::model::Policy;

/// Checks a policy that runs. Where part of its chain is missing, only what refers to nothing is reported: the missing
/// file may well supply everything else.
pub(crate) fn policy(policy: &Policy, sink: &mut Sink) {
    references::check(policy, sink);
    if policy.complete {
        preconditions::check(policy, sink);
        journeys::check(policy, sink);
        claims::check(policy, sink);
    }
}
