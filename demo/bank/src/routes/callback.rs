//! Where the engine sends people back: the answer is matched with the request it belongs to, once, and acted upon.

use std::sync::Arc;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;

use super::account::depart;
use crate::{
    approval::{self, CLOCK_SKEW, Expected},
    authorizations::{Authorization, Purpose},
    bank::App,
    database::time,
    problem::{Failure, Problem},
    relying_party::VerifiedToken,
    routes,
    sessions::{IDLE_LIMIT, Identity, Notice, Session},
    visitor::{self, Visitor},
};

/// The parameters of an answer; which of them are there decides what it is.
#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    #[serde(default)]
    error_description: String,
}

pub(super) async fn answer(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    answer: Result<Query<Answer>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(answer) = answer.map_err(|_| Failure::because(Problem::UnknownRequest, "malformed answer"))?;
    let session = visitor.session.ok_or(Problem::UnknownRequest)?;
    let request = app.authorizations.take(&answer.state, &session.key).await?.ok_or(Problem::UnknownRequest)?;
    let acted = match token(&app, &request, answer).await {
        Ok(token) => act(&app, &session, &request, token).await,
        Err(failure) => Err(failure),
    };
    match acted {
        Ok(response) => Ok(response),
        Err(failure) => turn_back(&app, session, request, failure).await,
    }
}

async fn token(app: &App, request: &Authorization, answer: Answer) -> Result<VerifiedToken, Failure> {
    if app.authorizations.is_late(request) {
        return Err(Failure::because(Problem::Expired, "a late answer"));
    }
    match (answer.error, answer.code) {
        (None, Some(code)) => {
            app.relying_party.redeem(request.purpose, code, request.verifier.clone(), &request.nonce).await
        }
        (error, _) => {
            let error = error.unwrap_or_default();
            Err(Failure::because(Problem::from_engine(&error, &answer.error_description), "the engine's answer"))
        }
    }
}

/// Does what the visit to the engine was for.
async fn act(app: &App, session: &Session, request: &Authorization, token: VerifiedToken) -> Result<Response, Failure> {
    let subject = token.claims.text("sub").ok_or(Problem::TokenRefused)?.to_owned();
    match (request.purpose, &session.identity) {
        // What was asked for stands in an address that the browser can change.
        (Purpose::SignIn, _) if !proved_since(&token, asked_at(request)? - IDLE_LIMIT) => {
            return Err(Problem::Idle.into());
        }
        (Purpose::SignIn, _) => {
            let identity = Identity { subject, claims: token.claims, id_token: token.signed };
            let cookie = app.sessions.sign_in(&session.key, identity).await?;
            return Ok((visitor::set_cookie(&app.config, &cookie), Redirect::to(&request.return_to)).into_response());
        }
        (Purpose::PasswordReset, None) => {
            app.sessions.notice(&session.key, Some(Notice::PasswordChanged)).await?;
            return Ok(Redirect::to(routes::HOME).into_response());
        }
        (_, None) => return Err(Problem::UnknownRequest.into()),
        (_, Some(identity)) if identity.subject != subject => return Err(Problem::DifferentUser.into()),
        (Purpose::ProfileEdit, Some(_)) => {
            app.sessions.refresh_claims(&session.key, &token.claims).await?;
            app.sessions.notice(&session.key, Some(Notice::ProfileSaved)).await?;
        }
        (Purpose::PasswordReset, Some(_)) => {
            app.sessions.notice(&session.key, Some(Notice::PasswordChanged)).await?;
        }
        (Purpose::StepUp, Some(identity)) => approve(app, identity, request, &token).await?,
    }
    // Whoever proved at the engine who they are was busy there, however long it took. A token that the engine's session
    // gave does not bring an idle session back.
    if session.active().is_some() || proved_since(&token, asked_at(request)?) {
        app.sessions.touch(&session.key).await?;
    }
    Ok(Redirect::to(&request.return_to).into_response())
}

/// Whether the token says that the person proved then or later who they are.
fn proved_since(token: &VerifiedToken, then: Timestamp) -> bool {
    token.claims.seconds("auth_time").is_some_and(|at| at >= (then - CLOCK_SKEW).as_second())
}

fn asked_at(request: &Authorization) -> Result<Timestamp, Failure> {
    Ok(time(request.created_at)?)
}

/// Approves the stored payment if the token names it in every field, and nothing else.
async fn approve(
    app: &App,
    identity: &Identity,
    request: &Authorization,
    token: &VerifiedToken,
) -> Result<(), Failure> {
    let (id, hint_id) = request.step_up.as_ref().ok_or(Problem::UnknownRequest)?;
    let payment = app.payments.find(*id, &identity.subject).await?.ok_or(Problem::UnknownRequest)?;
    let expected = Expected {
        issuer: &app.relying_party.issuer(Purpose::StepUp),
        policy: app.relying_party.policy(Purpose::StepUp),
        hint_id,
        asked_at: asked_at(request)?,
    };
    approval::judge(&token.claims, &payment, &expected, (app.config.clock)())?;
    if app.payments.approve(&payment, &token.claims).await? { Ok(()) } else { Err(Problem::AlreadyDecided.into()) }
}

/// Answers a visit that came to nothing with a page that says so and has a way on.
async fn turn_back(app: &App, session: Session, request: Authorization, failure: Failure) -> Result<Response, Failure> {
    if let (Some((payment, _)), Some(identity)) = (&request.step_up, &session.identity) {
        app.payments.refuse(*payment, &identity.subject, failure).await?;
    }
    match failure.problem {
        Problem::PasswordForgotten if request.purpose != Purpose::PasswordReset => {
            let url = depart(app, &session.key, Purpose::PasswordReset, request.return_to, false).await?;
            Ok(Redirect::to(url.as_str()).into_response())
        }
        Problem::DifferentUser => {
            app.sessions.end(&session.key).await?;
            let (cookie, fresh) = app.sessions.start().await?;
            app.sessions.notice(&fresh.key, Some(Notice::Problem(failure))).await?;
            Ok((visitor::set_cookie(&app.config, &cookie), Redirect::to(routes::PROBLEM)).into_response())
        }
        _ if request.step_up.is_some() => Ok(Redirect::to(&request.return_to).into_response()),
        _ => {
            app.sessions.notice(&session.key, Some(Notice::Problem(failure))).await?;
            Ok(Redirect::to(routes::PROBLEM).into_response())
        }
    }
}
