//! Attempts on somebody else's journey. Each has a twin that succeeds, so that the reason is what it seems.

use axum::http::{Method, StatusCode};

use crate::app::{authorize, claims, redeem};
use crate::browser::{Browser, encode};
use crate::site;

const GUEST: &str = "B2C_1A_Guest";

#[tokio::test]
async fn a_journey_is_bound_to_its_browser() {
    let server = site::start().await;
    let (mut owner, mut thief) = (Browser::new(&server), Browser::new(&server));
    let entry = owner.get(&authorize(GUEST, &[])).await.location().to_owned();
    let page = owner.open(&entry).await.page();
    let thiefs_own = thief.open(&authorize(GUEST, &[])).await.page();

    assert_eq!(thief.open(&entry).await.status, StatusCode::FORBIDDEN);
    let answer = thief.submit_with(&page, &thiefs_own.csrf, &[("nickname", "eve")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
    assert!(answer.body.contains("another browser"), "{}", answer.body);

    assert_eq!(owner.submit(&page, &[("nickname", "ann")]).await["status"], "200");
}

#[tokio::test]
async fn a_post_needs_the_csrf_value_of_its_browser() {
    let server = site::start().await;
    let (mut browser, mut other) = (Browser::new(&server), Browser::new(&server));
    let page = browser.open(&authorize(GUEST, &[])).await.page();
    let foreign = other.open(&authorize(GUEST, &[])).await.page().csrf;
    for wrong in ["", "guess", &foreign] {
        let answer = browser.submit_with(&page, wrong, &[("nickname", "ann")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{wrong}: {}", answer.body);
        assert_eq!(answer.json()["status"], "400", "{wrong}");
        let plain = [("csrf_token", wrong), ("request_type", "RESPONSE"), ("nickname", "ann")];
        let address = format!("{}/SelfAsserted?{}", page.base, encode(&[("tx", &page.tx), ("p", &page.policy)]));
        assert_eq!(browser.post(&address, &plain).await.status, StatusCode::FORBIDDEN, "{wrong}");
        let link = encode(&[("csrf_token", wrong), ("tx", &page.tx), ("code", "AADB2C90091")]);
        let answer = browser.get(&format!("{}/api/{}/error?{link}", page.base, page.api)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{wrong}");
    }
    // Planting the cookie that clients read does not help either.
    browser.cookies.insert("x-ms-cpim-csrf".to_owned(), foreign.clone());
    assert_eq!(browser.submit_with(&page, &foreign, &[("nickname", "ann")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.submit(&page, &[("nickname", "ann")]).await["status"], "200");
}

#[tokio::test]
async fn what_a_page_shows_read_only_is_not_taken_from_the_post() {
    let mut browser = Browser::new(&site::start().await);
    let page = browser.open(&authorize(GUEST, &[])).await.page();
    let posted = [("nickname", "ann"), ("level", "gold"), ("colour", "black"), ("sub", "root")];
    assert_eq!(browser.submit(&page, &posted).await["status"], "200");
    let second = browser.confirmed(&page).await.page();
    browser.submit(&second, &[("colour", "red"), ("level", "gold"), ("nickname", "eve")]).await;
    let end = browser.confirmed(&second).await.to_app();
    let tokens = redeem(&mut browser, GUEST, &end["code"]).await.json();
    let id = claims(&tokens["id_token"]);
    assert_eq!((&id["level"], &id["colour"], &id["sub"]), (&"bronze".into(), &"red".into(), &"ann".into()));
}

#[tokio::test]
async fn a_journey_answers_at_its_own_policy_only() {
    let mut browser = Browser::new(&site::start().await);
    let page = browser.open(&authorize(GUEST, &[])).await.page();
    let mut elsewhere = page.clone();
    elsewhere.base = elsewhere.base.replace("Guest", "Visitor");
    let answer = browser.submit_with(&elsewhere, &page.csrf, &[("nickname", "ann")]).await;
    assert_eq!(answer.status, StatusCode::GONE, "{}", answer.body);
    assert_eq!(browser.submit(&page, &[("nickname", "ann")]).await["status"], "200");
}

#[tokio::test]
async fn of_parallel_posts_one_counts() {
    let server = site::start().await;
    let mut browser = Browser::new(&server);
    let page = browser.open(&authorize(GUEST, &[])).await.page();
    let posts = (0..8).map(|number| {
        let (mut tab, page) = (browser.at(&server), page.clone());
        tokio::spawn(async move { tab.submit(&page, &[("nickname", &format!("ann{number}"))]).await })
    });
    for post in posts.collect::<Vec<_>>() {
        assert_eq!(post.await.expect("no panic")["status"], "200");
    }
    let second = browser.confirmed(&page).await.page();
    browser.submit(&second, &[("colour", "red")]).await;
    let end = browser.confirmed(&second).await.to_app();
    let tokens = redeem(&mut browser, GUEST, &end["code"]).await.json();
    assert!(claims(&tokens["id_token"])["sub"].as_str().is_some_and(|sub| sub.starts_with("ann")));
}

#[tokio::test]
async fn nonsense_is_refused_and_breaks_nothing() {
    let mut browser = Browser::new(&site::start().await);
    let page = browser.open(&authorize(GUEST, &[])).await.page();
    let send = |path: String| (path, page.csrf.clone());
    for (address, csrf) in [
        send(format!("{}/SelfAsserted", page.base)),
        send(format!("{}/SelfAsserted?tx=StateProperties%3De30", page.base)),
        send(format!("{}/SelfAsserted?tx=..%2F..%2Fetc", page.base)),
    ] {
        let answer = browser.send(Method::POST, &address, &[("x-csrf-token", &csrf)], "nickname=x".to_owned()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
    }
    let large = format!("nickname={}", "x".repeat(200_000));
    let address = format!("{}/SelfAsserted?{}", page.base, encode(&[("tx", &page.tx)]));
    let answer = browser.send(Method::POST, &address, &[("x-csrf-token", &page.csrf)], large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(browser.submit(&page, &[("nickname", "ann")]).await["status"], "200");
}
