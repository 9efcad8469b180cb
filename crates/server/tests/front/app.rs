//! An application that signs people in.

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::browser::{Answer, Browser, encode};
use crate::site::{NATIVE, REDIRECT, TENANT, WEB, WEB_SECRET};

pub(crate) const VERIFIER: &str = "a-verifier-that-is-long-enough-for-everybody-0123456789";

/// The address of an authorization request; `extra` comes in addition to, or in place of, what is usual.
pub(crate) fn authorize(policy: &str, extra: &[(&str, &str)]) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let mut query = vec![
        ("client_id", WEB),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", "openid offline_access web"),
        ("state", "the state"),
        ("nonce", "the nonce"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    query.retain(|(name, _)| !extra.iter().any(|(other, _)| other == name));
    query.extend(extra.iter().filter(|(_, value)| !value.is_empty()));
    format!("/{TENANT}/{policy}/oauth2/v2.0/authorize?{}", encode(&query))
}

/// Asks the token endpoint as the web client.
pub(crate) async fn token(browser: &mut Browser, policy: &str, form: &[(&str, &str)]) -> Answer {
    let basic = format!("Basic {}", STANDARD.encode(format!("{WEB}:{}", WEB_SECRET.replace(' ', "+"))));
    let address = format!("/{TENANT}/{policy}/oauth2/v2.0/token");
    browser.send(Method::POST, &address, &[("authorization", &basic)], encode(form)).await
}

/// Redeems a code.
pub(crate) async fn redeem(browser: &mut Browser, policy: &str, code: &str) -> Answer {
    let form =
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", REDIRECT), ("code_verifier", VERIFIER)];
    token(browser, policy, &form).await
}

/// Redeems a code as the native client, which has no secret.
pub(crate) async fn redeem_native(browser: &mut Browser, policy: &str, code: &str, verifier: &str) -> Answer {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", NATIVE),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier),
    ];
    browser.post(&format!("/{TENANT}/{policy}/oauth2/v2.0/token"), &form).await
}

pub(crate) async fn refresh(browser: &mut Browser, policy: &str, token_text: &str) -> Answer {
    token(browser, policy, &[("grant_type", "refresh_token"), ("refresh_token", token_text)]).await
}

/// The claims of a token, without looking at its signature.
pub(crate) fn claims(token: &Value) -> Value {
    let token = token.as_str().expect("a token");
    let payload = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("JSON")
}
