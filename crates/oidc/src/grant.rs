//! The token endpoint: who asks, with what, and whether it was given to them.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::authorize::AuthorizationRequest;
use crate::client::{Client, ClientKind};
use crate::codes::Code;
use crate::parameters::{Parameters, wrong};
use crate::pkce::Challenge;
use crate::problem::{OAuthError, Problem};
use crate::scope::Granted;
use crate::secret::Secret;
use crate::token::Identity;

/// However often a browser application refreshes, a day after the sign-in it ends.
const SINGLE_PAGE_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// A request to the token endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRequest {
    /// Who asks.
    pub credentials: Credentials,
    /// With what.
    pub grant: GrantRequest,
    /// For less than was granted.
    pub scope: Option<String>,
    /// Whether the answer tells who it is.
    pub client_info: bool,
}

/// What a client says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// `client_id`, or the user of an `Authorization` header.
    pub client_id: String,
    secret: Option<Secret>,
    /// They came in an `Authorization` header.
    basic: bool,
}

/// What a client presents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantRequest {
    /// `authorization_code`
    Code {
        /// The code.
        code: Secret,
        /// Where the code was sent to.
        redirect_uri: Option<String>,
        /// Proves who asked for the code.
        verifier: Option<Secret>,
    },
    /// `refresh_token`
    Refresh {
        /// The refresh token.
        token: Secret,
    },
}

/// A token request that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedGrant {
    /// Why.
    pub problem: Problem,
    /// The client used an `Authorization` header.
    basic: bool,
}

impl From<Problem> for RefusedGrant {
    fn from(problem: Problem) -> Self {
        Self { problem, basic: false }
    }
}

impl From<Code> for RefusedGrant {
    fn from(code: Code) -> Self {
        Problem::from(code).into()
    }
}

impl RefusedGrant {
    /// HTTP status of the answer.
    pub fn status(&self) -> u16 {
        if self.www_authenticate().is_some() { 401 } else { self.problem.error().status() }
    }

    /// `WWW-Authenticate` of the answer, when a client failed by that header.
    pub fn www_authenticate(&self) -> Option<&'static str> {
        (self.basic && self.problem.error() == OAuthError::InvalidClient).then_some(r#"Basic realm="token""#)
    }
}

impl TokenRequest {
    /// Reads the form of a token request and its `Authorization` header.
    pub fn read(parameters: &Parameters, authorization: Option<&str>) -> Result<Self, RefusedGrant> {
        parameters.each_once()?;
        let credentials = Credentials::read(parameters, authorization)?;
        let grant = match parameters.required("grant_type")? {
            "authorization_code" => GrantRequest::Code {
                code: Secret::new(parameters.required("code")?),
                redirect_uri: parameters.owned("redirect_uri"),
                verifier: parameters.get("code_verifier").map(Secret::new),
            },
            "refresh_token" => GrantRequest::Refresh { token: Secret::new(parameters.required("refresh_token")?) },
            other => return Err(Problem::from(Code::GrantTypeUnsupported).with("value", other).into()),
        };
        let client_info = parameters.get("client_info") == Some("1");
        Ok(Self { credentials, grant, scope: parameters.owned("scope"), client_info })
    }

    /// Checks that the client is who it says. `client` is the one registered under
    /// [`Credentials::client_id`], if there is one.
    pub fn authenticate(&self, client: Option<&Client>) -> Result<(), RefusedGrant> {
        let Credentials { client_id, secret, basic } = &self.credentials;
        let unknown = || Problem::from(Code::ClientUnknown).with("client", client_id);
        let client = client.filter(|client| client.id == *client_id).ok_or_else(unknown);
        let checked = client.and_then(|client| client.check_secret(secret.as_ref()));
        checked.map_err(|problem| RefusedGrant { problem, basic: *basic })
    }
}

impl Credentials {
    fn read(parameters: &Parameters, authorization: Option<&str>) -> Result<Self, RefusedGrant> {
        if parameters.get("client_assertion").is_some() {
            return Err(wrong("client_assertion", "it is not supported").called(OAuthError::InvalidClient).into());
        }
        let (named, secret) = (parameters.owned("client_id"), parameters.get("client_secret").map(Secret::new));
        let Some(header) = authorization else {
            return Ok(Self { client_id: named.ok_or(Code::ClientIdMissing)?, secret, basic: false });
        };
        let malformed = |reason| {
            let problem = wrong("Authorization", reason).called(OAuthError::InvalidClient);
            RefusedGrant { problem, basic: true }
        };
        if secret.is_some() {
            return Err(wrong("client_secret", "it came twice, in the header and in the form").into());
        }
        let (client_id, secret) = basic(header).ok_or_else(|| malformed("it is not a Basic header"))?;
        if named.is_some_and(|named| named != client_id) {
            return Err(malformed("it names another client than client_id"));
        }
        Ok(Self { client_id, secret: Some(secret), basic: true })
    }
}

/// Client id and secret of a Basic header; both are form-encoded inside it (RFC 6749, section 2.3.1).
fn basic(header: &str) -> Option<(String, Secret)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let decoded = STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("Basic"))?;
    let (id, secret) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    let decode =
        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8().ok().map(|text| text.into_owned());
    Some((decode(id)?, Secret::new(decode(secret)?)))
}

/// Whom a code or refresh token was issued to, as the store has it beside the payload.
#[derive(Clone, Copy, Debug)]
pub struct IssuedTo<'a> {
    /// The client's id.
    pub client: &'a str,
    /// The policy's id.
    pub policy: &'a str,
}

impl IssuedTo<'_> {
    /// Checks that this client asks, at this policy's endpoint.
    fn check(&self, asking: &IssuedTo<'_>) -> Result<(), Problem> {
        if self.client != asking.client {
            return Err(Code::GrantOfOtherClient.into());
        }
        if !self.policy.eq_ignore_ascii_case(asking.policy) {
            return Err(Problem::from(Code::GrantOfOtherPolicy)
                .with("actual", self.policy)
                .with("expected", asking.policy));
        }
        Ok(())
    }
}

/// What an authorization code stands for, beside whom it was issued to.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct CodeGrant {
    /// Where the code was sent to.
    pub redirect_uri: String,
    /// Whether the authorization request said so itself.
    pub redirect_uri_sent: bool,
    /// Who may redeem it.
    pub challenge: Option<Challenge>,
    /// To be repeated in the tokens.
    pub nonce: Option<String>,
    /// What was granted.
    pub granted: Granted,
    /// Who it is.
    pub identity: Identity,
    /// What a journey that refreshes needs; opaque here.
    pub kept: Value,
}

impl CodeGrant {
    /// What the code of that request stands for, once a journey has found out who it is.
    pub fn new(request: &AuthorizationRequest, identity: Identity, kept: Value) -> Self {
        Self {
            redirect_uri: request.return_to.redirect_uri().as_str().to_owned(),
            redirect_uri_sent: request.redirect_uri_sent,
            challenge: request.challenge.clone(),
            nonce: request.nonce.clone(),
            granted: request.granted.clone(),
            identity,
            kept,
        }
    }

    /// Checks that the code is redeemed by whom and as it was asked for; returns what to give out.
    pub fn redeem(
        &self,
        issued_to: IssuedTo<'_>,
        asking: IssuedTo<'_>,
        request: &TokenRequest,
    ) -> Result<Granted, Problem> {
        let GrantRequest::Code { redirect_uri, verifier, .. } = &request.grant else {
            return Err(Code::GrantUnusable.into());
        };
        issued_to.check(&asking)?;
        match redirect_uri {
            Some(sent) if *sent != self.redirect_uri => {
                return Err(wrong("redirect_uri", "it is not the one that the code was asked for with")
                    .called(OAuthError::InvalidGrant));
            }
            Some(_) => {}
            // A challenge does the same better: only who asked for the code can redeem it.
            None if self.redirect_uri_sent && self.challenge.is_none() => {
                return Err(Problem::from(Code::ParameterMissing).with("name", "redirect_uri"));
            }
            None => {}
        }
        Challenge::check(self.challenge.as_ref(), verifier.as_ref().map(Secret::expose))?;
        self.granted.narrowed(request.scope.as_deref())
    }
}

/// How long refreshing goes on, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshLives {
    /// Of one token.
    pub token: u32,
    /// Of all that come from one sign-in together; absent: no end.
    pub window: Option<u32>,
}

impl RefreshLives {
    /// When refreshing ends for a sign-in now.
    fn window_ends_at(&self, client: &Client, now: Timestamp) -> Option<Timestamp> {
        match client.kind {
            ClientKind::SinglePage => Some(now + SINGLE_PAGE_WINDOW),
            _ => self.window.map(|seconds| now + SignedDuration::from_secs(seconds.into())),
        }
    }
}

/// What a refresh token stands for, beside whom it was issued to.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct RefreshGrant {
    /// Refreshing does not go on beyond then.
    pub window_ends_at: Option<Timestamp>,
    /// To be repeated in the tokens.
    pub nonce: Option<String>,
    /// What was granted.
    pub granted: Granted,
    /// Who it is, as of the last time that a journey found out.
    pub identity: Identity,
    /// What a journey that refreshes needs; opaque here.
    pub kept: Value,
}

impl RefreshGrant {
    /// What the first refresh token of a sign-in stands for; `None` if refreshing was not granted.
    pub fn first(code: &CodeGrant, client: &Client, lives: RefreshLives, now: Timestamp) -> Option<Self> {
        code.granted.offline.then(|| Self {
            window_ends_at: lives.window_ends_at(client, now),
            nonce: code.nonce.clone(),
            granted: code.granted.clone(),
            identity: code.identity.clone(),
            kept: code.kept.clone(),
        })
    }

    /// Checks that the token is used by whom it was issued to, within its window; returns what to give out.
    pub fn redeem(
        &self,
        issued_to: IssuedTo<'_>,
        asking: IssuedTo<'_>,
        request: &TokenRequest,
        now: Timestamp,
    ) -> Result<Granted, Problem> {
        issued_to.check(&asking)?;
        if self.window_ends_at.is_some_and(|end| end <= now) {
            return Err(Code::GrantExpired.into());
        }
        self.granted.narrowed(request.scope.as_deref())
    }

    /// When a token that is issued now for this grant ends.
    pub fn expires_at(&self, lives: RefreshLives, now: Timestamp) -> Timestamp {
        let own = now + SignedDuration::from_secs(lives.token.into());
        self.window_ends_at.map_or(own, |end| own.min(end))
    }
}

impl fmt::Debug for CodeGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeGrant").field("granted", &self.granted).finish_non_exhaustive()
    }
}

impl fmt::Debug for RefreshGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshGrant").field("granted", &self.granted).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
