//! The journeys that an application can start must be able to run to their end.

use crate::codes;
use crate::diagnostic::Sink;
use crate::model::{Journey, JourneyKind, OrchestrationStep, Policy, Ref, Selection, StepType};
use crate::nearest::nearest;

/// Checks what the relying party reaches.
pub(super) fn check(policy: &Policy, sink: &mut Sink) {
    let Some(party) = &policy.relying_party else { return };
    if party.default_journey.is_none() {
        sink.report(codes::no_default_journey::no_default_journey(party));
    }
    let started = party.default_journey.iter().chain(party.endpoints.iter().map(|(_, journey)| journey));
    let started: Vec<&Journey> = started.filter_map(|id| policy.user_journeys.get(&id.value)).collect();
    for journey in &started {
        if !answers(policy, journey) {
            sink.report(codes::no_send_claims::no_send_claims(journey));
        }
    }
    for journey in reachable(policy, started) {
        steps(journey, sink);
    }
}

/// The journeys themselves and every sub journey that they lead to.
fn reachable<'a>(policy: &'a Policy, mut found: Vec<&'a Journey>) -> Vec<&'a Journey> {
    let mut next = 0;
    while next < found.len() {
        for sub in sub_journeys(policy, found[next]) {
            if !found.iter().any(|known| std::ptr::eq(*known, sub)) {
                found.push(sub);
            }
        }
        next += 1;
    }
    found
}

fn sub_journeys<'a>(policy: &'a Policy, journey: &'a Journey) -> impl Iterator<Item = &'a Journey> {
    let candidates = journey.steps.iter().flat_map(|step| &step.candidates);
    candidates.filter_map(|id| policy.sub_journeys.get(&id.value))
}

/// Whether a journey, or one that it hands over to, sends claims. An unknown sub journey may: it is reported elsewhere.
fn answers(policy: &Policy, journey: &Journey) -> bool {
    let unknown = |id: &Ref| !policy.sub_journeys.contains_key(&id.value);
    let answers =
        |step: &OrchestrationStep| step.step_type.value == StepType::SendClaims || step.candidates.iter().any(unknown);
    let mut handed_over = vec![journey];
    let mut next = 0;
    while next < handed_over.len() {
        if handed_over[next].steps.iter().any(answers) {
            return true;
        }
        for sub in sub_journeys(policy, handed_over[next]).filter(|sub| sub.kind == JourneyKind::Transfer) {
            if !handed_over.iter().any(|known| std::ptr::eq(*known, sub)) {
                handed_over.push(sub);
            }
        }
        next += 1;
    }
    false
}

fn steps(journey: &Journey, sink: &mut Sink) {
    gaps(journey, sink);
    sending(journey, sink);
    for (at, step) in journey.steps.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| journey.steps.get(at));
        selection(journey, step, journey.steps.get(at + 1), sink);
        let chosen = before.is_some_and(selects) || journey.kind != JourneyKind::User && at == 0;
        if step.step_type.value == StepType::ClaimsExchange && step.exchanges.len() > 1 && !chosen {
            sink.report(codes::exchanges_without_selection::exchanges_without_selection(step));
        }
    }
}

fn gaps(journey: &Journey, sink: &mut Sink) {
    let mut expected = 1;
    for step in &journey.steps {
        if step.order > expected {
            sink.report(codes::step_gap::step_gap(journey, step, expected));
        }
        expected = step.order.saturating_add(1);
    }
}

fn sending(journey: &Journey, sink: &mut Sink) {
    let mut sending = journey.steps.iter().filter(|step| step.step_type.value == StepType::SendClaims);
    if journey.kind == JourneyKind::Call {
        sending.for_each(|step| sink.report(codes::send_claims_in_call::send_claims_in_call(journey, step)));
    } else if let Some(first) = sending.find(|step| step.preconditions.is_empty()) {
        let rest = sending;
        rest.for_each(|step| sink.report(codes::unreachable_send_claims::unreachable_send_claims(first, step)));
    }
}

fn is_selection(step: &OrchestrationStep) -> bool {
    matches!(step.step_type.value, StepType::ClaimsProviderSelection | StepType::CombinedSignInAndSignUp)
}

/// Whether a step leaves a choice to the next one. A sub journey may end in a selection.
fn selects(step: &OrchestrationStep) -> bool {
    is_selection(step) || step.step_type.value == StepType::InvokeSubJourney
}

/// A choice runs in the next step, the local account's form in its own.
fn selection(journey: &Journey, step: &OrchestrationStep, next: Option<&OrchestrationStep>, sink: &mut Sink) {
    if !is_selection(step) {
        return;
    }
    let targets = step.selections.iter().any(|selection| matches!(selection, Selection::Target(_)));
    // At the end of a sub journey the choice is the caller's business.
    let handed_over = next.is_none() && journey.kind != JourneyKind::User;
    let exchange_follows = next.is_some_and(|next| next.step_type.value == StepType::ClaimsExchange);
    let hands_on = next.is_some_and(|next| next.step_type.value == StepType::InvokeSubJourney);
    if targets && !exchange_follows && !handed_over && !hands_on {
        sink.report(codes::step_after_selection::step_after_selection(step, next));
    }
    for selection in &step.selections {
        match (selection, next) {
            (Selection::Validation(id), _) => exchange(step, id, "this step", sink),
            (Selection::Target(id), Some(next)) if exchange_follows => exchange(next, id, "the next step", sink),
            _ => {}
        }
    }
}

fn exchange(step: &OrchestrationStep, id: &Ref, place: &str, sink: &mut Sink) {
    if !step.exchanges.iter().any(|exchange| exchange.id.value == id.value) {
        let near = nearest(&id.value, step.exchanges.iter().map(|exchange| (&exchange.id.value, exchange.id.span)));
        sink.report(codes::unknown_exchange::unknown_exchange(id, place, near));
    }
}
