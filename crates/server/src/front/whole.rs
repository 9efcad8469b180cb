//! Requests are carried through to their end although the browser goes away.
//!
//! A second click makes a browser drop its first request, and the server would drop the handler with it: in the middle of
//! sending a message, say. So what changes something runs in a task of its own.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use crate::front::fault::Fault;

/// Runs the rest of the request in a task. A handler that panics is an error of ours, and nobody else's.
pub(crate) async fn layer(request: Request, next: Next) -> Response {
    match tokio::spawn(next.run(request).in_current_span()).await {
        Ok(response) => response,
        Err(error) => Fault::internal(format_args!("a handler did not finish: {error}")).into_response(),
    }
}
