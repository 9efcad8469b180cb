//! The catalogue of what can go wrong, as the sentences that people read.
//!
//! Nothing that comes from a URL, from the engine or from a library is ever shown: an error is mapped to one of these,
//! and a correlation id joins the sentence on the screen with the line in the log and the row in the audit trail.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use uuid::Uuid;

/// Something that went wrong, as a person should hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    Cancelled,
    PasswordForgotten,
    Expired,
    Blocked,
    ProviderDown,
    HintRefused,
    TokenRefused,
    PaymentDiffers,
    DifferentUser,
    UnknownRequest,
    AlreadyDecided,
    ApprovalTooOld,
    Idle,
    FormRefused,
    NotFound,
    EngineUnavailable,
    Internal,
    Unknown,
}

struct Entry {
    problem: Problem,
    /// Stored and logged; stable.
    code: &'static str,
    status: StatusCode,
    title: &'static str,
    sentence: &'static str,
}

const fn entry(
    problem: Problem,
    code: &'static str,
    status: StatusCode,
    title: &'static str,
    sentence: &'static str,
) -> Entry {
    Entry { problem, code, status, title, sentence }
}

const CATALOGUE: &[Entry] = &[
    entry(Problem::Cancelled, "cancelled", StatusCode::OK, "You cancelled", "Nothing has been changed or paid."),
    entry(
        Problem::PasswordForgotten,
        "password-forgotten",
        StatusCode::OK,
        "You asked for a new password",
        "The password comes first. Nothing has been paid; you can go on afterwards.",
    ),
    entry(
        Problem::Expired,
        "expired",
        StatusCode::BAD_REQUEST,
        "The time ran out",
        "The time to finish ran out. Nothing has been paid; you can try again.",
    ),
    entry(
        Problem::Blocked,
        "blocked",
        StatusCode::FORBIDDEN,
        "Blocked for a while",
        "There were too many wrong attempts, so this is blocked for a while. Nothing has been paid; try again later.",
    ),
    entry(
        Problem::ProviderDown,
        "provider-down",
        StatusCode::BAD_GATEWAY,
        "The code could not be sent or checked",
        "The service that sends or checks the code does not answer at the moment. Nothing has been paid; try again in a few minutes.",
    ),
    entry(
        Problem::HintRefused,
        "hint-refused",
        StatusCode::BAD_REQUEST,
        "The payment could not be confirmed",
        "The details of the payment could not be confirmed to the sign-in service. Nothing has been paid; you can try again.",
    ),
    entry(
        Problem::TokenRefused,
        "token-refused",
        StatusCode::BAD_REQUEST,
        "The answer could not be trusted",
        "The answer of the sign-in service could not be trusted. Nothing has been changed or paid; you can try again.",
    ),
    entry(
        Problem::PaymentDiffers,
        "payment-differs",
        StatusCode::BAD_REQUEST,
        "That was another payment",
        "What was approved is not this payment. Nothing has been paid; you can try again.",
    ),
    entry(
        Problem::DifferentUser,
        "different-user",
        StatusCode::FORBIDDEN,
        "Somebody else signed in",
        "Somebody else signed in, so you have been signed out here. Nothing has been changed or paid.",
    ),
    entry(
        Problem::UnknownRequest,
        "unknown-request",
        StatusCode::BAD_REQUEST,
        "This answer is not expected",
        "This answer does not belong to anything that you started here, or it has been used already. Nothing has been changed or paid.",
    ),
    entry(
        Problem::AlreadyDecided,
        "already-decided",
        StatusCode::CONFLICT,
        "Already decided",
        "This payment is not waiting for approval any more.",
    ),
    entry(
        Problem::ApprovalTooOld,
        "approval-too-old",
        StatusCode::CONFLICT,
        "The approval is too old",
        "The approval is more than five minutes old. Nothing has been paid; approve the payment again.",
    ),
    entry(
        Problem::Idle,
        "idle",
        StatusCode::UNAUTHORIZED,
        "You have been signed out",
        "Nothing happened for five minutes, so you have been signed out to keep your account safe.",
    ),
    entry(
        Problem::FormRefused,
        "form-refused",
        StatusCode::FORBIDDEN,
        "The form could not be accepted",
        "The form was out of date or did not come from this site. Go back, reload the page and try again.",
    ),
    entry(
        Problem::NotFound,
        "not-found",
        StatusCode::NOT_FOUND,
        "There is no such page",
        "The address may be mistyped, or the page belongs to somebody else.",
    ),
    entry(
        Problem::EngineUnavailable,
        "engine-unavailable",
        StatusCode::BAD_GATEWAY,
        "The sign-in service does not answer",
        "The sign-in service does not answer at the moment. Nothing has been changed or paid; try again in a few minutes.",
    ),
    entry(
        Problem::Internal,
        "internal",
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong",
        "Something went wrong on our side. Nothing has been paid; try again in a few minutes.",
    ),
    entry(
        Problem::Unknown,
        "unknown",
        StatusCode::BAD_REQUEST,
        "That did not work",
        "The sign-in service could not finish. Nothing has been changed or paid; you can try again.",
    ),
];

/// What the engine's error numbers (the digits after `AADB2C`) mean to a person here.
const ENGINE_CODES: &[(&str, Problem)] = &[
    ("90091", Problem::Cancelled),
    ("90118", Problem::PasswordForgotten),
    ("90046", Problem::Expired),
    ("90077", Problem::Expired),
    ("90080", Problem::Expired),
    ("90208", Problem::Expired),
    ("90209", Problem::HintRefused),
    ("90210", Problem::HintRefused),
    ("90232", Problem::HintRefused),
    ("90233", Problem::HintRefused),
    ("90234", Problem::HintRefused),
    // A step of the policy did not accept what it was asked: another person's payment, an account that may not pay.
    ("90037", Problem::HintRefused),
    ("90272", Problem::HintRefused),
    ("90111", Problem::Blocked),
    ("90114", Problem::Blocked),
    ("90119", Problem::Blocked),
    ("90151", Problem::Blocked),
    ("90157", Problem::Blocked),
    ("90075", Problem::ProviderDown),
    ("90152", Problem::ProviderDown),
    ("90229", Problem::ProviderDown),
    ("90244", Problem::ProviderDown),
    ("90261", Problem::ProviderDown),
    ("90273", Problem::ProviderDown),
    ("90289", Problem::ProviderDown),
];

impl Problem {
    fn entry(self) -> &'static Entry {
        CATALOGUE.iter().find(|entry| entry.problem == self).expect("a test keeps the catalogue complete")
    }

    /// The stable name under which the problem is stored and logged.
    pub(crate) fn code(self) -> &'static str {
        self.entry().code
    }

    /// The problem with that stable name.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        CATALOGUE.iter().find(|entry| entry.code == code).map(|entry| entry.problem)
    }

    /// The status of a page that says so.
    pub(crate) fn status(self) -> StatusCode {
        self.entry().status
    }

    /// The heading above the sentence.
    pub(crate) fn title(self) -> &'static str {
        self.entry().title
    }

    /// What a person reads.
    pub(crate) fn sentence(self) -> &'static str {
        self.entry().sentence
    }

    /// What an error answer of the engine means. `error` is the protocol's code; `description` may hold the engine's.
    pub(crate) fn from_engine(error: &str, description: &str) -> Self {
        let number = description
            .split_once("AADB2C")
            .and_then(|(_, rest)| rest.get(..5))
            .and_then(|number| ENGINE_CODES.iter().find(|(code, _)| *code == number));
        match (number, error) {
            (Some((_, problem)), _) => *problem,
            (None, "access_denied" | "user_cancelled") if !description.contains("AAD") => Self::Cancelled,
            (None, "temporarily_unavailable") => Self::ProviderDown,
            (None, "invalid_grant") => Self::Expired,
            _ => Self::Unknown,
        }
    }
}

/// A problem on its way to the person, with the id that joins screen, log and audit trail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure {
    pub(crate) problem: Problem,
    pub(crate) correlation: Uuid,
}

impl Failure {
    /// Names the failure and logs it. `cause` must hold nothing secret: no token, code, hint or form value.
    pub(crate) fn because(problem: Problem, cause: impl std::fmt::Display) -> Self {
        let correlation = Uuid::new_v4();
        if problem.status().is_server_error() {
            tracing::warn!(%correlation, problem = problem.code(), %cause, "request failed");
        } else {
            tracing::info!(%correlation, problem = problem.code(), %cause, "request refused");
        }
        Self { problem, correlation }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::because(problem, "-")
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::because(Problem::Internal, error)
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::because(Problem::Internal, error)
    }
}

impl IntoResponse for Failure {
    /// An empty answer that carries the failure; the visitor layer draws the page around it, with menu and nonce.
    fn into_response(self) -> Response {
        let mut response = self.problem.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_one_entry() {
        // Unknown is the last variant.
        assert_eq!(CATALOGUE.len(), Problem::Unknown as usize + 1);
        for (index, entry) in CATALOGUE.iter().enumerate() {
            assert_eq!(entry.problem as usize, index);
            assert_eq!(Problem::from_code(entry.code), Some(entry.problem));
        }
    }

    #[test]
    fn engine_errors_become_sentences() {
        let read = Problem::from_engine;
        assert_eq!(
            read("access_denied", "AADB2C90091: The user has cancelled…\r\nCorrelation ID: x"),
            Problem::Cancelled
        );
        assert_eq!(read("access_denied", "AADB2C90118: forgot"), Problem::PasswordForgotten);
        assert_eq!(read("access_denied", ""), Problem::Cancelled);
        assert_eq!(read("access_denied", "AAD_Custom_1: no"), Problem::Unknown);
        assert_eq!(read("server_error", "AADB2C90075: …"), Problem::ProviderDown);
        assert_eq!(read("server_error", "<script>"), Problem::Unknown);
        assert_eq!(read("server_error", "AADB2C9"), Problem::Unknown);
    }
}
