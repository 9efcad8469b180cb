//! Hints: what an application signs counts once, in one browser.

use axum::http::StatusCode;
use jiff::SignedDuration;
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::json;

use crate::app::{authorize, claims, redeem};
use crate::browser::{Answer, Browser};
use crate::site::{self, INVITATIONS};

const INVITED: &str = "B2C_1A_Invited";

fn invitation(id: &str) -> String {
    let now = site::begin().now();
    let claims = json!({
        "iss": "https://app.example", "aud": "club", "sub": "ann", "name": "ann", "jti": id,
        "iat": now.as_second(), "nbf": now.as_second(), "exp": (now + SignedDuration::from_mins(5)).as_second(),
    });
    encode(&Header::default(), &claims, &EncodingKey::from_secret(INVITATIONS.as_bytes())).expect("signs")
}

async fn come(browser: &mut Browser, hint: &str) -> Answer {
    browser.open(&authorize(INVITED, &[("id_token_hint", hint)])).await
}

fn refusal(answer: &Answer) -> String {
    let description = answer.to_app()["error_description"].clone();
    description.split(':').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_hint_is_consumed_when_its_journey_issues() {
    let server = site::start().await;
    let mut browser = Browser::new(&server);
    let hint = invitation("one");
    let page = come(&mut browser, &hint).await.page();
    // Until then the same browser may come again, after a reload or in another tab.
    let other_tab = come(&mut browser, &hint).await.page();

    browser.submit(&page, &[("colour", "red")]).await;
    let end = browser.confirmed(&page).await.to_app();
    let tokens = redeem(&mut browser, INVITED, &end["code"]).await;
    assert_eq!(claims(&tokens.json()["id_token"])["sub"], "ann");

    assert!(refusal(&come(&mut browser, &hint).await).starts_with("AADB2C902"), "consumed");
    browser.submit(&other_tab, &[("colour", "blue")]).await;
    let late = browser.confirmed(&other_tab).await;
    assert!(refusal(&late).starts_with("AADB2C902"), "also for a journey that began before");
    // A browser that lost the answer gets it again.
    assert!(browser.confirmed(&page).await.to_app().contains_key("code"));

    assert_eq!(come(&mut browser, &invitation("two")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_hint_belongs_to_the_browser_that_brought_it_first() {
    let server = site::start().await;
    let (mut browser, mut thief) = (Browser::new(&server), Browser::new(&server));
    let hint = invitation("one");
    let page = come(&mut browser, &hint).await.page();
    assert!(refusal(&come(&mut thief, &hint).await).starts_with("AADB2C902"));
    browser.submit(&page, &[("colour", "red")]).await;
    assert!(browser.confirmed(&page).await.to_app().contains_key("code"));
}

#[tokio::test]
async fn a_hint_that_is_required_must_be_there_and_be_right() {
    let server = site::start().await;
    let mut browser = Browser::new(&server);
    let forged = invitation("one").replace('.', ".x");
    for hint in ["", "nonsense", &forged] {
        let answer = come(&mut browser, hint).await;
        assert!(refusal(&answer).starts_with("AADB2C90"), "{hint}: {answer:?}");
    }
    assert_eq!(come(&mut browser, &invitation("one")).await.status, StatusCode::OK);
}
