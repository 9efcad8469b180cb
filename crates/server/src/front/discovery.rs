//! What the engine publishes about a policy: its addresses and abilities, and the keys that sign its tokens.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use journeyman_oidc::Discovery;

use crate::front::address::Address;
use crate::front::fault::Fault;
use crate::front::issuance::signing_keys;
use crate::front::site::Site;

/// `GET …/v2.0/.well-known/openid-configuration`
pub(crate) async fn document(address: Address) -> Response {
    let program = &address.program;
    let claims = program.claims_supported();
    let issuer = address.issuer(program);
    let discovery = Discovery::new(issuer, &address.endpoints(), claims.iter().map(String::as_str), false);
    published(discovery.to_json())
}

/// `GET …/discovery/v2.0/keys`
pub(crate) async fn keys(State(site): State<Arc<Site>>, address: Address) -> Result<Response, Fault> {
    let now = site.clock.now();
    let Some(settings) = address.program.issuers().next() else {
        return Ok(published(r#"{"keys":[]}"#.to_owned()));
    };
    let keys = signing_keys(&site, &address.tenant.id, settings, now).await?;
    Ok(published(keys.jwks(now)))
}

/// Anybody may read it, from anywhere, and keep it for a while.
fn published(document: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, document).into_response()
}
