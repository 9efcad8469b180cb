//! What a person or a program is told when a request cannot be answered.
//!
//! The message is one that a person understands; what only the operator should see goes to the log.

use std::fmt;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use journeyman_engine::texts::Language;
use journeyman_oidc::{Code, Problem};
use journeyman_pages::{Answer, ErrorPage, Link, render_error};
use journeyman_store::{Entropy, StoreError, SystemEntropy};

use crate::driver::DriveError;
use crate::front::answer::{Frame, html, nonce};
use crate::front::facts;

/// A request that cannot be answered.
#[derive(Clone, Debug)]
pub(crate) struct Fault(Box<Told>);

/// A sentence for the person.
#[derive(Clone, Debug)]
enum Words {
    /// One of ours, by its id: in whatever language the browser asks for.
    Ours(&'static str),
    /// Given as it is.
    Given(String),
    /// For whoever made the application. In other languages than its own, it stands below a sentence for the person.
    Technical(String),
}

impl Words {
    fn within(&self, language: &Language) -> &str {
        match self {
            Self::Ours(id) => language.own(id),
            Self::Technical(_) if language.tag != ENGLISH => language.own("bad_request"),
            Self::Given(text) | Self::Technical(text) => text,
        }
    }
}

/// What is told about it.
#[derive(Clone, Debug)]
struct Told {
    status: StatusCode,
    title: Words,
    message: Words,
    /// `AADB2C…`.
    code: Option<String>,
    correlation_id: String,
    /// `2026-03-01 10:20:30Z`, when known.
    timestamp: String,
    /// Where to, and the words for it.
    return_link: Option<(String, Words)>,
}

const ENGLISH: &str = "en";

/// Names a journey or a fault, for people and logs: a GUID.
pub(crate) fn correlation_id(entropy: &dyn Entropy) -> Result<String, StoreError> {
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes)?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string())
}

impl Fault {
    /// A fault of that status, in words that are not ours to translate.
    pub(crate) fn new(status: StatusCode, title: &str, message: impl Into<String>) -> Self {
        Self::told(status, Words::Given(title.to_owned()), Words::Given(message.into()))
    }

    /// A fault of that status, with the ids of heading and sentence among our own texts.
    pub(crate) fn own(status: StatusCode, title: &'static str, message: &'static str) -> Self {
        Self::told(status, Words::Ours(title), Words::Ours(message))
    }

    fn told(status: StatusCode, title: Words, message: Words) -> Self {
        Self(Box::new(Told {
            status,
            title,
            message,
            code: None,
            correlation_id: String::new(),
            timestamp: String::new(),
            return_link: None,
        }))
    }

    /// With a code to search for.
    pub(crate) fn code(mut self, code: impl Into<String>) -> Self {
        self.0.code = Some(code.into());
        self
    }

    /// Under another heading of ours.
    pub(crate) fn titled(mut self, title: &'static str) -> Self {
        self.0.title = Words::Ours(title);
        self
    }

    /// With a way on.
    pub(crate) fn leading_to(mut self, link: Link) -> Self {
        self.0.return_link = Some((link.href, Words::Given(link.text)));
        self
    }

    /// With the way to the application.
    pub(crate) fn leading_to_application(mut self, href: String) -> Self {
        self.0.return_link = Some((href, Words::Ours("to_application")));
        self
    }

    /// HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        self.0.status
    }

    /// There is nothing at that address; `message` is the id of a sentence of ours.
    pub(crate) fn not_found(message: &'static str) -> Self {
        Self::own(StatusCode::NOT_FOUND, "nothing_title", message)
    }

    /// The page that was acted on is no longer there.
    pub(crate) fn gone() -> Self {
        Self::own(StatusCode::GONE, "ended_title", "ended")
    }

    /// The journey belongs to another browser.
    pub(crate) fn other_browser() -> Self {
        Self::own(StatusCode::FORBIDDEN, "other_browser_title", "other_browser").code("AADB2C90211")
    }

    /// The browser does not keep what it is given.
    pub(crate) fn no_cookies() -> Self {
        Self::own(StatusCode::BAD_REQUEST, "no_cookies_title", "no_cookies").code("AADB2C90211")
    }

    /// A post without the CSRF value of its browser.
    pub(crate) fn forged() -> Self {
        Self::own(StatusCode::FORBIDDEN, "refused_title", "refused_forged")
    }

    /// A request that makes no sense.
    pub(crate) fn malformed() -> Self {
        Self::own(StatusCode::BAD_REQUEST, "fault_title", "fault_unreadable")
    }

    /// It is our fault; the reason goes to the log only.
    pub(crate) fn internal(reason: impl fmt::Display) -> Self {
        let correlation_id = correlation_id(&SystemEntropy).unwrap_or_default();
        tracing::error!(correlation_id, %reason, "a request failed");
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        let mut fault = Self::own(status, "fault_title", "fault_internal").code("AADB2C90037");
        fault.0.correlation_id = correlation_id;
        fault
    }

    /// A problem that the application cannot be told.
    pub(crate) fn problem(problem: &Problem, correlation_id: &str, now: Timestamp) -> Self {
        tracing::info!(correlation_id, %problem, "a request was refused");
        let status = StatusCode::from_u16(problem.error().status()).unwrap_or(StatusCode::BAD_REQUEST);
        let message = Words::Technical(problem.message().to_owned());
        let mut fault = Self::told(status, Words::Ours("cannot_start_title"), message).code(problem.reference());
        fault.0.correlation_id = correlation_id.to_owned();
        fault.0.timestamp = now.to_zoned_datetime(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        fault
    }

    /// For a page's script.
    pub(crate) fn to_answer(&self, language: &Language) -> Answer {
        Answer::Rejected { code: self.0.code.clone(), message: self.0.message.within(language).to_owned() }
    }

    /// For a program that speaks OAuth.
    pub(crate) fn to_problem(&self) -> Problem {
        if self.0.status.is_server_error() {
            Code::Internal.into()
        } else {
            Problem::numbered(Code::PolicyInvalid.number(), self.0.message.within(Language::of(ENGLISH)))
        }
    }

    fn page(&self, language: &Language) -> ErrorPage {
        let told = &*self.0;
        let link = |(href, text): &(String, Words)| Link { href: href.clone(), text: text.within(language).to_owned() };
        let detail = match &told.message {
            Words::Technical(text) if language.tag != ENGLISH => Some(text.clone()),
            _ => None,
        };
        ErrorPage {
            title: told.title.within(language).to_owned(),
            message: told.message.within(language).to_owned(),
            code: told.code.clone(),
            correlation_id: told.correlation_id.clone(),
            timestamp: told.timestamp.clone(),
            language: language.tag.to_owned(),
            return_link: told.return_link.as_ref().map(link),
            detail,
            template: None,
        }
    }

    fn respond(&self, language: &Language) -> Response {
        let Ok(nonce) = nonce() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        html(self.status(), render_error(&self.page(language), &nonce), &nonce, &Frame::default())
    }
}

impl IntoResponse for Fault {
    /// In English: what was asked for is not known here. [`translate`] knows.
    fn into_response(self) -> Response {
        let mut response = self.respond(Language::of(ENGLISH));
        response.extensions_mut().insert(self);
        response
    }
}

/// Faults in the language that the request asks for.
pub(crate) async fn translate(request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let locales = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "ui_locales");
    let language = facts::language(request.headers(), &locales.map(|(_, tags)| tags).unwrap_or_default());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Fault>() {
        Some(fault) if language.tag != ENGLISH => {
            let (mut head, _) = response.into_parts();
            let (told, body) = fault.respond(language).into_parts();
            // Headers that were added to it stay: cookies, when to try again.
            head.headers.extend(told.headers);
            Response::from_parts(head, body)
        }
        _ => response,
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::internal(Causes(&error))
    }
}

impl From<DriveError> for Fault {
    fn from(error: DriveError) -> Self {
        Self::internal(Causes(&error))
    }
}

/// An error with what caused it, on one line.
struct Causes<'a>(&'a dyn std::error::Error);

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use axum::http::header::ACCEPT_LANGUAGE;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use jiff::Timestamp;
    use journeyman_oidc::{Code, Problem};
    use tower::ServiceExt;

    use super::{Fault, Language, translate};

    async fn answered(fault: Fault, query: &str, accept: &str) -> String {
        let router = Router::new().route("/", get(|| async { Err::<(), _>(fault) })).layer(from_fn(translate));
        let request = Request::get(format!("/{query}")).header(ACCEPT_LANGUAGE, accept);
        let response = router.oneshot(request.body(Body::empty()).expect("a request")).await.expect("it answers");
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        let body = to_bytes(response.into_body(), 1 << 20).await.expect("it is short");
        String::from_utf8(body.to_vec()).expect("it is a text")
    }

    #[tokio::test]
    async fn a_fault_is_told_in_the_language_that_is_asked_for() {
        for (query, accept, language, direction) in
            [("", "fr-CH, de;q=0.5", "fr", "ltr"), ("?ui_locales=xh+ar", "fr", "ar", "rtl"), ("", "xh", "en", "ltr")]
        {
            let page = answered(Fault::gone(), query, accept).await;
            assert!(page.contains(&format!("<html lang=\"{language}\" dir=\"{direction}\">")), "{page}");
            assert!(page.contains(Language::of(language).own("ended_title")), "{page}");
        }
    }

    #[tokio::test]
    async fn what_is_for_developers_stands_below_what_is_for_the_person() {
        let problem = Problem::from(Code::PolicyInvalid);
        let fault = || Fault::problem(&problem, "id", Timestamp::UNIX_EPOCH);
        let german = answered(fault(), "", "de").await;
        assert!(german.contains(Language::of("de").own("detail_developers")), "{german}");
        assert!(german.contains("AADB2C"), "{german}");
        assert!(!answered(fault(), "", "en").await.contains("<details"));
    }
}
