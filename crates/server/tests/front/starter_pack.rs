//! The public starter pack `LocalAccounts`, unmodified, over HTTP: a new account with a verified address, signing in,
//! refreshing, a new password.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use jiff::SignedDuration;
use journeyman_engine::effect::Secret;
use journeyman_server::config::{Delivery, Messages, MissingPolicyKeys, Rewrite};
use journeyman_server::{Clock, Extras, Server};
use serde_json::Value;

use crate::app::{authorize, claims, redeem, refresh};
use crate::browser::{Answer, Browser, Page};
use crate::site;

const SIGN_IN: &str = "B2C_1A_signup_signin";
const RESET: &str = "B2C_1A_PasswordReset";
const ADDRESS: &str = "ada@example.com";

type Mailbox = Arc<Mutex<Vec<String>>>;

/// The server with the pack, and the codes that it mails. `None` where the pack is not at hand.
#[expect(clippy::print_stdout, reason = "says why it passes without testing anything")]
async fn start() -> Option<(Server, Clock, Mailbox)> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("JOURNEYMAN_SHARED").map_or_else(beside, PathBuf::from);
    let pack = shared.join("corpus/starterpack/LocalAccounts");
    if !pack.is_dir() {
        println!("skipped: shared/ is absent");
        return None;
    }
    let mailbox = Mailbox::default();
    let mails = Router::new().route("/v3/mail/send", post(receive)).with_state(Arc::clone(&mailbox));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    tokio::spawn(async move { axum::serve(listener, mails).await });

    let mut config = site::config();
    config.tenants[0].policies = vec![pack];
    config.missing_policy_keys = MissingPolicyKeys::Invent { secret: Secret::new("any") };
    let delivery = Delivery::SendGrid { api_key: Secret::new("key") };
    config.messages = Some(Messages { from: "club@example.com".to_owned(), from_name: None, delivery });
    config.outbound.rewrite.push(Rewrite {
        from: "https://api.sendgrid.com/".parse().expect("a URL"),
        to: format!("http://{address}/").parse().expect("a URL"),
    });
    config.outbound.allowed_hosts.push(address.to_string());
    let clock = site::begin();
    let server = site::start_with(config, clock.clone(), Extras::default()).await;
    Some((server, clock, mailbox))
}

/// Keeps the code of a mail: the line with nothing but digits.
async fn receive(State(mailbox): State<Mailbox>, Json(mail): Json<Value>) -> StatusCode {
    let text = mail["content"][0]["value"].as_str().unwrap_or_default().to_owned();
    let is_code = |line: &&str| !line.is_empty() && line.chars().all(|c| c.is_ascii_digit());
    let code = text.lines().map(str::trim).find(is_code).unwrap_or_default();
    mailbox.lock().expect("nobody panicked").push(code.to_owned());
    StatusCode::ACCEPTED
}

/// Has the address of a page verified.
async fn verify(browser: &mut Browser, page: &Page, mailbox: &Mailbox) {
    let about = [("claim_id", "email"), ("claim_value", ADDRESS)];
    let sent = browser.ask(page, &[&[("request_type", "VERIFICATION_REQUEST")][..], &about].concat()).await;
    assert_eq!(sent["status"], "200", "{sent}");
    let code = mailbox.lock().expect("nobody panicked").last().expect("a mail").clone();
    let wrong = if code.starts_with('1') { "2".repeat(code.len()) } else { "1".repeat(code.len()) };
    for (code, status) in [(wrong.as_str(), "400"), (code.as_str(), "200")] {
        let typed = [("request_type", "VALIDATION_REQUEST"), ("user_input", code)];
        let checked = browser.ask(page, &[&typed[..], &about].concat()).await;
        assert_eq!(checked["status"], status, "{checked}");
    }
}

async fn sign_up(browser: &mut Browser, mailbox: &Mailbox) -> Answer {
    let door = browser.open(&authorize(SIGN_IN, &[])).await.page();
    let page = browser.link(&door, "unified", &[("local", "signup")]).await.page();
    verify(browser, &page, mailbox).await;
    let fields = [
        ("email", ADDRESS),
        ("newPassword", "P4ssword!_x"),
        ("reenterPassword", "P4ssword!_x"),
        ("displayName", "Ada"),
        ("givenName", "A"),
        ("surname", "L"),
    ];
    let accepted = browser.submit(&page, &fields).await;
    assert_eq!(accepted["status"], "200", "{accepted}");
    browser.confirmed(&page).await
}

async fn sign_in(browser: &mut Browser, password: &str) -> Result<Answer, Value> {
    let page = browser.open(&authorize(SIGN_IN, &[("prompt", "login")])).await.page();
    let answer = browser.submit(&page, &[("signInName", ADDRESS), ("password", password)]).await;
    if answer["status"] == "200" { Ok(browser.confirmed(&page).await) } else { Err(answer) }
}

#[tokio::test]
async fn an_account_is_made_used_and_refreshed() {
    let Some((server, clock, mailbox)) = start().await else { return };
    let mut browser = Browser::new(&server);
    let end = sign_up(&mut browser, &mailbox).await.to_app();
    let tokens = redeem(&mut browser, SIGN_IN, &end["code"]).await.json();
    let first = claims(&tokens["id_token"]);
    assert_eq!(
        (&first["name"], &first["given_name"], &first["family_name"]),
        (&"Ada".into(), &"A".into(), &"L".into())
    );

    // The session of the sign-up answers for the next request.
    assert!(browser.open(&authorize(SIGN_IN, &[("prompt", "none")])).await.to_app().contains_key("code"));
    let mut elsewhere = Browser::new(&server);
    let refused = sign_in(&mut elsewhere, "P4ssword!_y").await.expect_err("a wrong password");
    assert!(refused["message"].as_str().is_some_and(|message| !message.is_empty()), "{refused}");
    let end = sign_in(&mut elsewhere, "P4ssword!_x").await.expect("the right one").to_app();
    let again = redeem(&mut elsewhere, SIGN_IN, &end["code"]).await.json();
    assert_eq!(claims(&again["id_token"])["sub"], first["sub"]);

    clock.advance(SignedDuration::from_hours(2));
    let token = tokens["refresh_token"].as_str().expect("a refresh token");
    let refreshed = refresh(&mut browser, SIGN_IN, token).await;
    assert_eq!(refreshed.status, StatusCode::OK, "{}", refreshed.body);
    assert_eq!(claims(&refreshed.json()["id_token"])["sub"], first["sub"]);
}

#[tokio::test]
async fn a_new_password_takes_the_place_of_the_old_one_and_of_its_refresh_tokens() {
    let Some((server, clock, mailbox)) = start().await else { return };
    let mut browser = Browser::new(&server);
    let end = sign_up(&mut browser, &mailbox).await.to_app();
    let tokens = redeem(&mut browser, SIGN_IN, &end["code"]).await.json();
    clock.advance(SignedDuration::from_mins(10));

    let page = browser.open(&authorize(SIGN_IN, &[("prompt", "login")])).await.page();
    let forgot = browser.link(&page, "forgotPassword", &[]).await.to_app();
    assert!(forgot["error_description"].starts_with("AADB2C90118"), "{forgot:?}");

    let page = browser.open(&authorize(RESET, &[])).await.page();
    verify(&mut browser, &page, &mailbox).await;
    assert_eq!(browser.submit(&page, &[("email", ADDRESS)]).await["status"], "200");
    let page = browser.confirmed(&page).await.page();
    let fields = [("newPassword", "N3wword!_x"), ("reenterPassword", "N3wword!_x")];
    let accepted = browser.submit(&page, &fields).await;
    assert_eq!(accepted["status"], "200", "{accepted}");
    assert!(browser.confirmed(&page).await.to_app().contains_key("code"));

    sign_in(&mut browser, "P4ssword!_x").await.expect_err("the old password");
    sign_in(&mut browser, "N3wword!_x").await.expect("the new password");
    let token = tokens["refresh_token"].as_str().expect("a refresh token");
    assert_eq!(refresh(&mut browser, SIGN_IN, token).await.json()["error"], "invalid_grant");
}
