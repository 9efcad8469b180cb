//! What went wrong, in the two tongues of an error answer: OAuth's `error` and the `AADB2C` description.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::codes::Code;

/// Longest value that is repeated in a sentence.
const LONGEST_VALUE: usize = 200;
/// Longest sentence.
const LONGEST_MESSAGE: usize = 1_000;

/// The value of `error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of OAuth 2.0 and OpenID Connect")]
pub enum OAuthError {
    AccessDenied,
    InteractionRequired,
    InvalidClient,
    InvalidGrant,
    InvalidRequest,
    RedirectUriMismatch,
    RegistrationNotSupported,
    RequestNotSupported,
    RequestUriNotSupported,
    ServerError,
    TemporarilyUnavailable,
    UnauthorizedClient,
    UnsupportedGrantType,
    UnsupportedResponseType,
}

impl OAuthError {
    /// As it is written on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessDenied => "access_denied",
            Self::InteractionRequired => "interaction_required",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidRequest => "invalid_request",
            Self::RedirectUriMismatch => "redirect_uri_mismatch",
            Self::RegistrationNotSupported => "registration_not_supported",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
        }
    }

    /// The status of a JSON answer; 401 for a failed `Authorization` header is the caller's, who saw the header.
    pub const fn status(self) -> u16 {
        match self {
            Self::ServerError => 500,
            Self::TemporarilyUnavailable => 429,
            _ => 400,
        }
    }
}

/// An error for an application, or for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// `AADB2C90091`, `AAD_Custom_…`.
    reference: String,
    error: OAuthError,
    message: String,
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self { reference: format!("AADB2C{}", code.number()), error: code.error(), message: code.text().to_owned() }
    }
}

impl Problem {
    /// Fills a value into the sentence. What came from outside is shortened, and its control characters replaced: a
    /// line break could fake the lines that follow the sentence.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.message = self.message.replace(&format!("{{{name}}}"), &plain(value, LONGEST_VALUE));
        self
    }

    /// A number that a journey ended with, and its sentence; an empty sentence is replaced by the catalogue's. A number
    /// that the catalogue does not have is a fault of the server.
    pub fn numbered(number: u32, message: &str) -> Self {
        let known = Code::from_number(number);
        let message = match known {
            Some(code) if message.is_empty() => without_gaps(code.text()),
            _ => plain(message, LONGEST_MESSAGE),
        };
        Self {
            reference: format!("AADB2C{number:05}"),
            error: known.map_or(OAuthError::ServerError, Code::error),
            message,
        }
    }

    /// An error that a policy made itself, with an `OAuth2Error` issuer.
    pub fn custom(code: &str, message: &str) -> Self {
        Self {
            reference: format!("AAD_Custom_{}", plain(code, LONGEST_VALUE)),
            error: OAuthError::AccessDenied,
            message: plain(message, LONGEST_MESSAGE),
        }
    }

    /// The same problem under another name of OAuth's.
    pub fn called(self, error: OAuthError) -> Self {
        Self { error, ..self }
    }

    /// The value of `error`.
    pub fn error(&self) -> OAuthError {
        self.error
    }

    /// `AADB2C90091` or `AAD_Custom_…`: what people search for.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The value of `error_description`, in the format that applications of the service parse.
    pub fn description(&self, correlation_id: &str, now: Timestamp) -> String {
        let time = now.to_zoned_datetime(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        format!("{}: {}\r\nCorrelation ID: {correlation_id}\r\nTimestamp: {time}\r\n", self.reference, self.message)
    }

    /// The body of a JSON error answer.
    pub fn to_json(&self, correlation_id: &str, now: Timestamp) -> String {
        json!({ "error": self.error.as_str(), "error_description": self.description(correlation_id, now) }).to_string()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reference, self.message)
    }
}

impl std::error::Error for Problem {}

/// A sentence of the catalogue whose values nobody knows.
fn without_gaps(text: &str) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push('…');
        out.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    out
}

fn plain(text: &str, longest: usize) -> String {
    let mut out: String = text.chars().take(longest).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(longest).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{OAuthError, Problem};
    use crate::Code;

    #[test]
    fn describes_itself_as_applications_expect() {
        let now = "2026-11-24T08:09:10.5Z".parse().expect("a time");
        let problem = Problem::from(Code::Cancelled);
        assert_eq!(
            problem.description("6f1e", now),
            "AADB2C90091: The person cancelled.\r\nCorrelation ID: 6f1e\r\nTimestamp: 2026-11-24 08:09:10Z\r\n"
        );
        assert_eq!(
            problem.to_json("6f1e", now),
            r#"{"error":"access_denied","error_description":"AADB2C90091: The person cancelled.\r\nCorrelation ID: 6f1e\r\nTimestamp: 2026-11-24 08:09:10Z\r\n"}"#
        );
    }

    #[test]
    fn a_value_cannot_fake_a_line_nor_swell_the_answer() {
        let problem =
            Problem::from(Code::ClientUnknown).with("client", &format!("x\r\nTimestamp: {}", "9".repeat(999)));
        assert!(problem.message().starts_with("The client 'x  Timestamp: 999"), "{problem}");
        assert!(!problem.message().contains(['\r', '\n']));
        assert!(problem.message().chars().count() < 300);
    }

    #[test]
    fn takes_the_numbers_of_journeys() {
        let cases = [
            (
                90091,
                "Cancelled on the phone page.",
                "AADB2C90091",
                OAuthError::AccessDenied,
                "Cancelled on the phone page.",
            ),
            (90118, "", "AADB2C90118", OAuthError::AccessDenied, "The person has forgotten the password."),
            (90018, "", "AADB2C90018", OAuthError::InvalidClient, "The client '…' is not registered in this tenant."),
            (90999, "Odd.", "AADB2C90999", OAuthError::ServerError, "Odd."),
        ];
        for (number, message, reference, error, said) in cases {
            let problem = Problem::numbered(number, message);
            assert_eq!((problem.reference(), problem.error(), problem.message()), (reference, error, said));
        }
        let custom = Problem::custom("1234", "Not in your country.");
        assert_eq!(custom.to_string(), "AAD_Custom_1234: Not in your country.");
        assert_eq!(custom.error(), OAuthError::AccessDenied);
    }
}
