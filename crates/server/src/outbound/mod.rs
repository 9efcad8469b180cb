//! Calls to other people's services: REST profiles, hint keys, custom page templates, mail.
//!
//! One way out for all of them: the rewrite table, then no private address unless the operator allows it, no redirects,
//! a time limit, a size limit, and a circuit breaker for each service. Nothing that a call carries is logged.

mod address;
mod breaker;
mod published;
mod route;
mod template;

use std::collections::HashMap;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use journeyman_engine::effect::{HttpFailure, Secret};
use reqwest::{Client, Identity, Method, Response, redirect};
use url::Url;

use crate::clock::Clock;
use crate::config::Config;
use crate::outbound::address::{NoAddress, PrivateAddress, Unguarded};
use crate::outbound::breaker::Breakers;
use crate::outbound::route::Routes;

pub(crate) use crate::outbound::published::{Published, PublishedKeys};
pub(crate) use crate::outbound::template::Templates;

/// Most bytes of an answer.
const LARGEST_ANSWER: usize = 1 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// No call takes longer, whatever it asks for.
const LONGEST_TIMEOUT: Duration = Duration::from_secs(30);
/// Clients with a certificate of their own that are kept.
const MOST_IDENTITIES: usize = 32;
/// Headers that belong to the connection: a policy that could set them could smuggle requests.
const OWN_HEADERS: &[HeaderName] = &[
    header::HOST,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
    header::UPGRADE,
    header::TE,
    header::TRAILER,
    header::EXPECT,
    header::PROXY_AUTHORIZATION,
];

/// Why the way out cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("outgoing calls cannot be set up")]
pub struct OutboundError(#[from] reqwest::Error);

/// One call.
pub(crate) struct Outgoing<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a Url,
    pub(crate) headers: HeaderMap,
    /// Content type and text.
    pub(crate) body: Option<(&'a str, &'a Secret)>,
    pub(crate) timeout: Duration,
    /// Private key and certificate of the caller, in PEM.
    pub(crate) identity: Option<&'a Secret>,
}

impl<'a> Outgoing<'a> {
    /// Fetches a document.
    pub(crate) fn get(url: &'a Url, timeout: Duration) -> Self {
        Self { method: Method::GET, url, headers: HeaderMap::new(), body: None, timeout, identity: None }
    }
}

/// What was answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    /// Where it came from in the end.
    pub(crate) url: Url,
}

impl Answer {
    /// Whether the service did what it was asked for.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// The way out.
#[derive(Debug)]
pub(crate) struct Outbound {
    routes: Routes,
    clients: Clients,
    breakers: Breakers,
    clock: Clock,
}

/// Connections are kept and shared: those that are guarded and those that are not, apart.
#[derive(Debug)]
struct Clients {
    guarded: Client,
    /// Absent where no call is ever unguarded: a client takes a while to set up, because it reads the roots of trust.
    unguarded: Option<Client>,
    /// By whether they are guarded, and the certificate.
    identities: Mutex<HashMap<(bool, String), Client>>,
}

impl Outbound {
    /// Sets the way out up.
    pub(crate) fn new(config: &Config, clock: Clock) -> Result<Self, OutboundError> {
        let routes = Routes::new(config);
        let clients = Clients {
            guarded: client(&routes, true, None)?,
            unguarded: routes.trust_any().then(|| client(&routes, false, None)).transpose()?,
            identities: Mutex::default(),
        };
        Ok(Self { routes, clients, breakers: Breakers::default(), clock })
    }

    /// Makes a call. What can be repeated without harm is tried twice: a GET, and whatever did not get as far as being
    /// sent.
    pub(crate) async fn call(&self, call: Outgoing<'_>) -> Result<Answer, HttpFailure> {
        let Some(route) = self.routes.route(call.url) else {
            tracing::warn!(origin = %origin(call.url), "a call was refused: it is not https, or its address is private");
            return Err(HttpFailure::Refused);
        };
        if OWN_HEADERS.iter().any(|name| call.headers.contains_key(name)) {
            tracing::warn!(origin = %origin(call.url), "a call was refused: a policy may not set this header");
            return Err(HttpFailure::Refused);
        }
        let client = self.clients.of(&self.routes, route.guarded, call.identity)?;
        // The service that the policy names: behind a rewrite several may share an address.
        let service = origin(call.url);
        let mut first = true;
        loop {
            if !self.breakers.admits(&service, self.clock.now()) {
                return Err(HttpFailure::CircuitOpen);
            }
            let sent = send(&client, &call, route.url.clone()).await;
            let worked = match &sent {
                Ok(answer) => answer.status < 500,
                // These say nothing about whether the service works.
                Err(Broken { failure: HttpFailure::Refused | HttpFailure::MissingKey, .. }) => true,
                Err(_) => false,
            };
            self.breakers.note(&service, worked, self.clock.now());
            let harmless = call.method == Method::GET || sent.as_ref().is_err_and(|broken| !broken.sent);
            if worked || !harmless || !first {
                return sent.map_err(|broken| broken.failure);
            }
            first = false;
        }
    }
}

impl Clients {
    fn of(&self, routes: &Routes, guarded: bool, identity: Option<&Secret>) -> Result<Client, HttpFailure> {
        let Some(pem) = identity else {
            return Ok(self.unguarded.as_ref().filter(|_| !guarded).unwrap_or(&self.guarded).clone());
        };
        let mut kept = self.identities.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (guarded, fingerprint(pem));
        if let Some(client) = kept.get(&key) {
            return Ok(client.clone());
        }
        let made = Identity::from_pem(pem.expose().as_bytes()).and_then(|pem| client(routes, guarded, Some(pem)));
        let client = made.map_err(|_| {
            tracing::warn!("a client certificate is not a private key with its certificate, in PEM");
            HttpFailure::MissingKey
        })?;
        if kept.len() >= MOST_IDENTITIES {
            kept.clear();
        }
        kept.insert(key, client.clone());
        Ok(client)
    }
}

fn fingerprint(secret: &Secret) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(secret.expose()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn client(routes: &Routes, guarded: bool, identity: Option<Identity>) -> Result<Client, reqwest::Error> {
    let builder = Client::builder()
        .user_agent(concat!("Journeyman/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_max_idle_per_host(8)
        .pool_idle_timeout(Duration::from_secs(60))
        // A proxy would resolve names itself, unguarded.
        .no_proxy()
        .referer(false);
    let builder = if guarded {
        builder.dns_resolver(Arc::new(routes.guard().clone()))
    } else {
        builder.dns_resolver(Arc::new(Unguarded))
    };
    match identity {
        Some(identity) => builder.identity(identity).build(),
        None => builder.build(),
    }
}

/// A call that was not answered.
struct Broken {
    failure: HttpFailure,
    /// Whether the service may have got it.
    sent: bool,
}

async fn send(client: &Client, call: &Outgoing<'_>, url: Url) -> Result<Answer, Broken> {
    let mut request = client
        .request(call.method.clone(), url.clone())
        .headers(call.headers.clone())
        .timeout(call.timeout.min(LONGEST_TIMEOUT));
    if let Some((content_type, text)) = &call.body {
        let Ok(content_type) = HeaderValue::from_str(content_type) else {
            return Err(Broken { failure: HttpFailure::Refused, sent: false });
        };
        request = request.header(header::CONTENT_TYPE, content_type).body(text.expose().to_owned());
    }
    let response = request.send().await.map_err(|error| broken(&error, &url))?;
    let status = response.status().as_u16();
    let body = read(response, &url).await?;
    Ok(Answer { status, body, url })
}

/// The body, if it is not too large.
async fn read(mut response: Response, url: &Url) -> Result<String, Broken> {
    let too_large = || {
        tracing::warn!(origin = %origin(url), "an answer is too large");
        Broken { failure: HttpFailure::Refused, sent: true }
    };
    if response.content_length().is_some_and(|length| length > LARGEST_ANSWER as u64) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error, url))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8(body).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn broken(error: &reqwest::Error, url: &Url) -> Broken {
    let failure = if caused_by::<PrivateAddress>(error) {
        HttpFailure::Refused
    } else if caused_by::<NoAddress>(error) {
        HttpFailure::Dns
    } else if error.is_timeout() {
        HttpFailure::Timeout
    } else {
        HttpFailure::Connect
    };
    // Only the origin: paths and queries may hold claims.
    tracing::warn!(origin = %origin(url), ?failure, "a service did not answer");
    Broken { failure, sent: !error.is_connect() && !error.is_builder() }
}

fn caused_by<E: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| (*error).source()).any(|error| error.is::<E>())
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests;
