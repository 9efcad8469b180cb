//! The world of a journey: carries out what the interpreter asks for, one effect at a time.
//!
//! Whatever goes wrong becomes a [`Reply`]: what the policy language has words for is told apart, everything else is
//! [`Reply::Failed`], which lets nobody in. Failures are logged here, without secrets.

mod accounts;
mod calls;

use std::sync::Arc;

use jiff::Timestamp;
use journeyman_claims::transformations::keyed_digest;
use journeyman_engine::Program;
use journeyman_engine::effect::{DigestCall, Effect, Reply, Request, Secret};
use journeyman_store::{Handle, Store, StoreError};

use crate::clock::Clock;
use crate::config::{Config, Limits};
use crate::hints::HintChecks;
use crate::mail::{CodeMail, Mail, MailError};
use crate::outbound::{Outbound, OutboundError, PublishedKeys, Templates};
use crate::passwords::{Busy, Passwords};
use crate::policy_keys::PolicyKeys;
use crate::{limits, secret_rules};

/// Where a journey stands in the world: for whom an effect is carried out.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The program that the journey runs on.
    pub(crate) program: Arc<Program>,
    /// The tenant's id.
    pub(crate) tenant: String,
    /// The tenant's domain name.
    pub(crate) domain: String,
    /// The browser that the journey is bound to, by its long-lived random cookie.
    pub(crate) browser: Handle,
    /// The journey's id, as in `Start::journey`.
    pub(crate) journey: String,
    /// The journey's language.
    pub(crate) language: String,
    /// The application that asks.
    pub(crate) client: String,
    /// The engine's own issuer for this policy, as its tokens carry it: the audience that a hint is expected to have
    /// where the policy names none.
    pub(crate) issuer: String,
    /// `nonce` of the application's request.
    pub(crate) nonce: Option<String>,
    /// The time of the step.
    pub(crate) now: Timestamp,
}

/// Why effects cannot be carried out at all.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The threads that hash passwords cannot be started.
    #[error("no thread for passwords can be started")]
    Threads(#[from] std::io::Error),
    /// The HTTP client cannot be set up.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// The mail delivery cannot be set up.
    #[error(transparent)]
    Mail(#[from] MailError),
}

/// Why one effect cannot be carried out; it is logged, and the journey hears [`Reply::Failed`].
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Busy(#[from] Busy),
}

/// Carries out effects.
#[derive(Debug)]
pub(crate) struct World {
    store: Store,
    clock: Clock,
    limits: Limits,
    keys: Arc<PolicyKeys>,
    outbound: Arc<Outbound>,
    passwords: Passwords,
    hints: HintChecks,
    mail: Option<Mail>,
}

impl World {
    /// What carries out the effects of all tenants.
    ///
    /// # Errors
    ///
    /// The threads that hash passwords, the HTTP client or the mail delivery cannot be set up.
    pub(crate) fn new(config: &Config, store: Store, clock: Clock, keys: Arc<PolicyKeys>) -> Result<Self, WorldError> {
        let outbound = Arc::new(Outbound::new(config, clock.clone())?);
        let mail = config.messages.as_ref().map(|messages| Mail::new(messages, Arc::clone(&outbound)));
        let hints = HintChecks {
            config: config.hints.clone(),
            published: PublishedKeys::new(Arc::clone(&outbound), clock.clone(), config.hints.key_hosts.clone()),
            keys: Arc::clone(&keys),
            store: store.clone(),
        };
        Ok(Self {
            limits: config.limits.clone(),
            passwords: Passwords::start()?,
            mail: mail.transpose()?,
            hints,
            outbound,
            keys,
            clock,
            store,
        })
    }

    /// Custom page templates, fetched by the same way out.
    pub(crate) fn templates(&self) -> Templates {
        Templates::new(Arc::clone(&self.outbound), self.clock.clone())
    }

    /// Carries out one effect.
    pub(crate) async fn perform(&self, at: &Place, request: &Request) -> Reply {
        self.carry_out(at, &request.intent, &request.effect).await.unwrap_or_else(|trouble| {
            let source = std::error::Error::source(&trouble).map(ToString::to_string);
            tracing::error!(journey = at.journey, source, "an effect failed: {trouble}");
            Reply::Failed
        })
    }

    async fn carry_out(&self, at: &Place, intent: &str, effect: &Effect) -> Result<Reply, Trouble> {
        Ok(match effect {
            Effect::InspectSecrets(fields) => Reply::Inspected(secret_rules::inspect(at, fields)),
            Effect::Directory(call) => Reply::Directory(self.directory(at, intent, call).await?),
            Effect::CheckPassword { username, password } => {
                Reply::Password(self.check_password(at, intent, username, password).await?)
            }
            Effect::Code(call) => Reply::Code(self.store.codes.perform(intent, call, at.now).await?),
            Effect::Limit(call) => Reply::Limit(limits::perform(&self.store, &self.limits, at, intent, call).await?),
            Effect::Http(call) => Reply::Http(self.call(at, call).await?),
            Effect::Digest(call) => Reply::Digest(self.digest(at, call).await),
            Effect::VerifyHint(check) => Reply::Hint(self.hints.verify(at, check).await?),
            Effect::SendCodeMail { to, code, language } => Reply::Mail(self.send_code(at, to, code, language).await),
        })
    }

    async fn digest(&self, at: &Place, call: &DigestCall) -> Option<String> {
        match self.keys.secret(&at.tenant, &call.key, at.now).await {
            Ok(secret) => Some(keyed_digest(secret.expose(), call.salt.expose(), call.plaintext.expose())),
            Err(fault) => {
                tracing::error!(journey = at.journey, "a digest cannot be made: {fault}");
                None
            }
        }
    }

    async fn send_code(&self, at: &Place, to: &str, code: &Secret, language: &str) -> bool {
        let Some(mail) = &self.mail else {
            tracing::error!("the configuration has no `[messages]`: the built-in e-mail verification cannot send");
            return false;
        };
        mail.send(&CodeMail { to, code, tenant: &at.domain, language }).await
    }

    /// Consumes a hint that the journey used, when it issues. `token` is the hint as it came with the request. False when
    /// another journey consumed it first: then nothing may be issued.
    ///
    /// # Errors
    ///
    /// The store does not answer: then nothing may be issued either.
    pub(crate) async fn consume_hint(&self, at: &Place, token: &Secret) -> Result<bool, StoreError> {
        self.hints.consume(at, token).await
    }
}

#[cfg(test)]
mod tests;
