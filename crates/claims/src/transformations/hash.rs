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
    let key_name = call.need_parameter("randomizerSecret")?;
    let secret = env.surroundings.policy_key(key_name);
    let secret = secret.ok_or_else(|| TransformError::runtime(format!("policy key `{key_name}` is not at hand")))?;
    let plaintext = call.need_text("plaintext")?;
    let salt = call.text("salt").unwrap_or_default();
    Ok(Outputs::of("hash", digest(&secret, &plaintext, &salt)?))
}

/// How the service joins the three is not published, so digests that an existing tenant stored cannot be made again.
/// This is HMAC-SHA256 keyed with the secret, over the salt's length, the salt and the plaintext, so that no two pairs
/// are one message. Stored digests depend on it: it must not change.
fn digest(secret: &str, plaintext: &str, salt: &str) -> Result<String, TransformError> {
    let keyed = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    let mut mac = keyed.map_err(|_| TransformError::runtime("the policy key cannot be used"))?;
    mac.update(&(salt.len() as u64).to_be_bytes());
    mac.update(salt.as_bytes());
    mac.update(plaintext.as_bytes());
    Ok(BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}
