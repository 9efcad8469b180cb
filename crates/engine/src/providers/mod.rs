//! Providers of technical profiles: a module each, declared in one table.
//!
//! A provider has two moments. **Bind**: when a policy is compiled its metadata, keys and claims are checked against the
//! declaration, so that every problem is found with its place in the file and none on a sign-in page. **Start and
//! resume**: when a profile runs it answers with claims, or asks the world something first.
//!
//! A provider that is not run yet is declared and checked all the same.
//!
//! To add one: write a module with a `DECLARATION` and a `bind` function, and add it to [`ALL`].

mod attributes;
mod binding;
mod claims_transformation;
mod declaration;
mod directory;
mod federation;
mod grant_claims;
mod id_token_hint;
mod jwt_issuer;
mod one_time_password;
mod password_grant;
mod relying_party;
mod restful;
mod self_asserted;
mod session;
mod understood;

use std::fmt;

use journeyman_claims::{ClaimValue, Name};
use journeyman_policy::diagnostic::Kind;
use journeyman_policy::model::TechnicalProfile;
use serde_json::Value;

pub use self::attributes::{Access, USER_ATTRIBUTES, UserAttribute};
pub(crate) use self::binding::outside_name;
pub use self::binding::{Binding, provider_of};
pub(crate) use self::binding::{bind, check_relying_party, check_unreached};
pub(crate) use self::declaration::provider_named;
pub use self::declaration::{
    Declaration, KeyId, KeyKind, KnownClaim, List, Message, MetadataKey, Need, Place, ValueKind,
};
pub use self::jwt_issuer::{AcrPattern, IssuerPattern, IssuerSettings};
pub use self::relying_party::RELYING_PARTY;
pub(crate) use self::restful::claim_from_json;
pub use self::session::SessionKind;
use crate::effect::{Effect, Repeat, Reply};
pub(crate) use crate::providers::self_asserted::{ForgotLink, SelfAsserted};

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
    &understood::USER_INFO_ISSUER,
    &understood::USER_INFO_AUTHORIZATION,
    &understood::OAUTH2_ERROR,
    &federation::SAML_ISSUER,
    &federation::SAML,
    &federation::OPENID_CONNECT,
    &federation::OAUTH2,
    &federation::OAUTH1,
    &federation::WS_FEDERATION,
    &understood::PLACEHOLDER,
];

/// Metadata that every provider knows.
pub const COMMON_METADATA: &[MetadataKey] = &[
    MetadataKey::flag(
        "IncludeClaimResolvingInClaimsHandling",
        "false",
        "whether claim resolvers in default values are filled in",
    ),
    MetadataKey::new("ClaimTypeOnWhichToEnable", ValueKind::Claim, "the claim that `EnabledForUserJourneys` looks at"),
    MetadataKey::text("ClaimValueOnWhichToEnable", "the value that `EnabledForUserJourneys` looks for"),
];

/// Texts for what goes wrong in the claims transformations of any profile.
pub const COMMON_MESSAGES: &[Message] = &[
    Message::new("UserMessageIfClaimsTransformationBooleanValueIsNotEqual", "an assertion about a boolean failed"),
    Message::new("UserMessageIfClaimsTransformationStringsAreNotEqual", "two texts that must be equal are not"),
    Message::new("UserMessageIfClaimsTransformationInvalidPhoneNumber", "what was typed is no telephone number"),
    Message::new("DateTimeGreaterThan", "an assertion about two dates failed"),
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

/// The kind of findings about profiles.
pub(crate) const PROFILE: Kind = Kind::Profile;
