//! Who is asking: the session behind a request, the token that guards forms, and the headers of every page.

use std::{collections::HashMap, convert::Infallible, sync::Arc};

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, HeaderValue, Method, header, request::Parts};
use subtle::ConstantTimeEq as _;
use url::{Url, form_urlencoded};

use crate::{
    bank::App,
    config::BankConfig,
    pages,
    problem::{Failure, Problem},
    random, routes,
    sessions::{Identity, Session},
};

/// The session of a request, if there is one, and the nonce of the page that answers it.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) session: Option<Session>,
    pub(crate) nonce: String,
}

/// A visitor who is signed in and has not been idle. Anybody else is sent to sign in before the handler runs.
pub(crate) struct Customer {
    pub(crate) session: Session,
    pub(crate) identity: Identity,
}

/// A form that was posted with the form token of its session.
pub(crate) struct Submission {
    pub(crate) session: Session,
    fields: HashMap<String, String>,
}

impl Submission {
    /// A field as typed; empty if it was not sent.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// Finds the visitor before the handler, draws the page of a failure after it, and sets the headers of every page.
pub(crate) async fn visit(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let session = match cookie(request.headers(), cookie_name(&app.config)) {
        Some(value) => app.sessions.find(value).await,
        None => Ok(None),
    };
    let (session, lost) = match session {
        Ok(session) => (session, None),
        Err(error) => (None, Some(Failure::from(error))),
    };
    let visitor = Visitor { session, nonce: random::token() };
    request.extensions_mut().insert(visitor.clone());
    let sign_in = match request.method() {
        &Method::GET => routes::sign_in_and_return(request.uri().path()),
        _ => routes::SIGN_IN.to_owned(),
    };
    let mut response = match lost {
        Some(failure) => failure.into_response(),
        None => next.run(request).await,
    };
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        response = (response.status(), pages::problem(&app, &visitor, failure, sign_in)).into_response();
    }
    protect(response.headers_mut(), &app.config, &visitor.nonce);
    response
}

fn protect(headers: &mut HeaderMap, config: &BankConfig, nonce: &str) {
    // Forms end at the engine: the step-up by its address, the others by a redirect, to which browsers apply it as well.
    let engine = config.engine_url.origin().ascii_serialization();
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src data:; base-uri 'none'; \
         form-action 'self' {engine}; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_secure(config) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

fn is_secure(config: &BankConfig) -> bool {
    config.public_url.scheme() == "https"
}

/// A name of its own: cookies are shared between the ports of a host.
fn cookie_name(config: &BankConfig) -> &'static str {
    if is_secure(config) { "__Host-journeyman_bank" } else { "journeyman_bank" }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The header that gives a browser its session.
pub(crate) fn set_cookie(config: &BankConfig, value: &str) -> [(header::HeaderName, String); 1] {
    let secure = if is_secure(config) { "; Secure" } else { "" };
    [(header::SET_COOKIE, format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}", cookie_name(config)))]
}

/// The header that takes it back.
pub(crate) fn clear_cookie(config: &BankConfig) -> [(header::HeaderName, String); 1] {
    let [(name, value)] = set_cookie(config, "");
    [(name, format!("{value}; Max-Age=0"))]
}

/// A path of the bank itself, from text that anybody may have written; the home page if it is anything else.
pub(crate) fn local_path(text: &str) -> String {
    let base = Url::parse("http://bank.invalid").expect("a constant address parses");
    match base.join(text) {
        Ok(url) if text.starts_with('/') && url.origin() == base.origin() => {
            url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
        }
        _ => routes::HOME.to_owned(),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().expect("the visitor layer is around every page"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Customer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        match visitor.session {
            Some(session) if session.active().is_some() => {
                let identity = session.identity.clone().expect("an active session has an identity");
                Ok(Self { session, identity })
            }
            Some(session) if session.identity.is_some() => Err(Failure::from(Problem::Idle).into_response()),
            _ if parts.method == Method::GET => {
                Err(Redirect::to(&routes::sign_in_and_return(parts.uri.path())).into_response())
            }
            _ => Err(Failure::from(Problem::FormRefused).into_response()),
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Submission {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, state).await;
        let session = visitor.session.ok_or(Problem::FormRefused)?;
        let body = Bytes::from_request(Request::from_parts(parts, body), state)
            .await
            .map_err(|error| Failure::because(Problem::FormRefused, error))?;
        let fields: HashMap<_, _> = form_urlencoded::parse(&body).into_owned().collect();
        let sent = fields.get("csrf").map_or("", String::as_str);
        if !bool::from(sent.as_bytes().ct_eq(session.csrf.as_bytes())) {
            return Err(Failure::because(Problem::FormRefused, "form token"));
        }
        Ok(Self { session, fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_paths_are_returned_to() {
        for (text, path) in [
            ("/send-money", "/send-money"),
            ("/payments/1?x=2", "/payments/1?x=2"),
            ("", "/"),
            ("send-money", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("https://evil.example/", "/"),
            ("javascript:alert(1)", "/"),
        ] {
            assert_eq!(local_path(text), path, "{text:?}");
        }
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("x_journeyman_bank=1; other=2"));
        headers.append(header::COOKIE, HeaderValue::from_static("journeyman_bank=3"));
        assert_eq!(cookie(&headers, "journeyman_bank"), Some("3"));
        assert_eq!(cookie(&headers, "journeyman"), None);
    }
}
