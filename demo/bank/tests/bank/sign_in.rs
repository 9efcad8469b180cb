//! Signing in and out, the profile, the password, and what the bank makes of wrong answers.

use http::StatusCode;
use serde_json::json;

use crate::{
    engine::{Claims, Request, Signature},
    world::{World, sign_in},
};

#[tokio::test]
async fn a_person_signs_in_and_sees_every_claim() {
    let mut world = World::start().await;
    assert!(world.browser.get("/").await.body.contains("Sign up / Sign in"));

    let asked = world.browser.get("/claims").await;
    assert_eq!(asked.location(), "/sign-in?return_to=%2Fclaims");
    let request = Request::from_url(world.browser.get("/sign-in?return_to=%2Fclaims").await.location());
    assert_eq!(request.policy, "b2c_1a_psd2_susi");
    assert_eq!(request.get("response_type"), "code");
    assert_eq!(request.get("response_mode"), "query");
    assert_eq!(request.get("code_challenge_method"), "S256");
    assert_eq!(request.get("redirect_uri"), "http://127.0.0.1:4001/signin-oidc");

    let before = world.browser.cookie.clone();
    let back = world.answer(&request, |_| {}).await;
    assert_eq!(back.location(), "/claims");
    assert_ne!(world.browser.cookie, before, "a session that begins has a new cookie");
    let claims = world.browser.get("/claims").await;
    for text in ["Mo Example", "auth_time", "b2c_1a_psd2_susi"] {
        assert!(claims.shows(text), "{text}: {}", claims.text());
    }
    for text in ["Mo Example", "Edit Profile", "Reset Password", "Sign out"] {
        assert!(claims.body.contains(text), "{text}");
    }
}

#[tokio::test]
async fn an_answer_counts_once_and_only_in_the_browser_that_asked() {
    let mut world = World::start().await;
    let request = Request::from_url(world.browser.get("/sign-in").await.location());
    let callback = world.issue(&request, |_| {});

    let mut other = world.other_browser();
    assert!(other.get(&callback).await.shows("not expected"), "no session at all");
    other.get("/sign-in").await;
    assert!(other.get(&callback).await.shows("not expected"), "another session");

    assert_eq!(world.browser.get(&callback).await.location(), "/");
    assert!(world.browser.get(&callback).await.shows("used already"));
    let late = Request::from_url(other.get("/sign-in").await.location());
    world.clock.advance(61 * 60);
    assert_eq!(other.get(&world.issue(&late, |_| {})).await.location(), "/problem");
    assert!(other.get("/problem").await.shows("The time to finish ran out"), "too late");
}

#[tokio::test]
async fn tokens_that_are_not_exactly_right_sign_nobody_in() {
    let world = World::start().await;
    type Change = fn(&mut Claims);
    let good: Change = |_| {};
    let cases: [(&str, Signature, Change, &str); 14] = [
        (
            "issuer",
            Signature::Good,
            |c| drop(c.insert("iss".into(), json!("https://evil.example/"))),
            "could not be trusted",
        ),
        ("audience", Signature::Good, |c| drop(c.insert("aud".into(), json!("other"))), "could not be trusted"),
        (
            "a second audience",
            Signature::Good,
            |c| drop(c.insert("aud".into(), json!(["bank", "x"]))),
            "could not be trusted",
        ),
        ("nonce", Signature::Good, |c| drop(c.insert("nonce".into(), json!("other"))), "could not be trusted"),
        ("no nonce", Signature::Good, |c| drop(c.remove("nonce")), "could not be trusted"),
        ("expired", Signature::Good, |c| drop(c.insert("exp".into(), json!(1_789_999_999))), "ran out"),
        ("not yet", Signature::Good, |c| drop(c.insert("nbf".into(), json!(1_790_000_061))), "could not be trusted"),
        (
            "policy",
            Signature::Good,
            |c| drop(c.insert("acr".into(), json!("b2c_1a_psd2_stepup"))),
            "could not be trusted",
        ),
        ("no policy", Signature::Good, |c| drop(c.remove("acr")), "could not be trusted"),
        ("two policies", Signature::Good, |c| drop(c.insert("tfp".into(), json!("other"))), "could not be trusted"),
        ("no subject", Signature::Good, |c| drop(c.remove("sub")), "could not be trusted"),
        ("foreign key", Signature::ForeignKey, good, "could not be trusted"),
        ("unsigned", Signature::None, good, "could not be trusted"),
        ("public key as secret", Signature::PublicKeyAsSecret, good, "could not be trusted"),
    ];
    for (what, signature, change, sentence) in cases {
        let mut browser = world.other_browser();
        let request = Request::from_url(browser.get("/sign-in").await.location());
        let mut claims = world.engine.claims(&request, "Mo");
        change(&mut claims);
        let back = browser.get(&world.engine.issue(&request, &claims, signature)).await;
        assert_eq!(back.location(), "/problem", "{what}");
        let problem = browser.get("/problem").await;
        assert!(problem.shows(sentence), "{what}: {}", problem.text());
        assert!(browser.get("/").await.body.contains("Sign up / Sign in"), "{what}");
    }
}

#[tokio::test]
async fn errors_of_the_engine_become_sentences_with_a_way_on() {
    let mut world = World::start().await;
    for (error, description, status, sentence) in [
        ("access_denied", "AADB2C90091: cancelled", StatusCode::OK, "You cancelled"),
        ("server_error", "AADB2C90075: exchange failed", StatusCode::BAD_GATEWAY, "does not answer at the moment"),
        ("access_denied", "AADB2C90157: retries", StatusCode::FORBIDDEN, "too many wrong attempts"),
        ("invalid_request", "<script>alert(1)</script>", StatusCode::BAD_REQUEST, "could not finish"),
    ] {
        let request = Request::from_url(world.browser.get("/sign-in").await.location());
        let back = world.browser.get(&request.refuse(error, description)).await;
        assert_eq!(back.location(), "/problem", "the address keeps nothing of the answer");
        let page = world.browser.get("/problem").await;
        assert_eq!(page.status, status, "{description}");
        assert!(page.shows(sentence), "{description}: {}", page.text());
        assert!(!page.body.contains("AADB2C") && !page.body.contains("alert(1)"), "{description}");
        assert!(page.body.contains(r#"href="/sign-in""#), "{description}");
    }
}

#[tokio::test]
async fn a_forgotten_password_leads_to_the_reset_policy() {
    let mut world = World::start().await;
    let request = Request::from_url(world.browser.get("/sign-in").await.location());
    let back = world.browser.get(&request.refuse("access_denied", "AADB2C90118: forgot")).await;
    let reset = Request::from_url(back.location());
    assert_eq!(reset.policy, "b2c_1a_psd2_passwordreset");
    assert_eq!(world.answer(&reset, |_| {}).await.location(), "/");
    let home = world.browser.get("/").await;
    assert!(home.shows("Your password has been changed."));
    assert!(home.body.contains("Sign up / Sign in"), "a new password is no sign-in");
    assert!(!world.browser.get("/").await.shows("password"), "told once");
}

#[tokio::test]
async fn an_edited_profile_shows_at_once() {
    let mut world = World::signed_in("Mo").await;
    let home = world.browser.get("/").await;
    let request = Request::from_url(world.browser.press(&home, "/profile").await.location());
    assert_eq!(request.policy, "b2c_1a_psd2_profileedit");
    let back = world.answer(&request, |claims| drop(claims.insert("name".into(), json!("Mo Renamed")))).await;
    assert_eq!(back.location(), "/");
    let home = world.browser.get("/").await;
    assert!(home.shows("Your profile has been saved.") && home.shows("Mo Renamed"), "{}", home.text());
}

#[tokio::test]
async fn somebody_else_coming_back_ends_the_session() {
    let mut world = World::signed_in("Mo").await;
    let home = world.browser.get("/").await;
    let request = Request::from_url(world.browser.press(&home, "/password").await.location());
    assert_eq!(request.policy, "b2c_1a_psd2_passwordreset");
    let back = world.answer(&request, |claims| drop(claims.insert("sub".into(), json!("Eve")))).await;
    assert_eq!(back.location(), "/problem");
    assert!(world.browser.get("/problem").await.shows("Somebody else signed in"));
    assert!(world.browser.get("/").await.body.contains("Sign up / Sign in"));
}

#[tokio::test]
async fn five_idle_minutes_end_what_a_session_may_do() {
    let mut world = World::signed_in("Mo").await;
    world.clock.advance(299);
    assert_eq!(world.browser.get("/send-money").await.status, StatusCode::OK);
    world.clock.advance(301);
    let page = world.browser.get("/send-money").await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.shows("signed out to keep your account safe") && page.shows("Sign in again"));
    let back = "/sign-in?return_to=%2Fsend-money";
    assert!(page.body.contains(&format!("href=\"{back}\"")), "{}", page.body);
    let again = Request::from_url(world.browser.get(back).await.location());
    assert_eq!(again.get("prompt"), "login", "the engine's own session is not enough after a pause");
}

#[tokio::test]
async fn signing_out_ends_both_sessions() {
    let mut world = World::signed_in("Mo").await;
    let home = world.browser.get("/").await;
    let stolen = world.browser.clone();
    let out = world.browser.press(&home, "/sign-out").await;
    let end = out.location();
    assert!(end.contains("/b2c_1a_psd2_susi/oauth2/v2.0/logout?id_token_hint="), "{end}");
    assert!(end.contains("post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A4001%2Fsigned-out"), "{end}");
    assert!(world.browser.cookie.is_none());
    assert!(world.browser.get("/signed-out").await.shows("You are signed out"));
    for mut browser in [world.browser, stolen] {
        assert_eq!(browser.get("/claims").await.location(), "/sign-in?return_to=%2Fclaims");
    }
}

#[tokio::test]
async fn the_engine_may_come_up_later() {
    let mut world = World::start().await;
    world.engine.set_up(false);
    let page = world.browser.get("/sign-in").await;
    assert_eq!(page.status, StatusCode::BAD_GATEWAY);
    assert!(page.shows("The sign-in service does not answer"));
    world.engine.set_up(true);
    assert_eq!(sign_in(&world.engine, &mut world.browser, "Mo").await.location(), "/");
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let mut world = World::start().await;
    let request = Request::from_url(world.browser.get("/sign-in?return_to=//evil.example/").await.location());
    assert_eq!(world.answer(&request, |_| {}).await.location(), "/");
}

#[tokio::test]
async fn a_sign_in_that_is_older_than_a_pause_signs_nobody_in() {
    let mut world = World::start().await;
    let request = Request::from_url(world.browser.get("/sign-in").await.location());
    assert_eq!(request.get("max_age"), "300");
    let long_ago = world.clock.now().as_second() - 361;
    let back = world.answer(&request, |claims| drop(claims.insert("auth_time".into(), json!(long_ago)))).await;
    assert_eq!(back.location(), "/problem");
    assert!(world.browser.get("/").await.body.contains("Sign up / Sign in"));
}

#[tokio::test]
async fn the_engines_session_does_not_bring_an_idle_session_back() {
    let mut world = World::signed_in("Mo").await;
    let signed_in = world.clock.now().as_second();
    let home = world.browser.get("/").await;
    let request = Request::from_url(world.browser.press(&home, "/profile").await.location());
    world.clock.advance(6 * 60);
    world.answer(&request, |claims| drop(claims.insert("auth_time".into(), json!(signed_in - 61)))).await;
    assert_eq!(world.browser.get("/send-money").await.status, StatusCode::UNAUTHORIZED);
}
