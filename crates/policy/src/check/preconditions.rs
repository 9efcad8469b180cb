//! Preconditions must look at something that can make a difference.

use journeyman_claims::{ClaimValue, DataType};

use crate::codes;
use crate::diagnostic::Sink;
use crate::model::{ClaimType, Policy, Precondition, PreconditionTest, Ref, Restriction};
use crate::nearest::nearest;
use crate::source::Spanned;

/// Checks those of steps, of validations and of the actions of display controls.
pub(super) fn check(policy: &Policy, sink: &mut Sink) {
    for precondition in all(policy) {
        let (PreconditionTest::ClaimsExist(claim) | PreconditionTest::ClaimEquals(claim, _)) = &precondition.test;
        let Some(claim_type) = policy.claim_types.get(&claim.value) else {
            let near = nearest(&claim.value, policy.claim_types.iter().map(|(id, declared)| (id, declared.span)));
            sink.report(codes::unknown_precondition_claim::unknown_precondition_claim(claim, near));
            continue;
        };
        if let PreconditionTest::ClaimEquals(claim, literal) = &precondition.test {
            compared(policy, claim, claim_type, literal, sink);
        }
    }
}

fn all(policy: &Policy) -> impl Iterator<Item = &Precondition> {
    let journeys = policy.user_journeys.values().chain(policy.sub_journeys.values());
    let of_steps = journeys.flat_map(|journey| &journey.steps).flat_map(|step| &step.preconditions);
    let of_profiles = policy.technical_profiles.values().flat_map(|profile| &profile.validations);
    let of_controls = policy.display_controls.values().flat_map(|control| &control.actions);
    let validations = of_profiles.chain(of_controls.flat_map(|action| &action.validations));
    of_steps.chain(validations.flat_map(|validation| &validation.preconditions))
}

fn compared(policy: &Policy, claim: &Ref, claim_type: &ClaimType, literal: &Spanned<String>, sink: &mut Sink) {
    if let Some(data_type) = claim_type.data_type.as_ref().filter(|it| never_equals(it.value, &literal.value)) {
        return sink.report(codes::impossible_literal::impossible_literal(claim, literal, data_type));
    }
    let named = policy.claim_types.get(&journeyman_claims::Name::new(&literal.value));
    if let Some(named) = named.filter(|_| !is_given(policy, claim_type, &literal.value)) {
        sink.report(codes::compared_with_claim::compared_with_claim(claim, literal, named.span));
    }
}

/// Whether no value of a type has this text. Numbers are compared by their digits.
fn never_equals(data_type: DataType, literal: &str) -> bool {
    match data_type {
        DataType::Boolean => ClaimValue::parse(literal, data_type).is_err(),
        DataType::Int | DataType::Long => {
            ClaimValue::parse(literal, data_type).map_or(true, |value| value.to_text() != literal)
        }
        _ => false,
    }
}

/// Whether something in the policy gives a claim this text, so that it is no mistake that a claim has the same name.
fn is_given(policy: &Policy, claim: &ClaimType, text: &str) -> bool {
    let offered = match &claim.restriction {
        Some(Restriction::Enumeration(items)) => items.iter().any(|item| item.value == text),
        _ => false,
    };
    let profiles = policy.technical_profiles.values().chain(policy.relying_party.iter().map(|party| &party.profile));
    let claims = profiles.flat_map(|profile| profile.input_claims.iter().chain(&profile.output_claims));
    let mut defaults = claims.filter(|it| it.claim.value == claim.id).filter_map(|it| it.default.as_ref());
    let mut makers =
        policy.transformations.values().filter(|it| it.outputs.iter().any(|it| it.claim.value == claim.id));
    let mut lists = policy.localization.resources.values().flat_map(|resources| &resources.collections);
    offered
        || defaults.any(|default| default.value == text)
        || makers.any(|maker| maker.parameters.iter().any(|parameter| parameter.value.value == text))
        || lists.any(|list| list.claim.value == claim.id && list.items.iter().any(|item| item.value == text))
}
