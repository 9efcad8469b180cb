//! Authorization requests: read in an order that never sends an answer to an address that is not the client's.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::client::Client;
use crate::codes::Code;
use crate::parameters::{Parameters, wrong};
use crate::pkce::Challenge;
use crate::problem::{OAuthError, Problem};
use crate::response::{ResponseMode, ReturnTo};
use crate::scope::Granted;
use crate::secret::Secret;

/// Parameters that the protocol gives a meaning to (`p` names the policy in the address); every other one is the policy's.
const PROTOCOL: &[&str] = &[
    "client_id",
    "redirect_uri",
    "response_type",
    "response_mode",
    "scope",
    "state",
    "nonce",
    "prompt",
    "max_age",
    "login_hint",
    "domain_hint",
    "ui_locales",
    "acr_values",
    "resource",
    "id_token_hint",
    "code_challenge",
    "code_challenge_method",
    "client_info",
    "p",
];
const LONGEST_MAX_AGE: u32 = i32::MAX.unsigned_abs();

/// A request that counts: stored until its journey ends, and then the measure of what may be answered.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// Who asks.
    pub client_id: String,
    /// Where the answer goes.
    pub return_to: ReturnTo,
    /// Whether the redirect URI was in the request, or is the only registered one.
    pub redirect_uri_sent: bool,
    /// What to answer with.
    pub response_type: ResponseType,
    /// `scope` as it came.
    pub scope: String,
    /// What counts of it.
    pub granted: Granted,
    /// To be repeated in the tokens.
    pub nonce: Option<String>,
    /// Who may redeem the code.
    pub challenge: Option<Challenge>,
    /// Whether to ask the person.
    pub prompt: Vec<Prompt>,
    /// Oldest sign-in that counts, in seconds.
    pub max_age: Option<MaxAge>,
    /// Who is expected.
    pub login_hint: Option<String>,
    /// Which identity provider is expected.
    pub domain_hint: Option<String>,
    /// Languages, best first.
    pub ui_locales: Vec<String>,
    /// `acr_values`.
    pub acr_values: Option<String>,
    /// `resource`.
    pub resource: Option<String>,
    /// Claims that the application signed; not yet looked at.
    pub id_token_hint: Option<Secret>,
    /// Whether answers tell who it is, as client libraries of the service ask.
    pub client_info: bool,
    /// Every parameter that is not the protocol's, for `{OAUTH-KV:…}`.
    pub parameters: Vec<(String, String)>,
}

/// Seconds of `max_age`.
pub type MaxAge = u32;

/// `response_type`, as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseType {
    /// An authorization code.
    pub code: bool,
    /// An ID token.
    pub id_token: bool,
    /// An access token.
    pub token: bool,
}

/// A value of `prompt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// Ask nothing; answer with an error instead.
    None,
    /// Sign in again, whatever session there is.
    Login,
    /// Ask for consent.
    Consent,
    /// Ask which account.
    SelectAccount,
}

/// A request that does not count.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Why.
    pub problem: Problem,
    /// Where to say so. `None`: to the person, because the address is not known to be the application's.
    pub return_to: Option<Box<ReturnTo>>,
}

impl Refused {
    fn to_person(problem: Problem) -> Self {
        Self { problem, return_to: None }
    }
}

impl AuthorizationRequest {
    /// Reads a request. `client` finds a registered client by its id.
    pub fn read<'c>(parameters: &Parameters, client: impl FnOnce(&str) -> Option<&'c Client>) -> Result<Self, Refused> {
        let (client, return_to) = destination(parameters, client).map_err(Refused::to_person)?;
        Self::read_for(parameters, client, return_to.clone())
            .map_err(|problem| Refused { problem, return_to: Some(Box::new(return_to)) })
    }

    /// Reads everything that the application may hear about.
    fn read_for(parameters: &Parameters, client: &Client, return_to: ReturnTo) -> Result<Self, Problem> {
        parameters.each_once()?;
        refuse_unsupported(parameters)?;
        let response_type = ResponseType::parse(parameters.required("response_type")?)?;
        check_response_mode(parameters, response_type)?;
        check_front_channel(response_type, client)?;
        let scope = parameters.get("scope").ok_or(Code::ScopeMissing)?;
        let granted = Granted::read(scope, client)?;
        check_scopes(response_type, &granted)?;
        let nonce = parameters.owned("nonce");
        if response_type.id_token && nonce.is_none() {
            return Err(Code::NonceMissing.into());
        }
        let challenge = Challenge::read(parameters)?;
        if response_type.code && client.is_public() && challenge.is_none() {
            return Err(Code::ChallengeMissing.into());
        }
        Ok(Self {
            client_id: client.id.clone(),
            return_to,
            redirect_uri_sent: parameters.get("redirect_uri").is_some(),
            response_type,
            scope: scope.to_owned(),
            granted,
            nonce,
            challenge,
            prompt: prompts(parameters)?,
            max_age: max_age(parameters)?,
            login_hint: parameters.owned("login_hint"),
            domain_hint: parameters.owned("domain_hint"),
            ui_locales: ui_locales(parameters)?,
            acr_values: parameters.owned("acr_values"),
            resource: parameters.owned("resource"),
            id_token_hint: parameters.get("id_token_hint").map(Secret::new),
            client_info: parameters.get("client_info") == Some("1"),
            parameters: policy_parameters(parameters)?,
        })
    }

    /// The person must not be asked anything.
    pub fn is_silent(&self) -> bool {
        self.prompt.contains(&Prompt::None)
    }

    /// A session does not count, however young it is.
    pub fn forces_login(&self) -> bool {
        self.prompt.contains(&Prompt::Login)
    }
}

impl fmt::Debug for AuthorizationRequest {
    /// Without what the person typed, what the application signed, and what must not be guessed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationRequest")
            .field("client_id", &self.client_id)
            .field("redirect_uri", &self.return_to.redirect_uri().as_str())
            .field("response_type", &self.response_type.to_string())
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

impl ResponseType {
    /// All combinations, as discovery lists them.
    pub const ALL: [&str; 8] = [
        "code",
        "code id_token",
        "code token",
        "code id_token token",
        "id_token",
        "id_token token",
        "token",
        "token id_token",
    ];

    /// Reads the parts in any order.
    fn parse(text: &str) -> Result<Self, Problem> {
        let unsupported = || Problem::from(Code::ResponseTypeUnsupported).with("value", text);
        let mut kind = Self { code: false, id_token: false, token: false };
        for part in text.split_ascii_whitespace() {
            let flag = match part {
                "code" => &mut kind.code,
                "id_token" => &mut kind.id_token,
                "token" => &mut kind.token,
                _ => return Err(unsupported()),
            };
            if std::mem::replace(flag, true) {
                return Err(unsupported());
            }
        }
        if kind.code || kind.id_token || kind.token { Ok(kind) } else { Err(unsupported()) }
    }

    /// Whether a token passes through the browser.
    pub fn has_token(self) -> bool {
        self.id_token || self.token
    }

    fn default_mode(self) -> ResponseMode {
        if self.has_token() { ResponseMode::Fragment } else { ResponseMode::Query }
    }

    /// A token must not be in a query: those are logged, and sent on as referrers.
    fn allows(self, mode: ResponseMode) -> bool {
        mode != ResponseMode::Query || !self.has_token()
    }
}

impl fmt::Display for ResponseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.code, "code"), (self.id_token, "id_token"), (self.token, "token")];
        let present: Vec<_> = parts.into_iter().filter_map(|(there, name)| there.then_some(name)).collect();
        f.write_str(&present.join(" "))
    }
}

impl Prompt {
    /// As it is written on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::Consent => "consent",
            Self::SelectAccount => "select_account",
        }
    }
}

/// Finds the client and the address that it may be answered at.
fn destination<'c>(
    parameters: &Parameters,
    client: impl FnOnce(&str) -> Option<&'c Client>,
) -> Result<(&'c Client, ReturnTo), Problem> {
    let id = parameters.once("client_id")?.ok_or(Code::ClientIdMissing)?;
    let client = client(id).ok_or_else(|| Problem::from(Code::ClientUnknown).with("client", id))?;
    let redirect_uri = client.redirect_uri(parameters.once("redirect_uri")?)?;
    // An error about the response type or mode has to go back somehow: as the default of what could be understood.
    let kind = parameters.get("response_type").and_then(|text| ResponseType::parse(text).ok());
    let default = kind.map_or(ResponseMode::Query, ResponseType::default_mode);
    let asked = parameters.get("response_mode").and_then(ResponseMode::parse);
    let mode = asked.filter(|mode| kind.is_none_or(|kind| kind.allows(*mode))).unwrap_or(default);
    Ok((client, ReturnTo::new(redirect_uri, mode, parameters.owned("state"))))
}

/// A request object could say something else than the parameters that were read here.
fn refuse_unsupported(parameters: &Parameters) -> Result<(), Problem> {
    let unsupported = [
        ("request", OAuthError::RequestNotSupported),
        ("request_uri", OAuthError::RequestUriNotSupported),
        ("registration", OAuthError::RegistrationNotSupported),
    ];
    for (name, error) in unsupported {
        if parameters.get(name).is_some() {
            return Err(wrong(name, "it is not supported").called(error));
        }
    }
    Ok(())
}

fn check_response_mode(parameters: &Parameters, kind: ResponseType) -> Result<(), Problem> {
    let Some(text) = parameters.get("response_mode") else { return Ok(()) };
    match ResponseMode::parse(text) {
        Some(mode) if kind.allows(mode) => Ok(()),
        _ => Err(Problem::from(Code::ResponseModeUnsupported).with("value", text)),
    }
}

fn check_front_channel(kind: ResponseType, client: &Client) -> Result<(), Problem> {
    let allowed = client.front_channel;
    if (kind.id_token && !allowed.id_token) || (kind.token && !allowed.access_token) {
        return Err(Problem::from(Code::ImplicitNotAllowed).with("client", &client.id));
    }
    Ok(())
}

fn check_scopes(kind: ResponseType, granted: &Granted) -> Result<(), Problem> {
    if kind.id_token && !granted.openid {
        return Err(Code::OpenIdScopeMissing.into());
    }
    if kind.token && granted.resource.is_none() {
        return Err(Code::TokenNeedsClientScope.into());
    }
    if kind.code && !granted.openid && granted.resource.is_none() {
        return Err(Code::CodeNeedsScope.into());
    }
    Ok(())
}

fn prompts(parameters: &Parameters) -> Result<Vec<Prompt>, Problem> {
    let Some(text) = parameters.get("prompt") else { return Ok(Vec::new()) };
    let unknown = || Problem::from(Code::PromptUnknown).with("value", text);
    let known = [Prompt::None, Prompt::Login, Prompt::Consent, Prompt::SelectAccount];
    let find = |part: &str| known.into_iter().find(|p| p.as_str() == part).ok_or_else(unknown);
    let prompts: Vec<_> = text.split_ascii_whitespace().map(find).collect::<Result<_, _>>()?;
    if prompts.contains(&Prompt::None) && prompts.len() > 1 { Err(unknown()) } else { Ok(prompts) }
}

fn max_age(parameters: &Parameters) -> Result<Option<MaxAge>, Problem> {
    let Some(text) = parameters.get("max_age") else { return Ok(None) };
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let seconds = text.parse().ok().filter(|seconds| digits && *seconds <= LONGEST_MAX_AGE);
    seconds.map(Some).ok_or_else(|| Code::MaxAgeInvalid.into())
}

fn ui_locales(parameters: &Parameters) -> Result<Vec<String>, Problem> {
    let text = parameters.get("ui_locales").unwrap_or_default();
    let tag = |tag: &str| {
        let plain = tag.len() <= 35 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if plain { Ok(tag.to_owned()) } else { Err(Problem::from(Code::LanguageInvalid).with("value", tag)) }
    };
    text.split_ascii_whitespace().map(tag).collect()
}

/// Other parameters end up in pages and in the addresses of pages, so markup is refused at the door.
fn policy_parameters(parameters: &Parameters) -> Result<Vec<(String, String)>, Problem> {
    let own = parameters.iter().filter(|(name, value)| !PROTOCOL.contains(name) && !value.is_empty());
    own.map(|(name, value)| {
        if looks_like_markup(value) || looks_like_markup(name) {
            return Err(Problem::from(Code::MarkupInInput).with("name", name));
        }
        Ok((name.to_owned(), value.to_owned()))
    })
    .collect()
}

fn looks_like_markup(text: &str) -> bool {
    let opens_tag = |c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '/' | '?');
    text.contains("&#") || text.split('<').skip(1).any(|rest| rest.starts_with(opens_tag))
}

#[cfg(test)]
mod tests;
