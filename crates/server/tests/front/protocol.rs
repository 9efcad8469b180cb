//! What applications see without a person: documents, requests that do not count, answers in every mode.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::app::{authorize, redeem, token};
use crate::browser::Browser;
use crate::site::{self, NATIVE, PUBLIC_URL, TENANT, TENANT_ID};

/// What is changed in a request, and the two names of the error that it leads to.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

#[tokio::test]
async fn discovery_answers_in_the_form_that_was_asked_for() {
    let mut browser = Browser::new(&site::start().await);
    let configuration = "/v2.0/.well-known/openid-configuration";
    let token = "/oauth2/v2.0/token";
    let cases = [
        (format!("/{TENANT}/B2C_1A_Guest{configuration}"), format!("/{TENANT}/b2c_1a_guest{token}")),
        (format!("/{TENANT_ID}/b2c_1a_GUEST{configuration}"), format!("/{TENANT_ID}/b2c_1a_guest{token}")),
        (format!("/tfp/{TENANT}/B2C_1A_Guest{configuration}"), format!("/tfp/{TENANT}/b2c_1a_guest{token}")),
        (format!("/{TENANT}{configuration}?p=B2C_1A_Guest"), format!("/{TENANT}{token}?p=b2c_1a_guest")),
    ];
    for (address, expected) in cases {
        let answer = browser.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        let document = answer.json();
        assert_eq!(document["token_endpoint"], format!("{PUBLIC_URL}{expected}"), "{address}");
        assert_eq!(document["issuer"], format!("{PUBLIC_URL}/tfp/{TENANT_ID}/b2c_1a_guest/v2.0/"), "{address}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let keys = browser.get(document["jwks_uri"].as_str().expect("an address")).await.json();
        assert_eq!(keys["keys"][0]["kty"], "RSA", "{address}");
        assert_eq!(keys["keys"][0].get("d"), None, "{address}");
    }
}

#[tokio::test]
async fn a_host_header_names_none_but_configured_addresses() {
    let mut browser = Browser::new(&site::start().await);
    let address = format!("/{TENANT}/B2C_1A_Guest/v2.0/.well-known/openid-configuration");
    let answer = browser.send(Method::GET, &address, &[("x-forwarded-host", "evil.example")], String::new()).await;
    assert!(!answer.body.contains("evil"), "{}", answer.body);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let mut browser = Browser::new(&site::start().await);
    for address in [
        "/nobody.example/B2C_1A_Guest/v2.0/.well-known/openid-configuration".to_owned(),
        format!("/{TENANT}/B2C_1A_Nobody/v2.0/.well-known/openid-configuration"),
        // A base has no relying party.
        format!("/{TENANT}/B2C_1A_Base/v2.0/.well-known/openid-configuration"),
        format!("/{TENANT}/v2.0/.well-known/openid-configuration"),
        "/nothing/here/at/all".to_owned(),
    ] {
        let answer = browser.get(&address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(answer.body.contains("id=\"api\""), "{address}: a page that a person can read");
    }
}

#[tokio::test]
async fn a_request_whose_address_is_not_trusted_is_answered_to_the_person() {
    let mut browser = Browser::new(&site::start().await);
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("client_id", "")], "AADB2C90008"),
        (&[("client_id", "stranger")], "AADB2C90018"),
        (&[("redirect_uri", "https://evil.example/")], "AADB2C90006"),
        (&[("redirect_uri", "https://app.example/signin/")], "AADB2C90006"),
    ];
    for (change, code) in cases {
        let answer = browser.get(&authorize("B2C_1A_Guest", change)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{change:?}");
        assert!(answer.body.contains(code), "{change:?}: {}", answer.body);
        assert_eq!(answer.location(), "", "{change:?}");
    }
}

#[tokio::test]
async fn other_mistakes_are_answered_to_the_application() {
    let mut browser = Browser::new(&site::start().await);
    let cases: &[Case] = &[
        (&[("response_type", "magic")], "unsupported_response_type", "AADB2C90013"),
        (&[("scope", "")], "invalid_request", "AADB2C90010"),
        (&[("prompt", "perhaps")], "invalid_request", "AADB2C90043"),
        (&[("max_age", "soon")], "invalid_request", "AADB2C90120"),
        (&[("response_type", "id_token"), ("nonce", "")], "invalid_request", "AADB2C90009"),
        (
            &[("client_id", NATIVE), ("code_challenge", ""), ("code_challenge_method", "")],
            "invalid_request",
            "AADB2C99059",
        ),
    ];
    for (change, error, code) in cases {
        let answer = browser.get(&authorize("B2C_1A_Guest", change)).await.to_app();
        assert_eq!(answer["error"], *error, "{change:?}");
        assert!(answer["error_description"].starts_with(&format!("{code}: ")), "{change:?} {answer:?}");
        assert_eq!(answer["state"], "the state", "{change:?}");
    }
}

#[tokio::test]
async fn the_request_is_kept_out_of_the_address() {
    let mut browser = Browser::new(&site::start().await);
    let request = authorize("B2C_1A_Guest", &[("id_token_hint", "head.body.signature")]);
    let answer = browser.get(&request).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().starts_with(&format!("/{TENANT}/B2C_1A_Guest/journey/")), "{}", answer.location());
    let (path, query) = request.split_once('?').expect("a query");
    let posted = browser
        .send(Method::POST, path, &[("content-type", "application/x-www-form-urlencoded")], query.to_owned())
        .await;
    assert_eq!(posted.status, StatusCode::SEE_OTHER, "{}", posted.body);
    assert!(!posted.location().contains("hint"), "{}", posted.location());
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let mut browser = Browser::new(&site::start().await);
    let page = browser.open(&authorize("B2C_1A_Guest", &[])).await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("x-frame-options"), "DENY");
    let policy = page.header("content-security-policy").to_owned();
    assert!(policy.contains("form-action 'self' https://app.example;"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    assert!(page.body.contains(&format!("<script nonce=\"{nonce}\">")), "{}", page.body);
    let again = browser.open(&authorize("B2C_1A_Guest", &[])).await;
    assert!(!again.header("content-security-policy").contains(nonce), "a nonce is used once");
}

#[tokio::test]
async fn the_token_endpoint_says_no_in_json() {
    let mut browser = Browser::new(&site::start().await);
    let code = "A".repeat(43);
    let cases: &[Case] = &[
        (&[], "invalid_request", "AADB2C90083"),
        (&[("grant_type", "magic")], "unsupported_grant_type", "AADB2C90086"),
        (&[("grant_type", "authorization_code"), ("code", "short")], "invalid_grant", "AADB2C90085"),
        (&[("grant_type", "authorization_code"), ("code", &code)], "invalid_grant", "AADB2C90085"),
        (&[("grant_type", "refresh_token"), ("refresh_token", &code)], "invalid_grant", "AADB2C90085"),
    ];
    for (form, error, code) in cases {
        let answer = token(&mut browser, "B2C_1A_Guest", form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form:?}");
        assert_eq!(answer.json()["error"], *error, "{form:?}");
        assert!(answer.json()["error_description"].as_str().expect("a text").starts_with(code), "{form:?} {answer:?}");
        assert_eq!(answer.header("cache-control"), "no-store", "{form:?}");
    }
    let wrong = [("client_id", "web"), ("client_secret", "guess"), ("grant_type", "authorization_code"), ("code", "x")];
    let answer = browser.post(&format!("/{TENANT}/B2C_1A_Guest/oauth2/v2.0/token"), &wrong).await;
    assert_eq!(answer.json()["error"], "invalid_client");
    let answer = browser.get(&format!("/{TENANT}/B2C_1A_Guest/oauth2/v2.0/token")).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.json()["error_description"].as_str().expect("a text").starts_with("AADB2C90226"), "{answer:?}");
    let answer = browser.post("/nobody.example/B2C_1A_Guest/oauth2/v2.0/token", &[]).await;
    assert_eq!(answer.json()["error"], "invalid_request");
}

#[tokio::test]
async fn answers_come_in_every_mode() {
    let server = site::start().await;
    for mode in ["query", "fragment"] {
        let mut browser = Browser::new(&server);
        let end = play(&mut browser, &[("response_mode", mode)]).await;
        assert_eq!(end.location().contains('#'), mode == "fragment");
        let code = end.to_app()["code"].clone();
        assert_eq!(redeem(&mut browser, "B2C_1A_Guest", &code).await.status, StatusCode::OK, "{mode}");
    }
    let mut browser = Browser::new(&server);
    let end = play(&mut browser, &[("response_mode", "form_post"), ("response_type", "code id_token")]).await;
    assert_eq!(end.status, StatusCode::OK);
    assert!(end.body.contains(r#"<form id="auto" method="post" action="https://app.example/signin">"#), "{}", end.body);
    for field in ["code", "id_token", "state"] {
        assert!(end.body.contains(&format!("name=\"{field}\"")), "{field}: {}", end.body);
    }
    assert!(end.header("content-security-policy").contains("form-action 'self' https://app.example;"));
}

#[tokio::test]
async fn a_hybrid_answer_binds_the_code_to_the_token() {
    let mut browser = Browser::new(&site::start().await);
    let end = play(&mut browser, &[("response_type", "code id_token")]).await.to_app();
    let claims = crate::app::claims(&json!(end["id_token"]));
    assert_eq!(claims["nonce"], "the nonce");
    assert!(claims["c_hash"].is_string(), "{claims}");
}

#[tokio::test]
async fn development_mode_has_a_home_page_that_runs_policies() {
    let mut browser = Browser::new(&site::start().await);
    let home = browser.get("/").await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(home.body.contains(&format!("/dev/run/{TENANT}/B2C_1A_Guest")), "{}", home.body);
    let page = browser.open(&format!("/dev/run/{TENANT}/B2C_1A_Guest")).await.page();
    browser.submit(&page, &[("nickname", "ann")]).await;
    let page = browser.confirmed(&page).await.page();
    browser.submit(&page, &[("colour", "red")]).await;
    let shown = browser.confirmed(&page).await;
    assert_eq!(shown.status, StatusCode::OK);
    for part in ["ann", "bronze", "RS256", "signature"] {
        assert!(shown.body.contains(part), "{part}: {}", shown.body);
    }
}

#[tokio::test]
async fn a_real_server_has_no_development_pages() {
    let mut config = site::config();
    config.development = false;
    config.sandbox = false;
    config.public_urls = vec!["https://login.club.example".parse().expect("a URL")];
    let mut browser = Browser::new(&site::start_with(config, site::begin(), Default::default()).await);
    for address in ["/", &format!("/dev/run/{TENANT}/B2C_1A_Guest"), "/dev/callback"] {
        assert_eq!(browser.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    let request =
        authorize("B2C_1A_Guest", &[("client_id", "journeyman-dev"), ("redirect_uri", "http://127.0.0.1:9/")]);
    assert!(browser.get(&request).await.body.contains("AADB2C90018"), "the built-in client is not there either");
    let page = browser.open(&authorize("B2C_1A_Guest", &[])).await;
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
    assert!(browser.cookies.keys().any(|name| name == "__Host-journeyman-browser"), "{:?}", browser.cookies);
}

#[tokio::test]
async fn what_is_not_run_yet_says_so_where_it_is_reached() {
    let server = site::start().await;
    let mut browser = Browser::new(&server);
    let page = browser.open(&authorize("B2C_1A_Promised", &[])).await.page();
    browser.submit(&page, &[("nickname", "ann")]).await;
    let end = browser.confirmed(&page).await;
    assert_eq!(end.status, StatusCode::NOT_IMPLEMENTED);
    assert!(end.body.contains("ConsentScreen"), "{}", end.body);
    assert!(end.body.contains("https://app.example/signin?error=server_error"), "a way back: {}", end.body);

    let mut config = site::config();
    config.development = false;
    config.sandbox = false;
    config.public_urls = vec!["https://login.club.example".parse().expect("a URL")];
    let mut strict = Browser::new(&site::start_with(config, site::begin(), Default::default()).await);
    assert_eq!(strict.get(&authorize("B2C_1A_Promised", &[])).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn pages_of_a_browser_application_may_read_the_token_endpoint() {
    let mut config = site::config();
    config.clients[0].client.kind = journeyman_oidc::ClientKind::SinglePage;
    let mut browser = Browser::new(&site::start_with(config, site::begin(), Default::default()).await);
    let address = format!("/{TENANT}/B2C_1A_Guest/oauth2/v2.0/token");
    for (origin, allowed) in [("https://app.example", "https://app.example"), ("https://evil.example", "")] {
        for method in [Method::OPTIONS, Method::POST] {
            let answer = browser.send(method.clone(), &address, &[("origin", origin)], "grant_type=x".to_owned()).await;
            assert_eq!(answer.header("access-control-allow-origin"), allowed, "{method} {origin}");
        }
    }
}

#[tokio::test]
async fn the_server_tells_how_it_is() {
    let mut browser = Browser::new(&site::start().await);
    for (address, expected) in [
        ("/health/live", "alive"),
        ("/health/ready", "ready"),
        ("/metrics", "journeyman_http_responses_total{class=\"2xx\"}"),
    ] {
        let answer = browser.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert!(answer.body.contains(expected), "{address}: {}", answer.body);
    }
}

async fn play(browser: &mut Browser, change: &[(&str, &str)]) -> crate::browser::Answer {
    let page = browser.open(&authorize("B2C_1A_Guest", change)).await.page();
    let accepted: Value = browser.submit(&page, &[("nickname", "ann")]).await;
    assert_eq!(accepted, json!({"status": "200"}));
    let page = browser.confirmed(&page).await.page();
    browser.submit(&page, &[("colour", "red")]).await;
    browser.confirmed(&page).await
}
