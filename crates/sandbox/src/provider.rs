//! The providers that are stood in for: their names, their paths, and how each says no.

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{mailjet::MailjetError, sendgrid::SendGridError, twilio::TwilioError};

/// A provider, named on the wire as its base path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Provider {
    #[serde(rename = "twilio-verify")]
    TwilioVerify,
    #[serde(rename = "twilio-api")]
    TwilioApi,
    #[serde(rename = "sendgrid")]
    SendGrid,
    #[serde(rename = "mailjet")]
    Mailjet,
}

impl Provider {
    pub(crate) const ALL: [Self; 4] = [Self::TwilioVerify, Self::TwilioApi, Self::SendGrid, Self::Mailjet];

    /// Where the provider's own paths begin.
    pub(crate) const fn base_path(self) -> &'static str {
        match self {
            Self::TwilioVerify => "/twilio-verify",
            Self::TwilioApi => "/twilio-api",
            Self::SendGrid => "/sendgrid",
            Self::Mailjet => "/mailjet",
        }
    }

    /// For people.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::TwilioVerify => "Twilio Verify",
            Self::TwilioApi => "Twilio Messages",
            Self::SendGrid => "SendGrid",
            Self::Mailjet => "Mailjet",
        }
    }

    /// Bytes that a request may have: the provider's own limit for mail.
    pub(crate) const fn body_limit(self) -> usize {
        match self {
            Self::TwilioVerify | Self::TwilioApi => 64 * 1024,
            Self::SendGrid => 30 * 1024 * 1024,
            Self::Mailjet => 15 * 1024 * 1024,
        }
    }

    /// An error in the provider's own shape. `code` is the provider's; without one, that which goes with the status.
    pub(crate) fn refusal(self, status: StatusCode, code: Option<u32>, message: &str) -> Response {
        match self {
            Self::TwilioVerify | Self::TwilioApi => {
                TwilioError::with_status(status, code.unwrap_or_else(|| TwilioError::usual_code(status)), message)
                    .into_response()
            }
            Self::SendGrid => SendGridError::new(status, message).into_response(),
            Self::Mailjet => MailjetError::whole_call(status, message).into_response(),
        }
    }
}

/// The answer to a path that the stand-in does not have.
pub(crate) async fn unknown(provider: Provider, request: Request) -> Response {
    let path = request.uri().path();
    tracing::warn!(provider = provider.title(), path, "the sandbox does not have this path");
    provider.refusal(StatusCode::NOT_FOUND, None, &format!("The requested resource {path} was not found"))
}

/// The answer to a method that the path does not have.
pub(crate) async fn wrong_method(provider: Provider) -> Response {
    provider.refusal(StatusCode::METHOD_NOT_ALLOWED, None, "Method not allowed")
}
