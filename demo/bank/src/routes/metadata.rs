//! What the engine reads to verify hints: the issuer and its keys.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::{bank::App, routes::JWKS};

pub(super) async fn configuration(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!({
        "issuer": app.config.hint_issuer(),
        "jwks_uri": app.config.public(JWKS),
        "id_token_signing_alg_values_supported": ["RS256"],
    }))
}

pub(super) async fn keys(State(app): State<Arc<App>>) -> Json<Value> {
    Json(app.hint_keys.jwks())
}
