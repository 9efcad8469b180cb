//! What a person or a program is told when a request cannot be answered.
//!
//! The message is one that a person understands; what only the operator should see goes to the log.

use std::fmt;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use journeyman_oidc::{Code, Problem};
use journeyman_pages::{Answer, ErrorPage, Link, render_error};
use journeyman_store::{Entropy, StoreError, SystemEntropy};

use crate::driver::DriveError;
use crate::front::answer::{Frame, html, nonce};

/// A request that cannot be answered.
#[derive(Clone, Debug)]
pub(crate) struct Fault(Box<Told>);

/// What is told about it.
#[derive(Clone, Debug)]
struct Told {
    status: StatusCode,
    title: &'static str,
    message: String,
    /// `AADB2C…`.
    code: Option<String>,
    correlation_id: String,
    /// `2026-03-01 10:20:30Z`, when known.
    timestamp: String,
    return_link: Option<Link>,
}

const SOMETHING_WRONG: &str = "Something went wrong";

/// Names a journey or a fault, for people and logs: a GUID.
pub(crate) fn correlation_id(entropy: &dyn Entropy) -> Result<String, StoreError> {
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes)?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string())
}

impl Fault {
    /// A fault of that status, with a sentence for the person.
    pub(crate) fn new(status: StatusCode, title: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Told {
            status,
            title,
            message: message.into(),
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

    /// Under another heading.
    pub(crate) fn titled(mut self, title: &'static str) -> Self {
        self.0.title = title;
        self
    }

    /// With a way on.
    pub(crate) fn leading_to(mut self, link: Link) -> Self {
        self.0.return_link = Some(link);
        self
    }

    /// HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        self.0.status
    }

    /// There is nothing at that address.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is nothing here", message)
    }

    /// The page that was acted on is no longer there.
    pub(crate) fn gone() -> Self {
        let message = "This page is no longer current: it was open for too long, or what it was for is done. Go back to \
                       the application and start again.";
        Self::new(StatusCode::GONE, "This page has ended", message)
    }

    /// The journey belongs to another browser.
    pub(crate) fn other_browser() -> Self {
        let message = "This page was opened in another browser, or cookies are switched off. Go back to the application \
                       and start again in this browser.";
        Self::new(StatusCode::FORBIDDEN, "This page belongs to another browser", message).code("AADB2C90211")
    }

    /// The browser does not keep what it is given.
    pub(crate) fn no_cookies() -> Self {
        let message = "Your browser does not accept cookies from this site, and without them nobody can be signed in \
                       safely. Allow cookies, go back to the application and start again.";
        Self::new(StatusCode::BAD_REQUEST, "Cookies are switched off", message).code("AADB2C90211")
    }

    /// A post without the CSRF value of its browser.
    pub(crate) fn forged() -> Self {
        let message = "The request did not come from a page of this sign-in, or cookies are switched off. Reload the \
                       page and try again.";
        Self::new(StatusCode::FORBIDDEN, "This request was refused", message)
    }

    /// A request that makes no sense.
    pub(crate) fn malformed() -> Self {
        Self::new(StatusCode::BAD_REQUEST, SOMETHING_WRONG, "The request could not be read.")
    }

    /// It is our fault; the reason goes to the log only.
    pub(crate) fn internal(reason: impl fmt::Display) -> Self {
        let correlation_id = correlation_id(&SystemEntropy).unwrap_or_default();
        tracing::error!(correlation_id, %reason, "a request failed");
        let message = "The service cannot answer right now. Please try again in a moment.";
        let mut fault = Self::new(StatusCode::INTERNAL_SERVER_ERROR, SOMETHING_WRONG, message).code("AADB2C90037");
        fault.0.correlation_id = correlation_id;
        fault
    }

    /// A problem that the application cannot be told.
    pub(crate) fn problem(problem: &Problem, correlation_id: &str, now: Timestamp) -> Self {
        tracing::info!(correlation_id, %problem, "a request was refused");
        let status = StatusCode::from_u16(problem.error().status()).unwrap_or(StatusCode::BAD_REQUEST);
        let mut fault = Self::new(status, "This sign-in cannot start", problem.message()).code(problem.reference());
        fault.0.correlation_id = correlation_id.to_owned();
        fault.0.timestamp = now.to_zoned_datetime(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        fault
    }

    /// For a page's script.
    pub(crate) fn to_answer(&self) -> Answer {
        Answer::Rejected { code: self.0.code.clone(), message: self.0.message.clone() }
    }

    /// For a program that speaks OAuth.
    pub(crate) fn to_problem(&self) -> Problem {
        if self.0.status.is_server_error() {
            Code::Internal.into()
        } else {
            Problem::numbered(Code::PolicyInvalid.number(), &self.0.message)
        }
    }

    fn page(self) -> ErrorPage {
        let told = *self.0;
        ErrorPage {
            title: told.title.to_owned(),
            message: told.message,
            code: told.code,
            correlation_id: told.correlation_id,
            timestamp: told.timestamp,
            language: "en".to_owned(),
            return_link: told.return_link,
            detail: None,
            template: None,
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let Ok(nonce) = nonce() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        let status = self.status();
        html(status, render_error(&self.page(), &nonce), &nonce, &Frame::default())
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
