//! The way through the journeys: which claims may be set before each step.

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
    if let Some(journey) = started(program).next() {
        uses::relying_party(program, journey, &flow.all(program, journey), &mut found);
    }
}

/// The user journeys that an application can start.
pub(super) fn started(program: &Program) -> impl Iterator<Item = &Journey> {
    let party = program.relying_party().into_iter();
    let ids = party.flat_map(|party| party.default_journey.iter().chain(party.endpoints.iter().map(|(_, id)| id)));
    let ids: IndexSet<&Name> = ids.map(|id| &id.value).collect();
    ids.into_iter().filter_map(|id| program.policy().user_journeys.get(id))
}

/// What is known of every journey that is reached.
struct Flow {
    /// Before its first step, whoever calls it.
    before: IndexMap<Name, Claims>,
    /// What each of its steps may set.
    sets: IndexMap<Name, Vec<Claims>>,
}

impl Flow {
    fn of(program: &Program) -> Self {
        let mut flow = Self { before: IndexMap::new(), sets: IndexMap::new() };
        for journey in started(program) {
            let mut claims = requested(program);
            for authorization in &journey.authorization {
                match program.profile(&authorization.value) {
                    Some(profile) => claims.join(&brought(program, profile)),
                    None => claims.join(&Claims::open()),
                }
            }
            flow.enter(&journey.id, &claims);
        }
        // Each round carries what callers know one call deeper; nothing is ever taken back.
        while flow.round(program) {}
        flow
    }

    /// Notes that a journey is entered with these claims; answers whether that is news.
    fn enter(&mut self, journey: &Name, claims: &Claims) -> bool {
        let known = self.before.get(journey).cloned();
        let joined = known.clone().unwrap_or_default().with(claims);
        let news = known.as_ref() != Some(&joined);
        self.before.insert(journey.clone(), joined);
        news
    }

    fn round(&mut self, program: &Program) -> bool {
        let mut news = false;
        let reached: Vec<(Name, Claims)> =
            self.before.iter().map(|(id, claims)| (id.clone(), claims.clone())).collect();
        for (id, mut claims) in reached {
            let Some(journey) = program.policy().journey(&id) else { continue };
            if !self.sets.contains_key(&id) {
                let sets = journey.steps.iter().map(|step| sets(program, step, &mut Vec::new())).collect();
                self.sets.insert(id.clone(), sets);
            }
            for (at, step) in journey.steps.iter().enumerate() {
                for target in called(program, step) {
                    news |= self.enter(&target.id, &claims);
                }
                claims.join(&self.sets[&id][at]);
            }
        }
        news
    }

    /// Everything that a journey may set to its end.
    fn all(&self, program: &Program, journey: &Journey) -> Claims {
        let mut claims = self.before.get(&journey.id).cloned().unwrap_or_default();
        for step in &journey.steps {
            claims.join(&sets(program, step, &mut Vec::new()));
        }
        claims
    }
}

fn called<'p>(program: &'p Program, step: &'p OrchestrationStep) -> impl Iterator<Item = &'p Journey> {
    let invoked = step.candidates.iter().filter(|_| step.step_type.value == StepType::InvokeSubJourney);
    invoked.filter_map(|target| program.policy().sub_journeys.get(&target.value))
}

/// What a step may set: each of its exchanges, and everything in the sub journeys that it calls.
fn sets<'p>(program: &'p Program, step: &'p OrchestrationStep, calling: &mut Vec<&'p Name>) -> Claims {
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
    for journey in called(program, step) {
        if calling.contains(&&journey.id) {
            continue;
        }
        calling.push(&journey.id);
        for step in &journey.steps {
            claims.join(&sets(program, step, calling));
        }
        calling.pop();
    }
    claims
}
