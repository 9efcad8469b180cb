//! What tests and the demo ask of the sandbox itself: messages, calls, faults, and the clock.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Query, State, rejection::JsonRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{calls::Call, faults::Fault, inbox::Message, provider::Provider, shared::Shared};

/// Seconds that the clock can move at once: ten years.
const FARTHEST_S: i64 = 10 * 366 * 24 * 60 * 60;

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/api/messages", get(messages).delete(empty))
        .route("/api/calls", get(calls))
        .route("/api/faults", post(set_fault))
        .route("/api/clock", post(advance))
}

/// What is wrong with a request, for its author.
struct ApiError(StatusCode, String);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        Self(rejection.status(), rejection.body_text())
    }
}

/// Answers hold codes and change at any moment.
fn fresh(body: Value) -> Response {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(body)).into_response()
}

#[derive(Deserialize)]
struct Recipient {
    to: Option<String>,
}

async fn messages(State(shared): State<Arc<Shared>>, Query(Recipient { to }): Query<Recipient>) -> Response {
    // A plus that was typed into the address as it is arrives as a space. No recipient begins with one.
    let to = to.map(|to| to.strip_prefix(' ').map_or(to.clone(), |number| format!("+{number}")));
    let messages: Vec<Message> = shared.inbox().to(to.as_deref()).cloned().collect();
    fresh(json!({ "messages": messages }))
}

async fn empty(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.empty_inbox();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct CalledProvider {
    provider: Option<Provider>,
}

async fn calls(State(shared): State<Arc<Shared>>, Query(wanted): Query<CalledProvider>) -> Response {
    let calls: Vec<Call> = shared.calls().of(wanted.provider);
    fresh(json!({ "calls": calls }))
}

async fn set_fault(
    State(shared): State<Arc<Shared>>,
    fault: Result<Json<Fault>, JsonRejection>,
) -> Result<Json<Fault>, ApiError> {
    let Json(fault) = fault?;
    if let Some(problem) = fault.problem() {
        return Err(ApiError(StatusCode::BAD_REQUEST, problem));
    }
    shared.faults().set(fault.clone());
    Ok(Json(fault))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_s: i64,
}

async fn advance(
    State(shared): State<Arc<Shared>>,
    request: Result<Json<Advance>, JsonRejection>,
) -> Result<Json<Value>, ApiError> {
    let Some(advance_clock) = &shared.config.advance_clock else {
        return Err(ApiError(StatusCode::FORBIDDEN, "this clock cannot be moved".to_owned()));
    };
    let Json(Advance { advance_s }) = request?;
    let step = SignedDuration::from_secs(advance_s);
    if !(0..=FARTHEST_S).contains(&advance_s) || shared.now().checked_add(step).is_err() {
        let message = format!("`advance_s` is a number of seconds from 0 to {FARTHEST_S}: clocks go forward");
        return Err(ApiError(StatusCode::BAD_REQUEST, message));
    }
    advance_clock(step);
    Ok(Json(json!({ "now": shared.now() })))
}
