//! What the stand-ins accept and how they behave, chosen by whoever runs them.

use std::{collections::BTreeMap, fmt, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use url::Url;

/// Where the sandbox reads the time. Engine, bank and sandbox are given the same clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Moves the shared clock forward.
pub type AdvanceClock = Arc<dyn Fn(SignedDuration) + Send + Sync>;

/// The account that the demo's policies name. Fake, as every `DEMO_…` value is: the real providers know none of them.
pub const DEMO_ACCOUNT_SID: &str = "AC00000000000000000000000000005a4d";
/// The auth token of [`DEMO_ACCOUNT_SID`].
pub const DEMO_AUTH_TOKEN: &str = "sandbox-auth-token-not-a-secret";
/// The Verify service of the demo, with PSD2 switched on.
pub const DEMO_SERVICE_SID: &str = "VA00000000000000000000000000005a4d";
/// The SendGrid key of the demo.
pub const DEMO_SENDGRID_KEY: &str = "SG.sandbox-key-not-a-secret";
/// The Mailjet key of the demo.
pub const DEMO_MAILJET_KEY: &str = "sandbox-mailjet-key";
/// The secret of [`DEMO_MAILJET_KEY`].
pub const DEMO_MAILJET_SECRET: &str = "sandbox-mailjet-secret-not-a-secret";

/// The configuration of a [`Sandbox`](crate::Sandbox). Start from [`SandboxConfig::demo`] and change what differs.
#[derive(Clone)]
pub struct SandboxConfig {
    /// Where browsers and the engine reach the sandbox, as an origin. Answers carry addresses below it.
    pub public_url: Url,
    /// The shared clock.
    pub clock: Clock,
    /// Moves the shared clock; without it `POST /api/clock` refuses.
    pub advance_clock: Option<AdvanceClock>,
    /// Who may call the Twilio stand-ins.
    pub twilio: TwilioAccount,
    /// The key that may call the SendGrid stand-in.
    pub sendgrid_key: String,
    /// The key that may call the Mailjet stand-in.
    pub mailjet: KeyPair,
    /// Verify services that exist from the start; more can be created through the API.
    pub services: Vec<VerifyService>,
    /// Sends, checks and life of a verification.
    pub verify_limits: VerifyLimits,
    /// What a check answers whose amount or payee is not that of a pending verification.
    pub psd2_mismatch: Psd2Mismatch,
    /// Phone numbers to which Verify refuses to send, each with the error code that it answers.
    pub verify_refusals: BTreeMap<String, VerifyRefusal>,
    /// Numbers that may stand in the `From` of a text message.
    pub sms_senders: Senders,
    /// Addresses that may stand in the `From` of a mail.
    pub mail_senders: Senders,
    /// Templates of mails, by the id that a request names.
    pub mail_templates: BTreeMap<String, MailTemplate>,
}

impl SandboxConfig {
    /// The demo's credentials and its one PSD2 service, any sender, the providers' own limits, a clock that stays where
    /// its owner puts it.
    pub fn demo(public_url: Url, clock: Clock) -> Self {
        Self {
            public_url,
            clock,
            advance_clock: None,
            twilio: TwilioAccount {
                account_sid: DEMO_ACCOUNT_SID.to_owned(),
                auth_token: DEMO_AUTH_TOKEN.to_owned(),
                api_keys: Vec::new(),
            },
            sendgrid_key: DEMO_SENDGRID_KEY.to_owned(),
            mailjet: KeyPair { key: DEMO_MAILJET_KEY.to_owned(), secret: DEMO_MAILJET_SECRET.to_owned() },
            services: vec![VerifyService {
                psd2_enabled: true,
                ..VerifyService::named(DEMO_SERVICE_SID, "Journeyman Bank")
            }],
            verify_limits: VerifyLimits::default(),
            psd2_mismatch: Psd2Mismatch::default(),
            verify_refusals: BTreeMap::new(),
            sms_senders: Senders::Any,
            mail_senders: Senders::Any,
            mail_templates: BTreeMap::new(),
        }
    }
}

impl fmt::Debug for SandboxConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxConfig")
            .field("public_url", &self.public_url.as_str())
            .field("twilio", &self.twilio)
            .field("mailjet", &self.mailjet)
            .field("services", &self.services)
            .finish_non_exhaustive()
    }
}

/// A Twilio account.
#[derive(Clone)]
pub struct TwilioAccount {
    /// `AC` and 32 hexadecimal digits.
    pub account_sid: String,
    /// Its auth token.
    pub auth_token: String,
    /// API keys (`SK…`) of the account, which serve instead of the account's own pair.
    pub api_keys: Vec<KeyPair>,
}

impl fmt::Debug for TwilioAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioAccount").field("account_sid", &self.account_sid).finish_non_exhaustive()
    }
}

/// A key and its secret, for basic authentication.
#[derive(Clone)]
pub struct KeyPair {
    /// The public half, sent as user name.
    pub key: String,
    /// The secret half, sent as password.
    pub secret: String,
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("key", &self.key).finish_non_exhaustive()
    }
}

/// A Verify service: whose codes are sent, and in which way.
#[derive(Clone, Debug)]
pub struct VerifyService {
    /// `VA` and 32 hexadecimal digits; a service with another id cannot be reached.
    pub sid: String,
    /// The name that messages carry.
    pub friendly_name: String,
    /// Digits of a code, 4 to 10.
    pub code_length: u8,
    /// Whether a verification must name an amount and a payee.
    pub psd2_enabled: bool,
    /// Whether the caller may choose the code.
    pub custom_code_enabled: bool,
    /// Whether messages end with a warning not to share the code.
    pub do_not_share_warning_enabled: bool,
}

impl VerifyService {
    /// A service with codes of six digits and no option switched on.
    pub fn named(sid: &str, friendly_name: &str) -> Self {
        Self {
            sid: sid.to_owned(),
            friendly_name: friendly_name.to_owned(),
            code_length: 6,
            psd2_enabled: false,
            custom_code_enabled: false,
            do_not_share_warning_enabled: false,
        }
    }
}

/// How often and how long. The defaults are the provider's.
#[derive(Clone, Copy, Debug)]
pub struct VerifyLimits {
    /// Messages to one recipient while a verification of theirs is pending.
    pub sends: u32,
    /// Wrong codes for one verification.
    pub checks: u32,
    /// Life of a verification, from its start.
    pub validity: SignedDuration,
}

impl Default for VerifyLimits {
    fn default() -> Self {
        Self { sends: 5, checks: 5, validity: SignedDuration::from_mins(10) }
    }
}

/// The provider does not document what a check with another amount or payee answers; callers must survive both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Psd2Mismatch {
    /// 404: nothing is pending for that recipient, amount and payee.
    #[default]
    NotFound,
    /// 200 with `pending`, as after a wrong code.
    Pending,
}

/// Why Verify does not send to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerifyRefusal {
    /// 60205: a landline.
    Landline,
    /// 60212: too many requests for the number at once.
    TooManyRequests,
    /// 60410: blocked by fraud guard.
    FraudGuard,
    /// 60605: the country is switched off.
    Country,
}

/// Who may send.
#[derive(Clone, Debug, Default)]
pub enum Senders {
    /// Every well-formed sender.
    #[default]
    Any,
    /// These alone.
    Only(Vec<String>),
}

impl Senders {
    pub(crate) fn allow(&self, sender: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Only(list) => list.iter().any(|known| known.eq_ignore_ascii_case(sender)),
        }
    }
}

/// A mail's template. `{{name}}` is the escaped value of that name, `{{{name}}}` the raw one, and Mailjet's
/// `{{var:name:"default"}}` is read too. Conditions and loops are not, and stay as they are.
#[derive(Clone, Debug)]
pub struct MailTemplate {
    /// The subject; without it that of the request counts.
    pub subject: Option<String>,
    /// The body.
    pub html: String,
}
