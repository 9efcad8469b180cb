//! What the engine publishes about a policy: its addresses and abilities, and the keys that sign its tokens.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use journeyman_oidc::{Discovery, SigningKeys};
use serde_json::{Value, json};

use crate::front::address::Address;
use crate::front::fault::Fault;
use crate::front::issuance::signing_keys;
use crate::front::site::Site;

/// Documents kept: the forms of address of all policies together are fewer.
const MOST: usize = 4_096;

/// Documents that were written, by policy version and form of address: they are written once and sent many times.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    written: RwLock<HashMap<(String, String), Bytes>>,
}

impl Documents {
    fn get(&self, address: &Address) -> Bytes {
        let endpoints = address.endpoints();
        let key = (address.program.digest().to_owned(), endpoints.configuration.clone());
        if let Some(document) = self.written.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return document.clone();
        }
        let claims = address.program.claims_supported();
        let issuer = address.issuer(&address.program);
        let discovery = Discovery::new(issuer, &endpoints, claims.iter().map(String::as_str), false);
        let document = Bytes::from(discovery.to_json());
        let mut written = self.written.write().unwrap_or_else(PoisonError::into_inner);
        if written.len() >= MOST {
            written.clear();
        }
        written.insert(key, document.clone());
        document
    }
}

/// `GET …/v2.0/.well-known/openid-configuration`
pub(crate) async fn document(State(site): State<Arc<Site>>, address: Address) -> Response {
    published(site.documents.get(&address))
}

/// `GET …/discovery/v2.0/keys`: the keys of every issuer that the policy reaches.
pub(crate) async fn keys(State(site): State<Arc<Site>>, address: Address) -> Result<Response, Fault> {
    let now = site.clock.now();
    let mut sets: Vec<Arc<SigningKeys>> = Vec::new();
    for settings in address.program.issuers() {
        let set = signing_keys(&site, &address.tenant.id, settings, now).await?;
        if !sets.iter().any(|known| Arc::ptr_eq(known, &set)) {
            sets.push(set);
        }
    }
    Ok(published(match sets.as_slice() {
        [only] => Bytes::from(only.jwks(now)),
        several => Bytes::from(together(several.iter().map(|set| set.jwks(now)))),
    }))
}

/// One document of several.
fn together(sets: impl Iterator<Item = String>) -> String {
    let read = |set: String| serde_json::from_str(&set).unwrap_or(Value::Null);
    let keys = sets.map(read).flat_map(|set: Value| set["keys"].as_array().cloned().unwrap_or_default());
    json!({ "keys": keys.collect::<Vec<_>>() }).to_string()
}

/// Anybody may read it, from anywhere, and keep it for a while.
fn published(document: Bytes) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, document).into_response()
}
