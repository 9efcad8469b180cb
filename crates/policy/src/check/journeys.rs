//! The journeys that an application can start must be able to run to their end.

use crate::codes;
use crate::diagnostic::Sink;
use crate::model::{Journey, JourneyKind, OrchestrationStep, Policy, Ref, StepType};

/// Checks what the relying party reaches.
pub(super) fn check(policy: &Policy, sink: &mut Sink) {
    let Some(party) = &policy.relying_party else { return };
    if party.default_journey.is_none() {
        sink.report(codes::no_default_journey::no_default_journey(party));
    }
    let known = |id: &str| codes::unknown_endpoint::ENDPOINTS.iter().any(|known| known.eq_ignore_ascii_case(id));
    for (id, _) in party.endpoints.iter().filter(|(id, _)| !known(id.value.trim())) {
        sink.report(codes::unknown_endpoint::unknown_endpoint(id));
    }
    let started = policy.started();
    for journey in &started {
        if !answers(policy, journey) {
            sink.report(codes::no_send_claims::no_send_claims(journey));
        }
        handing_over(policy, journey, sink);
        circles(policy, journey, sink);
    }
    let reached = reachable(policy, started.clone());
    for journey in &reached {
        issuers(journey, &started, sink);
        super::steps::check(policy, journey, sink);
    }
    // A slip in a journey that this policy does not start is one all the same.
    let all = policy.user_journeys.values().chain(policy.sub_journeys.values());
    for journey in all.filter(|journey| !reached.iter().any(|known| std::ptr::eq(*known, *journey))) {
        super::steps::selections(policy, journey, sink);
    }
    uncalled(policy, &reached, sink);
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
    calls(policy, journey).map(|(_, _, sub)| sub)
}

/// The calls of a journey: the step, the reference, the sub journey.
fn calls<'a>(
    policy: &'a Policy,
    journey: &'a Journey,
) -> impl Iterator<Item = (&'a OrchestrationStep, &'a Ref, &'a Journey)> {
    let candidates = journey.steps.iter().flat_map(|step| step.candidates.iter().map(move |id| (step, id)));
    candidates.filter_map(|(step, id)| Some((step, id, policy.sub_journeys.get(&id.value)?)))
}

/// Whether a journey, or one that it hands over to, sends claims. An unknown sub journey may: it is reported elsewhere.
fn answers(policy: &Policy, journey: &Journey) -> bool {
    let unknown = |id: &Ref| !policy.sub_journeys.contains_key(&id.value);
    let answers =
        |step: &OrchestrationStep| step.step_type.value == StepType::SendClaims || step.candidates.iter().any(unknown);
    let handed_over = handed_over(policy, journey);
    handed_over.into_iter().any(|journey| journey.steps.iter().any(answers))
}

/// The journey, and every sub journey that it, or one of them, hands over to.
fn handed_over<'a>(policy: &'a Policy, journey: &'a Journey) -> Vec<&'a Journey> {
    let mut found = vec![journey];
    let mut next = 0;
    while next < found.len() {
        for sub in sub_journeys(policy, found[next]).filter(|sub| sub.kind == JourneyKind::Transfer) {
            if !found.iter().any(|known| std::ptr::eq(*known, sub)) {
                found.push(sub);
            }
        }
        next += 1;
    }
    found
}

/// A journey that hands over must say who answers.
fn handing_over(policy: &Policy, journey: &Journey, sink: &mut Sink) {
    let transfer = calls(policy, journey).find(|(_, _, sub)| sub.kind == JourneyKind::Transfer);
    if let (Some((_, target, _)), None) = (transfer, &journey.default_issuer) {
        sink.report(codes::transfer_without_issuer::transfer_without_issuer(journey, target));
    }
}

/// Every `SendClaims` has an issuer: its own, or the default of the user journey that it belongs to.
fn issuers(journey: &Journey, started: &[&Journey], sink: &mut Sink) {
    let default = match journey.kind {
        JourneyKind::User => journey.default_issuer.is_some(),
        JourneyKind::Transfer => started.iter().any(|journey| journey.default_issuer.is_some()),
        // It may not send claims at all, which is a finding of its own.
        JourneyKind::Call => true,
    };
    let sends = |step: &&OrchestrationStep| step.step_type.value == StepType::SendClaims && step.issuer.is_none();
    for step in journey.steps.iter().filter(sends).filter(|_| !default) {
        sink.report(codes::no_issuer::no_issuer(journey, step));
    }
}

/// How deep calls are followed in search of a circle: a hundred times what anybody nests, and no danger to the stack.
const DEEPEST: usize = 500;

/// Calls that lead back to a sub journey that has not returned yet.
fn circles(policy: &Policy, journey: &Journey, sink: &mut Sink) {
    let mut seen = Vec::new();
    descend(policy, journey, &mut Vec::new(), &mut seen, sink);
}

fn descend<'a>(
    policy: &'a Policy,
    journey: &'a Journey,
    above: &mut Vec<(&'a Journey, bool)>,
    seen: &mut Vec<&'a Journey>,
    sink: &mut Sink,
) {
    seen.push(journey);
    for (step, target, sub) in calls(policy, journey).filter(|(_, _, sub)| sub.kind == JourneyKind::Call) {
        let always = step.preconditions.is_empty();
        if let Some(begin) = above.iter().position(|(known, _)| std::ptr::eq(*known, sub)) {
            // The call into the circle is not part of it.
            let always = always && above[begin + 1..].iter().all(|(_, always)| *always);
            sink.report(codes::sub_journey_cycle::sub_journey_cycle(sub, target, always));
        } else if above.len() < DEEPEST && !seen.iter().any(|known| std::ptr::eq(*known, sub)) {
            above.push((sub, always));
            descend(policy, sub, above, seen, sink);
            above.pop();
        }
    }
}

/// Sub journeys of the leaf, on which no other policy builds.
fn uncalled(policy: &Policy, reached: &[&Journey], sink: &mut Sink) {
    let called = |journey: &Journey| reached.iter().any(|known| std::ptr::eq(*known, journey));
    let own = policy.sub_journeys.values().filter(|journey| journey.span.file == policy.span.file);
    for journey in own.filter(|journey| !called(journey)) {
        sink.report(codes::uncalled_sub_journey::uncalled_sub_journey(journey));
    }
}
