//! The dispatcher: reads where a journey stands, does the next thing, and says what must happen.
//!
//! [`begin`] and [`advance`] are the only ways in. `steps` moves from step to step, `profile` runs what has no page,
//! `page` and `work` run what has one, `issue` ends it; `model` says what a waiting page looks like.

mod action;
mod draw;
mod email;
pub(crate) mod fields;
mod issue;
mod messages;
mod model;
mod page;
mod profile;
mod session;
mod steps;
mod submit;
mod transform;
mod work;

pub use transform::evaluate;

use jiff::Timestamp;
use journeyman_claims::Name;

use crate::effect::{DigestCall, Effect, Repeat, Reply, Request};
use crate::event::{Entry, Event, Next, Refusal, RefusalCode, Start};
use crate::journey::{Activity, Digests, Journey, StepFrame};
use crate::page::PageModel;
use crate::program::Program;
use crate::texts::choose_language;

/// What the world lends to one step.
#[derive(Clone, Copy, Debug)]
pub struct Env {
    /// The time.
    pub now: Timestamp,
}

/// Begins a journey.
pub fn begin(program: &Program, start: Start, env: &Env) -> (Journey, Next) {
    begin_as(program, start, env, false)
}

fn begin_as(program: &Program, start: Start, env: &Env, replaying: bool) -> (Journey, Next) {
    let language = choose_language(program.policy(), &start.request.languages);
    let event = Event::Start(start.clone());
    let journey = Journey {
        id: start.journey,
        entry: start.entry,
        tenant: start.tenant,
        request: start.request,
        context: start.context,
        seed: start.seed,
        draws: 0,
        effects: 0,
        pages: 0,
        language,
        bag: journeyman_claims::Bag::new(),
        stack: Vec::new(),
        activity: Activity::Next,
        selected: None,
        session: start.session,
        remembered: indexmap::IndexMap::new(),
        authenticated_at: None,
        methods: Vec::new(),
        person: None,
        used_hint: false,
        digests: Digests::default(),
    };
    take(program, journey, event, env, replaying)
}

/// Goes on with a journey after something happened. What does not fit where the journey stands changes nothing: the
/// answer then says where it stands.
pub fn advance(program: &Program, journey: Journey, event: Event, env: &Env) -> (Journey, Next) {
    advance_as(program, journey, event, env, false)
}

fn advance_as(program: &Program, mut journey: Journey, event: Event, env: &Env, replaying: bool) -> (Journey, Next) {
    let mut env = *env;
    let event = match (journey.digests.awaited.take(), event) {
        (_, Event::Start(start)) => return begin_as(program, start, &env, replaying),
        (Some((call, before)), Event::Reply(reply)) => {
            let answer = if let Reply::Digest(answer) = reply { answer } else { None };
            journey.digests.known.push((call, answer));
            env.now = journey.digests.since.unwrap_or(env.now);
            *before
        }
        (_, event) => event,
    };
    take(program, journey, event, &env, replaying)
}

/// Takes an event up. If a transformation needs a digest that is not there yet, nothing of it counts: the world is asked,
/// and the same event is taken up again with the answer.
fn take(program: &Program, journey: Journey, event: Event, env: &Env, replaying: bool) -> (Journey, Next) {
    let before = program.needs_digests().then(|| (journey.clone(), event.clone()));
    let mut run = Run { program, journey, env: *env, met: None, replaying, lacks: None };
    let next = match event {
        Event::Start(_) => run.enter(),
        Event::Page { instance, input } => run.on_page(&instance, input),
        Event::Reply(reply) => run.on_reply(reply),
    };
    let (Some(call), Some((journey, event))) = (run.lacks.take(), before) else {
        run.journey.digests = Digests::default();
        return run.end(next);
    };
    let mut run = Run { program, journey, env: *env, met: None, replaying, lacks: None };
    run.journey.digests.awaited = Some((call.clone(), Box::new(event)));
    run.journey.digests.since = Some(env.now);
    let request = run.request(Effect::Digest(call), Repeat::Harmless);
    run.end(Next::Effect(request))
}

/// Plays a recording: the events of one journey with their times. `None` when it does not begin with its start.
pub fn replay(program: &Program, events: &[(Timestamp, Event)]) -> Option<(Journey, Next)> {
    let ((now, first), rest) = events.split_first()?;
    let Event::Start(start) = first else { return None };
    let began = begin_as(program, start.clone(), &Env { now: *now }, true);
    Some(rest.iter().fold(began, |(journey, _), (now, event)| {
        advance_as(program, journey, event.clone(), &Env { now: *now }, true)
    }))
}

/// The page that a journey waits on.
pub fn page_of(program: &Program, journey: &Journey, env: &Env) -> Option<PageModel> {
    let run = Run { program, journey: journey.clone(), env: *env, met: None, replaying: false, lacks: None };
    match &run.journey.activity {
        Activity::Page(page) => Some(run.model(page)),
        _ => None,
    }
}

/// One step of a journey while it is being taken.
pub(crate) struct Run<'p> {
    pub(crate) program: &'p Program,
    pub(crate) journey: Journey,
    pub(crate) env: Env,
    /// The person that the profile which just ran found.
    pub(crate) met: Option<String>,
    /// The events are those of a recording, which does not hold what was typed in secret.
    pub(crate) replaying: bool,
    /// A digest that a transformation needs and does not have: then the step does not count.
    pub(crate) lacks: Option<DigestCall>,
}

impl Run<'_> {
    fn enter(&mut self) -> Next {
        if self.program.relying_party().is_none() {
            return self.refuse(90_031, "the policy has no relying party");
        }
        let Some(journey) = self.entry_journey() else {
            return self.refuse(90_031, "the policy has no journey to run here");
        };
        self.journey.stack.push(StepFrame { journey, step: 0 });
        self.go_on()
    }

    /// The journey that was entered first: the policy's own, or that of an endpoint.
    pub(crate) fn entry_journey(&self) -> Option<Name> {
        let relying_party = self.program.relying_party()?;
        match &self.journey.entry {
            Entry::Default => relying_party.default_journey.as_ref().map(|r| r.value.clone()),
            Entry::Endpoint { id, .. } => relying_party
                .endpoint(id)
                .map(|r| r.value.clone())
                .or_else(|| self.program.issuers().find_map(|issuer| issuer.refresh_journey.clone())),
        }
    }

    fn on_reply(&mut self, reply: Reply) -> Next {
        match std::mem::replace(&mut self.journey.activity, Activity::Next) {
            Activity::Profile(id) => self.profile_replied(&id, reply),
            Activity::Page(page) if page.work.is_some() => self.work_on(page, Some(reply)),
            Activity::Page(page) => {
                self.journey.activity = Activity::Page(page);
                Next::Page
            }
            Activity::Next | Activity::Over => self.refuse(90_037, "a reply that the journey does not wait for"),
        }
    }

    fn end(mut self, next: Next) -> (Journey, Next) {
        if matches!(next, Next::Issue(_) | Next::Refuse(_)) {
            self.journey.activity = Activity::Over;
        }
        (self.journey, next)
    }

    /// An effect as a request of this journey.
    pub(crate) fn request(&mut self, effect: Effect, repeat: Repeat) -> Request {
        let intent = self.journey.new_intent(&effect);
        Request { intent, repeat, effect }
    }

    /// The person proved who they are.
    pub(crate) fn proved(&mut self, method: &str) {
        self.journey.authenticated_at = Some(self.env.now);
        if !self.journey.methods.iter().any(|known| known == method) {
            self.journey.methods.push(method.to_owned());
        }
    }

    /// Ends the journey with an error of the catalogue, worded for the person in general terms.
    pub(crate) fn refuse(&mut self, code: u32, detail: impl Into<String>) -> Next {
        let message = self.texts(None).ux("unknown_error").to_owned();
        self.refuse_saying(RefusalCode::Catalogue(code), message, detail)
    }

    /// Ends the journey with an error and a sentence for the person.
    pub(crate) fn refuse_saying(
        &mut self,
        code: RefusalCode,
        message: impl Into<String>,
        detail: impl Into<String>,
    ) -> Next {
        let detail = match self.journey.stack.last() {
            Some(frame) => format!("{} (journey `{}`, step {})", detail.into(), frame.journey, self.step_order(frame)),
            None => detail.into(),
        };
        Next::Refuse(Refusal { code, message: message.into(), detail })
    }

    fn step_order(&self, frame: &StepFrame) -> u32 {
        let step = self.program.policy().journey(&frame.journey).and_then(|j| j.steps.get(frame.step));
        step.map_or(0, |step| step.order)
    }
}
