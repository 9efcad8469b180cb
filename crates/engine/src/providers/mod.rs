//! Providers of technical profiles: a module each, declared in one table.
//!
//! A provider has two moments. **Bind**: when a policy is compiled its metadata, keys and claims are checked against the
//! declaration, so that every problem is found with its place in the file and none on a sign-in page. **Start and
//! resume**: when a profile runs it answers with claims, or asks the world something first.
//!
//! To add one: write a module with a `DECLARATION` and a `bind` function, and add it to [`ALL`].

mod claims_transformation;
mod directory;
mod grant_claims;
mod id_token_hint;
mod jwt_issuer;
mod one_time_password;
mod password_grant;
mod restful;
mod self_asserted;
mod session;
mod understood;

use std::fmt;

use journeyman_claims::{ClaimValue, Name};
use journeyman_policy::author_placeholder;
use journeyman_policy::diagnostic::{Diagnostic, Kind, Sink};
use journeyman_policy::model::{Policy, TechnicalProfile};
use serde_json::Value;

pub use self::jwt_issuer::{AcrPattern, IssuerPattern, IssuerSettings};
pub(crate) use self::restful::claim_from_json;
pub use self::session::SessionKind;
use crate::codes;
use crate::effect::{Effect, Repeat, Reply};
pub(crate) use crate::providers::self_asserted::{ForgotLink, SelfAsserted};

/// What one provider accepts: bound against, listed by `show`, printed in the reference.
#[derive(Debug)]
pub struct Declaration {
    /// What people call it.
    pub title: &'static str,
    /// `Protocol@Name` in any case.
    pub protocols: &'static [&'static str],
    /// The last part of the handler's type name, where the protocol is `Proprietary`.
    pub handler: Option<&'static str>,
    /// Metadata that it knows. Others are ignored with a note: the language is open there.
    pub metadata: &'static [MetadataKey],
    /// Cryptographic keys that it knows.
    pub keys: &'static [KeyId],
    /// Whether any other metadata key is to be expected.
    pub open_metadata: bool,
    /// Whether the engine runs it yet.
    pub runs: bool,
    /// Whether a given profile is its business, beyond protocol and handler.
    applies: fn(&TechnicalProfile) -> bool,
    /// Checks a profile.
    bind: fn(&mut Binding<'_>) -> Bound,
}

/// A metadata key.
#[derive(Debug)]
pub struct MetadataKey {
    /// The key.
    pub name: &'static str,
    /// What it may hold.
    pub value: ValueKind,
    /// Whether it must be there.
    pub required: bool,
    /// What holds when it is absent.
    pub default: Option<&'static str>,
    /// What it does.
    pub summary: &'static str,
}

/// What a metadata value may hold.
#[derive(Debug, Clone, Copy)]
pub enum ValueKind {
    /// Any text.
    Text,
    /// `true` or `false`, in any case; `1` and `0` pass.
    Boolean,
    /// A whole number in a range; outside of it the nearest bound is used and a warning given.
    Integer {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// One of these, in any case.
    OneOf(&'static [&'static str]),
    /// An absolute URL.
    Url,
    /// The id of a content definition.
    ContentDefinition,
    /// The id of a claim.
    Claim,
}

/// A cryptographic key.
#[derive(Debug)]
pub struct KeyId {
    /// `Key@Id`.
    pub name: &'static str,
    /// What for.
    pub summary: &'static str,
}

/// Every provider. The first declaration that applies to a profile binds it.
pub const ALL: &[&Declaration] = &[
    &self_asserted::DECLARATION,
    &one_time_password::DECLARATION,
    &restful::DECLARATION,
    &claims_transformation::DECLARATION,
    &directory::DECLARATION,
    &password_grant::DECLARATION,
    &jwt_issuer::DECLARATION,
    &id_token_hint::DECLARATION,
    &grant_claims::DECLARATION,
    &session::NOOP,
    &session::DEFAULT,
    &session::EXTERNAL,
    &session::OAUTH,
    &session::SAML,
    &understood::PHONE_FACTOR,
    &understood::AZURE_MFA,
    &understood::AAD_SSPR,
    &understood::INSIGHTS,
    &understood::CONTEXT,
    &understood::CONDITIONAL_ACCESS,
    &understood::USER_INFO,
    &understood::OAUTH2_ERROR,
    &understood::SAML,
    &understood::OPENID_CONNECT,
    &understood::OAUTH2,
    &understood::OAUTH1,
    &understood::WS_FEDERATION,
    &understood::PLACEHOLDER,
];

/// Metadata that every provider knows.
pub const COMMON_METADATA: &[MetadataKey] = &[
    MetadataKey {
        name: "IncludeClaimResolvingInClaimsHandling",
        value: ValueKind::Boolean,
        required: false,
        default: Some("false"),
        summary: "whether claim resolvers in default values are filled in",
    },
    MetadataKey {
        name: "ClaimTypeOnWhichToEnable",
        value: ValueKind::Claim,
        required: false,
        default: None,
        summary: "the claim that EnabledForUserJourneys looks at",
    },
    MetadataKey {
        name: "ClaimValueOnWhichToEnable",
        value: ValueKind::Text,
        required: false,
        default: None,
        summary: "the value that EnabledForUserJourneys looks for",
    },
];

/// A profile ready to run.
#[derive(Debug)]
pub enum Bound {
    /// It shows a page.
    Page(SelfAsserted),
    /// It runs without one.
    Steps(Box<dyn BoundProfile>),
    /// It issues tokens.
    Issuer(IssuerSettings),
    /// It reads the hint of a request.
    Hint(id_token_hint::Hint),
    /// It keeps sessions for other profiles.
    Session(SessionKind),
    /// The engine understands it but does not run it: this is what to say.
    Unsupported(String),
}

/// A profile that runs without a page.
pub trait BoundProfile: fmt::Debug + Send + Sync {
    /// Begins: with claims at once, or by asking the world.
    ///
    /// # Errors
    /// What to tell the person, and the error that ends a journey where there is no page to tell it on.
    fn start(&self, call: &Call<'_>) -> Result<Outcome, Failure>;

    /// Goes on with the answer to what `start` asked.
    ///
    /// # Errors
    /// As [`BoundProfile::start`].
    fn resume(&self, call: &Call<'_>, reply: Reply) -> Result<Outcome, Failure>;

    /// Whether running it to a good end proves who the person is, and how (`pwd`, `otp`).
    fn proves(&self) -> Option<&'static str> {
        None
    }
}

/// What a profile is given.
pub struct Call<'a> {
    /// The profile.
    pub profile: &'a TechnicalProfile,
    /// The journey's id: the scope of one-time codes.
    pub scope: &'a str,
    /// Input claims that have a value, in order.
    pub inputs: Vec<Input<'a>>,
    /// Persisted claims that have a value, in order.
    pub persisted: Vec<Input<'a>>,
    /// Claims that came with the grant that this journey redeems.
    pub granted: &'a journeyman_claims::Bag,
    /// Fills in claim resolvers in a text that is a URL, encoding what it puts in.
    pub resolve_url: &'a dyn Fn(&str) -> String,
}

/// A claim that goes into a profile.
pub struct Input<'a> {
    /// The claim.
    pub claim: &'a Name,
    /// Its outside name.
    pub partner: &'a str,
    /// Its value.
    pub value: ClaimValue,
    /// Whether it must not be shown.
    pub secret: bool,
    /// `OverwriteIfExists`.
    pub overwrite: bool,
}

impl<'a> Call<'a> {
    /// The input of an outside name, exactly or else without regard to case.
    pub fn input(&self, partner: &str) -> Option<&Input<'a>> {
        self.inputs
            .iter()
            .find(|i| i.partner == partner)
            .or_else(|| self.inputs.iter().find(|i| i.partner.eq_ignore_ascii_case(partner)))
    }
}

/// What a profile does next.
#[derive(Debug)]
pub enum Outcome {
    /// It is done; output claims are looked up here.
    Done(Produced),
    /// It needs an answer first.
    Ask(Effect, Repeat),
}

/// What a provider knows at the end, by outside name.
#[derive(Debug, Default)]
pub struct Produced {
    /// A JSON object.
    pub values: Value,
    /// Outside names are paths into it.
    pub paths: bool,
    /// Whether what it holds must not be shown.
    pub secret: bool,
    /// The directory's id of the person, if the provider met one.
    pub person: Option<String>,
}

impl Produced {
    /// Nothing but what defaults and transformations make.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Looks an outside name up.
    pub fn get(&self, partner: &str) -> Option<&Value> {
        let found = if self.paths { restful::by_path(&self.values, partner) } else { self.values.get(partner) };
        found.or_else(|| {
            let members = self.values.as_object()?;
            members.iter().find(|(name, _)| name.eq_ignore_ascii_case(partner)).map(|(_, value)| value)
        })
    }
}

/// Why a profile failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Message keys of the language, best first; looked up where policies declare them.
    pub keys: Vec<&'static str>,
    /// What to say without looking anything up, such as a service's own `userMessage`.
    pub message: Option<String>,
    /// Fills `{0}`, `{1}` of the message.
    pub arguments: Vec<String>,
    /// AADB2C number for the application, when there is no page.
    pub code: u32,
    /// For the log; never a secret.
    pub detail: String,
    /// Nobody knows whether it happened: a crash came between.
    pub interrupted: bool,
    /// It is understood but not run yet: no page can help, and the person is told so.
    pub unsupported: bool,
}

impl Failure {
    /// A failure with one message key.
    pub fn keyed(key: &'static str, code: u32, detail: impl Into<String>) -> Self {
        Self {
            keys: vec![key],
            message: None,
            arguments: Vec::new(),
            code,
            detail: detail.into(),
            interrupted: false,
            unsupported: false,
        }
    }

    /// Something that is understood but not run yet.
    pub fn unsupported(what: impl Into<String>) -> Self {
        Self { unsupported: true, ..Self::internal(90_037, what) }
    }

    /// A failure that only the log can explain.
    pub fn internal(code: u32, detail: impl Into<String>) -> Self {
        Self { keys: Vec::new(), ..Self::keyed("", code, detail) }
    }

    /// The failure of an at-most-once effect whose answer a crash took.
    pub fn interrupted() -> Self {
        Self { interrupted: true, ..Self::internal(90_085, "interrupted by a restart before the answer was known") }
    }

    /// What a provider answers to a reply that it did not ask for.
    pub fn unexpected(reply: &Reply) -> Self {
        match reply {
            Reply::Interrupted => Self::interrupted(),
            Reply::Failed => Self::internal(90_085, "the engine's own storage or services could not answer"),
            _ => Self::internal(90_085, "a reply of another kind than asked for"),
        }
    }
}

/// A profile being checked.
pub struct Binding<'a> {
    /// The whole policy.
    pub policy: &'a Policy,
    /// The profile.
    pub profile: &'a TechnicalProfile,
    /// Its declaration.
    pub declaration: &'static Declaration,
    sink: &'a mut Sink,
}

impl<'a> Binding<'a> {
    /// Reports a finding about this profile.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.report(diagnostic);
    }

    /// A declared metadata value, or its declared default.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        let value = self.profile.metadata(key).filter(|v| !v.is_empty());
        value.or_else(|| self.declared(key).and_then(|d| d.default))
    }

    /// A declared boolean, or its declared default.
    pub fn flag(&self, key: &str) -> bool {
        self.text(key).is_some_and(|v| v.eq_ignore_ascii_case("true") || v == "1")
    }

    /// A declared number within its declared range.
    pub fn integer(&self, key: &str) -> Option<i64> {
        let declared = self.declared(key)?;
        let ValueKind::Integer { min, max } = declared.value else { return None };
        let parsed = self.profile.metadata(key).and_then(|v| v.parse::<i64>().ok());
        parsed.or_else(|| declared.default?.parse().ok()).map(|n| n.clamp(min, max))
    }

    /// Whether an input, persisted or output claim has that outside name.
    pub fn has_claim(claims: &[journeyman_policy::model::ClaimUse], partner: &str) -> bool {
        claims.iter().any(|c| c.partner_or_id().eq_ignore_ascii_case(partner))
    }

    /// Insists on an input claim of that outside name.
    pub fn require_input(&mut self, partner: &str) {
        if !Self::has_claim(&self.profile.input_claims, partner) {
            let (id, span) = (self.profile.id.clone(), self.profile.span);
            self.report(codes::missing_claim(&id, span, "input", partner));
        }
    }

    /// Insists on an output claim of that outside name.
    pub fn require_output(&mut self, partner: &str) {
        if !Self::has_claim(&self.profile.output_claims, partner) {
            let (id, span) = (self.profile.id.clone(), self.profile.span);
            self.report(codes::missing_claim(&id, span, "output", partner));
        }
    }

    fn declared(&self, key: &str) -> Option<&'static MetadataKey> {
        let known = self.declaration.metadata.iter().chain(COMMON_METADATA);
        known.into_iter().find(|k| k.name.eq_ignore_ascii_case(key))
    }

    fn check_metadata(&mut self) {
        for key in self.declaration.metadata {
            match self.profile.metadata.get(&Name::new(key.name)) {
                None if key.required => {
                    self.sink.report(codes::missing_metadata(&self.profile.id, self.profile.span, key));
                }
                Some(value) => self.check_value(key, &value.value, value.span),
                None => {}
            }
        }
        if self.declaration.open_metadata {
            return;
        }
        for (name, value) in &self.profile.metadata {
            if self.declared(name.as_str()).is_none() {
                let names: Vec<_> = self.declaration.metadata.iter().map(|k| k.name).collect();
                self.sink.report(codes::unknown_metadata(
                    &self.profile.id,
                    value.span,
                    name,
                    self.declaration.title,
                    &names,
                ));
            }
        }
    }

    fn check_value(&mut self, key: &MetadataKey, value: &str, span: journeyman_policy::source::Span) {
        let value = value.trim();
        let wrong = match key.value {
            ValueKind::Text | ValueKind::Claim => None,
            ValueKind::Boolean => {
                let fine = ["true", "false", "1", "0"].iter().any(|b| b.eq_ignore_ascii_case(value));
                (!fine).then(|| "`true` or `false`".to_owned())
            }
            ValueKind::Integer { min, max } => match value.parse::<i64>() {
                Ok(n) if (min..=max).contains(&n) => None,
                _ => Some(format!("a whole number from {min} to {max}")),
            },
            ValueKind::OneOf(allowed) => {
                let fine = allowed.iter().any(|a| a.eq_ignore_ascii_case(value));
                (!fine).then(|| allowed.iter().map(|a| format!("`{a}`")).collect::<Vec<_>>().join(", "))
            }
            ValueKind::Url => {
                let plain = value.replace(['{', '}'], "x");
                url::Url::parse(&plain).is_err().then(|| "an absolute URL".to_owned())
            }
            ValueKind::ContentDefinition => {
                if !self.policy.content_definitions.contains_key(&Name::new(value)) {
                    let known = self.policy.content_definitions.values().map(|c| (c.id.as_str(), c.span));
                    self.sink.report(codes::unknown_content(span, value, known));
                }
                None
            }
        };
        let left = author_placeholder(value).filter(|_| matches!(key.value, ValueKind::Url));
        if let (Some(left), true) = (left, wrong.is_some()) {
            self.sink.report(codes::author_placeholder(&self.profile.id, span, key.name, left));
        } else if let Some(expected) = wrong {
            self.sink.report(codes::bad_metadata(&self.profile.id, span, key.name, value, &expected, key.value));
        }
    }
}

/// Checks one profile and makes it ready to run.
pub(crate) fn bind(policy: &Policy, profile: &TechnicalProfile, sink: &mut Sink) -> Bound {
    let Some(declaration) = ALL.iter().find(|d| d.covers(profile)) else {
        return unknown(profile, sink);
    };
    let mut binding = Binding { policy, profile, declaration, sink };
    if declaration.runs {
        binding.check_metadata();
    }
    (declaration.bind)(&mut binding)
}

fn unknown(profile: &TechnicalProfile, sink: &mut Sink) -> Bound {
    match &profile.protocol {
        None => {
            sink.report(codes::no_protocol(&profile.id, profile.span));
            Bound::Unsupported(format!("the technical profile `{}` has no protocol", profile.id))
        }
        Some(protocol) => {
            let named = protocol.value.handler.as_deref().unwrap_or(&protocol.value.name);
            sink.report(codes::unknown_handler(&profile.id, protocol.span, named));
            Bound::Unsupported(format!("the provider `{named}` is not known"))
        }
    }
}

impl Declaration {
    fn covers(&self, profile: &TechnicalProfile) -> bool {
        let Some(protocol) = &profile.protocol else { return false };
        let protocol = &protocol.value;
        let named = self.protocols.iter().any(|p| p.eq_ignore_ascii_case(&protocol.name));
        let handled = match self.handler {
            None => true,
            Some(wanted) => protocol
                .handler
                .as_deref()
                .is_some_and(|h| h.rsplit('.').next().is_some_and(|class| class.trim().eq_ignore_ascii_case(wanted))),
        };
        named && handled && (self.applies)(profile)
    }
}

/// Every profile is its business.
fn always(_: &TechnicalProfile) -> bool {
    true
}

/// The kind of findings about profiles.
pub(crate) const PROFILE: Kind = Kind::Profile;
