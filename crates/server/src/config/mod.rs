//! What an operator decides, as plain values: `serve` reads them from a file, the demo fills them in itself.
//!
//! How the file is written is the business of [`mod@file`]; what the values mean, and which of them contradict each
//! other, is [`Config::check`].

mod check;
mod file;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use jiff::SignedDuration;
use journeyman_claims::Name;
use journeyman_engine::effect::Secret;
use journeyman_oidc::Client;
use journeyman_policy::Settings;
use journeyman_store::{KEY_LENGTH, KeyRing, LimitRules};
use url::Url;

/// Clocks that differ by more are broken.
pub(crate) const LONGEST_LEEWAY: SignedDuration = SignedDuration::from_mins(5);

/// Everything that is wrong with a configuration, a line a finding.
#[derive(Debug, thiserror::Error)]
#[error("the configuration cannot be used:\n  {}", .problems.join("\n  "))]
pub struct ConfigError {
    /// What is wrong, each with the key that it is about.
    pub problems: Vec<String>,
}

/// What an operator decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// Origins that browsers and applications reach the server by; the first one is used where a request names none.
    pub public_urls: Vec<Url>,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Development mode: a home page that runs policies, recordings, plain HTTP, rewriting of outgoing calls.
    pub development: bool,
    /// Outgoing calls may be turned to a sandbox.
    pub sandbox: bool,
    /// Where everything is kept.
    pub database: Database,
    /// What secrets at rest are sealed with.
    pub key_encryption: KeyEncryption,
    /// The tenants served.
    pub tenants: Vec<TenantConfig>,
    /// The applications registered.
    pub clients: Vec<ClientConfig>,
    /// Policy keys of all tenants, by name with or without `B2C_1A_`.
    pub policy_keys: BTreeMap<Name, PolicyKey>,
    /// What becomes of a policy key that nobody configured.
    pub missing_policy_keys: MissingPolicyKeys,
    /// How attempts are limited.
    pub limits: Limits,
    /// How the built-in e-mail verification sends; absent: it cannot.
    pub messages: Option<Messages>,
    /// Where outgoing calls may go.
    pub outbound: OutboundConfig,
    /// How hints are checked.
    pub hints: HintConfig,
}

/// `[database]`.
#[derive(Clone)]
pub struct Database {
    /// `sqlite://…`, or `memory:` in tests. It may hold a password.
    pub url: String,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.url.split(':').next().unwrap_or_default();
        write!(f, "Database({scheme}:…)")
    }
}

/// The key-encryption keys: values are sealed with the current one and opened with any.
#[derive(Clone)]
pub struct KeyEncryption {
    /// Seals and opens.
    pub current: [u8; KEY_LENGTH],
    /// Only open, after a rotation.
    pub previous: Vec<[u8; KEY_LENGTH]>,
}

impl KeyEncryption {
    /// The ring that the store takes.
    pub fn ring(&self) -> KeyRing {
        KeyRing::new(&self.current, &self.previous)
    }
}

impl fmt::Debug for KeyEncryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyEncryption({} keys)", 1 + self.previous.len())
    }
}

/// `[[tenant]]`.
#[derive(Clone, Debug)]
pub struct TenantConfig {
    /// Its domain, such as `contoso.onmicrosoft.com`.
    pub name: String,
    /// Its GUID, in lower case.
    pub id: String,
    /// Folders or files of its policies.
    pub policies: Vec<PathBuf>,
    /// Which environment of the nearest `appsettings.json` fills placeholders.
    pub environment: Option<String>,
    /// Values of placeholders; they go before those of the environment.
    pub settings: Settings,
    /// Policies that are served although they use what is not run yet; a journey that reaches it shows a page that says
    /// so.
    pub allow_unsupported: Vec<Name>,
    /// Policy keys of this tenant alone; they go before those of all tenants.
    pub policy_keys: BTreeMap<Name, PolicyKey>,
}

/// `[[client]]`: an application.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// The tenant that it belongs to, by name or id.
    pub tenant: String,
    /// What people call it.
    pub name: String,
    /// What it is registered as.
    pub client: Client,
}

/// `[policy_keys]`: where the value of a policy key comes from.
#[derive(Clone, Debug)]
pub enum PolicyKey {
    /// A secret's text; for signing and encryption a private key in PEM, with its certificate if it has one.
    Value(Secret),
    /// The engine makes it, and keeps it in the store. Whether it signs, encrypts or is a secret follows from how policies
    /// refer to it.
    Generated {
        /// A successor is made after so long; absent: never.
        rotate_after: Option<SignedDuration>,
    },
}

/// What becomes of a policy key that nobody configured.
#[derive(Clone, Debug, Default)]
pub enum MissingPolicyKeys {
    /// Policies that reach it are refused.
    #[default]
    Refuse,
    /// It exists: signing and encryption keys are generated, secrets have this value. The demo serves policies of
    /// others so.
    Invent {
        /// The value of every secret.
        secret: Secret,
    },
}

/// `[limits]`.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Codes that approve what a signed hint asked for.
    pub approval: LimitRules,
    /// Any other code.
    pub verification: LimitRules,
    /// Passwords.
    pub password: LimitRules,
    /// Messages sent.
    pub message: LimitRules,
}

impl Default for Limits {
    fn default() -> Self {
        let hours = SignedDuration::from_hours;
        let minutes = SignedDuration::from_mins;
        let rules = |threshold, window, lock, absolute| LimitRules {
            threshold,
            window,
            lock,
            grow_after: 10,
            longest_lock: hours(5),
            absolute,
        };
        Self {
            approval: rules(5, hours(1), minutes(15), Some(100)),
            // Anybody can try codes for an address that they know: a lock without end would shut its owner out of the
            // password reset, which is the way out of the other lock without end.
            verification: rules(10, hours(1), minutes(10), None),
            password: rules(10, hours(24), minutes(1), Some(100)),
            message: rules(10, hours(1), minutes(30), None),
        }
    }
}

/// `[messages]`: the operator's own mail delivery.
#[derive(Clone, Debug)]
pub struct Messages {
    /// Sender's address.
    pub from: String,
    /// Sender's name.
    pub from_name: Option<String>,
    /// How it is handed over.
    pub delivery: Delivery,
}

/// How mail is handed over.
#[derive(Clone, Debug)]
pub enum Delivery {
    /// SendGrid's API.
    SendGrid {
        /// Its API key.
        api_key: Secret,
    },
    /// A mail server.
    Smtp(Smtp),
}

/// `[messages.smtp]`.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Host name; its certificate is checked against it.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is protected.
    pub security: SmtpSecurity,
    /// User name and password.
    pub credentials: Option<(String, Secret)>,
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte.
    Tls,
    /// TLS after `STARTTLS`, which must be offered.
    StartTls,
    /// None: only to a mail server on the same machine, or in development.
    None,
}

/// `[outbound]`.
#[derive(Clone, Debug, Default)]
pub struct OutboundConfig {
    /// URL prefixes and what takes their place; the longest one that fits counts.
    pub rewrite: Vec<Rewrite>,
    /// Hosts (`name` or `name:port`) that may be called whatever their address.
    pub allowed_hosts: Vec<String>,
    /// Private networks that may be called.
    pub allowed_networks: Vec<IpNet>,
}

/// One line of `[outbound.rewrite]`.
#[derive(Clone, Debug)]
pub struct Rewrite {
    /// What a URL begins with: origin and path.
    pub from: Url,
    /// What takes its place.
    pub to: Url,
}

/// `[hints]`.
#[derive(Clone, Debug)]
pub struct HintConfig {
    /// How far clocks may differ.
    pub leeway: SignedDuration,
    /// A hint that was signed to live longer is refused; absent: it may live as long as its signer says.
    pub longest_life: Option<SignedDuration>,
    /// A hint that carries a `nonce` must carry that of the request. Hints that are ID tokens of an earlier sign-in carry
    /// that of the earlier request: not for those.
    pub match_nonce: bool,
    /// Hosts that keys may come from, beside the host of the metadata.
    pub key_hosts: Vec<String>,
}

impl Default for HintConfig {
    fn default() -> Self {
        Self { leeway: SignedDuration::from_secs(30), longest_life: None, match_nonce: false, key_hosts: Vec::new() }
    }
}
