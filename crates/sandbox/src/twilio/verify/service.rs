//! Verify services: configured, or created through the API.

use std::collections::HashMap;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{
    config::{SandboxConfig, VerifyService},
    twilio::{Form, TwilioError, is_sid, iso_8601, new_sid},
};

/// Services that fit into the sandbox.
const MOST: usize = 100;
/// Characters of a name, and digits among them.
const LONGEST_NAME: usize = 32;
const MOST_DIGITS: usize = 4;

/// Switches that a service shows and that change nothing here.
const SHOWN_SWITCHES: [(&str, &str); 4] = [
    ("LookupEnabled", "lookup_enabled"),
    ("SkipSmsToLandlines", "skip_sms_to_landlines"),
    ("DtmfInputRequired", "dtmf_input_required"),
    ("VerifyEventSubscriptionEnabled", "verify_event_subscription_enabled"),
];

/// Texts that a service shows and that change nothing here.
const SHOWN_TEXTS: [(&str, &str); 2] = [("TtsName", "tts_name"), ("DefaultTemplateSid", "default_template_sid")];

/// A service with its times.
#[derive(Clone)]
pub(super) struct Service {
    pub(super) settings: VerifyService,
    shown: Map<String, Value>,
    created: Timestamp,
    updated: Timestamp,
}

impl Service {
    fn configured(settings: VerifyService, now: Timestamp) -> Self {
        let switches = SHOWN_SWITCHES.iter().map(|(_, field)| ((*field).to_owned(), Value::Bool(false)));
        let texts = SHOWN_TEXTS.iter().map(|(_, field)| ((*field).to_owned(), Value::Null));
        Self { settings, shown: switches.chain(texts).collect(), created: now, updated: now }
    }

    /// A new service; its name is required.
    pub(super) fn create(form: &Form, now: Timestamp) -> Result<Self, TwilioError> {
        let name = form.get("FriendlyName").ok_or_else(|| TwilioError::invalid("FriendlyName"))?;
        Self::configured(VerifyService::named(&new_sid("VA"), name), now).updated(form, now)
    }

    /// The service with what the form changes.
    pub(super) fn updated(&self, form: &Form, now: Timestamp) -> Result<Self, TwilioError> {
        let mut service = Self { updated: now, ..self.clone() };
        let settings = &mut service.settings;
        if let Some(name) = form.get("FriendlyName") {
            settings.friendly_name = checked_name(name)?.to_owned();
        }
        if let Some(length) = form.get("CodeLength") {
            let length = length.parse().ok().filter(|length| (4..=10).contains(length));
            settings.code_length = length.ok_or_else(|| TwilioError::invalid("CodeLength"))?;
        }
        let switch = |name: &str| form.switch(name).map_err(|()| TwilioError::invalid(name));
        let set = |target: &mut bool, name: &str| switch(name).map(|value| *target = value.unwrap_or(*target));
        set(&mut settings.psd2_enabled, "Psd2Enabled")?;
        set(&mut settings.custom_code_enabled, "CustomCodeEnabled")?;
        set(&mut settings.do_not_share_warning_enabled, "DoNotShareWarningEnabled")?;
        for (name, field) in SHOWN_SWITCHES {
            if let Some(value) = switch(name)? {
                service.shown.insert(field.to_owned(), Value::Bool(value));
            }
        }
        for (name, field) in SHOWN_TEXTS {
            if let Some(value) = form.get(name) {
                service.shown.insert(field.to_owned(), Value::String(value.to_owned()));
            }
        }
        Ok(service)
    }

    /// The service as the API shows it. `base` is the address of all services.
    pub(super) fn answer(&self, account: &str, base: &str) -> Value {
        let VerifyService { sid, friendly_name, code_length, .. } = &self.settings;
        let url = format!("{base}/{sid}");
        let mut body = json!({
            "sid": sid,
            "account_sid": account,
            "friendly_name": friendly_name,
            "code_length": code_length,
            "psd2_enabled": self.settings.psd2_enabled,
            "do_not_share_warning_enabled": self.settings.do_not_share_warning_enabled,
            "custom_code_enabled": self.settings.custom_code_enabled,
            "push": { "include_date": false, "apn_credential_sid": null, "fcm_credential_sid": null },
            "totp": { "issuer": friendly_name, "time_step": 30, "code_length": 6, "skew": 1 },
            "whatsapp": { "msg_service_sid": null, "from": null },
            "passkeys": {
                "relying_party": { "id": null, "name": null, "origins": null },
                "authenticator_attachment": null,
                "discoverable_credentials": null,
                "user_verification": null,
            },
            "date_created": iso_8601(self.created),
            "date_updated": iso_8601(self.updated),
            "url": url,
            "links": {
                "verification_checks": format!("{url}/VerificationCheck"),
                "verifications": format!("{url}/Verifications"),
                "rate_limits": format!("{url}/RateLimits"),
                "messaging_configurations": format!("{url}/MessagingConfigurations"),
                "entities": format!("{url}/Entities"),
                "webhooks": format!("{url}/Webhooks"),
                "access_tokens": format!("{url}/AccessTokens"),
            },
        });
        for (field, value) in &self.shown {
            body[field] = value.clone();
        }
        body
    }
}

/// Names go into messages: no links, no special characters, few digits.
fn checked_name(name: &str) -> Result<&str, TwilioError> {
    let short = name.chars().count() <= LONGEST_NAME;
    let plain = name.chars().all(|c| c.is_alphanumeric() || " -_".contains(c));
    let few_digits = name.chars().filter(|c| c.is_numeric()).count() <= MOST_DIGITS;
    if short && plain && few_digits { Ok(name) } else { Err(TwilioError::invalid("FriendlyName")) }
}

/// All services, by id.
pub(super) struct Services(HashMap<String, Service>);

impl Services {
    pub(super) fn new(config: &SandboxConfig, now: Timestamp) -> Self {
        let services = config.services.iter().cloned();
        Self(services.map(|settings| (settings.sid.clone(), Service::configured(settings, now))).collect())
    }

    /// The service of that id. An account's id in its place is the first mistake that people make.
    pub(super) fn get(&self, sid: &str) -> Result<&Service, TwilioError> {
        self.0.get(sid).filter(|_| is_sid(sid, "VA")).ok_or_else(|| {
            if is_sid(sid, "AC") {
                tracing::warn!("a Verify address names an account (AC…) where a service (VA…) belongs");
            }
            TwilioError::not_found(&format!("/Services/{sid}"))
        })
    }

    pub(super) fn add(&mut self, service: Service) -> Result<(), TwilioError> {
        if self.0.len() >= MOST {
            let message = format!("The sandbox holds at most {MOST} services");
            return Err(TwilioError::with_status(StatusCode::TOO_MANY_REQUESTS, 20429, message));
        }
        self.replace(service);
        Ok(())
    }

    pub(super) fn replace(&mut self, service: Service) {
        self.0.insert(service.settings.sid.clone(), service);
    }

    pub(super) fn remove(&mut self, sid: &str) {
        self.0.remove(sid);
    }
}
