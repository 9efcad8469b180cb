//! Tokens: what they say, the answer of the token endpoint that carries them, and how ours are recognised again.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::authorize::ResponseType;
use crate::codes::Code;
use crate::digest::{base64url, half_hash};
use crate::jws::{Claims, Fault, VerificationKeys, audience_is, seconds};
use crate::keys::{KeyError, SigningKey};
use crate::problem::Problem;
use crate::scope::{Granted, Resource};
use crate::secret::Secret;

/// Claims that the protocol owns: a policy's claim of the same name is left out.
const OWN: &[&str] =
    &["iss", "aud", "sub", "exp", "nbf", "iat", "auth_time", "ver", "nonce", "c_hash", "at_hash", "azp", "scp"];
const LARGEST: usize = 32 * 1024;
/// By how much the clocks of two nodes may differ, in seconds.
const CLOCK_SKEW: i64 = 60;

/// What a policy's JWT issuer and the server's address determine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// See [`issuer`](crate::issuer).
    pub issuer: String,
    /// The policy's id.
    pub policy: String,
    /// The tenant's id.
    pub tenant_id: String,
    /// Whether `acr` names the policy.
    pub acr: bool,
    /// Seconds.
    pub id_token_lifetime: u32,
    /// Seconds.
    pub access_token_lifetime: u32,
    /// Numbers of the token answer are JSON numbers, not texts.
    pub json_numbers: bool,
}

/// What a journey found out about the person; kept with codes and refresh tokens.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// `sub`
    pub subject: String,
    /// The policy's claims by outgoing name, in its order.
    pub claims: Claims,
    /// When the person proved who they are.
    pub authenticated_at: Timestamp,
    /// How, for `amr`.
    pub methods: Vec<String>,
}

impl fmt::Debug for Identity {
    /// Without anything personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

/// Everything that the tokens of one answer follow from.
#[derive(Clone, Copy, Debug)]
pub struct Issuance<'a> {
    /// Signs.
    pub key: &'a SigningKey,
    /// The issuer's.
    pub terms: &'a Terms,
    /// The person's.
    pub identity: &'a Identity,
    /// Who gets the tokens.
    pub client_id: &'a str,
    /// The authorization request's.
    pub nonce: Option<&'a str>,
    /// What was granted.
    pub granted: &'a Granted,
    /// The time.
    pub now: Timestamp,
}

/// Signed tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Says who it is.
    pub id_token: Option<Secret>,
    /// Opens an API.
    pub access_token: Option<AccessToken>,
}

/// A signed access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    /// The token.
    pub token: Secret,
    /// Seconds.
    pub lifetime: u32,
    /// Client id of the API.
    pub audience: String,
}

/// A refresh token to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// The token.
    pub token: Secret,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Issuance<'_> {
    /// The tokens that a code or refresh token is exchanged for.
    pub fn back_channel(&self) -> Result<Tokens, KeyError> {
        self.tokens(self.granted.openid, self.granted.resource.as_ref(), None)
    }

    /// The tokens that the authorization endpoint gives out beside that code.
    pub fn front_channel(&self, kind: ResponseType, code: Option<&Secret>) -> Result<Tokens, KeyError> {
        self.tokens(kind.id_token, self.granted.resource.as_ref().filter(|_| kind.token), code)
    }

    fn tokens(&self, id_token: bool, resource: Option<&Resource>, code: Option<&Secret>) -> Result<Tokens, KeyError> {
        let access_token = resource.map(|resource| self.access_token(resource)).transpose()?;
        let beside = access_token.as_ref().map(|access| &access.token);
        let id_token = id_token.then(|| self.id_token(beside, code)).transpose()?;
        Ok(Tokens { id_token, access_token })
    }

    fn id_token(&self, access_token: Option<&Secret>, code: Option<&Secret>) -> Result<Secret, KeyError> {
        let mut claims = self.claims(self.client_id, self.terms.id_token_lifetime);
        for (name, hashed) in [("c_hash", code), ("at_hash", access_token)] {
            if let Some(hashed) = hashed {
                claims.insert(name.to_owned(), half_hash(hashed.expose()).into());
            }
        }
        self.key.sign(&claims)
    }

    fn access_token(&self, resource: &Resource) -> Result<AccessToken, KeyError> {
        let lifetime = self.terms.access_token_lifetime;
        let mut claims = self.claims(&resource.audience, lifetime);
        claims.insert("azp".to_owned(), self.client_id.into());
        if !resource.names.is_empty() {
            claims.insert("scp".to_owned(), resource.names.join(" ").into());
        }
        Ok(AccessToken { token: self.key.sign(&claims)?, lifetime, audience: resource.audience.clone() })
    }

    /// The claims that both kinds of token share.
    fn claims(&self, audience: &str, lifetime: u32) -> Claims {
        let (terms, identity, now) = (self.terms, self.identity, self.now.as_second());
        let mut claims = Claims::new();
        let mut add = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        add("iss", terms.issuer.as_str().into());
        add("aud", audience.into());
        add("sub", identity.subject.as_str().into());
        add("exp", (now + i64::from(lifetime)).into());
        add("nbf", now.into());
        add("iat", now.into());
        add("auth_time", identity.authenticated_at.as_second().into());
        add("ver", "1.0".into());
        if let Some(nonce) = self.nonce {
            add("nonce", nonce.into());
        }
        if terms.acr {
            add("acr", terms.policy.to_lowercase().into());
        }
        if !identity.methods.is_empty() {
            add("amr", identity.methods.clone().into());
        }
        for (name, value) in &identity.claims {
            let ours = OWN.contains(&name.as_str()) || (name == "acr" && terms.acr);
            if !ours && !value.is_null() {
                add(name, value.clone());
            }
        }
        claims
    }

    /// The answer of the token endpoint.
    pub fn answer(
        &self,
        tokens: &Tokens,
        refresh_token: Option<&RefreshToken>,
        client_info: Option<&str>,
    ) -> TokenAnswer {
        let mut answer = TokenAnswer { body: Claims::new(), json_numbers: self.terms.json_numbers };
        let now = self.now.as_second();
        if let Some(access) = &tokens.access_token {
            answer.text("access_token", access.token.expose());
        }
        if let Some(token) = &tokens.id_token {
            answer.text("id_token", token.expose());
        }
        answer.text("token_type", "Bearer");
        answer.number("not_before", now);
        if let Some(access) = &tokens.access_token {
            answer.number("expires_in", access.lifetime.into());
            answer.number("expires_on", now + i64::from(access.lifetime));
            answer.text("resource", &access.audience);
        }
        if tokens.id_token.is_some() {
            answer.number("id_token_expires_in", self.terms.id_token_lifetime.into());
            answer.text("profile_info", &self.profile_info());
        }
        answer.text("scope", &self.granted.to_scope());
        if let Some(refresh) = refresh_token {
            answer.text("refresh_token", refresh.token.expose());
            answer.number("refresh_token_expires_in", refresh.expires_at.as_second() - now);
        }
        if let Some(info) = client_info {
            answer.text("client_info", info);
        }
        answer
    }

    fn profile_info(&self) -> String {
        let claim = |name: &str| self.identity.claims.get(name).cloned().unwrap_or_default();
        let info = json!({
            "ver": "1.0", "tid": self.terms.tenant_id, "sub": self.identity.subject, "name": claim("name"),
            "preferred_username": claim("preferred_username"), "idp": claim("idp"),
        });
        base64url(info.to_string())
    }
}

/// The value of `client_info`: who it is, for the caches of client libraries. `person` is the directory's id.
pub fn client_info(person: &str, policy: &str, tenant_id: &str) -> String {
    let info = json!({ "uid": format!("{person}-{}", policy.to_lowercase()), "utid": tenant_id });
    base64url(info.to_string())
}

/// A successful answer of the token endpoint.
pub struct TokenAnswer {
    body: Claims,
    json_numbers: bool,
}

impl TokenAnswer {
    fn text(&mut self, name: &str, value: &str) {
        self.body.insert(name.to_owned(), value.into());
    }

    fn number(&mut self, name: &str, value: i64) {
        let value = if self.json_numbers { value.into() } else { value.to_string().into() };
        self.body.insert(name.to_owned(), value);
    }

    /// The body to send; it must not be stored on the way.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.body).expect("texts and numbers are always JSON")
    }
}

impl fmt::Debug for TokenAnswer {
    /// Names only: values are tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.body.keys()).finish()
    }
}

impl VerificationKeys {
    /// The claims of an ID token or access token that this engine issued. Without `audience` any will do.
    pub fn verify_issued(
        &self,
        token: &str,
        issuer: &str,
        audience: Option<&str>,
        now: Timestamp,
    ) -> Result<Claims, Problem> {
        let claims = self.verify_expired(token, issuer)?;
        if audience.is_some_and(|audience| !audience_is(&claims, &[audience])) {
            return Err(Code::TokenAudience.into());
        }
        let time = |name| seconds(&claims, name).ok().flatten().ok_or(Code::TokenMalformed);
        if time("exp")? <= now.as_second() {
            return Err(Code::TokenExpired.into());
        }
        if time("nbf")? > now.as_second() + CLOCK_SKEW {
            return Err(Code::TokenNotYetValid.into());
        }
        Ok(claims)
    }

    /// The claims of a token of ours whatever its age, to recognise who signs out.
    pub fn verify_expired(&self, token: &str, issuer: &str) -> Result<Claims, Problem> {
        if token.len() > LARGEST {
            return Err(Code::TokenMalformed.into());
        }
        let claims = self.verify(token).map_err(|fault| match fault {
            Fault::Malformed => Code::TokenMalformed,
            Fault::UnknownKey | Fault::Signature => Code::TokenSignature,
        })?;
        if claims.get("iss").and_then(Value::as_str) == Some(issuer) {
            Ok(claims)
        } else {
            Err(Code::TokenIssuer.into())
        }
    }
}

#[cfg(test)]
mod tests;
