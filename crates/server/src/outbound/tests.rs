//! Calls to counterparties on this machine, and calls that must not be made.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap as Headers, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use journeyman_engine::effect::{HttpFailure, Secret};
use reqwest::Method;
use serde_json::json;
use url::Url;

use super::published::PublishedError;
use super::{LARGEST_ANSWER, Outbound, Outgoing, PublishedKeys, Templates};
use crate::clock::Clock;
use crate::config::{Config, Rewrite};
use crate::testing;

const SECONDS: Duration = Duration::from_secs(5);

fn url(text: &str) -> Url {
    Url::parse(text).expect("a URL")
}

/// Turns `https://service.example` to a counterparty.
async fn turned_to(router: Router) -> (Outbound, Clock) {
    let address = testing::serve(router).await;
    let mut config = testing::config();
    config.outbound.rewrite =
        vec![Rewrite { from: url("https://service.example/"), to: url(&format!("http://{address}/base")) }];
    let clock = Clock::manual(Timestamp::UNIX_EPOCH);
    (Outbound::new(&config, clock.clone()).expect("it can be set up"), clock)
}

fn counting(status: StatusCode) -> (Router, Arc<AtomicU32>) {
    let calls = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&calls);
    let answer = move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async move { status }
    };
    (Router::new().route("/base/count", any(answer)), calls)
}

#[tokio::test]
async fn a_call_arrives_with_everything_it_carries() {
    let echo = |headers: Headers, body: String| async move {
        let of = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default().to_owned();
        (StatusCode::CONFLICT, format!("{}|{}|{}|{body}", of("authorization"), of("content-type"), of("x-a")))
    };
    let (outbound, _) = turned_to(Router::new().route("/base/v2/echo", post(echo))).await;
    let headers = HeaderMap::from_iter([
        (header::AUTHORIZATION, HeaderValue::from_static("Basic abc")),
        ("x-a".parse().expect("a name"), HeaderValue::from_static("b")),
    ]);
    let address = url("https://service.example/v2/echo");
    let text = Secret::new("to=1");
    let call = Outgoing {
        method: Method::POST,
        headers,
        body: Some(("application/x-www-form-urlencoded", &text)),
        ..Outgoing::get(&address, SECONDS)
    };
    let answer = outbound.call(call).await.expect("it answers");
    assert_eq!(answer.status, 409);
    assert_eq!(answer.body, "Basic abc|application/x-www-form-urlencoded|b|to=1");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let moved = || async { (StatusCode::FOUND, [(header::LOCATION, "http://169.254.169.254/")]) };
    let (outbound, _) = turned_to(Router::new().route("/base/moved", get(moved))).await;
    let answer = outbound.call(Outgoing::get(&url("https://service.example/moved"), SECONDS)).await;
    assert_eq!(answer.expect("it answers").status, 302);
}

#[tokio::test]
async fn an_answer_may_not_be_too_large() {
    let sized = |size: usize| get(move || async move { "x".repeat(size) });
    // Without a length that is announced.
    let endless = || async {
        let chunk = Ok::<_, std::io::Error>("x".repeat(LARGEST_ANSWER));
        Body::from_stream(futures::stream::iter([chunk, Ok("x".to_owned())])).into_response()
    };
    let router = Router::new()
        .route("/base/fits", sized(LARGEST_ANSWER))
        .route("/base/large", sized(LARGEST_ANSWER + 1))
        .route("/base/endless", get(endless));
    let (outbound, _) = turned_to(router).await;
    for (path, outcome) in
        [("fits", Ok(LARGEST_ANSWER)), ("large", Err(HttpFailure::Refused)), ("endless", Err(HttpFailure::Refused))]
    {
        let address = url(&format!("https://service.example/{path}"));
        let answer = outbound.call(Outgoing::get(&address, SECONDS)).await;
        assert_eq!(answer.map(|answer| answer.body.len()), outcome, "{path}");
    }
}

#[tokio::test]
async fn a_silent_service_times_out() {
    let silent = || async { std::future::pending::<()>().await };
    let (outbound, _) = turned_to(Router::new().route("/base/silent", post(silent))).await;
    let address = url("https://service.example/silent");
    let call = Outgoing { method: Method::POST, ..Outgoing::get(&address, Duration::from_millis(50)) };
    assert_eq!(outbound.call(call).await, Err(HttpFailure::Timeout));
}

#[tokio::test]
async fn what_cannot_be_reached_says_why() {
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("it is bound")
    };
    let mut config = testing::config();
    config.outbound.allowed_hosts = vec!["127.0.0.1".into()];
    let outbound = Outbound::new(&config, Clock::system()).expect("it can be set up");
    for (address, failure) in [
        (format!("http://{closed}/"), HttpFailure::Connect),
        ("https://no-such-name.invalid/".to_owned(), HttpFailure::Dns),
        // A name that resolves to a private address is found out by the resolver.
        ("http://localhost:4000/".to_owned(), HttpFailure::Refused),
        ("http://[::1]:4000/".to_owned(), HttpFailure::Refused),
    ] {
        let answer = outbound.call(Outgoing::get(&url(&address), SECONDS)).await;
        assert_eq!(answer.err(), Some(failure), "{address}");
    }
}

#[tokio::test]
async fn a_policy_may_not_set_headers_of_the_connection() {
    let (router, calls) = counting(StatusCode::OK);
    let (outbound, _) = turned_to(router).await;
    let address = url("https://service.example/count");
    for name in [header::HOST, header::CONTENT_LENGTH, header::TRANSFER_ENCODING] {
        let headers = HeaderMap::from_iter([(name, HeaderValue::from_static("1"))]);
        let answer = outbound.call(Outgoing { headers, ..Outgoing::get(&address, SECONDS) }).await;
        assert_eq!(answer, Err(HttpFailure::Refused));
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn only_what_is_harmless_is_tried_twice_and_a_failing_service_is_left_alone() {
    let (router, calls) = counting(StatusCode::SERVICE_UNAVAILABLE);
    let (outbound, clock) = turned_to(router).await;
    let address = url("https://service.example/count");
    let call = |method| outbound.call(Outgoing { method, ..Outgoing::get(&address, SECONDS) });
    assert_eq!(call(Method::POST).await.map(|answer| answer.status), Ok(503));
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    assert_eq!(call(Method::GET).await.map(|answer| answer.status), Ok(503));
    assert_eq!(calls.load(Ordering::SeqCst), 3);
    assert_eq!(call(Method::GET).await.map(|answer| answer.status), Ok(503));
    assert_eq!(calls.load(Ordering::SeqCst), 5);
    assert_eq!(call(Method::POST).await, Err(HttpFailure::CircuitOpen));
    assert_eq!(calls.load(Ordering::SeqCst), 5);
    clock.advance(SignedDuration::from_secs(30));
    assert_eq!(call(Method::POST).await.map(|answer| answer.status), Ok(503));
}

#[tokio::test]
async fn keys_are_fetched_once_and_again_for_an_unknown_key_but_not_at_once() {
    let calls = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&calls);
    let document = || async {
        json!({ "issuer": "https://service.example/", "jwks_uri": "https://service.example/keys" }).to_string()
    };
    let keys = move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async { json!({ "keys": [] }).to_string() }
    };
    let router = Router::new().route("/base/openid", get(document)).route("/base/keys", get(keys));
    let (outbound, clock) = turned_to(router).await;
    let published = PublishedKeys::new(Arc::new(outbound), clock.clone(), Vec::new());
    let address = "https://service.example/openid";
    let fetches = |after: u32| assert_eq!(calls.load(Ordering::SeqCst), after);
    let first = published.of(address).await.expect("it is published");
    assert_eq!(first.issuer, "https://service.example/");
    published.of(address).await.expect("it is kept");
    published.again(address).await.expect("it is kept");
    fetches(1);
    clock.advance(SignedDuration::from_mins(1));
    published.of(address).await.expect("it is kept");
    fetches(1);
    published.again(address).await.expect("it is published");
    published.again(address).await.expect("it is kept");
    fetches(2);
    clock.advance(SignedDuration::from_mins(10));
    published.of(address).await.expect("it is published");
    fetches(3);
}

#[tokio::test]
async fn an_issuer_that_fails_is_not_asked_by_everybody() {
    let (router, calls) = counting(StatusCode::NOT_FOUND);
    let (outbound, clock) = turned_to(router).await;
    let published = PublishedKeys::new(Arc::new(outbound), clock.clone(), Vec::new());
    let address = "https://service.example/count";
    for _ in 0..3 {
        assert_eq!(published.of(address).await.err(), Some(PublishedError::Status(404)));
    }
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    clock.advance(SignedDuration::from_secs(10));
    assert!(published.of(address).await.is_err());
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn keys_from_elsewhere_are_refused() {
    let document =
        || async { json!({ "issuer": "https://service.example/", "jwks_uri": "https://keys.example/k" }).to_string() };
    let keys = || async { json!({ "keys": [] }).to_string() };
    let router = Router::new().route("/base/openid", get(document)).route("/base/k", get(keys));
    let address = testing::serve(router).await;
    let mut config = testing::config();
    let to = url(&format!("http://{address}/base"));
    config.outbound.rewrite = ["https://service.example/", "https://keys.example/"]
        .map(|from| Rewrite { from: url(from), to: to.clone() })
        .into();
    let ask = async |config: &Config, hosts: Vec<String>| {
        let outbound = Arc::new(Outbound::new(config, Clock::system()).expect("it can be set up"));
        let published = PublishedKeys::new(outbound, Clock::system(), hosts);
        published.of("https://service.example/openid").await.map(|published| published.issuer.clone())
    };
    assert_eq!(ask(&config, Vec::new()).await, Err(PublishedError::Elsewhere));
    assert_eq!(ask(&config, vec!["keys.example".into()]).await.as_deref(), Ok("https://service.example/"));
}

#[tokio::test]
async fn templates_are_kept_for_a_while() {
    let calls = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&calls);
    let page = move || {
        let count = counter.fetch_add(1, Ordering::SeqCst);
        async move { format!("<div id=\"api\">{count}</div>") }
    };
    let (outbound, clock) = turned_to(Router::new().route("/base/page.html", get(page))).await;
    let templates = Templates::new(Arc::new(outbound), clock.clone());
    let address = "https://service.example/page.html";
    let first = templates.fetch(address).await.expect("it is there");
    assert_eq!(templates.fetch(address).await.as_ref(), Ok(&first));
    clock.advance(SignedDuration::from_mins(5));
    assert_eq!(templates.fetch(address).await.as_deref(), Ok("<div id=\"api\">1</div>"));
    assert!(templates.fetch("https://service.example/missing.html").await.is_err());
    assert!(templates.fetch("~/tenant/default/unified.cshtml").await.is_err());
}
