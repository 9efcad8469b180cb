//! Twilio's errors: an HTTP status, a code of its own, a sentence, and a page about the code.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// An error as Twilio answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TwilioError {
    status: StatusCode,
    code: u32,
    message: String,
}

impl TwilioError {
    pub(crate) fn with_status(status: StatusCode, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// A refused request.
    pub(crate) fn bad(code: u32, message: impl Into<String>) -> Self {
        Self::with_status(StatusCode::BAD_REQUEST, code, message)
    }

    /// Verify's answer to a parameter that it cannot use.
    pub(crate) fn invalid(parameter: &str) -> Self {
        Self::bad(60200, format!("Invalid parameter: {parameter}"))
    }

    pub(crate) fn unauthenticated() -> Self {
        Self::with_status(StatusCode::UNAUTHORIZED, 20003, "Authenticate")
    }

    /// `resource` is the path without its version.
    pub(crate) fn not_found(resource: &str) -> Self {
        Self::with_status(StatusCode::NOT_FOUND, 20404, format!("The requested resource {resource} was not found"))
    }

    /// What Twilio does and the sandbox does not, said out loud.
    pub(crate) fn not_in_the_sandbox(what: &str) -> Self {
        let status = StatusCode::NOT_IMPLEMENTED;
        Self::with_status(status, Self::usual_code(status), format!("The sandbox does not support {what}"))
    }

    /// The code of an error that is about HTTP alone.
    pub(crate) fn usual_code(status: StatusCode) -> u32 {
        match status {
            StatusCode::UNAUTHORIZED => 20003,
            other => 20_000 + u32::from(other.as_u16()),
        }
    }
}

impl IntoResponse for TwilioError {
    fn into_response(self) -> Response {
        let body = json!({
            "code": self.code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code),
            "status": self.status.as_u16(),
        });
        let mut response = (self.status, Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"Twilio API\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
