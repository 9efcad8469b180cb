//! HTML answers and the headers that every answer of the front carries.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use journeyman_pages::{Resources, content_security_policy};
use journeyman_store::{Entropy, SystemEntropy};
use serde::Serialize;
use url::Url;

use crate::front::fault::Fault;
use crate::front::site::Site;

/// What a page may do beside showing itself.
#[derive(Debug, Default)]
pub(crate) struct Frame<'a> {
    /// Origins beside our own that its forms may end at.
    pub(crate) form_targets: Vec<String>,
    /// Origins that may embed it.
    pub(crate) ancestors: &'a [String],
    /// It has a template of its own.
    pub(crate) template: bool,
}

/// A nonce for one response.
pub(crate) fn nonce() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    SystemEntropy.fill(&mut bytes)?;
    Ok(STANDARD.encode(bytes))
}

/// An HTML document whose inline scripts and styles carry that nonce.
pub(crate) fn html(status: StatusCode, document: String, nonce: &str, frame: &Frame<'_>) -> Response {
    let targets: Vec<&str> = frame.form_targets.iter().map(String::as_str).collect();
    let ancestors: Vec<&str> = frame.ancestors.iter().map(String::as_str).collect();
    let resources = if frame.template { Resources::Template } else { Resources::None };
    let policy = content_security_policy(nonce, &targets, &ancestors, resources);
    let mut response = (status, Body::from(document)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    if ancestors.is_empty() {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    response
}

/// JSON that is nobody else's business.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    (status, axum::Json(body)).into_response()
}

/// On to another address; `status` is 302 towards applications, and 303 where a post becomes a get.
pub(crate) fn redirect(status: StatusCode, location: &str) -> Response {
    match HeaderValue::from_str(location) {
        Ok(location) => {
            let mut response = status.into_response();
            response.headers_mut().insert(LOCATION, location);
            response
        }
        Err(_) => Fault::internal(format_args!("a redirect to an address with control characters")).into_response(),
    }
}

/// The origin of an address as a content security policy names it; a bare scheme for native applications.
pub(crate) fn origin(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    Some(match url.origin() {
        url::Origin::Opaque(_) => format!("{}:", url.scheme()),
        tuple => tuple.ascii_serialization(),
    })
}

/// Headers of every answer. What sets its own `Cache-Control` keeps it.
pub(crate) async fn guard(State(site): State<Arc<Site>>, mut response: Response) -> Response {
    const ALWAYS: [(HeaderName, &str); 2] = [(X_CONTENT_TYPE_OPTIONS, "nosniff"), (REFERRER_POLICY, "no-referrer")];
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if site.config.public_urls.iter().all(|url| url.scheme() == "https") {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn origins_are_those_of_the_security_policy() {
        assert_eq!(origin("https://app.example:444/cb?x=1").as_deref(), Some("https://app.example:444"));
        assert_eq!(origin("com.app:/cb").as_deref(), Some("com.app:"));
        assert_eq!(origin("nonsense"), None);
    }
}
