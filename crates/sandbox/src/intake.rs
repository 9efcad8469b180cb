//! What every call to a stand-in goes through: read whole, recorded, and disturbed if a fault is set.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::{calls::Arrival, provider::Provider, shared::Shared};

/// Which stand-in a call is for.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) shared: Arc<Shared>,
    pub(crate) provider: Provider,
}

/// Records the call, then lets it in or answers the fault.
///
/// A delay comes after the work: the caller that gives up meanwhile does not know that the message was sent, which is the
/// case worth testing.
pub(crate) async fn admit(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let Gate { shared, provider } = gate;
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, provider.body_limit()).await.ok();
    let call = shared.calls().begin(Arrival {
        provider,
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        form: form_of(&parts.headers, body.as_ref()),
        json: json_of(&parts.headers, body.as_ref()),
        at: shared.now(),
    });
    let fault = shared.faults().take(provider);
    let response = match (fault.as_ref().and_then(|fault| fault.answer(provider)), body) {
        (Some(answer), _) => answer,
        (None, Some(body)) => next.run(Request::from_parts(parts, Body::from(body))).await,
        (None, None) => provider.refusal(StatusCode::PAYLOAD_TOO_LARGE, None, "The request is too large"),
    };
    if let Some(delay_ms) = fault.map(|fault| fault.delay_ms).filter(|delay| *delay > 0) {
        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
    }
    shared.calls().finish(call, response.status().as_u16());
    response
}

fn form_of(headers: &HeaderMap, body: Option<&Bytes>) -> Vec<(String, String)> {
    match body {
        Some(body) if has_type(headers, "application/x-www-form-urlencoded") => {
            url::form_urlencoded::parse(body).into_owned().collect()
        }
        _ => Vec::new(),
    }
}

fn json_of(headers: &HeaderMap, body: Option<&Bytes>) -> Option<serde_json::Value> {
    let body = body.filter(|_| has_type(headers, "application/json"))?;
    serde_json::from_slice(body).ok()
}

/// Whether the body is said to be of this type, whatever parameters follow.
pub(crate) fn has_type(headers: &HeaderMap, media_type: &str) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|value| value.trim().eq_ignore_ascii_case(media_type))
}
