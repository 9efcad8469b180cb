//! Where a journey stands: a value that can be parked, moved to another machine and continued.
//!
//! The position is data. A stack of [`StepFrame`]s says which step of which journey is next; [`Activity`] says what the
//! current step is doing, down to the validation profile that waits for a reply. Nothing is hidden in a Rust type per
//! step, so one dispatcher can read it.

use std::collections::VecDeque;

use indexmap::IndexMap;
use jiff::Timestamp;
use journeyman_claims::{Bag, Name};
use serde::{Deserialize, Serialize};

use crate::effect::{DigestCall, LimitPurpose, MASKED, Secret, SecretField};
use crate::event::{ContextFacts, Entry, Event, RequestFacts, Session, TenantFacts};
use crate::page::{PageError, PageKind, VerificationState};

/// Characters of the shortest text that is looked for as a secret.
const SHORTEST_SECRET: usize = 4;

/// One run of a user journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Journey {
    pub(crate) id: String,
    pub(crate) entry: Entry,
    pub(crate) tenant: TenantFacts,
    pub(crate) request: RequestFacts,
    pub(crate) context: ContextFacts,
    /// All randomness follows from this and the number of draws.
    pub(crate) seed: Secret,
    pub(crate) draws: u64,
    /// Numbers the effects, for their intents.
    pub(crate) effects: u64,
    /// Numbers the pages, for their instances.
    pub(crate) pages: u64,
    pub(crate) language: String,
    pub(crate) bag: Bag,
    /// The innermost journey is last.
    pub(crate) stack: Vec<StepFrame>,
    pub(crate) activity: Activity,
    /// The exchange chosen on a selection or combined page, for the step that offers it.
    pub(crate) selected: Option<Name>,
    /// The session as it was when the journey began, if it counts.
    pub(crate) session: Option<Session>,
    /// Claims to remember, by session-management profile.
    pub(crate) remembered: IndexMap<Name, Bag>,
    /// When the person proved who they are in this journey.
    pub(crate) authenticated_at: Option<Timestamp>,
    pub(crate) methods: Vec<String>,
    /// The directory's id of the person.
    pub(crate) person: Option<String>,
    /// A hint was accepted.
    pub(crate) used_hint: bool,
    /// Digests that transformations need from the world.
    #[serde(default, skip_serializing_if = "Digests::is_empty")]
    pub(crate) digests: Digests,
}

/// Transformations run to their end at once, but a digest with a policy key only the world can make. So the event that
/// led to one is put aside until the digest is there, and then taken up again from where the journey stood before it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Digests {
    /// Those that the event needed so far, with what the world answered.
    pub(crate) known: Vec<(DigestCall, Option<String>)>,
    /// The one that the world was asked for, and the event.
    pub(crate) awaited: Option<(DigestCall, Box<Event>)>,
    /// When the event came: it is taken up again as of then, since what is hashed may depend on the time.
    #[serde(default)]
    pub(crate) since: Option<Timestamp>,
}

/// A place in the steps of a journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StepFrame {
    /// A user journey or sub journey.
    pub(crate) journey: Name,
    /// Index of the step that is running or comes next.
    pub(crate) step: usize,
}

/// What the current step is doing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "a journey has exactly one")]
pub(crate) enum Activity {
    /// The step on top of the stack has not begun.
    Next,
    /// A profile without a page waits for a reply.
    Profile(Name),
    /// A page is shown, or what it submitted is being worked on.
    Page(PageState),
    /// The journey is over.
    Over,
}

/// A page that is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PageState {
    pub(crate) kind: PageKind,
    pub(crate) instance: String,
    /// The self-asserted profile whose form is shown; a page that only offers choices has none.
    pub(crate) profile: Option<Name>,
    /// From the step, else from the profile.
    pub(crate) content_definition: Option<Name>,
    /// What the profile's input claims filled in.
    pub(crate) prefill: Bag,
    /// What actions of display controls produced; later actions and the submit see it.
    pub(crate) produced: Bag,
    /// What was typed and may be shown again after a failed submit.
    pub(crate) typed: IndexMap<Name, String>,
    pub(crate) controls: IndexMap<Name, Verification>,
    /// The built-in e-mail verification, by claim.
    pub(crate) emails: IndexMap<Name, Verification>,
    pub(crate) field_errors: IndexMap<Name, String>,
    pub(crate) error: Option<PageError>,
    pub(crate) failed_submits: u32,
    /// What is being worked on.
    pub(crate) work: Option<Work>,
}

impl PageState {
    /// What was found wrong with the last input is not to stand beside what is wrong with this one.
    pub(crate) fn forget_faults(&mut self) {
        self.error = None;
        self.field_errors.clear();
        for verification in self.controls.values_mut().chain(self.emails.values_mut()) {
            verification.error = None;
        }
    }
}

/// Where a verification stands, and for which values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Verification {
    pub(crate) state: VerificationState,
    /// What the code was sent for. It is this that gets verified, whatever a later post says.
    pub(crate) values: Bag,
    pub(crate) notice: Option<String>,
    pub(crate) error: Option<String>,
}

/// What a submit or an action set off: tasks to do in order. The first one waits for a reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Work {
    pub(crate) cause: Cause,
    pub(crate) tasks: VecDeque<Task>,
    /// The claims that the tasks see and write.
    pub(crate) scope: Bag,
    /// Attempts left if this one fails, as the limit said.
    pub(crate) remaining: Option<u32>,
    /// The person that a submit's validation found. Only when the whole form is accepted does the journey know them:
    /// a look-up before anything is proved says nothing about who sits there.
    pub(crate) person: Option<String>,
}

/// What set the work off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Cause {
    /// The form was submitted.
    Submit,
    /// An action of a display control.
    Action { control: Name, action: Name },
    /// A code for the built-in e-mail verification of a claim.
    EmailSend { claim: Name, address: String },
    /// Its check.
    EmailVerify { claim: Name },
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Task {
    /// Check typed secrets against their rules.
    Inspect(Vec<SecretField>),
    /// Reserve an attempt.
    Attempt { subject: String, purpose: LimitPurpose },
    /// Run the validation profile of that index.
    Validate(usize),
    /// Give the reserved attempt back: it succeeded.
    Succeeded { subject: String, purpose: LimitPurpose },
    /// Make a code for an address.
    EmailCode { identifier: String },
    /// Send it.
    EmailMessage { to: String, code: Secret },
    /// Check it.
    EmailCheck { identifier: String, code: Secret },
}

/// What a script is told of a form that cannot be accepted as it was filled in.
pub(crate) const FIELD_FAULT: &str = "AADB2C90158";
/// What a script is told of a verification that failed.
const VERIFICATION_FAULT: &str = "AADB2C90159";

impl Digests {
    fn is_empty(&self) -> bool {
        self.known.is_empty() && self.awaited.is_none()
    }
}

impl Journey {
    /// The id given at its start.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The claims gathered so far.
    pub fn claims(&self) -> &Bag {
        &self.bag
    }

    /// The tag of the language that it speaks.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// What the application asked for.
    pub fn request(&self) -> &RequestFacts {
        &self.request
    }

    /// Where the request came from.
    pub fn context(&self) -> &ContextFacts {
        &self.context
    }

    /// The instance of the page that is shown, if the journey waits on one.
    pub fn page_instance(&self) -> Option<&str> {
        match &self.activity {
            Activity::Page(page) => Some(&page.instance),
            _ => None,
        }
    }

    /// The message that the page shows for the whole page or for a control, if something went wrong with the last
    /// input: what a script that posted it is told.
    pub fn page_fault(&self) -> Option<PageError> {
        let Activity::Page(page) = &self.activity else { return None };
        let coded = |code: &str, message: &String| PageError { message: message.clone(), code: Some(code.to_owned()) };
        let field = page.field_errors.values().next().map(|message| coded(FIELD_FAULT, message));
        let mut verifications = page.controls.values().chain(page.emails.values());
        let verification = || verifications.find_map(|v| v.error.as_ref()).map(|m| coded(VERIFICATION_FAULT, m));
        page.error.clone().or(field).or_else(verification)
    }

    /// A text without the values of the secret claims that the journey holds now.
    pub(crate) fn without_secrets(&self, text: &str) -> String {
        let work = match &self.activity {
            Activity::Page(page) => page.work.as_ref(),
            _ => None,
        };
        let held = self.bag.iter().chain(work.into_iter().flat_map(|work| work.scope.iter()));
        let secrets = held.filter(|(_, claim)| claim.secret).map(|(_, claim)| claim.value.to_text());
        // A shorter one is found everywhere.
        let telling = secrets.filter(|secret| secret.chars().count() >= SHORTEST_SECRET);
        telling.fold(text.to_owned(), |text, secret| text.replace(&secret, MASKED))
    }

    /// Whether it has ended.
    pub fn is_over(&self) -> bool {
        self.activity == Activity::Over
    }
}
