//! Keeps web pages of other sites away from the inbox: it holds codes, and its requests move the clock and set faults.
//!
//! The stand-ins need no such guard, they authenticate.

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::shared::Shared;

/// Refuses a host name that is not ours (a rebound name of another site) and a change that another site's page asks for.
pub(crate) async fn same_site(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let ours = shared.config.public_url.host_str().unwrap_or_default();
    if !is_ours(request.headers(), ours) {
        return (StatusCode::MISDIRECTED_REQUEST, "This is not the sandbox's address.").into_response();
    }
    if !request.method().is_safe() && comes_from_elsewhere(request.headers()) {
        return (StatusCode::FORBIDDEN, "Only the inbox itself and programs may ask for this.").into_response();
    }
    next.run(request).await
}

/// The configured name, or an address or name that no other site can have.
fn is_ours(headers: &HeaderMap, ours: &str) -> bool {
    let Some(authority) = headers.get(header::HOST).and_then(|host| host.to_str().ok()?.parse::<Authority>().ok())
    else {
        return false;
    };
    let host = authority.host();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case(ours) || host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok()
}

/// Browsers say where a request comes from; programs say nothing.
fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site != "same-origin" && site != "none",
        None => headers.get(header::ORIGIN).is_some_and(|origin| {
            let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
            origin.to_str().ok().and_then(|origin| origin.split_once("://")).is_none_or(|(_, rest)| rest != host)
        }),
    }
}
