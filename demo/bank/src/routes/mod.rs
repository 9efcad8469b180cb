//! The addresses of the bank, and who answers at each.

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use url::form_urlencoded;
use uuid::Uuid;

use crate::{
    bank::App,
    problem::{Failure, Problem},
    visitor,
};

mod account;
mod callback;
mod metadata;
mod money;
mod overview;

/// The home page.
pub(crate) const HOME: &str = "/";
/// Every claim of the current token.
pub(crate) const CLAIMS: &str = "/claims";
/// The form of a new payment.
pub(crate) const SEND_MONEY: &str = "/send-money";
/// Every payment of the customer.
pub(crate) const HISTORY: &str = "/payments";
/// Where a sign-in starts.
pub(crate) const SIGN_IN: &str = "/sign-in";
/// Where editing the profile starts.
pub(crate) const PROFILE: &str = "/profile";
/// Where a new password starts.
pub(crate) const PASSWORD: &str = "/password";
/// Ends the session here and at the engine.
pub(crate) const SIGN_OUT: &str = "/sign-out";
/// Where the engine sends people after signing out.
pub(crate) const SIGNED_OUT: &str = "/signed-out";
/// Where the engine sends people after any policy.
pub(crate) const CALLBACK: &str = "/signin-oidc";
/// What went wrong with the last visit to the engine.
pub(crate) const PROBLEM: &str = "/problem";
/// The keys of the hints.
pub(crate) const JWKS: &str = "/.well-known/jwks";

/// No form of the bank is longer.
const LARGEST_FORM: usize = 16 * 1024;

/// The page of one payment.
pub(crate) fn payment(id: Uuid) -> String {
    format!("{HISTORY}/{id}")
}

/// Signing in, and coming back to that page afterwards.
pub(crate) fn sign_in_and_return(path: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("return_to", path).finish();
    format!("{SIGN_IN}?{query}")
}

pub(crate) fn router(app: Arc<App>) -> Router {
    let pages = Router::new()
        .route(HOME, get(overview::home))
        .route(CLAIMS, get(overview::claims))
        .route(SEND_MONEY, get(money::form).post(money::send))
        .route(HISTORY, get(money::history))
        .route("/payments/{id}", get(money::show))
        .route("/payments/{id}/step-up", post(money::step_up))
        .route("/payments/{id}/confirm", post(money::confirm))
        .route("/payments/{id}/cancel", post(money::cancel))
        .route(SIGN_IN, get(account::sign_in))
        .route(PROFILE, post(account::edit_profile))
        .route(PASSWORD, post(account::reset_password))
        .route(SIGN_OUT, post(account::sign_out))
        .route(SIGNED_OUT, get(account::signed_out))
        .route(CALLBACK, get(callback::answer))
        .route(PROBLEM, get(account::problem))
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(middleware::from_fn_with_state(app.clone(), visitor::visit));
    Router::new()
        .route("/.well-known/openid-configuration", get(metadata::configuration))
        .route(JWKS, get(metadata::keys))
        .merge(pages)
        .with_state(app)
}

async fn nothing_here() -> Failure {
    Problem::NotFound.into()
}
