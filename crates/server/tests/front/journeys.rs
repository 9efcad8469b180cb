//! Whole journeys, with and without a page's script.

use axum::http::StatusCode;
use serde_json::json;

use crate::app::{authorize, claims, redeem, redeem_native};
use crate::browser::{Answer, Browser};
use crate::site::{self, NATIVE, TENANT};

const GUEST: &str = "B2C_1A_Guest";

#[tokio::test]
async fn a_journey_by_script_ends_with_the_tokens_that_the_policy_says() {
    let mut browser = Browser::new(&site::start().await);
    let page = browser.open(&authorize(GUEST, &[])).await.page();
    assert_eq!((page.api.as_str(), page.policy.as_str()), ("SelfAsserted", GUEST));
    assert_eq!(browser.cookies["x-ms-cpim-csrf"], page.csrf);
    assert_eq!(browser.submit(&page, &[("nickname", "ann")]).await, json!({"status": "200"}));
    let second = browser.confirmed(&page).await.page();
    assert_ne!(second.tx, page.tx);
    assert_eq!(browser.submit(&second, &[("colour", "red")]).await, json!({"status": "200"}));
    let end = browser.confirmed(&second).await.to_app();
    assert_eq!(end["state"], "the state");

    let answer = redeem(&mut browser, GUEST, &end["code"]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let tokens = answer.json();
    let id = claims(&tokens["id_token"]);
    for (name, value) in [
        ("sub", json!("ann")),
        ("colour", json!("red")),
        ("level", json!("bronze")),
        ("nonce", json!("the nonce")),
        ("aud", json!("web")),
        ("acr", json!("b2c_1a_guest")),
        ("auth_time", json!(1_772_359_200)),
    ] {
        assert_eq!(id[name], value, "{name}");
    }
    assert_eq!(claims(&tokens["access_token"])["azp"], "web");
    assert!(tokens["refresh_token"].is_string());
}

#[tokio::test]
async fn the_same_journey_works_without_scripts() {
    let mut browser = Browser::new(&site::start().await);
    let page = browser.open(&authorize(GUEST, &[])).await.page();
    let same = browser.submit_plain(&page, &[("nickname", "")]).await.page();
    assert_eq!(same.tx, page.tx, "a mistake keeps the page");
    let second = browser.submit_plain(&page, &[("nickname", "ann")]).await.page();
    assert!(second.html.contains("colour"), "{}", second.html);
    let end = browser.submit_plain(&second, &[("colour", "red")]).await.to_app();
    assert_eq!(redeem(&mut browser, GUEST, &end["code"]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_refused_post_can_be_tried_again_on_the_same_page() {
    let mut browser = Browser::new(&site::start().await);
    let page = browser.open(&authorize(GUEST, &[])).await.page();
    let refused = browser.submit(&page, &[("nickname", "")]).await;
    assert_eq!(refused["status"], "400", "{refused}");
    assert!(refused["message"].as_str().is_some_and(|message| !message.is_empty()), "{refused}");
    assert_eq!(browser.submit(&page, &[("nickname", "ann")]).await["status"], "200");
}

#[tokio::test]
async fn a_completed_step_is_not_repeated() {
    let mut browser = Browser::new(&site::start().await);
    let entry = browser.get(&authorize(GUEST, &[])).await.location().to_owned();
    let first = browser.open(&entry).await.page();
    browser.submit(&first, &[("nickname", "ann")]).await;
    let second = browser.confirmed(&first).await.page();
    // Back and submit again; reload of `confirmed`; reload of the address that the journey began at.
    assert_eq!(browser.submit(&first, &[("nickname", "eve")]).await["status"], "200");
    for answer in [browser.confirmed(&first).await, browser.open(&entry).await] {
        assert_eq!(answer.page().tx, second.tx);
    }
    browser.submit(&second, &[("colour", "red")]).await;
    let end = browser.confirmed(&second).await.to_app();
    let tokens = redeem(&mut browser, GUEST, &end["code"]).await.json();
    assert_eq!(claims(&tokens["id_token"])["sub"], "ann");
}

#[tokio::test]
async fn the_same_link_opened_twice_is_one_journey() {
    let mut browser = Browser::new(&site::start().await);
    let entry = browser.get(&authorize(GUEST, &[])).await.location().to_owned();
    let first = browser.open(&entry).await.page();
    assert_eq!(browser.open(&entry).await.page().tx, first.tx);
}

#[tokio::test]
async fn two_tabs_of_a_browser_are_two_journeys() {
    let mut browser = Browser::new(&site::start().await);
    let one = browser.open(&authorize(GUEST, &[])).await.page();
    let other = browser.open(&authorize(GUEST, &[])).await.page();
    assert_eq!(one.csrf, other.csrf);
    browser.submit(&other, &[("nickname", "ben")]).await;
    browser.submit(&one, &[("nickname", "ann")]).await;
    for (page, name) in [(one, "ann"), (other, "ben")] {
        let second = browser.confirmed(&page).await.page();
        browser.submit(&second, &[("colour", "red")]).await;
        let end = browser.confirmed(&second).await.to_app();
        let tokens = redeem(&mut browser, GUEST, &end["code"]).await.json();
        assert_eq!(claims(&tokens["id_token"])["sub"], name);
    }
}

#[tokio::test]
async fn giving_up_is_told_to_the_application() {
    let mut browser = Browser::new(&site::start().await);
    let page = browser.open(&authorize(GUEST, &[])).await.page();
    let end = browser.link(&page, "error", &[("code", "AADB2C90091")]).await.to_app();
    assert_eq!((end["error"].as_str(), end["state"].as_str()), ("access_denied", "the state"));
    assert!(end["error_description"].starts_with("AADB2C90091: "), "{end:?}");
}

#[tokio::test]
async fn whoever_takes_too_long_is_led_back_to_the_application() {
    let clock = site::begin();
    let server = site::start_with(site::config(), clock.clone(), Default::default()).await;
    let mut browser = Browser::new(&server);
    let [by_form, by_script] =
        [browser.open(&authorize(GUEST, &[])).await.page(), browser.open(&authorize(GUEST, &[])).await.page()];
    clock.advance(jiff::SignedDuration::from_mins(59));
    let later = browser.open(&authorize(GUEST, &[])).await.page();
    clock.advance(jiff::SignedDuration::from_mins(2));
    let end = browser.submit_plain(&by_form, &[("nickname", "ann")]).await.to_app();
    assert_eq!((end["error"].as_str(), end["state"].as_str()), ("invalid_request", "the state"));
    assert!(end["error_description"].starts_with("AADB2C90046: "), "{end:?}");
    browser.submit(&by_script, &[("nickname", "ann")]).await;
    assert_eq!(browser.confirmed(&by_script).await.to_app()["error"], "invalid_request");
    browser.submit_plain(&later, &[("nickname", "ann")]).await.page();
    clock.advance(jiff::SignedDuration::from_hours(5));
    assert_eq!(browser.confirmed(&later).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn an_ended_journey_is_delivered_again_for_a_moment_with_another_code() {
    let clock = site::begin();
    let server = site::start_with(site::config(), clock.clone(), Default::default()).await;
    let mut browser = Browser::new(&server);
    let (page, end) = play(&mut browser).await;
    let again = browser.confirmed(&page).await.to_app();
    assert_ne!(end.to_app()["code"], again["code"]);
    clock.advance(jiff::SignedDuration::from_secs(11));
    let late = browser.confirmed(&page).await;
    assert_eq!(late.status, StatusCode::GONE);
    assert!(late.body.contains("This page has ended"), "{}", late.body);
}

#[tokio::test]
async fn a_code_works_once_for_whom_it_was_issued_to() {
    let server = site::start().await;
    let mut browser = Browser::new(&server);
    let code = play(&mut browser).await.1.to_app()["code"].clone();
    let stolen = redeem_native(&mut browser, GUEST, &code, crate::app::VERIFIER).await;
    assert_eq!(stolen.json()["error"], "invalid_grant", "{}", stolen.body);
    let late = redeem(&mut browser, GUEST, &code).await;
    assert_eq!(late.json()["error"], "invalid_grant", "the attempt used it up");

    let code = play(&mut browser).await.1.to_app()["code"].clone();
    let elsewhere = redeem(&mut browser, "B2C_1A_Visitor", &code).await.json();
    assert!(elsewhere["error_description"].as_str().expect("a text").starts_with("AADB2C90088"), "{elsewhere}");
}

#[tokio::test]
async fn a_replayed_code_revokes_what_came_of_it() {
    let mut browser = Browser::new(&site::start().await);
    let code = play(&mut browser).await.1.to_app()["code"].clone();
    let tokens = redeem(&mut browser, GUEST, &code).await.json();
    assert_eq!(redeem(&mut browser, GUEST, &code).await.json()["error"], "invalid_grant");
    let refresh = tokens["refresh_token"].as_str().expect("a refresh token");
    let refused = crate::app::refresh(&mut browser, GUEST, refresh).await.json();
    assert!(refused["error_description"].as_str().expect("a text").starts_with("AADB2C90129"), "{refused}");
}

#[tokio::test]
async fn public_clients_prove_themselves_with_pkce() {
    let mut browser = Browser::new(&site::start().await);
    for (verifier, expected) in
        [(crate::app::VERIFIER, None), ("another-verifier-that-is-long-enough-0123456789", Some("invalid_grant"))]
    {
        let page = browser.open(&authorize(GUEST, &[("client_id", NATIVE), ("scope", "openid native")])).await.page();
        browser.submit(&page, &[("nickname", "ann")]).await;
        let page = browser.confirmed(&page).await.page();
        browser.submit(&page, &[("colour", "red")]).await;
        let code = browser.confirmed(&page).await.to_app()["code"].clone();
        let answer = redeem_native(&mut browser, GUEST, &code, verifier).await.json();
        assert_eq!(answer["error"].as_str(), expected, "{answer}");
    }
}

#[tokio::test]
async fn a_code_expires() {
    let clock = site::begin();
    let server = site::start_with(site::config(), clock.clone(), Default::default()).await;
    let mut browser = Browser::new(&server);
    let code = play(&mut browser).await.1.to_app()["code"].clone();
    clock.advance(jiff::SignedDuration::from_mins(10));
    let late = redeem(&mut browser, GUEST, &code).await.json();
    assert_eq!(late["error"], "invalid_grant", "{late}");
}

#[tokio::test]
async fn a_journey_is_recorded_without_secrets_in_development() {
    let server = site::start().await;
    let mut browser = Browser::new(&server);
    play(&mut browser).await;
    let journeys = server.store().recordings.recorded(5).await.expect("answers");
    let events = server.store().recordings.recording(&journeys[0]).await.expect("answers");
    let kinds: Vec<_> =
        events.iter().map(|line| line["event"].as_object().expect("an event").keys().next().cloned()).collect();
    assert_eq!(kinds, [Some("Start".to_owned()), Some("Page".to_owned()), Some("Page".to_owned())], "{events:?}");
    assert!(events.iter().all(|line| line["at"].is_string() && line["program"].is_string()), "{events:?}");
}

/// Plays the guest's journey; the last page and what it ended with.
pub(crate) async fn play(browser: &mut Browser) -> (crate::browser::Page, Answer) {
    let page = browser.open(&authorize(GUEST, &[])).await.page();
    browser.submit(&page, &[("nickname", "ann")]).await;
    let page = browser.confirmed(&page).await.page();
    browser.submit(&page, &[("colour", "red")]).await;
    let end = browser.confirmed(&page).await;
    (page, end)
}

#[tokio::test]
async fn pages_are_addressed_as_they_were_asked_for() {
    let mut browser = Browser::new(&site::start().await);
    let plain = authorize(GUEST, &[]);
    let by_query = plain.replacen(&format!("/{TENANT}/{GUEST}/"), &format!("/{TENANT}/"), 1) + "&p=b2c_1a_guest";
    for (address, base) in [
        (plain.clone(), format!("/{TENANT}/{GUEST}")),
        (format!("/tfp{plain}"), format!("/tfp/{TENANT}/{GUEST}")),
        (by_query, format!("/{TENANT}/b2c_1a_guest")),
    ] {
        let page = browser.open(&address).await.page();
        assert_eq!(page.base, base, "{address}");
        assert_eq!(browser.submit(&page, &[("nickname", "ann")]).await["status"], "200", "{address}");
    }
}
