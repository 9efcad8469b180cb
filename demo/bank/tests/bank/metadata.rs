//! What the bank publishes about its hint keys, and the headers of its pages.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::StatusCode;
use serde_json::Value;

use crate::world::World;

#[tokio::test]
async fn the_hint_keys_are_published_with_their_certificate() {
    let mut world = World::start().await;
    let metadata: Value =
        serde_json::from_str(&world.browser.get("/.well-known/openid-configuration").await.body).expect("JSON");
    assert_eq!(metadata["issuer"], "http://127.0.0.1:4001");
    assert_eq!(metadata["jwks_uri"], "http://127.0.0.1:4001/.well-known/jwks");
    let keys: Value = serde_json::from_str(&world.browser.get("/.well-known/jwks").await.body).expect("JSON");
    let key = &keys["keys"][0];
    assert_eq!((&key["kty"], &key["use"], &key["alg"]), (&"RSA".into(), &"sig".into(), &"RS256".into()));
    let certificate = STANDARD.decode(key["x5c"][0].as_str().expect("text")).expect("base64");
    assert!(x509_parser::parse_x509_certificate(&certificate).is_ok());
}

#[tokio::test]
async fn every_page_forbids_what_it_does_not_need() {
    let mut world = World::start().await;
    for path in ["/", "/nowhere"] {
        let page = world.browser.get(path).await;
        let policy = page.headers["content-security-policy"].to_str().expect("text").to_owned();
        let engine = world.engine.url.origin().ascii_serialization();
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(policy.contains(&format!("form-action 'self' {engine}; frame-ancestors 'none'")), "{policy}");
        let nonce =
            policy.split("script-src 'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
        assert!(page.body.contains(&format!(r#"<script nonce="{nonce}">"#)), "{path}");
        assert!(page.body.contains(&format!(r#"<style nonce="{nonce}">"#)), "{path}");
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        assert!(!page.body.contains("src=") && !page.body.contains("@import"), "nothing is loaded");
    }
    let missing = world.browser.get("/nowhere").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.shows("There is no such page"));
    assert_eq!(world.browser.post("/", &[]).await.status, StatusCode::NOT_FOUND);
}
