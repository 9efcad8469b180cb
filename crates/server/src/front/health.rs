//! What an operator's machines ask: is it alive, can it answer, what has it done.

use std::fmt::Write;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::front::client_address::ClientAddress;
use crate::front::fault::Fault;
use crate::front::site::Site;

/// What happened since the start.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// Answers by the first digit of their status.
    answers: [AtomicU64; 6],
    pub(crate) journeys_begun: AtomicU64,
    pub(crate) journeys_issued: AtomicU64,
    pub(crate) journeys_refused: AtomicU64,
    pub(crate) tokens_answered: AtomicU64,
}

impl Metrics {
    fn answered(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100);
        if let Some(counter) = self.answers.get(class) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// In the text format of Prometheus.
    fn to_text(&self) -> String {
        let mut text = String::from("# TYPE journeyman_http_responses_total counter\n");
        let mut line = |line: std::fmt::Arguments<'_>| writeln!(text, "{line}").expect("a string takes everything");
        for (class, counter) in self.answers.iter().enumerate().skip(1) {
            line(format_args!(
                "journeyman_http_responses_total{{class=\"{class}xx\"}} {}",
                counter.load(Ordering::Relaxed)
            ));
        }
        for (name, counter) in [
            ("journeyman_journeys_begun_total", &self.journeys_begun),
            ("journeyman_journeys_issued_total", &self.journeys_issued),
            ("journeyman_journeys_refused_total", &self.journeys_refused),
            ("journeyman_token_answers_total", &self.tokens_answered),
        ] {
            line(format_args!("# TYPE {name} counter\n{name} {}", counter.load(Ordering::Relaxed)));
        }
        text
    }
}

/// One more.
pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// Counts answers.
pub(crate) async fn layer(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    site.metrics.answered(response.status());
    response
}

/// `GET /health/live`
pub(crate) async fn live() -> &'static str {
    "alive\n"
}

/// `GET /health/ready`
pub(crate) async fn ready(State(site): State<Arc<Site>>) -> Response {
    match site.store.upkeep.ping().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response()
        }
    }
}

/// `GET /metrics`, for those on the inside.
pub(crate) async fn metrics(State(site): State<Arc<Site>>, client: ClientAddress) -> Response {
    if !is_inside(client.0) {
        return Fault::not_found("nothing_page").into_response();
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], site.metrics.to_text()).into_response()
}

fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_unspecified(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    }
}
