//! Claim types that say what they are, and defaults that fit them.

use journeyman_claims::ClaimValue;

use crate::codes;
use crate::diagnostic::Sink;
use crate::model::{ClaimUse, Policy};

/// Checks every claim type, and every default of a profile or control.
pub(super) fn check(policy: &Policy, sink: &mut Sink) {
    for claim in policy.claim_types.values().filter(|claim| !claim.says_data_type) {
        sink.report(codes::no_data_type::no_data_type(claim));
    }
    let party = policy.relying_party.iter().map(|party| &party.profile);
    for profile in policy.technical_profiles.values().chain(party) {
        let claims = profile.input_claims.iter().chain(&profile.persisted_claims).chain(&profile.output_claims);
        claims.for_each(|claim| default(policy, claim, sink));
    }
    for control in policy.display_controls.values() {
        control.input_claims.iter().for_each(|claim| default(policy, claim, sink));
    }
}

/// An empty default is legal, and what a resolver gives is not known yet.
fn default(policy: &Policy, claim: &ClaimUse, sink: &mut Sink) {
    let Some(value) = &claim.default else { return };
    let Some(claim_type) = policy.claim_types.get(&claim.claim.value) else { return };
    let Some(data_type) = &claim_type.data_type else { return };
    let text = value.value.trim();
    if !text.is_empty() && !text.contains('{') && ClaimValue::parse(text, data_type.value).is_err() {
        sink.report(codes::default_value::default_value(value, claim_type, data_type));
    }
}
