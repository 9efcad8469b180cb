//! Journeys parked by earlier versions are read by this one. To add a version: keep the old files, add one of the new.

use journeyman_engine::Journey;
use journeyman_engine::effect::HttpReply;

use crate::approval;

/// What version 1 parked: an approval whose code was sent.
const VERSION_1: &str = include_str!("parked/version_1.json");

#[test]
fn version_1_goes_on_where_it_stood() {
    let mut play = approval::play();
    play.take_up(Journey::unpark(VERSION_1.as_bytes()).expect("it is read"));
    play.world.answers.push_back(HttpReply::Answered { status: 200, body: r#"{"status":"approved"}"#.to_owned() });
    let seen = play.run("action approvalControl VerifyCode secretCode=222222\nsubmit");
    assert!(
        seen.contains("issued by JwtIssuer: {\"sub\":\"buyer-1\",\"order\":\"7\",\"total\":\"120.50 EUR\"}"),
        "{seen}"
    );
}

#[test]
fn what_is_parked_today_is_version_1() {
    let mut play = approval::play();
    play.run("start\naction approvalControl SendCode");
    let parked = String::from_utf8(play.journey().park()).expect("it is JSON");
    assert_eq!(parked, VERSION_1.trim_end(), "another shape needs another version, and a conversion from this one");
}

#[test]
fn what_cannot_be_read_is_said() {
    for damaged in ["", "{}", r#"{"version":"2","journey":{}}"#, &VERSION_1[..VERSION_1.len() / 2]] {
        assert!(Journey::unpark(damaged.as_bytes()).is_err(), "{damaged}");
    }
}
