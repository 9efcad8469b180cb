//! The HTTP front of the engine: addresses as clients of B2C know them, pages, tokens, and nothing that thinks.
//!
//! Handlers read a request, hand it to the driver or to the protocol crate, and write the answer. `visitor` is where a
//! browser meets its journey, `deliver` where the application is answered.

pub(crate) mod address;
mod answer;
mod authorize;
mod browser;
mod client_address;
pub(crate) mod clients;
mod deliver;
mod development;
pub(crate) mod discovery;
mod facts;
mod fault;
mod health;
mod issuance;
mod logout;
mod refresh;
pub(crate) mod site;
mod sso;
pub(crate) mod throttle;
mod token;
mod traffic;
mod transaction;
mod visitor;
mod whole;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state, map_response_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;
use tracing::Span;

use self::fault::Fault;
pub(crate) use self::health::Metrics;
use self::site::Site;

/// Bytes of a body: a form with a hint in it.
const LARGEST_BODY: usize = 128 * 1024;
/// How long a request may take: longer than what a policy may wait for a service.
const LONGEST_REQUEST: Duration = Duration::from_secs(120);

/// Everything that is served.
pub(crate) fn router(site: Arc<Site>) -> Router {
    // Nesting makes the same routes answer in all forms in which clients write the tenant and the policy.
    let mut router = Router::new()
        .nest("/{tenant}/{policy}", policy_routes())
        .nest("/tfp/{tenant}/{policy}", policy_routes())
        .nest("/{tenant}", protocol_routes())
        .nest("/tfp/{tenant}", protocol_routes())
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics));
    if site.config.development {
        router = router.merge(development::routes());
    }
    router
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(Arc::clone(&site), throttle::layer))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn(fault::translate))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
        .layer(from_fn_with_state(Arc::clone(&site), health::layer))
        .layer(map_response_with_state(Arc::clone(&site), answer::guard))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .with_state(site)
}

/// What applications call; also served with the policy as `?p=`.
fn protocol_routes() -> Router<Arc<Site>> {
    let published = Router::new()
        .route("/v2.0/.well-known/openid-configuration", get(discovery::document))
        .route("/discovery/v2.0/keys", get(discovery::keys))
        .route("/openid/v2.0/userinfo", get(token::userinfo).post(token::userinfo));
    Router::new()
        .route("/oauth2/v2.0/authorize", get(authorize::by_get).post(authorize::by_post))
        .route("/oauth2/v2.0/token", post(token::redeem).options(token::preflight).fallback(token::post_only))
        .route("/oauth2/v2.0/logout", get(logout::by_get).post(logout::by_post))
        .route_layer(from_fn(whole::layer))
        .merge(published)
}

/// What applications and pages call below `/{tenant}/{policy}`.
fn policy_routes() -> Router<Arc<Site>> {
    let pages = Router::new()
        .route("/journey/{handle}", get(authorize::journey))
        .route("/SelfAsserted", post(traffic::submit))
        .route("/SelfAsserted/DisplayControlAction/vbeta/{control}/{action}", post(traffic::control))
        .route("/api/{api}/{link}", get(traffic::link))
        .route_layer(from_fn(whole::layer));
    protocol_routes().merge(pages)
}

async fn nothing_here() -> Response {
    Fault::not_found("nothing_page").into_response()
}

async fn wrong_method() -> Response {
    Fault::own(StatusCode::METHOD_NOT_ALLOWED, "refused_title", "refused_method").into_response()
}

/// Names the route, not the address: that may hold codes and CSRF values.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route)
}
