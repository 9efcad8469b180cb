//! Everything around the person: signing in and out, the profile, the password, and what to say when that went wrong.

use std::sync::Arc;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use url::Url;

use crate::{
    authorizations::{Authorization, Purpose},
    bank::App,
    database::millis,
    pages::{Page, Shell, SignedOut},
    problem::Failure,
    routes,
    sessions::Notice,
    visitor::{self, Customer, Submission, Visitor},
};

#[derive(Default, Deserialize)]
pub(super) struct SignIn {
    #[serde(default)]
    return_to: String,
}

pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    wish: Result<Query<SignIn>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(wish) = wish.unwrap_or_default();
    let return_to = visitor::local_path(&wish.return_to);
    match visitor.session {
        Some(session) if session.active().is_some() => Ok(Redirect::to(&return_to).into_response()),
        Some(session) => {
            // After a pause it must be the person, not the engine's session, who comes back.
            let was_idle = session.identity.is_some();
            let url = depart(&app, &session.key, Purpose::SignIn, return_to, was_idle).await?;
            Ok(Redirect::to(url.as_str()).into_response())
        }
        None => {
            let (cookie, session) = app.sessions.start().await?;
            let url = depart(&app, &session.key, Purpose::SignIn, return_to, false).await?;
            Ok((visitor::set_cookie(&app.config, &cookie), Redirect::to(url.as_str())).into_response())
        }
    }
}

pub(super) async fn edit_profile(
    State(app): State<Arc<App>>,
    customer: Customer,
    _: Submission,
) -> Result<Redirect, Failure> {
    let url = depart(&app, &customer.session.key, Purpose::ProfileEdit, routes::HOME.to_owned(), false).await?;
    Ok(Redirect::to(url.as_str()))
}

pub(super) async fn reset_password(
    State(app): State<Arc<App>>,
    customer: Customer,
    _: Submission,
) -> Result<Redirect, Failure> {
    let url = depart(&app, &customer.session.key, Purpose::PasswordReset, routes::HOME.to_owned(), false).await?;
    Ok(Redirect::to(url.as_str()))
}

/// Ends the session here in any case, an idle one too, then sends the browser to end the engine's.
pub(super) async fn sign_out(State(app): State<Arc<App>>, form: Submission) -> Result<Response, Failure> {
    app.sessions.end(&form.session.key).await?;
    let elsewhere = match &form.session.identity {
        Some(identity) => app.relying_party.sign_out_url(&identity.id_token).await,
        None => None,
    };
    let next = elsewhere.map_or_else(|| routes::SIGNED_OUT.to_owned(), String::from);
    Ok((visitor::clear_cookie(&app.config), Redirect::to(&next)).into_response())
}

pub(super) async fn signed_out(State(app): State<Arc<App>>, visitor: Visitor) -> Page<SignedOut> {
    Page(SignedOut { shell: Shell::new(&app, &visitor, routes::SIGNED_OUT) })
}

/// Says again what went wrong last, for as long as the session remembers.
pub(super) async fn problem(visitor: Visitor) -> Response {
    match visitor.session.and_then(|session| session.notice) {
        Some(Notice::Problem(failure)) => failure.into_response(),
        _ => Redirect::to(routes::HOME).into_response(),
    }
}

/// Prepares a visit to the engine that carries no hint, and says where it begins.
pub(super) async fn depart(
    app: &App,
    session: &str,
    purpose: Purpose,
    return_to: String,
    fresh_login: bool,
) -> Result<Url, Failure> {
    let request = app.relying_party.request(purpose, fresh_login).await?;
    let waiting = Authorization {
        purpose,
        nonce: request.nonce,
        verifier: request.verifier,
        return_to,
        step_up: None,
        created_at: millis((app.config.clock)()),
    };
    app.authorizations.put(&request.state, session, &waiting).await?;
    Ok(request.url)
}
