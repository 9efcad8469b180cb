//! Plays a journey from a script and writes down what a person and the world see of it.
//!
//! A script is a line a thing done: `start`, `submit a=b c=d`, `action CONTROL ACTION a=b`, `email CLAIM send ADDRESS`,
//! `choose EXCHANGE`, `sign up`, `forgot`, `cancel`. What comes of it is the transcript, compared as a whole.

use std::fmt::Write as _;
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::Timestamp;
use journeyman_claims::Name;
use journeyman_engine::effect::{Reply, Secret};
use journeyman_engine::event::{
    EmailInput, Entry, Event, Next, PageInput, RefusalCode, RequestFacts, Session, Start, TenantFacts,
};
use journeyman_engine::page::{Control, Field, PageItem, PageModel};
use journeyman_engine::{Env, Journey, Program, advance, begin, page_of};
use journeyman_policy::diagnostic::Severity;
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};

use crate::world::World;

pub struct Play {
    program: Program,
    pub world: World,
    pub now: Timestamp,
    pub request: RequestFacts,
    pub entry: Entry,
    /// Seconds that the world takes for each effect.
    pub pace: i64,
    pub session: Option<Session>,
    journey: Option<Journey>,
    /// Every event so far, with its time.
    pub events: Vec<(Timestamp, Event)>,
    text: String,
}

/// Compiles files and takes one of their policies; mistakes in it fail the test.
pub fn program(files: &[(&str, &str)], policy: &str) -> Program {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(*name, *text);
    }
    let set = PolicySet::compile(sources, &Settings::default());
    let wrong: Vec<_> = set.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let policy = set.policy(&Name::new(policy)).unwrap_or_else(|| panic!("no policy {policy}"));
    let (program, found) = Program::compile(Arc::clone(policy), "digest".to_owned());
    let wrong: Vec<_> = found.iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    program
}

impl Play {
    pub fn of(program: Program) -> Self {
        Self {
            program,
            world: World::allowing(5),
            now: "2026-03-01T10:00:00Z".parse().expect("a time"),
            request: RequestFacts {
                client_id: "app".to_owned(),
                languages: vec!["en".to_owned()],
                ..Default::default()
            },
            entry: Entry::Default,
            pace: 0,
            session: None,
            journey: None,
            events: Vec::new(),
            text: String::new(),
        }
    }

    /// Plays the lines of a script and returns the transcript so far.
    pub fn run(&mut self, script: &str) -> String {
        for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
            writeln!(self.text, "> {line}").expect("a string takes everything");
            let event = self.event(line);
            let next = self.happen(event);
            let seen = self.follow(next);
            writeln!(self.text, "{seen}").expect("a string takes everything");
        }
        self.text.clone()
    }

    /// Crashes: what was not parked is lost, and the journey is read from its bytes again.
    pub fn park(&mut self) {
        let bytes = self.journey.take().expect("a journey").park();
        self.journey = Some(Journey::unpark(&bytes).expect("readable"));
    }

    /// Goes on with a journey that was parked.
    pub fn take_up(&mut self, journey: Journey) {
        self.journey = Some(journey);
    }

    fn event(&self, line: &str) -> Event {
        let mut words = line.split(' ');
        let input = match words.next().unwrap_or_default() {
            "start" => {
                return Event::Start(Start {
                    journey: "journey".to_owned(),
                    seed: Secret::new("seed"),
                    entry: self.entry.clone(),
                    tenant: TenantFacts { name: "contoso.onmicrosoft.com".to_owned(), id: "tenant-id".to_owned() },
                    request: self.request.clone(),
                    context: Default::default(),
                    session: self.session.clone(),
                });
            }
            "submit" => PageInput::Submit(pairs(words)),
            "action" => PageInput::Action {
                control: Name::new(words.next().expect("a control")),
                action: Name::new(words.next().expect("an action")),
                fields: pairs(words),
            },
            "email" => {
                let claim = Name::new(words.next().expect("a claim"));
                let input = match words.next() {
                    Some("send") => EmailInput::Send(words.next().unwrap_or_default().to_owned()),
                    Some("verify") => EmailInput::Verify(Secret::new(words.next().unwrap_or_default())),
                    _ => EmailInput::Change,
                };
                PageInput::Email { claim, input }
            }
            "choose" => PageInput::Choose(Name::new(words.next().expect("an exchange"))),
            "sign" => PageInput::SignUp,
            "forgot" => PageInput::ForgotPassword,
            "cancel" => PageInput::Cancel,
            other => panic!("`{other}` is no line of a script"),
        };
        let instance = self.journey.as_ref().and_then(Journey::page_instance).unwrap_or_default().to_owned();
        Event::Page { instance, input }
    }

    /// One event, and the effects that it sets off.
    pub fn happen(&mut self, event: Event) -> Next {
        let mut next = self.take(event);
        while let Next::Effect(request) = &next {
            let reply = self.world.perform(request);
            self.now += jiff::SignedDuration::from_secs(self.pace);
            next = self.take(Event::Reply(reply));
        }
        next
    }

    /// One event, and the reply of a restart in place of the first effect's own.
    pub fn interrupted(&mut self, script: &str) -> String {
        let event = self.event(script);
        writeln!(self.text, "> {script} (and a crash)").expect("a string takes everything");
        let mut next = self.take(event);
        while let Next::Effect(request) = &next {
            let lost = request.repeat == journeyman_engine::effect::Repeat::AtMostOnce;
            let reply = if lost { Reply::Interrupted } else { self.world.perform(request) };
            next = self.take(Event::Reply(reply));
        }
        let seen = self.follow(next);
        writeln!(self.text, "{seen}").expect("a string takes everything");
        self.text.clone()
    }

    fn take(&mut self, event: Event) -> Next {
        self.events.push((self.now, event.clone()));
        let env = Env { now: self.now };
        let (journey, next) = match (self.journey.take(), event) {
            (_, Event::Start(start)) => begin(&self.program, start, &env),
            (Some(journey), event) => advance(&self.program, journey, event, &env),
            (None, _) => panic!("the script does not start"),
        };
        self.journey = Some(journey);
        next
    }

    fn follow(&mut self, next: Next) -> String {
        let mut text = String::new();
        for line in self.world.log.drain(..) {
            writeln!(text, "  {line}").expect("a string takes everything");
        }
        match next {
            Next::Page => {
                let journey = self.journey.as_ref().expect("a journey");
                let page = page_of(&self.program, journey, &Env { now: self.now }).expect("it shows a page");
                text.push_str(&draw(&page));
            }
            Next::Issue(issue) => {
                self.session = issue.session.clone();
                let claims = serde_json::to_string(&issue.claims).expect("claims serialize");
                write!(text, "issued by {}: {claims} methods {:?}", issue.issuer, issue.methods).expect("takes all");
            }
            Next::Refuse(refusal) => {
                let code = match refusal.code {
                    RefusalCode::Catalogue(number) => format!("AADB2C{number}"),
                    RefusalCode::Custom(text) => format!("AAD_Custom_{text}"),
                    RefusalCode::Unsupported => "unsupported".to_owned(),
                };
                write!(text, "refused {code}: {} | {}", refusal.message, refusal.detail).expect("takes all");
            }
            Next::Effect(_) => unreachable!("effects were carried out"),
        }
        text
    }

    /// The journey as it stands.
    pub fn journey(&self) -> &Journey {
        self.journey.as_ref().expect("a journey")
    }

    pub fn program(&self) -> &Program {
        &self.program
    }
}

fn pairs<'a>(words: impl Iterator<Item = &'a str>) -> IndexMap<Name, Secret> {
    let pairs = words.filter_map(|word| word.split_once('='));
    pairs.map(|(name, value)| (Name::new(name), Secret::new(value.replace('~', " ")))).collect()
}

fn draw(page: &PageModel) -> String {
    let mut text = format!("page {} {:?} \"{}\"", page.content_definition, page.kind, page.heading);
    if let Some(error) = &page.error {
        write!(text, " ERROR {}", error.message).expect("takes all");
    }
    for item in &page.items {
        match item {
            PageItem::Field(field) => write!(text, "\n  {}", draw_field(field)).expect("takes all"),
            PageItem::Control(control) => write!(text, "\n  {}", draw_control(control)).expect("takes all"),
        }
    }
    for choice in &page.choices {
        write!(text, "\n  choice {} \"{}\"", choice.exchange, choice.caption).expect("takes all");
    }
    let links = [("sign up", page.sign_up), ("forgot", page.forgot_password.is_some()), ("cancel", page.show_cancel)];
    for (name, _) in links.iter().filter(|(_, shown)| *shown) {
        write!(text, "\n  link {name}").expect("takes all");
    }
    text
}

fn draw_field(field: &Field) -> String {
    let mut text = format!("{:?} {}", field.input, field.id);
    if let Some(value) = &field.value {
        write!(text, " = {value}").expect("takes all");
    }
    let marks = [("required", field.required), ("read-only", field.read_only)];
    for (name, _) in marks.iter().filter(|(_, set)| *set) {
        write!(text, " {name}").expect("takes all");
    }
    if let Some(error) = &field.error {
        write!(text, " ERROR {error}").expect("takes all");
    }
    if let Some(verification) = &field.email_verification {
        write!(text, " [{:?}", verification.state).expect("takes all");
        for note in verification.notice.iter().chain(&verification.error) {
            write!(text, ": {note}").expect("takes all");
        }
        text.push(']');
    }
    text
}

fn draw_control(control: &Control) -> String {
    let mut text = format!("control {} {:?}", control.id, control.state);
    if let Some(note) = &control.notice {
        write!(text, " notice {note}").expect("takes all");
    }
    if let Some(note) = &control.error {
        write!(text, " ERROR {note}").expect("takes all");
    }
    for field in &control.fields {
        write!(text, "\n    {}", draw_field(field)).expect("takes all");
    }
    text
}
