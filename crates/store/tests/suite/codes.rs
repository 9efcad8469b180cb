//! One-time codes: each row of the state table of the one-time-password provider, and what holds under parallel use.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use journeyman_engine::effect::CodeRefusal::{
    InvalidCode, MaxNumberOfCodeGenerated, MaxRetryAttempted, SessionDoesNotExist, VerificationFailedRetryAllowed,
};
use journeyman_engine::effect::{CodeReply, CodeSettings, Secret};
use journeyman_store::Store;

use crate::{World, at, at_once};

const WHO: &str = "ada@example.com";

fn settings() -> CodeSettings {
    CodeSettings {
        expiration_seconds: 600,
        length: 6,
        characters: "0123456789".to_owned(),
        retry_attempts: 3,
        generation_attempts: 10,
        reuse_same_code: false,
    }
}

fn reusing() -> CodeSettings {
    CodeSettings { reuse_same_code: true, ..settings() }
}

/// Every call is an operation of its own, unless a test repeats one.
fn intent() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("intent/{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

async fn ask(store: &Store, settings: &CodeSettings, now: Timestamp) -> CodeReply {
    store.codes.generate(&intent(), "journey", WHO, settings, now).await.expect("answers")
}

async fn code(store: &Store, settings: &CodeSettings, now: Timestamp) -> String {
    match ask(store, settings, now).await {
        CodeReply::Generated(code) => code.expose().to_owned(),
        other => panic!("expected a code, got {other:?}"),
    }
}

async fn enter(store: &Store, code: &str, now: Timestamp) -> CodeReply {
    store.codes.verify(&intent(), "journey", WHO, &Secret::new(code), now).await.expect("answers")
}

fn wrong(code: &str) -> String {
    code.chars().map(|c| if c == '0' { '1' } else { '0' }).collect()
}

use CodeReply::{Refused, Verified};

pub(crate) async fn a_right_code_is_right_once(world: &World) {
    let code = code(&world.store, &settings(), at(0)).await;
    assert_eq!(enter(&world.second_node, &code, at(1)).await, Verified);
    assert_eq!(enter(&world.store, &code, at(2)).await, Refused(SessionDoesNotExist));
}

pub(crate) async fn of_many_right_guesses_one_counts(world: &World) {
    let right = code(&world.store, &settings(), at(0)).await;
    let replies = at_once(world, 200, |store, _| {
        let right = right.clone();
        async move { enter(&store, &right, at(1)).await }
    })
    .await;
    assert_eq!(replies.iter().filter(|reply| **reply == Verified).count(), 1);
    assert_eq!(replies.iter().filter(|reply| **reply == Refused(SessionDoesNotExist)).count(), 199);
}

pub(crate) async fn parallel_guesses_never_exceed_the_limit(world: &World) {
    let right = code(&world.store, &settings(), at(0)).await;
    let replies = at_once(world, 200, |store, _| {
        let guess = wrong(&right);
        async move { enter(&store, &guess, at(1)).await }
    })
    .await;
    let count = |wanted| replies.iter().filter(|reply| **reply == Refused(wanted)).count();
    assert_eq!(count(VerificationFailedRetryAllowed), 2);
    assert_eq!(count(InvalidCode), 1);
    assert_eq!(count(MaxRetryAttempted), 197);
    assert_eq!(enter(&world.store, &right, at(1)).await, Refused(MaxRetryAttempted));
}

pub(crate) async fn nothing_was_generated(world: &World) {
    assert_eq!(enter(&world.store, "123456", at(0)).await, Refused(SessionDoesNotExist));
}

pub(crate) async fn a_code_expires(world: &World) {
    let first = code(&world.store, &settings(), at(0)).await;
    assert_eq!(enter(&world.store, &wrong(&first), at(599)).await, Refused(VerificationFailedRetryAllowed));
    assert_eq!(enter(&world.store, &first, at(600)).await, Refused(SessionDoesNotExist));
}

pub(crate) async fn generating_restarts_the_expiry(world: &World) {
    let first = code(&world.store, &reusing(), at(0)).await;
    assert_eq!(code(&world.store, &reusing(), at(599)).await, first);
    assert_eq!(enter(&world.store, &first, at(1198)).await, Verified);
}

pub(crate) async fn the_last_attempt_says_so_and_locks(world: &World) {
    let right = code(&world.store, &settings(), at(0)).await;
    let mut replies = Vec::new();
    for _ in 0..4 {
        replies.push(enter(&world.store, &wrong(&right), at(1)).await);
    }
    let expected = [VerificationFailedRetryAllowed, VerificationFailedRetryAllowed, InvalidCode, MaxRetryAttempted];
    assert_eq!(replies, expected.map(Refused));
}

async fn lock(store: &Store, settings: &CodeSettings, now: Timestamp) -> String {
    let right = code(store, settings, now).await;
    for _ in 0..settings.retry_attempts {
        enter(store, &wrong(&right), now).await;
    }
    right
}

pub(crate) async fn a_right_code_after_the_last_attempt_is_refused(world: &World) {
    let right = lock(&world.store, &settings(), at(0)).await;
    assert_eq!(enter(&world.store, &right, at(1)).await, Refused(MaxRetryAttempted));
}

pub(crate) async fn no_code_is_given_out_while_locked(world: &World) {
    lock(&world.store, &settings(), at(0)).await;
    assert_eq!(ask(&world.store, &settings(), at(599)).await, Refused(MaxRetryAttempted));
    assert_eq!(ask(&world.store, &reusing(), at(599)).await, Refused(MaxRetryAttempted));
}

pub(crate) async fn after_the_lock_a_new_code_works(world: &World) {
    lock(&world.store, &settings(), at(0)).await;
    let fresh = code(&world.store, &settings(), at(600)).await;
    assert_eq!(enter(&world.store, &wrong(&fresh), at(601)).await, Refused(VerificationFailedRetryAllowed));
    assert_eq!(enter(&world.store, &fresh, at(601)).await, Verified);
}

pub(crate) async fn codes_are_limited_per_identifier(world: &World) {
    let three = CodeSettings { generation_attempts: 3, ..settings() };
    for _ in 0..3 {
        code(&world.store, &three, at(0)).await;
    }
    assert_eq!(ask(&world.store, &three, at(0)).await, Refused(MaxNumberOfCodeGenerated));
    let other = world.store.codes.generate(&intent(), "journey", "bob@example.com", &three, at(0)).await;
    assert!(matches!(other, Ok(CodeReply::Generated(_))));
}

pub(crate) async fn reuse_hands_out_the_same_code(world: &World) {
    let three = CodeSettings { generation_attempts: 3, ..reusing() };
    let first = code(&world.store, &three, at(0)).await;
    assert_eq!(code(&world.store, &three, at(1)).await, first);
    assert_eq!(code(&world.second_node, &three, at(2)).await, first);
    assert_eq!(ask(&world.store, &three, at(3)).await, Refused(MaxNumberOfCodeGenerated), "reuse counts as well");
    assert_eq!(enter(&world.store, &first, at(4)).await, Verified);
}

pub(crate) async fn reuse_keeps_the_attempts(world: &World) {
    let first = code(&world.store, &reusing(), at(0)).await;
    enter(&world.store, &wrong(&first), at(1)).await;
    enter(&world.store, &wrong(&first), at(1)).await;
    assert_eq!(code(&world.store, &reusing(), at(2)).await, first);
    assert_eq!(enter(&world.store, &wrong(&first), at(3)).await, Refused(InvalidCode));
}

pub(crate) async fn a_code_without_attempts_left_is_not_reused(world: &World) {
    let first = code(&world.store, &CodeSettings { length: 40, ..reusing() }, at(0)).await;
    enter(&world.store, &wrong(&first), at(1)).await;
    // Another profile of the journey allows fewer attempts.
    let strict = CodeSettings { length: 40, retry_attempts: 1, ..reusing() };
    let second = code(&world.store, &strict, at(2)).await;
    assert_ne!(second, first);
    assert_eq!(enter(&world.store, &second, at(3)).await, Verified);
}

pub(crate) async fn a_new_code_resets_the_attempts(world: &World) {
    let first = code(&world.store, &settings(), at(0)).await;
    enter(&world.store, &wrong(&first), at(1)).await;
    enter(&world.store, &wrong(&first), at(1)).await;
    let second = code(&world.store, &settings(), at(2)).await;
    assert_eq!(enter(&world.store, &wrong(&second), at(3)).await, Refused(VerificationFailedRetryAllowed));
}

pub(crate) async fn a_used_code_is_not_reused(world: &World) {
    let long = CodeSettings { length: 40, ..reusing() };
    let first = code(&world.store, &long, at(0)).await;
    assert_eq!(enter(&world.store, &first, at(1)).await, Verified);
    let second = code(&world.store, &long, at(2)).await;
    assert_ne!(second, first);
    assert_eq!(enter(&world.store, &first, at(3)).await, Refused(VerificationFailedRetryAllowed));
    assert_eq!(enter(&world.store, &second, at(3)).await, Verified);
}

pub(crate) async fn success_does_not_reset_the_number_of_codes(world: &World) {
    let two = CodeSettings { generation_attempts: 2, ..settings() };
    for _ in 0..2 {
        let right = code(&world.store, &two, at(0)).await;
        assert_eq!(enter(&world.store, &right, at(0)).await, Verified);
    }
    assert_eq!(ask(&world.store, &two, at(0)).await, Refused(MaxNumberOfCodeGenerated));
}

pub(crate) async fn a_dead_code_is_not_reused(world: &World) {
    let long = CodeSettings { length: 40, ..reusing() };
    let first = lock(&world.store, &long, at(0)).await;
    assert_ne!(code(&world.store, &long, at(600)).await, first, "its attempts are used up");
    let expired = code(&world.store, &long, at(700)).await;
    assert_ne!(code(&world.store, &long, at(1300)).await, expired, "its time is over");
}

pub(crate) async fn scopes_are_apart(world: &World) {
    let right = code(&world.store, &settings(), at(0)).await;
    let elsewhere = world.store.codes.verify(&intent(), "other", WHO, &Secret::new(&right), at(1)).await;
    assert_eq!(elsewhere.expect("answers"), Refused(SessionDoesNotExist));
    assert_eq!(enter(&world.store, &right, at(1)).await, Verified);
}

pub(crate) async fn identifiers_are_compared_without_case(world: &World) {
    let right = code(&world.store, &settings(), at(0)).await;
    let verified =
        world.store.codes.verify(&intent(), "journey", " ADA@Example.com ", &Secret::new(&right), at(1)).await;
    assert_eq!(verified.expect("answers"), Verified);
}

pub(crate) async fn space_around_a_code_is_ignored_and_case_is_not(world: &World) {
    let letters = CodeSettings { characters: "abcdefghij".to_owned(), ..settings() };
    let right = code(&world.store, &letters, at(0)).await;
    let shouted = enter(&world.store, &right.to_uppercase(), at(1)).await;
    assert_eq!(shouted, Refused(VerificationFailedRetryAllowed));
    assert_eq!(enter(&world.store, &format!(" {right}\n"), at(1)).await, Verified);
}

pub(crate) async fn a_repeated_intent_generates_nothing(world: &World) {
    let once = CodeSettings { generation_attempts: 1, ..settings() };
    let first = world.store.codes.generate("j/1", "journey", WHO, &once, at(0)).await.expect("answers");
    let again = world.second_node.codes.generate("j/1", "journey", WHO, &once, at(5)).await.expect("answers");
    assert!(matches!(first, CodeReply::Generated(_)));
    assert_eq!(first, again);
    let other = world.store.codes.generate("j/2", "journey", WHO, &once, at(5)).await.expect("answers");
    assert_eq!(other, Refused(MaxNumberOfCodeGenerated));
}

pub(crate) async fn a_repeated_intent_verifies_nothing(world: &World) {
    let right = code(&world.store, &settings(), at(0)).await;
    let guess = Secret::new(wrong(&right));
    for _ in 0..10 {
        let reply = world.store.codes.verify("j/1", "journey", WHO, &guess, at(1)).await.expect("answers");
        assert_eq!(reply, Refused(VerificationFailedRetryAllowed));
    }
    for node in [&world.store, &world.second_node] {
        let reply = node.codes.verify("j/2", "journey", WHO, &Secret::new(&right), at(1)).await.expect("answers");
        assert_eq!(reply, Verified, "the answer was lost, not the success");
    }
}

pub(crate) async fn codes_have_the_asked_shape(world: &World) {
    let odd = CodeSettings { length: 12, characters: "äöü€xyz123".to_owned(), ..settings() };
    let drawn = code(&world.store, &odd, at(0)).await;
    assert_eq!(drawn.chars().count(), 12);
    assert!(drawn.chars().all(|c| odd.characters.contains(c)), "a character is not of the set");
    assert_eq!(enter(&world.store, &drawn, at(1)).await, Verified);
}
