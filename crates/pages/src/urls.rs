//! The addresses that a page knows, below `/{tenant}/{policy}` as the browser asked for it.
//!
//! | purpose | request |
//! |---|---|
//! | submit | `POST /SelfAsserted?tx&p` |
//! | display control | `POST /SelfAsserted/DisplayControlAction/vbeta/{control}/{action}?tx&p`; actions are the policy's, and `Change` |
//! | built-in e-mail verification | `POST /SelfAsserted?tx&p`, body `request_type` = `VERIFICATION_REQUEST`, `VALIDATION_REQUEST` or `CHANGE_REQUEST`, `claim_id`, `claim_value`, `user_input` (the code) |
//! | the same from a plain form | `request_type` and `claim_id` in the query, where they win over the body; the address in the field `{claim}`, the code in `{claim}_ver_input` |
//! | go on | `GET /api/{api}/confirmed?rememberMe&csrf_token&tx&p` |
//! | provider or other exchange | `GET /api/{api}/unified?claimsexchange={id}&csrf_token&tx&p` |
//! | sign up | `GET /api/{api}/unified?local=signup&csrf_token&tx&p` |
//! | forgotten password | `GET /api/{api}/forgotPassword?csrf_token&tx&p` |
//! | give up | `GET /api/{api}/error?code=AADB2C90091&csrf_token&tx&p` |
//!
//! Scripts send the CSRF value as the header `X-CSRF-TOKEN`, plain forms as the field `csrf_token`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::page::PageContext;

/// The code that the cancel link carries.
pub const CANCEL_CODE: &str = "AADB2C90091";

const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Builds the addresses of one page.
pub(crate) struct Urls<'a> {
    context: &'a PageContext,
    api: &'static str,
}

impl<'a> Urls<'a> {
    pub(crate) fn new(context: &'a PageContext, api: &'static str) -> Self {
        Self { context, api }
    }

    pub(crate) fn submit(&self) -> String {
        self.posted("/SelfAsserted", &[])
    }

    pub(crate) fn action(&self, control: &str, action: &str) -> String {
        let path = format!("/SelfAsserted/DisplayControlAction/vbeta/{}/{}", encode(control), encode(action));
        self.posted(&path, &[])
    }

    pub(crate) fn email(&self, request_type: &str, claim: &str) -> String {
        self.posted("/SelfAsserted", &[("request_type", request_type), ("claim_id", claim)])
    }

    pub(crate) fn exchange(&self, id: &str) -> String {
        self.followed("unified", &[("claimsexchange", id)])
    }

    pub(crate) fn sign_up(&self) -> String {
        self.followed("unified", &[("local", "signup")])
    }

    pub(crate) fn forgot_password(&self) -> String {
        self.followed("forgotPassword", &[])
    }

    pub(crate) fn cancel(&self) -> String {
        self.followed("error", &[("code", CANCEL_CODE)])
    }

    /// Posts carry the CSRF value in a header or field, never in the address.
    fn posted(&self, path: &str, extra: &[(&str, &str)]) -> String {
        let context = self.context;
        let mut query = vec![("tx", context.tx.as_str()), ("p", context.policy.as_str())];
        query.extend(extra);
        format!("{}{path}?{}", context.base, encode_query(&query))
    }

    fn followed(&self, what: &str, extra: &[(&str, &str)]) -> String {
        let context = self.context;
        let mut query = extra.to_vec();
        query.extend([("csrf_token", context.csrf.as_str()), ("tx", &context.tx), ("p", &context.policy)]);
        format!("{}/api/{}/{what}?{}", context.base, self.api, encode_query(&query))
    }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

fn encode_query(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    pairs.join("&")
}
