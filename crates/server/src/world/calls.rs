//! REST calls: what a policy asks for, with the values of its keys put in.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use journeyman_claims::Name;
use journeyman_engine::effect::{HttpAuthentication, HttpCall, HttpFailure, HttpMethod, HttpReply, Secret};
use journeyman_store::StoreError;
use reqwest::Method;
use url::Url;

use super::{Place, Trouble, World};
use crate::outbound::Outgoing;
use crate::policy_keys::KeyFault;

/// Why a call is not made.
enum Unmade {
    Failure(HttpFailure),
    Store(StoreError),
}

impl From<HttpFailure> for Unmade {
    fn from(failure: HttpFailure) -> Self {
        Self::Failure(failure)
    }
}

impl From<KeyFault> for Unmade {
    fn from(fault: KeyFault) -> Self {
        match fault {
            KeyFault::Store(error) => Self::Store(error),
            other => {
                tracing::error!("a call was not made: {other}");
                Self::Failure(HttpFailure::MissingKey)
            }
        }
    }
}

impl World {
    pub(super) async fn call(&self, at: &Place, call: &HttpCall) -> Result<HttpReply, Trouble> {
        match self.try_call(at, call).await {
            Ok(reply) => Ok(reply),
            Err(Unmade::Failure(failure)) => Ok(HttpReply::Failed(failure)),
            Err(Unmade::Store(error)) => Err(error.into()),
        }
    }

    async fn try_call(&self, at: &Place, call: &HttpCall) -> Result<HttpReply, Unmade> {
        let url = Url::parse(&call.url).map_err(|_| refused("its address is not one"))?;
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        for (name, text) in &call.headers {
            let name = HeaderName::try_from(name).map_err(|_| refused("a header's name cannot be sent"))?;
            headers.insert(name, value(text)?);
        }
        let mut identity = None;
        match &call.authentication {
            HttpAuthentication::ClientCertificate(key) => identity = Some(self.keys.identity(&at.tenant, key)?),
            other => {
                if let Some((name, value)) = self.credentials(at, other).await? {
                    headers.insert(name, value);
                }
            }
        }
        let method = match call.method {
            HttpMethod::Get => Method::GET,
            HttpMethod::Post => Method::POST,
        };
        let answer = self.outbound.call(Outgoing {
            method,
            url: &url,
            headers,
            body: call.body.as_ref().map(|(content_type, text)| (content_type.as_str(), text)),
            timeout: Duration::from_secs(call.timeout_seconds.into()),
            identity: identity.as_ref(),
        });
        let answer = answer.await?;
        Ok(HttpReply::Answered { status: answer.status, body: answer.body })
    }

    /// The header that says who calls.
    async fn credentials(
        &self,
        at: &Place,
        authentication: &HttpAuthentication,
    ) -> Result<Option<(HeaderName, HeaderValue)>, Unmade> {
        let key = async |name: &Name| self.keys.secret(&at.tenant, name, at.now).await;
        let bearer = |token: &Secret| value(&Secret::new(format!("Bearer {}", token.expose())));
        Ok(Some(match authentication {
            HttpAuthentication::None | HttpAuthentication::ClientCertificate(_) => return Ok(None),
            HttpAuthentication::Basic { username, password } => {
                let (username, password) = (key(username).await?, key(password).await?);
                let pair = STANDARD.encode(format!("{}:{}", username.expose(), password.expose()));
                (header::AUTHORIZATION, value(&Secret::new(format!("Basic {pair}")))?)
            }
            HttpAuthentication::BearerKey(name) => (header::AUTHORIZATION, bearer(&key(name).await?)?),
            HttpAuthentication::Bearer(token) => (header::AUTHORIZATION, bearer(token)?),
            HttpAuthentication::ApiKey { header, key: name } => {
                let header = HeaderName::try_from(header).map_err(|_| refused("a header's name cannot be sent"))?;
                (header, value(&key(name).await?)?)
            }
        }))
    }
}

fn refused(why: &str) -> HttpFailure {
    tracing::warn!("a call was refused: {why}");
    HttpFailure::Refused
}

/// A header's value, marked so that nobody logs it.
fn value(text: &Secret) -> Result<HeaderValue, HttpFailure> {
    let mut value =
        HeaderValue::from_str(text.expose()).map_err(|_| refused("a header's value holds what cannot be sent"))?;
    value.set_sensitive(true);
    Ok(value)
}
