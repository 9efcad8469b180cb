//! Who calls: the account with its auth token, or one of its API keys.

use std::sync::Arc;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{config::TwilioAccount, credentials::is_basic, shared::Shared, twilio::TwilioError};

/// The authenticated account.
pub(crate) struct Account {
    pub(crate) sid: String,
}

impl FromRequestParts<Arc<Shared>> for Account {
    type Rejection = TwilioError;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, TwilioError> {
        let TwilioAccount { account_sid, auth_token, api_keys } = &shared.config.twilio;
        let accepted = |key: &str, secret: &str| is_basic(&parts.headers, key, secret);
        let known = accepted(account_sid, auth_token) || api_keys.iter().any(|pair| accepted(&pair.key, &pair.secret));
        if known { Ok(Self { sid: account_sid.clone() }) } else { Err(TwilioError::unauthenticated()) }
    }
}
