//! The way through the journeys: which claims may be set before each step.

use std::collections::{HashMap, VecDeque};

use indexmap::{IndexMap, IndexSet};
use journeyman_claims::Name;
use journeyman_policy::diagnostic::Sink;
use journeyman_policy::model::{Journey, OrchestrationStep, StepType};

use super::claims::{Claims, brought, hinted, requested};
use super::uses::{self, Found, Place};
use crate::program::Program;

/// Follows the claims through everything that the relying party starts.
pub(super) fn check(program: &Program, sink: &mut Sink) {
    let flow = Flow::of(program);
    let mut found = Found::new(sink);
    for (id, before) in &flow.before {
        let Some(journey) = program.policy().journey(id) else { continue };
        let mut claims = before.clone();
        for (at, step) in journey.steps.iter().enumerate() {
            let later = journey.steps.iter().zip(&flow.sets[id]).skip(at + 1);
            let later: Vec<_> = later.collect();
            Place { program, journey, step, before: &claims, own: &flow.sets[id][at], later: &later }.check(&mut found);
            claims.join(&flow.sets[id][at]);
        }
    }
    // The journeys of endpoints answer with what the first answer had.
    // One that is not there is reported, and what the others do says nothing of it.
    let default = program.relying_party().and_then(|party| party.default_journey.as_ref());
    if let Some(journey) = default.and_then(|id| program.policy().user_journeys.get(&id.value)) {
        uses::relying_party(program, journey, &flow.all(journey), &mut found);
    }
}

/// What is known of every journey that is reached.
struct Flow {
    /// Before its first step, whoever calls it.
    before: IndexMap<Name, Claims>,
    /// What each of its steps may set, in the sub journeys that it calls too.
    sets: IndexMap<Name, Vec<Claims>>,
    /// What each sub journey may set to its end.
    whole: IndexMap<Name, Claims>,
}

impl Flow {
    fn of(program: &Program) -> Self {
        let mut flow = Self { before: IndexMap::new(), sets: IndexMap::new(), whole: wholes(program) };
        let mut waiting = VecDeque::new();
        for journey in program.policy().started() {
            let mut claims = requested(program);
            for authorization in &journey.authorization {
                match program.profile(&authorization.value) {
                    Some(profile) => claims.join(&brought(program, profile)),
                    None => claims.join(&Claims::open()),
                }
            }
            flow.enter(journey, &claims, &mut waiting);
        }
        // What is news to a journey may be news to those that it calls; nothing is ever taken back.
        while let Some(journey) = waiting.pop_front() {
            flow.pass_on(program, journey, &mut waiting);
        }
        flow
    }

    /// Notes that a journey is entered with these claims. If that is news, it waits for its turn.
    fn enter<'p>(&mut self, journey: &'p Journey, claims: &Claims, waiting: &mut VecDeque<&'p Journey>) {
        let known = self.before.get(&journey.id).cloned();
        let joined = known.clone().unwrap_or_default().with(claims);
        if known.as_ref() != Some(&joined) {
            self.before.insert(journey.id.clone(), joined);
            if !waiting.iter().any(|other| other.id == journey.id) {
                waiting.push_back(journey);
            }
        }
    }

    fn pass_on<'p>(&mut self, program: &'p Program, journey: &'p Journey, waiting: &mut VecDeque<&'p Journey>) {
        if !self.sets.contains_key(&journey.id) {
            let sets = journey.steps.iter().map(|step| sets(program, step, &self.whole)).collect();
            self.sets.insert(journey.id.clone(), sets);
        }
        let mut claims = self.before.get(&journey.id).cloned().unwrap_or_default();
        for (at, step) in journey.steps.iter().enumerate() {
            for target in called(program, step) {
                self.enter(target, &claims, waiting);
            }
            claims.join(&self.sets[&journey.id][at]);
        }
    }

    /// Everything that a journey may set to its end.
    fn all(&self, journey: &Journey) -> Claims {
        let mut claims = self.before.get(&journey.id).cloned().unwrap_or_default();
        self.sets.get(&journey.id).into_iter().flatten().for_each(|set| claims.join(set));
        claims
    }
}

/// What each sub journey may set to its end. Those that are called come before their callers, so that one round is enough
/// where they do not call one another in a circle.
fn wholes(program: &Program) -> IndexMap<Name, Claims> {
    let mut wholes: IndexMap<Name, Claims> = IndexMap::new();
    let order = callees_first(program);
    let circular = has_circles(program, &order);
    loop {
        let mut news = false;
        for journey in &order {
            let mut claims = Claims::default();
            journey.steps.iter().for_each(|step| claims.join(&sets(program, step, &wholes)));
            news |= wholes.get(&journey.id) != Some(&claims);
            wholes.insert(journey.id.clone(), claims);
        }
        if !news || !circular {
            return wholes;
        }
    }
}

/// Every sub journey, after those that it calls.
fn callees_first(program: &Program) -> Vec<&Journey> {
    let mut order: Vec<&Journey> = Vec::new();
    let mut seen: IndexSet<&Name> = IndexSet::new();
    for root in program.policy().sub_journeys.values() {
        // A stack of our own: a policy may nest them deeper than the machine's.
        let mut stack = vec![(root, false)];
        while let Some((journey, is_done)) = stack.pop() {
            if is_done {
                order.push(journey);
            } else if seen.insert(&journey.id) {
                stack.push((journey, true));
                let targets = journey.steps.iter().flat_map(|step| called(program, step));
                stack.extend(targets.filter(|target| !seen.contains(&target.id)).map(|target| (target, false)));
            }
        }
    }
    order
}

/// Whether one of them calls itself or one behind it: then they call one another in a circle.
fn has_circles(program: &Program, order: &[&Journey]) -> bool {
    let places: HashMap<&Name, usize> = order.iter().enumerate().map(|(at, journey)| (&journey.id, at)).collect();
    order.iter().enumerate().any(|(at, journey)| {
        let mut targets = journey.steps.iter().flat_map(|step| called(program, step));
        targets.any(|target| places.get(&target.id).is_some_and(|place| *place >= at))
    })
}

fn called<'p>(program: &'p Program, step: &'p OrchestrationStep) -> impl Iterator<Item = &'p Journey> {
    let invoked = step.candidates.iter().filter(|_| step.step_type.value == StepType::InvokeSubJourney);
    invoked.filter_map(|target| program.policy().sub_journeys.get(&target.value))
}

/// What a step may set: each of its exchanges, and everything in the sub journeys that it calls, as far as that is known.
fn sets(program: &Program, step: &OrchestrationStep, wholes: &IndexMap<Name, Claims>) -> Claims {
    let mut claims = Claims::default();
    for exchange in &step.exchanges {
        match program.profile(&exchange.profile.value) {
            Some(profile) => claims.join(&brought(program, profile)),
            None => claims.join(&Claims::open()),
        }
    }
    if step.step_type.value == StepType::GetClaims {
        claims.join(&hinted(program, step.issuer.as_ref()));
    }
    let unknown = |target: &Name| !program.policy().sub_journeys.contains_key(target);
    if step.candidates.iter().any(|target| unknown(&target.value)) {
        claims.join(&Claims::open());
    }
    called(program, step).filter_map(|journey| wholes.get(&journey.id)).for_each(|whole| claims.join(whole));
    claims
}
