//! The public starter pack `LocalAccounts` runs as it was published.

use std::path::{Path, PathBuf};

use journeyman_claims::{ClaimValue, Name};
use journeyman_engine::event::Entry;

use crate::play::{Play, program};

/// The folder that is shared with the project, if it is there.
fn shared() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("JOURNEYMAN_SHARED").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

fn play(policy: &str) -> Option<Play> {
    let Some(shared) = shared() else {
        println!("skipped: shared/ is absent");
        return None;
    };
    let folder = shared.join("corpus/starterpack/LocalAccounts");
    let names = ["TrustFrameworkBase", "TrustFrameworkLocalization", "TrustFrameworkExtensions", policy];
    let texts =
        names.map(|name| std::fs::read_to_string(folder.join(format!("{name}.xml"))).expect("a file of the pack"));
    let files: Vec<_> = names.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    let id = match policy {
        "SignUpOrSignin" => "B2C_1A_signup_signin",
        "PasswordReset" => "B2C_1A_PasswordReset",
        _ => "B2C_1A_ProfileEdit",
    };
    Some(Play::of(program(&files, id)))
}

/// The last line of a transcript.
fn last(transcript: &str) -> &str {
    transcript.lines().last().unwrap_or_default()
}

/// A new account by the sign-up page, and what came of it.
fn signed_up(play: &mut Play) -> String {
    play.run("start\nsign up\nemail email send ada@example.com");
    let code = play.world.mailed[0].clone();
    play.run(&format!("email email verify {code}"));
    play.run("submit newPassword=P4ssword!_x reenterPassword=P4ssword!_x displayName=Ada givenName=A surname=L")
}

#[test]
fn signs_up_once_the_address_is_verified() {
    let Some(mut play) = play("SignUpOrSignin") else { return };
    play.run("start\nsign up");
    let form = "submit newPassword=P4ssword!_x reenterPassword=P4ssword!_x displayName=Ada";
    let early = play.run(form);
    assert!(!early.contains("write ") && early.contains(" ERROR "), "{early}");
    let done = signed_up(&mut play);
    assert!(done.contains("write signInNames.emailAddress = ada@example.com"), "{done}");
    let claims = r#"{"name":"Ada","given_name":"A","family_name":"L","email":"ada@example.com","sub":"user-1","tid":"tenant-id"}"#;
    assert_eq!(last(&done), format!("issued by JwtIssuer: {claims} methods [\"otp\"]"));
}

#[test]
fn two_passwords_must_be_the_same() {
    let Some(mut play) = play("SignUpOrSignin") else { return };
    play.run("start\nsign up\nemail email send ada@example.com");
    let code = play.world.mailed[0].clone();
    play.run(&format!("email email verify {code}"));
    let seen = play.run("submit newPassword=P4ssword!_x reenterPassword=other displayName=Ada");
    assert!(seen.contains("inspect newPassword, reenterPassword = newPassword"), "{seen}");
    assert!(seen.contains("Password reenterPassword required ERROR") && !seen.contains("write "), "{seen}");
}

#[test]
fn a_session_asks_for_nothing_again() {
    let Some(mut play) = play("SignUpOrSignin") else { return };
    signed_up(&mut play);
    let seen = play.run("start");
    assert_eq!(seen.lines().rev().nth(1), Some("  read objectId = user-1"));
    assert!(last(&seen).starts_with("issued by JwtIssuer"), "{seen}");
}

#[test]
fn a_wrong_password_stays_on_the_page_and_the_right_one_signs_in() {
    let Some(mut play) = play("SignUpOrSignin") else { return };
    signed_up(&mut play);
    play.session = None;
    for wrong in
        ["signInName=ada password=x", "signInName=ada@example.com password=no", "signInName=b@example.com password=no"]
    {
        let seen = play.run(&format!("start\nsubmit {wrong}"));
        assert!(last(&seen).contains("link forgot") && seen.contains("ERROR"), "{seen}");
    }
    let seen = play.run("submit signInName=ada@example.com password=P4ssword!_x");
    assert!(last(&seen).ends_with(r#"methods ["pwd"]"#), "{seen}");
}

#[test]
fn a_person_can_give_up_or_ask_for_a_new_password() {
    let Some(mut play) = play("SignUpOrSignin") else { return };
    assert!(last(&play.run("start\nforgot")).starts_with("refused AADB2C90118"));
    assert!(last(&play.run("start\nsign up\ncancel")).starts_with("refused AADB2C90091"));
}

#[test]
fn a_password_is_reset_for_a_verified_address() {
    let (Some(mut play), Some(mut reset)) = (play("SignUpOrSignin"), play("PasswordReset")) else { return };
    signed_up(&mut play);
    reset.world = std::mem::take(&mut play.world);
    reset.run("start\nemail email send ada@example.com");
    let code = reset.world.mailed[1].clone();
    reset.run(&format!("email email verify {code}\nsubmit"));
    let seen = reset.run("submit newPassword=An0ther!one reenterPassword=An0ther!one");
    assert!(seen.contains("write objectId = user-1") && last(&seen).starts_with("issued by"), "{seen}");
}

#[test]
fn a_profile_is_edited_by_whoever_signs_in() {
    let (Some(mut play), Some(mut edit)) = (play("SignUpOrSignin"), play("ProfileEdit")) else { return };
    signed_up(&mut play);
    edit.world = std::mem::take(&mut play.world);
    edit.run("start\nsubmit signInName=ada@example.com password=P4ssword!_x");
    let seen = edit.run("submit givenName=Countess surname=Lovelace");
    assert!(seen.contains("write objectId = user-1") && last(&seen).starts_with("issued by"), "{seen}");
    assert!(seen.contains("givenName=Countess"), "{seen}");
}

#[test]
fn a_refresh_token_is_redeemed_by_a_journey_without_pages() {
    let Some(mut play) = play("SignUpOrSignin") else { return };
    signed_up(&mut play);
    let claims = [("objectId", "user-1"), ("refreshTokenIssuedOnDateTime", "2026-03-01T10:00:00Z")];
    let claims = claims.map(|(name, value)| (Name::new(name), ClaimValue::from(value)));
    play.entry = Entry::Endpoint { id: "Token".to_owned(), claims: claims.into_iter().collect() };
    let seen = play.run("start");
    assert!(seen.contains("read objectId = user-1") && last(&seen).starts_with("issued by JwtIssuer"), "{seen}");
}
