//! What a start and a check ask for, read and refused as the provider does.

use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Map, Value};

use super::{service::Service, verification::Target};
use crate::{
    config::{SandboxConfig, VerifyRefusal},
    inbox::Payment,
    part::is_email,
    twilio::{Form, TwilioError, is_phone_number, is_sid},
};

/// Tags of a verification, and characters of each name and value.
const MOST_TAGS: usize = 10;
const LONGEST_TAG: usize = 128;

/// What is known of and has no effect here.
const WITHOUT_EFFECT: [&str; 3] = ["RateLimits", "ChannelConfiguration", "EnableSnaClientToken"];

/// A start that may go ahead.
pub(super) struct Start {
    pub(super) to: String,
    /// `sms` or `email`.
    pub(super) channel: &'static str,
    /// On a PSD2 service, and nowhere else.
    pub(super) payment: Option<Payment>,
    pub(super) custom_code: Option<String>,
    app_hash: Option<String>,
}

impl Start {
    pub(super) fn read(form: &Form, service: &Service, config: &SandboxConfig) -> Result<Self, TwilioError> {
        let to = form.get("To").ok_or_else(|| TwilioError::invalid("To"))?;
        let channel = channel(form, service.settings.psd2_enabled)?;
        let valid = if channel == "email" { is_email(to) } else { is_phone_number(to) };
        if !valid {
            return Err(TwilioError::invalid("To"));
        }
        if let Some(refusal) = config.verify_refusals.get(to) {
            return Err(refused(*refusal));
        }
        let start = Self {
            to: to.to_owned(),
            channel,
            payment: payment(form, service)?,
            custom_code: custom_code(form, service)?,
            app_hash: form.get("AppHash").map(str::to_owned),
        };
        if start.app_hash.is_some() && channel != "sms" {
            return Err(TwilioError::bad(60602, "App hash is only supported for the SMS channel"));
        }
        check_options(form)?;
        Ok(start)
    }

    /// The message: in our own words, with the code first.
    ///
    /// Amount and payee are there as they came, apart from characters that could make the rest of the message look like
    /// another one: line breaks and marks that turn the direction of writing.
    pub(super) fn text(&self, code: &str, service: &Service, validity: SignedDuration) -> String {
        let name = &service.settings.friendly_name;
        let minutes = validity.as_mins();
        let mut text = match &self.payment {
            Some(Payment { amount, payee }) => format!(
                "{code} is your {name} code to approve paying {} to \"{}\". Valid for {minutes} minutes. \
                 If you are not making this payment, do not use it.",
                one_line(amount),
                one_line(payee)
            ),
            None => format!("{code} is your {name} code. Valid for {minutes} minutes."),
        };
        if service.settings.do_not_share_warning_enabled && self.channel == "sms" {
            text.push_str(" Do not share it with anyone; we never ask for it.");
        }
        match &self.app_hash {
            Some(hash) => format!("<#> {text} {hash}"),
            None => text,
        }
    }
}

fn channel(form: &Form, psd2: bool) -> Result<&'static str, TwilioError> {
    match form.get("Channel") {
        Some("sms" | "auto") => Ok("sms"),
        Some("email") => Ok("email"),
        Some("call") if psd2 => Err(TwilioError::bad(60214, "Channel call is not supported for PSD2 verifications")),
        Some("sna") if psd2 => Err(TwilioError::bad(60329, "Channel sna is not supported for PSD2 verifications")),
        Some(other @ ("call" | "whatsapp" | "sna")) => {
            Err(TwilioError::not_in_the_sandbox(&format!("channel {other}")))
        }
        _ => Err(TwilioError::invalid("Channel")),
    }
}

/// Amount and payee: both on a PSD2 service, without meaning on another.
fn payment(form: &Form, service: &Service) -> Result<Option<Payment>, TwilioError> {
    if !service.settings.psd2_enabled {
        return Ok(None);
    }
    match (form.get("Amount"), form.get("Payee")) {
        (Some(amount), Some(payee)) => Ok(Some(Payment { amount: amount.to_owned(), payee: payee.to_owned() })),
        _ => Err(TwilioError::bad(60206, "PSD2 services need an Amount and a Payee")),
    }
}

fn custom_code(form: &Form, service: &Service) -> Result<Option<String>, TwilioError> {
    let disabled = |what: &str| TwilioError::with_status(StatusCode::FORBIDDEN, 60204, format!("{what} not allowed"));
    if form.get("CustomFriendlyName").is_some() {
        return Err(disabled("Custom friendly name"));
    }
    match form.get("CustomCode") {
        None => Ok(None),
        Some(_) if !service.settings.custom_code_enabled => Err(disabled("Custom code")),
        Some(code) if (4..=10).contains(&code.chars().count()) => Ok(Some(code.to_owned())),
        Some(_) => Err(TwilioError::invalid("CustomCode")),
    }
}

/// Options that shape no message here, but can be wrong. Texts are in English whatever the `Locale`, as they are at the
/// provider for a language that it does not have.
fn check_options(form: &Form) -> Result<(), TwilioError> {
    if form.get("TemplateSid").is_some() {
        return Err(TwilioError::bad(60228, "Template was not found"));
    }
    if let Some(tags) = form.get("Tags") {
        let short = |text: &str| text.chars().count() <= LONGEST_TAG;
        let fits = serde_json::from_str::<Map<String, Value>>(tags).is_ok_and(|tags| {
            tags.len() <= MOST_TAGS && tags.iter().all(|(name, value)| short(name) && value.as_str().is_some_and(short))
        });
        if !fits {
            return Err(TwilioError::invalid("Tags"));
        }
    }
    for parameter in WITHOUT_EFFECT.iter().filter(|name| form.get(name).is_some()) {
        tracing::warn!(parameter, "a verification has a parameter that the sandbox accepts and does not act on");
    }
    Ok(())
}

fn refused(refusal: VerifyRefusal) -> TwilioError {
    let (status, code, message) = match refusal {
        VerifyRefusal::Landline => (StatusCode::FORBIDDEN, 60205, "SMS is not supported by landline phone number"),
        VerifyRefusal::TooManyRequests => {
            (StatusCode::TOO_MANY_REQUESTS, 60212, "Too many concurrent requests for phone number")
        }
        VerifyRefusal::FraudGuard => (StatusCode::FORBIDDEN, 60410, "The destination is blocked by fraud guard"),
        VerifyRefusal::Country => (StatusCode::FORBIDDEN, 60605, "The destination country is disabled"),
    };
    TwilioError::with_status(status, code, message)
}

fn one_line(text: &str) -> String {
    let turns_direction =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks_line = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().filter(|c| !turns_direction(*c)).map(|c| if breaks_line(c) { ' ' } else { c }).collect()
}

/// A check that may be made.
pub(super) struct Check {
    pub(super) code: String,
    pub(super) target: Target,
    pub(super) payment: Option<Payment>,
}

impl Check {
    pub(super) fn read(form: &Form, service: &Service) -> Result<Self, TwilioError> {
        let target = match (form.get("VerificationSid"), form.get("To")) {
            (Some(sid), _) if !is_sid(sid, "VE") => return Err(TwilioError::invalid("VerificationSid")),
            (Some(sid), _) => Target::Sid(sid.to_owned()),
            (None, Some(to)) if !is_phone_number(to) && !is_email(to) => return Err(TwilioError::invalid("To")),
            (None, Some(to)) => Target::Recipient(to.to_owned()),
            (None, None) => return Err(TwilioError::bad(60221, "To or VerificationSid is required")),
        };
        let code = form.get("Code").filter(|code| (4..=10).contains(&code.chars().count()));
        let code = code.ok_or_else(|| TwilioError::invalid("Code"))?.to_owned();
        Ok(Self { code, target, payment: payment(form, service)? })
    }
}
