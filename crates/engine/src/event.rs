//! What happens to a journey, and what must happen next.
//!
//! A recording is the list of events with their times, secrets masked; feeding it to a new journey gives the same
//! claims, because everything else that the interpreter uses is in the program or in the [`Start`].

use indexmap::IndexMap;
use jiff::Timestamp;
use journeyman_claims::{Bag, Name};
use serde::{Deserialize, Serialize};

use crate::effect::{HttpReply, Reply, Request, Secret};
use crate::{Journey, Program};

/// Something that happens to a journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "one lives at a time")]
pub enum Event {
    /// It begins.
    Start(Start),
    /// The person did something on the page of that instance.
    Page {
        /// [`crate::page::PageModel::instance`] of the page acted on; another one is stale and changes nothing.
        instance: String,
        /// What.
        input: PageInput,
    },
    /// The world answered.
    Reply(Reply),
}

/// What a person can do on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PageInput {
    /// Submit the form: a value a claim id.
    Submit(IndexMap<Name, Secret>),
    /// Run an action of a display control.
    Action {
        /// The control.
        control: Name,
        /// `SendCode`, `VerifyCode`, or `Change` to start over.
        action: Name,
        /// A value a claim id.
        fields: IndexMap<Name, Secret>,
    },
    /// Use the built-in e-mail verification of a claim.
    Email {
        /// The claim.
        claim: Name,
        /// What to do.
        input: EmailInput,
    },
    /// Choose another way to go on, by claims exchange id.
    Choose(Name),
    /// Follow the sign-up link.
    SignUp,
    /// Follow the forgotten-password link.
    ForgotPassword,
    /// Give up.
    Cancel,
}

/// What a person can do with the built-in e-mail verification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EmailInput {
    /// Send a code to this address.
    Send(String),
    /// Check this code.
    Verify(Secret),
    /// Use another address.
    Change,
}

/// How a journey begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// Unique; codes and intents are kept under it.
    pub journey: String,
    /// 32 bytes, base64url: all randomness of the journey's transformations follows from it.
    pub seed: Secret,
    /// Which journey to run: the policy's own, or that of an endpoint.
    pub entry: Entry,
    /// The tenant as configured.
    pub tenant: TenantFacts,
    /// What the application asked for.
    pub request: RequestFacts,
    /// Where the request came from.
    pub context: ContextFacts,
    /// The person's session, when there is one that counts for this request.
    pub session: Option<Session>,
}

/// Which journey of a relying party to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Entry {
    /// `DefaultUserJourney`.
    Default,
    /// The journey of an endpoint such as `Token`, with claims that came with the grant.
    Endpoint {
        /// `Endpoint@Id`.
        id: String,
        /// Claims that the first profile may output, e.g. `objectId`, `refreshTokenIssuedOnDateTime`.
        claims: Bag,
    },
}

/// The tenant as configured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TenantFacts {
    /// Domain name.
    pub name: String,
    /// GUID.
    pub id: String,
}

/// What the application asked for; claim resolvers read it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RequestFacts {
    /// `client_id`.
    pub client_id: String,
    /// `redirect_uri`.
    pub redirect_uri: String,
    /// `scope`.
    pub scope: String,
    /// `nonce`.
    pub nonce: Option<String>,
    /// `prompt`.
    pub prompt: Option<String>,
    /// `login_hint`.
    pub login_hint: Option<String>,
    /// `domain_hint`.
    pub domain_hint: Option<String>,
    /// `max_age`, seconds.
    pub max_age: Option<u64>,
    /// `ui_locales`, else the browser's languages, best first.
    pub languages: Vec<String>,
    /// `acr_values`.
    pub acr_values: Option<String>,
    /// `resource`.
    pub resource: Option<String>,
    /// `id_token_hint`.
    pub id_token_hint: Option<Secret>,
    /// Every other parameter, for `{OAUTH-KV:…}`.
    pub parameters: Vec<(String, String)>,
}

/// Where the request came from; claim resolvers read it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContextFacts {
    /// GUID that ties log lines and error pages together.
    pub correlation_id: String,
    /// Host name of the configured public URL.
    pub host_name: String,
    /// Client address.
    pub ip_address: String,
    /// Version of the engine.
    pub build: String,
}

/// What is remembered of a person between journeys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// When the person last proved who they are.
    pub authenticated_at: Option<Timestamp>,
    /// How: `pwd`, `otp`, `sms`, …
    pub methods: Vec<String>,
    /// The directory's id of the person, once known: limits count by it.
    pub person: Option<String>,
    /// Claims by session-management profile.
    pub claims: IndexMap<Name, Bag>,
}

/// What must happen next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Park the journey and show its page ([`crate::page_of`]).
    Page,
    /// Carry this out and feed the reply back.
    Effect(Request),
    /// Answer the application with tokens.
    Issue(Issue),
    /// Answer the application, or the person, with an error.
    Refuse(Refusal),
}

/// A successful end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// The issuer profile that `SendClaims` named.
    pub issuer: Name,
    /// Token claims by outgoing name, in the policy's order, as JSON; empty ones are left out.
    pub claims: serde_json::Map<String, serde_json::Value>,
    /// Value of the subject claim.
    pub subject: Option<String>,
    /// The directory's id of the person, when the journey met one.
    pub person: Option<String>,
    /// The bag at the end: the refresh grant keeps what its journey needs of it.
    pub bag: Bag,
    /// When the person proved who they are.
    pub authenticated_at: Timestamp,
    /// How.
    pub methods: Vec<String>,
    /// The session to remember; absent when single sign-on is suppressed.
    pub session: Option<Session>,
    /// The journey used a hint: it is consumed with this.
    pub used_hint: bool,
}

/// An unsuccessful end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Number of the AADB2C catalogue, or the policy's own.
    pub code: RefusalCode,
    /// For the person and the application: one sentence.
    pub message: String,
    /// For the log: which step and profile; never a secret.
    pub detail: String,
}

/// What an error answer is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefusalCode {
    /// `AADB2C` and this number.
    Catalogue(u32),
    /// `AAD_Custom_` and this text, from an `OAuth2Error` issuer.
    Custom(String),
    /// The journey came to something that is understood but not run yet; the message names it.
    Unsupported,
}

impl Event {
    /// The same event without its secrets, as a recording keeps it; `journey` is where it is about to happen. A typed
    /// secret leaves behind whether the page could accept it, so that a replay goes the same way. A service that repeats
    /// a secret is not quoted.
    pub fn masked(&self, program: &Program, journey: &Journey, now: Timestamp) -> Self {
        let mask = |fields: &IndexMap<Name, Secret>| {
            fields.iter().map(|(id, value)| (id.clone(), program.mask(id, value, now))).collect()
        };
        match self {
            Self::Start(start) => {
                let mut start = start.clone();
                start.request.id_token_hint = start.request.id_token_hint.map(|_| Secret::masked());
                Self::Start(start)
            }
            Self::Page { instance, input } => {
                let input = match input {
                    PageInput::Submit(fields) => PageInput::Submit(mask(fields)),
                    PageInput::Action { control, action, fields } => {
                        PageInput::Action { control: control.clone(), action: action.clone(), fields: mask(fields) }
                    }
                    PageInput::Email { claim, input: EmailInput::Verify(_) } => {
                        PageInput::Email { claim: claim.clone(), input: EmailInput::Verify(Secret::masked()) }
                    }
                    other => other.clone(),
                };
                Self::Page { instance: instance.clone(), input }
            }
            Self::Reply(Reply::Http(HttpReply::Answered { status, body })) => {
                let body = journey.without_secrets(body);
                Self::Reply(Reply::Http(HttpReply::Answered { status: *status, body }))
            }
            Self::Reply(reply) => Self::Reply(reply.masked()),
        }
    }
}
