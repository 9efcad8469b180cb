//! Accounts, single sign-on and refreshing.

use axum::http::StatusCode;
use jiff::SignedDuration;
use journeyman_engine::effect::DirectoryKey;
use journeyman_server::{Clock, Server};
use journeyman_store::Tenant;
use serde_json::Value;

use crate::app::{authorize, claims, redeem, refresh};
use crate::browser::{Answer, Browser};
use crate::site::{self, REDIRECT, TENANT, TENANT_ID};

const MEMBER: &str = "B2C_1A_Member";
/// The same without a journey that refreshes.
const LASTING: &str = "B2C_1A_Lasting";

async fn start() -> (Server, Clock) {
    let clock = site::begin();
    (site::start_with(site::config(), clock.clone(), Default::default()).await, clock)
}

/// Joins the club and comes back to the application.
async fn join(browser: &mut Browser) -> Answer {
    join_as(browser, MEMBER, "ann").await
}

async fn join_as(browser: &mut Browser, policy: &str, name: &str) -> Answer {
    let door = browser.open(&authorize(policy, &[("prompt", "login")])).await.page();
    assert_eq!(door.api, "CombinedSigninAndSignup");
    let page = browser.link(&door, "unified", &[("local", "signup")]).await.page();
    let fields = [("loginName", name), ("password", "Correct-horse-1"), ("nickname", "Ann")];
    let joined = browser.submit(&page, &fields).await;
    assert_eq!(joined["status"], "200", "{joined}");
    browser.confirmed(&page).await
}

async fn sign_in(browser: &mut Browser, remember_me: &str) -> Answer {
    let page = browser.open(&authorize(MEMBER, &[])).await.page();
    let accepted = browser.submit(&page, &[("loginName", "ann"), ("password", "Correct-horse-1")]).await;
    assert_eq!(accepted["status"], "200", "{accepted}");
    browser.link(&page, "confirmed", &[("rememberMe", remember_me)]).await
}

async fn tokens(browser: &mut Browser, end: &Answer) -> Value {
    let code = end.to_app()["code"].clone();
    let answer = redeem(browser, MEMBER, &code).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

/// The error of a request that forbids asking; `None` when it got its code.
async fn silently(browser: &mut Browser, change: &[(&str, &str)]) -> Option<String> {
    let request = authorize(MEMBER, &[&[("prompt", "none")], change].concat());
    let end = browser.open(&request).await.to_app();
    end.get("error_description").map(|text| text.split(':').next().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn joining_and_signing_in_give_the_same_person() {
    let (server, _) = start().await;
    let mut browser = Browser::new(&server);
    let end = join(&mut browser).await;
    let joined = claims(&tokens(&mut browser, &end).await["id_token"]);
    assert_eq!(joined["name"], "Ann");

    let mut other = Browser::new(&server);
    let page = other.open(&authorize(MEMBER, &[])).await.page();
    let wrong = other.submit(&page, &[("loginName", "ann"), ("password", "wrong")]).await;
    assert_eq!(
        (wrong["status"].as_str(), wrong["message"].as_str()),
        (Some("400"), Some("That password is not right."))
    );
    let end = sign_in(&mut other, "false").await;
    assert_eq!(claims(&tokens(&mut other, &end).await["id_token"])["sub"], joined["sub"]);
}

#[tokio::test]
async fn a_session_answers_without_asking() {
    let (server, clock) = start().await;
    let mut browser = Browser::new(&server);
    assert_eq!(silently(&mut browser, &[]).await.as_deref(), Some("AADB2C90077"));
    join(&mut browser).await;
    assert_eq!(silently(&mut browser, &[]).await, None);
    assert_eq!(browser.open(&authorize(MEMBER, &[("prompt", "login")])).await.page().api, "CombinedSigninAndSignup");
    assert_eq!(silently(&mut browser, &[("max_age", "60")]).await, None);
    clock.advance(SignedDuration::from_secs(61));
    assert_eq!(silently(&mut browser, &[("max_age", "60")]).await.as_deref(), Some("AADB2C90121"));
    let asked = browser.open(&authorize(MEMBER, &[("max_age", "60")])).await;
    assert_eq!(asked.page().api, "CombinedSigninAndSignup");
}

#[tokio::test]
async fn a_silent_request_without_cookies_is_answered_to_the_application() {
    let (server, _) = start().await;
    let mut browser = Browser::new(&server);
    let entry = browser.get(&authorize(MEMBER, &[("prompt", "none")])).await.location().to_owned();
    browser.cookies.clear();
    let answer = browser.open(&entry).await.to_app();
    assert_eq!(answer["error"], "interaction_required");
}

#[tokio::test]
async fn a_browser_without_cookies_is_told_so() {
    let (server, _) = start().await;
    let mut browser = Browser::new(&server);
    let entry = browser.get(&authorize(MEMBER, &[])).await.location().to_owned();
    browser.cookies.clear();
    let introduced = browser.get(&entry).await;
    assert_eq!(introduced.status, StatusCode::SEE_OTHER);
    browser.cookies.clear();
    let answer = browser.get(introduced.location()).await;
    assert!(answer.body.contains("Cookies are switched off"), "{}", answer.body);
}

#[tokio::test]
async fn a_session_rolls_and_then_ends() {
    let (server, clock) = start().await;
    let mut browser = Browser::new(&server);
    join(&mut browser).await;
    for _ in 0..3 {
        clock.advance(SignedDuration::from_secs(800));
        assert_eq!(silently(&mut browser, &[]).await, None);
    }
    clock.advance(SignedDuration::from_secs(900));
    assert_eq!(silently(&mut browser, &[]).await.as_deref(), Some("AADB2C90077"));
}

#[tokio::test]
async fn staying_signed_in_outlives_the_session() {
    let (server, clock) = start().await;
    let mut browser = Browser::new(&server);
    join(&mut browser).await;
    let mut stays = Browser::new(&server);
    let end = sign_in(&mut stays, "true").await;
    let set = end.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok()).find(|v| v.contains("-sso-"));
    assert!(set.is_some_and(|cookie| cookie.contains("Max-Age=604800")), "{set:?}");
    clock.advance(SignedDuration::from_hours(24 * 6));
    assert_eq!(silently(&mut stays, &[]).await, None);
    assert_eq!(silently(&mut browser, &[]).await.as_deref(), Some("AADB2C90077"));
}

#[tokio::test]
async fn staying_signed_in_is_not_inherited_by_the_next_person() {
    let (server, _) = start().await;
    join(&mut Browser::new(&server)).await;
    let mut shared = Browser::new(&server);
    let age = |end: &Answer| {
        let mut set = end.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        set.find(|cookie| cookie.contains("-sso-")).map(|cookie| cookie.contains("Max-Age"))
    };
    let end = sign_in(&mut shared, "true").await;
    assert_eq!(age(&end), Some(true), "ann stays");
    let end = join_as(&mut shared, MEMBER, "ben").await;
    assert_eq!(age(&end), Some(false), "ben did not ask for it");
}

#[tokio::test]
async fn a_session_that_was_planted_is_replaced_at_the_sign_in() {
    let (server, clock) = start().await;
    let mut attacker = Browser::new(&server);
    join(&mut attacker).await;
    let planted = attacker.cookies.clone();
    clock.advance(SignedDuration::from_secs(1));
    let mut victim = Browser::new(&server);
    victim.cookies = planted.clone();
    let page = victim.open(&authorize(MEMBER, &[("prompt", "login")])).await.page();
    victim.submit(&page, &[("loginName", "ann"), ("password", "Correct-horse-1")]).await;
    victim.confirmed(&page).await.to_app();
    let session = |cookies: &std::collections::BTreeMap<String, String>| {
        cookies.iter().find(|(name, _)| name.contains("-sso-")).map(|(_, value)| value.clone())
    };
    assert_ne!(session(&victim.cookies), session(&planted));
}

#[tokio::test]
async fn signing_out_ends_the_session_and_leads_where_the_application_is_registered() {
    let (server, _) = start().await;
    let mut browser = Browser::new(&server);
    join(&mut browser).await;
    let logout = format!("/{TENANT}/{MEMBER}/oauth2/v2.0/logout");
    let refused = browser.get(&format!("{logout}?post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F")).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.body);
    let query = crate::browser::encode(&[("post_logout_redirect_uri", REDIRECT), ("state", "bye")]);
    let left = browser.get(&format!("{logout}?{query}")).await;
    assert_eq!((left.status, left.location()), (StatusCode::FOUND, format!("{REDIRECT}?state=bye").as_str()));
    assert_eq!(silently(&mut browser, &[]).await.as_deref(), Some("AADB2C90077"));
    let page = browser.get(&logout).await;
    assert!(page.body.contains("You are signed out"), "{}", page.body);
}

#[tokio::test]
async fn refresh_tokens_rotate_and_a_replay_revokes_all() {
    let (server, clock) = start().await;
    let mut browser = Browser::new(&server);
    let end = join(&mut browser).await;
    let first = tokens(&mut browser, &end).await;
    let old = first["refresh_token"].as_str().expect("a refresh token").to_owned();
    clock.advance(SignedDuration::from_mins(30));
    let second = refresh(&mut browser, MEMBER, &old).await;
    assert_eq!(second.status, StatusCode::OK, "{}", second.body);
    let second = second.json();
    let (before, after) = (claims(&first["id_token"]), claims(&second["id_token"]));
    for same in ["sub", "name", "nonce", "auth_time", "iss", "aud"] {
        assert_eq!(before[same], after[same], "{same}");
    }
    assert_eq!(after["iat"].as_i64(), before["iat"].as_i64().map(|at| at + 1800));

    assert_eq!(refresh(&mut browser, MEMBER, &old).await.json()["error"], "invalid_grant");
    let newer = second["refresh_token"].as_str().expect("a refresh token");
    assert_eq!(refresh(&mut browser, MEMBER, newer).await.json()["error"], "invalid_grant", "the family is revoked");
}

#[tokio::test]
async fn who_is_gone_is_not_refreshed() {
    let (server, clock) = start().await;
    let mut browser = Browser::new(&server);
    let end = join(&mut browser).await;
    let tokens = tokens(&mut browser, &end).await;
    let tenant = Tenant { id: TENANT_ID, domain: TENANT };
    let person = claims(&tokens["id_token"])["sub"].as_str().expect("an id").to_owned();
    let key = DirectoryKey { attribute: "objectId".to_owned(), value: person };
    server.store().directory.delete_user(tenant, "test", &key, clock.now()).await.expect("deletes");
    let refused = refresh(&mut browser, MEMBER, tokens["refresh_token"].as_str().expect("a token")).await;
    assert_eq!(refused.json()["error"], "invalid_grant", "{}", refused.body);
}

#[tokio::test]
async fn refreshing_often_does_not_outlive_a_revocation() {
    let (server, clock) = start().await;
    let mut browser = Browser::new(&server);
    let end = join_as(&mut browser, LASTING, "ann").await;
    let redeemed = redeem(&mut browser, LASTING, &end.to_app()["code"]).await.json();
    let person = claims(&redeemed["id_token"])["sub"].as_str().expect("an id").to_owned();
    clock.advance(SignedDuration::from_mins(30));
    let just_before = refresh(&mut browser, LASTING, redeemed["refresh_token"].as_str().expect("a token")).await.json();
    clock.advance(SignedDuration::from_secs(1));
    let tenant = Tenant { id: TENANT_ID, domain: TENANT };
    server.store().directory.revoke_tokens(tenant, &person, clock.now()).await.expect("revokes");
    let refused = refresh(&mut browser, LASTING, just_before["refresh_token"].as_str().expect("a token")).await;
    assert_eq!(refused.json()["error"], "invalid_grant", "{}", refused.body);
}
