//! `id_token_hint`: who signed it, for whom, when; bound to the browser that brings it, and consumed once.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journeyman_engine::effect::{HintCheck, HintReply, Secret};
use journeyman_oidc::{self as oidc, Hint, HintExpectation, HintKeys, HintRefusal};
use journeyman_store::{HintId, HintUse, Store, StoreError};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::config::HintConfig;
use crate::outbound::{Published, PublishedKeys};
use crate::policy_keys::{KeyFault, PolicyKeys};
use crate::world::Place;

/// AADB2C90210: it cannot be checked, or does not count any more.
const INVALID: u32 = 90_210;

/// Checks hints.
#[derive(Debug)]
pub(crate) struct HintChecks {
    pub(crate) config: HintConfig,
    pub(crate) published: PublishedKeys,
    pub(crate) keys: Arc<PolicyKeys>,
    pub(crate) store: Store,
}

/// What a hint is verified with.
enum Keys {
    Published(Arc<Published>),
    Shared(oidc::Secret),
}

impl HintChecks {
    /// Checks a hint, and binds it to the browser.
    ///
    /// # Errors
    ///
    /// The store does not answer.
    pub(crate) async fn verify(&self, at: &Place, check: &HintCheck) -> Result<HintReply, StoreError> {
        let Some(keys) = self.keys(at, check).await? else { return Ok(HintReply::Refused(INVALID)) };
        let hint = match self.verified(at, check, keys).await {
            Ok(hint) => hint,
            Err(refusal) => {
                tracing::info!(journey = at.journey, %refusal, "a hint was refused");
                return Ok(HintReply::Refused(refusal.code().number()));
            }
        };
        if let Some(reason) = self.unwanted(at, &hint) {
            tracing::info!(journey = at.journey, reason, "a hint was refused");
            return Ok(HintReply::Refused(INVALID));
        }
        let until = hint.expires_at.saturating_add(self.config.leeway).unwrap_or(hint.expires_at);
        let used = self.store.hints.use_hint(&id(&hint.claims, &check.token), &at.browser, until).await?;
        match used {
            HintUse::Fresh | HintUse::SameBrowser => Ok(HintReply::Accepted(hint.claims)),
            HintUse::OtherBrowser | HintUse::Consumed => {
                tracing::warn!(journey = at.journey, ?used, "a hint was refused");
                Ok(HintReply::Refused(INVALID))
            }
        }
    }

    /// Consumes a hint that a journey used. False when another journey consumed it first, or nobody ever brought it.
    ///
    /// # Errors
    ///
    /// The store does not answer.
    pub(crate) async fn consume(&self, at: &Place, token: &Secret) -> Result<bool, StoreError> {
        // The journey got its claims from `verify`, so the signature is not looked at again.
        let Some(claims) = claims_of(token.expose()) else { return Ok(false) };
        self.store.hints.consume_hint(&id(&claims, token), &at.journey).await
    }

    /// What to verify it with; `None`, with a line in the log, if that cannot be had.
    async fn keys(&self, at: &Place, check: &HintCheck) -> Result<Option<Keys>, StoreError> {
        if let Some(metadata) = &check.metadata {
            let published = self.published.of(metadata).await;
            let published = published.inspect_err(|error| tracing::warn!(%error, "the keys of a hint cannot be had"));
            return Ok(published.ok().map(Keys::Published));
        }
        let Some(name) = &check.secret_key else {
            tracing::error!("a policy names nothing to check a hint with");
            return Ok(None);
        };
        match self.keys.secret(&at.tenant, name, at.now).await {
            Ok(secret) => Ok(Some(Keys::Shared(oidc::Secret::new(secret.expose())))),
            Err(KeyFault::Store(error)) => Err(error),
            Err(error) => {
                tracing::error!(%error, "a hint cannot be checked");
                Ok(None)
            }
        }
    }

    async fn verified(&self, at: &Place, check: &HintCheck, keys: Keys) -> Result<Hint, HintRefusal> {
        let published = match keys {
            Keys::Shared(secret) => {
                return self.verified_with(at, check, HintKeys::Shared(&secret), check.issuer.as_deref());
            }
            Keys::Published(published) => published,
        };
        let verified = |published: &Published| {
            let issuer = check.issuer.as_deref().unwrap_or(&published.issuer);
            self.verified_with(at, check, HintKeys::Published(&published.keys), Some(issuer))
        };
        let first = verified(&published);
        let (Err(HintRefusal::UnknownKey), Some(metadata)) = (&first, &check.metadata) else { return first };
        // The issuer may have changed its keys since they were fetched.
        match self.published.again(metadata).await {
            Ok(newer) => verified(&newer),
            Err(error) => {
                tracing::warn!(%error, "the keys of a hint cannot be had");
                first
            }
        }
    }

    fn verified_with(
        &self,
        at: &Place,
        check: &HintCheck,
        keys: HintKeys<'_>,
        issuer: Option<&str>,
    ) -> Result<Hint, HintRefusal> {
        let own = [at.issuer.as_str(), at.client.as_str()];
        let named = check.audience.as_deref().map(|audience| [audience]);
        let expected = HintExpectation {
            issuer: issuer.ok_or(HintRefusal::Issuer)?,
            audiences: named.as_ref().map_or(&own[..], |audience| &audience[..]),
            leeway: self.config.leeway,
        };
        Hint::verify(check.token.expose(), keys, &expected, at.now)
    }

    /// Why a well signed hint is not accepted here.
    fn unwanted(&self, at: &Place, hint: &Hint) -> Option<&'static str> {
        let life = hint.expires_at.duration_since(hint.issued_at.unwrap_or(hint.not_before));
        if self.config.longest_life.is_some_and(|longest| life > longest) {
            return Some("it was signed to live longer than is allowed");
        }
        let nonce = hint.claims.get("nonce").and_then(Value::as_str);
        let other = self.config.match_nonce && nonce.is_some() && nonce != at.nonce.as_deref();
        other.then_some("its nonce is not that of the request")
    }
}

/// Names a hint: by what its issuer calls it, else by what it is.
fn id(claims: &Map<String, Value>, token: &Secret) -> HintId {
    let text = |name| claims.get(name).and_then(Value::as_str).filter(|text: &&str| !text.is_empty());
    let digest = || URL_SAFE_NO_PAD.encode(Sha256::digest(token.expose()));
    // The prefix keeps a `jti` from passing for the digest of another hint.
    let id = text("jti").map_or_else(|| format!("token:{}", digest()), |id| format!("jti:{id}"));
    HintId { issuer: text("iss").unwrap_or_default().to_owned(), id }
}

fn claims_of(token: &str) -> Option<Map<String, Value>> {
    let payload = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

#[cfg(test)]
mod tests;
