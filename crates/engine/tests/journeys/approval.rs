//! An order from a signed hint is approved with a code: what is shown, sent and checked is what the hint says.

use jiff::Timestamp;
use journeyman_claims::ClaimValue;
use journeyman_engine::effect::{HintReply, HttpFailure, HttpReply, Secret};
use journeyman_engine::event::{Event, Next, PageInput};
use journeyman_engine::{Env, advance};
use serde_json::json;

use crate::play::{Play, program};

pub fn play() -> Play {
    let mut play = Play::of(program(&[("approval.xml", include_str!("policies/approval.xml"))], "B2C_1A_Approve"));
    let phone = [("strongAuthenticationPhoneNumber", "+441632960001")];
    play.world.add_user("buyer-1", phone.map(|(n, v)| (n.to_owned(), ClaimValue::from(v))));
    let hint = json!({"sub": "buyer-1", "order": "7", "total": "120.50 EUR", "mobile": "+15550000000"});
    play.world.hint = Some(HintReply::Accepted(hint.as_object().cloned().unwrap_or_default()));
    play.request.id_token_hint = Some(Secret::new("token"));
    play
}

fn answers(play: &mut Play, answers: &[(u16, &str)]) {
    let replies =
        answers.iter().map(|(status, body)| HttpReply::Answered { status: *status, body: (*body).to_owned() });
    play.world.answers.extend(replies);
}

const PENDING: (u16, &str) = (200, r#"{"status":"pending"}"#);
const APPROVED: (u16, &str) = (200, r#"{"status":"approved"}"#);

#[test]
fn the_right_code_approves() {
    let mut play = play();
    answers(&mut play, &[PENDING, PENDING, APPROVED]);
    insta::assert_snapshot!(play.run(
        "start
        action approvalControl SendCode
        action approvalControl VerifyCode secretCode=111111
        action approvalControl VerifyCode secretCode=222222
        submit"
    ));
}

#[test]
fn nothing_goes_on_before_the_code_is_right() {
    let mut play = play();
    answers(&mut play, &[PENDING, PENDING]);
    insta::assert_snapshot!(play.run(
        "start
        submit
        action approvalControl VerifyCode secretCode=111111
        action approvalControl SendCode
        action approvalControl VerifyCode
        action approvalControl VerifyCode secretCode=111111
        submit secretCode=111111 outcome=approved"
    ));
}

#[test]
fn what_the_page_only_shows_is_not_taken_from_a_post() {
    let mut play = play();
    answers(&mut play, &[PENDING, APPROVED]);
    let seen = play.run(
        "start
        action approvalControl SendCode mobile=+15559999999 total=1
        action approvalControl VerifyCode secretCode=222222 mobile=+15559999999 total=1
        submit total=1 order=8 buyer=somebody",
    );
    assert!(!seen.lines().any(|line| !line.starts_with('>') && line.contains("5559999999")), "{seen}");
    assert!(
        seen.ends_with("{\"sub\":\"buyer-1\",\"order\":\"7\",\"total\":\"120.50 EUR\"} methods [\"otp\"]\n"),
        "{seen}"
    );
}

#[test]
fn a_hint_that_is_missing_or_refused_ends_it_before_anything_is_called() {
    let mut play = play();
    play.request.id_token_hint = None;
    let seen = play.run("start");
    assert!(seen.contains("\nrefused AADB2C90272"), "{seen}");
    play.request.id_token_hint = Some(Secret::new("token"));
    play.world.hint = Some(HintReply::Refused(90_208));
    let seen = play.run("start");
    assert!(seen.contains("refused AADB2C90208") && !seen.contains("https://codes.example"), "{seen}");
}

#[test]
fn a_hint_must_name_a_user_and_hold_what_the_relying_party_requires() {
    let mut play = play();
    let lacking = json!({"sub": "buyer-1", "order": "7"});
    play.world.hint = Some(HintReply::Accepted(lacking.as_object().cloned().unwrap_or_default()));
    assert!(play.run("start").contains("refused AADB2C90210"), "the total is required");
    let stranger = json!({"sub": "nobody", "order": "7", "total": "1"});
    play.world.hint = Some(HintReply::Accepted(stranger.as_object().cloned().unwrap_or_default()));
    assert!(play.run("start").contains("refused AADB2C90053"), "there is no such user");
}

#[test]
fn attempts_run_out() {
    let mut play = play();
    play.world.allowed = 3;
    answers(&mut play, &[PENDING; 5]);
    insta::assert_snapshot!(play.run(
        "start
        action approvalControl SendCode
        action approvalControl VerifyCode secretCode=111111
        action approvalControl VerifyCode secretCode=111111
        action approvalControl VerifyCode secretCode=111111"
    ));
}

#[test]
fn a_service_that_is_down_is_said_on_the_page() {
    let mut play = play();
    play.world.answers.push_back(HttpReply::Failed(HttpFailure::Timeout));
    answers(&mut play, &[(500, "oops"), (409, r#"{"userMessage":"This number cannot get messages."}"#), PENDING]);
    insta::assert_snapshot!(play.run(
        "start
        action approvalControl SendCode
        action approvalControl SendCode
        action approvalControl SendCode
        action approvalControl SendCode"
    ));
}

#[test]
fn after_a_crash_while_sending_the_page_says_so_and_does_not_send_again() {
    let mut play = play();
    play.run("start");
    let seen = play.interrupted("action approvalControl SendCode");
    assert!(seen.contains("approvalControl CodeSent ERROR A message may have been sent"), "{seen}");
    assert!(!seen.contains("https://codes.example"), "{seen}");
}

#[test]
fn a_parked_journey_goes_on_where_it_stood() {
    let mut play = play();
    answers(&mut play, &[PENDING, APPROVED]);
    for line in ["start", "action approvalControl SendCode", "action approvalControl VerifyCode secretCode=222222"] {
        play.run(line);
        play.park();
    }
    assert!(play.run("submit").contains("issued by JwtIssuer"));
}

/// The events of a play as a recording keeps them: masked where they happened.
fn recorded(play: &Play) -> Vec<(Timestamp, Event)> {
    let program = play.program();
    let mut journey = play.journey().clone();
    let mut masked = Vec::new();
    for (at, event) in &play.events {
        masked.push((*at, event.masked(program, &journey, *at)));
        journey = advance(program, journey, event.clone(), &Env { now: *at }).0;
    }
    masked
}

/// The recording of a play holds no code, and replays to the same claims and token.
fn replays_without_its_secrets(play: &Play, seen: &str) {
    let events = recorded(play);
    assert!(!serde_json::to_string(&events).expect("events serialize").contains("222222"));
    let (journey, next) = journeyman_engine::replay(play.program(), &events).expect("it began");
    assert_eq!(journey.claims(), play.journey().claims());
    let Next::Issue(issue) = next else { panic!("it issues: {next:?}") };
    assert!(seen.contains(&serde_json::to_string(&issue.claims).expect("claims serialize")));
}

#[test]
fn a_recording_without_its_secrets_replays_to_the_same_end() {
    let mut play = play();
    answers(&mut play, &[PENDING, APPROVED]);
    let seen = play.run(
        "start\naction approvalControl SendCode\naction approvalControl VerifyCode secretCode=two-words\n\
         action approvalControl VerifyCode secretCode=222222\nsubmit",
    );
    replays_without_its_secrets(&play, &seen);
}

#[test]
fn a_service_that_repeats_the_code_is_not_quoted_in_a_recording() {
    let mut play = play();
    answers(&mut play, &[PENDING, (200, r#"{"status":"approved","echo":"your code was 222222"}"#)]);
    let script = "start\naction approvalControl SendCode\naction approvalControl VerifyCode secretCode=222222\nsubmit";
    let seen = play.run(script);
    replays_without_its_secrets(&play, &seen);
}

#[test]
fn a_page_that_is_no_longer_shown_changes_nothing() {
    let mut play = play();
    play.run("start");
    let before = play.journey().clone();
    let stale = Event::Page { instance: "another".to_owned(), input: PageInput::Cancel };
    assert_eq!(play.happen(stale), Next::Page);
    assert_eq!(*play.journey(), before);
}
