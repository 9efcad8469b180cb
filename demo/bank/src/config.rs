//! Everything about the bank that a deployment may choose: addresses, policies, credentials, currency and clock.
//!
//! No other file names a policy, a host or a port.

use std::{fmt, path::PathBuf, sync::Arc};

use jiff::Timestamp;
use url::Url;

/// Where the bank reads the time. The demo hands in the clock that engine, sandbox and bank share.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The four policies that the bank sends people to, by id. Letter case does not matter.
#[derive(Clone, Debug)]
pub struct Policies {
    /// Sign-up or sign-in: the only policy that begins a session at the bank.
    pub sign_up_sign_in: String,
    /// Approval of one payment.
    pub step_up: String,
    /// Editing one's own profile.
    pub profile_edit: String,
    /// A new password, also for people who forgot theirs.
    pub password_reset: String,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            sign_up_sign_in: "B2C_1A_PSD2_SUSI".to_owned(),
            step_up: "B2C_1A_PSD2_StepUp".to_owned(),
            profile_edit: "B2C_1A_PSD2_ProfileEdit".to_owned(),
            password_reset: "B2C_1A_PSD2_PasswordReset".to_owned(),
        }
    }
}

/// A certificate of one's own for signing hints, instead of the generated one.
#[derive(Clone, Debug)]
pub struct HintCertificate {
    /// PEM file with the X.509 certificate of an RSA key.
    pub certificate: PathBuf,
    /// PEM file (PKCS #8) with its private key.
    pub private_key: PathBuf,
}

/// The configuration of a [`Bank`](crate::Bank). Start from [`BankConfig::new`] and change what differs.
#[derive(Clone)]
pub struct BankConfig {
    /// Where browsers and the engine reach the bank, as an origin. Never taken from a Host header.
    pub public_url: Url,
    /// Where browsers and the bank reach the engine, as an origin.
    pub engine_url: Url,
    /// The tenant's name, for people to read.
    pub tenant_name: String,
    /// The tenant's id (a GUID), as it stands in issuer and endpoint addresses.
    pub tenant_id: String,
    /// The policies to use.
    pub policies: Policies,
    /// The client id under which the engine knows the bank.
    pub client_id: String,
    /// The client secret, presented at the token endpoint.
    pub client_secret: String,
    /// The exact `iss` of hints. `None`: the public URL without a trailing slash.
    pub hint_issuer: Option<String>,
    /// The certificate to sign hints with. `None`: one is generated and kept in the data directory.
    pub hint_certificate: Option<HintCertificate>,
    /// The directory for what the bank keeps: its database and its hint keys.
    pub data_dir: PathBuf,
    /// ISO 4217 code of the one currency the bank pays in; it has two decimals.
    pub currency: String,
    /// The clock that decides about every lifetime.
    pub clock: Clock,
    /// The sandbox's inbox, linked in the footer when set.
    pub inbox_url: Option<Url>,
}

impl BankConfig {
    /// The demo's addresses and policies, for a client and a data directory.
    pub fn new(
        tenant_id: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        data_dir: impl Into<PathBuf>,
    ) -> Self {
        Self {
            public_url: constant_url("http://127.0.0.1:4001"),
            engine_url: constant_url("http://localhost:4000"),
            tenant_name: "psd2demo.onmicrosoft.com".to_owned(),
            tenant_id: tenant_id.into(),
            policies: Policies::default(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            hint_issuer: None,
            hint_certificate: None,
            data_dir: data_dir.into(),
            currency: "GBP".to_owned(),
            clock: Arc::new(Timestamp::now),
            inbox_url: None,
        }
    }

    /// The address that the engine sends people back to after any policy; to be registered there exactly.
    pub fn redirect_uri(&self) -> String {
        self.public(crate::routes::CALLBACK)
    }

    /// The address that the engine sends people back to after signing out.
    pub fn post_logout_redirect_uri(&self) -> String {
        self.public(crate::routes::SIGNED_OUT)
    }

    /// The exact `iss` of the bank's hints and of its metadata.
    pub fn hint_issuer(&self) -> String {
        self.hint_issuer.clone().unwrap_or_else(|| self.public(""))
    }

    /// The bank's public address of `path`, which starts with a slash or is empty.
    pub(crate) fn public(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for BankConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The secret and the clock stay out; what helps to find a wrong address stays in.
        f.debug_struct("BankConfig")
            .field("public_url", &self.public_url.as_str())
            .field("engine_url", &self.engine_url.as_str())
            .field("tenant_id", &self.tenant_id)
            .field("policies", &self.policies)
            .field("client_id", &self.client_id)
            .field("data_dir", &self.data_dir)
            .finish_non_exhaustive()
    }
}

fn constant_url(url: &str) -> Url {
    Url::parse(url).expect("a constant address parses")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secret() {
        let config = BankConfig::new("tenant", "bank", "do-not-print-me", "data");
        assert!(!format!("{config:?}").contains("do-not-print-me"));
    }

    #[test]
    fn addresses_come_from_the_public_url() {
        let config = BankConfig::new("tenant", "bank", "s", "data");
        assert_eq!(config.redirect_uri(), "http://127.0.0.1:4001/signin-oidc");
        assert_eq!(config.hint_issuer(), "http://127.0.0.1:4001");
    }
}
