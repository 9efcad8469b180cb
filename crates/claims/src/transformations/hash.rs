//! `Hash`: a salted digest that needs the tenant's secret.

use base64::prelude::{BASE64_STANDARD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "Hash",
    summary: "base64 of a keyed SHA-256 digest of a text and a salt",
    inputs: &[Role::required("plaintext", STRING), Role::optional("salt", STRING)],
    parameters: &[Parameter::required("randomizerSecret", DataType::String)],
    outputs: &[Role::required("hash", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    let key = call.need_parameter("randomizerSecret")?;
    let plaintext = call.need_text("plaintext")?;
    let salt = call.text("salt").unwrap_or_default();
    let digest = env.surroundings.keyed_digest(key, &salt, &plaintext);
    let digest = digest.ok_or_else(|| TransformError::runtime(format!("policy key `{key}` has no value")))?;
    Ok(Outputs::of("hash", digest))
}

/// How the service joins the three is not published, so digests that an existing tenant stored cannot be made again.
/// This is HMAC-SHA256 keyed with the secret, over the salt's length, the salt and the plaintext, so that no two pairs
/// are one message. Stored digests depend on it: it must not change.
pub fn keyed_digest(secret: &str, salt: &str, plaintext: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("this digest takes keys of any length");
    mac.update(&(salt.len() as u64).to_be_bytes());
    mac.update(salt.as_bytes());
    mac.update(plaintext.as_bytes());
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}
