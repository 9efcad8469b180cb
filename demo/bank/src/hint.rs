//! The hint: a short-lived, signed description of one payment for one request of one person.
//!
//! It goes to the step-up policy as `id_token_hint`, in a form and never in a URL, so that the engine can show and bind
//! what is being approved.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Header};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{approval::bound_fields, hint_keys::HintKeys, payments::Payment};

/// How long a hint is good for.
const LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// A hint that has been made: what it says, and the signed form. Neither is `Debug`.
pub(crate) struct Hint {
    pub(crate) id: String,
    pub(crate) claims: Map<String, Value>,
    pub(crate) signed: String,
}

/// Signs a hint for `payment`, bound to the authorisation request with that `nonce`.
pub(crate) fn mint(
    keys: &HintKeys,
    issuer: &str,
    audience: &str,
    payment: &Payment,
    nonce: &str,
    now: Timestamp,
) -> Result<Hint, jsonwebtoken::errors::Error> {
    let id = Uuid::new_v4().to_string();
    let mut claims = Map::new();
    let issued = now.as_second();
    for (name, value) in [
        ("iss", Value::from(issuer)),
        ("aud", Value::from(audience)),
        ("sub", Value::from(payment.subject.as_str())),
        ("jti", Value::from(id.as_str())),
        ("iat", Value::from(issued)),
        ("nbf", Value::from(issued)),
        ("exp", Value::from(issued + LIFETIME.as_secs())),
        ("nonce", Value::from(nonce)),
    ] {
        claims.insert(name.to_owned(), value);
    }
    for (name, value) in bound_fields(payment) {
        claims.insert(name.to_owned(), Value::from(value));
    }
    let key = keys.current();
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(key.kid.clone());
    header.x5t = Some(key.x5t.clone());
    let signed = jsonwebtoken::encode(&header, &claims, &key.signing)?;
    Ok(Hint { id, claims, signed })
}
