//! Local stand-ins for the providers that policies call (Twilio Verify, Twilio Messages, SendGrid, Mailjet) and an inbox
//! that shows what they would have sent.
//!
//! The stand-ins are as strict as the providers: they authenticate, refuse what the provider refuses, with its codes, and
//! keep its limits, so that a policy that works here works there. They do not deliver anything. State lives in memory and
//! is bounded; time comes from the caller's clock.
//!
//! To add a provider: a variant of `Provider`, a module with its routes, a line in [`Sandbox::router`].

mod api;
mod calls;
mod code;
mod config;
mod credentials;
mod faults;
mod guard;
mod inbox;
mod intake;
mod mailjet;
mod page;
mod part;
mod plain;
mod provider;
mod sendgrid;
mod shared;
mod template;
mod twilio;

use std::sync::Arc;

use axum::{Router, middleware};

use crate::{intake::Gate, provider::Provider, shared::Shared};

pub use crate::config::{
    AdvanceClock, Clock, DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, DEMO_MAILJET_KEY, DEMO_MAILJET_SECRET, DEMO_SENDGRID_KEY,
    DEMO_SERVICE_SID, KeyPair, MailTemplate, Psd2Mismatch, SandboxConfig, Senders, TwilioAccount, VerifyLimits,
    VerifyRefusal, VerifyService,
};

/// The stand-ins, their inbox and their record. Clones share one state.
#[derive(Clone, Debug)]
pub struct Sandbox {
    shared: Arc<Shared>,
}

impl Sandbox {
    /// An empty inbox and the services of the configuration.
    pub fn new(config: SandboxConfig) -> Self {
        Self { shared: Arc::new(Shared::new(config)) }
    }

    /// Everything that the sandbox serves, to be mounted at the root of its address.
    pub fn router(&self) -> Router {
        let people = page::routes()
            .merge(api::routes())
            .layer(middleware::from_fn_with_state(self.shared.clone(), guard::same_site))
            .with_state(self.shared.clone());
        Provider::ALL.into_iter().fold(people, |router, provider| {
            let stand_in = match provider {
                Provider::TwilioVerify => twilio::verify::routes(),
                Provider::TwilioApi => twilio::messages::routes(),
                Provider::SendGrid => sendgrid::routes(),
                Provider::Mailjet => mailjet::routes(),
            };
            let gate = Gate { shared: self.shared.clone(), provider };
            let stand_in = stand_in
                .fallback(move |request| provider::unknown(provider, request))
                .method_not_allowed_fallback(move || provider::wrong_method(provider))
                .layer(middleware::from_fn_with_state(gate, intake::admit));
            router.nest_service(provider.base_path(), stand_in.with_state(self.shared.clone()))
        })
    }

    /// Ends the live updates of open inbox pages, which would hold up a server that waits for its connections to close.
    pub fn close(&self) {
        self.shared.close();
    }
}
