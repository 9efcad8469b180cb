//! Attempts counted per person and purpose.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use journeyman_engine::effect::LimitReply::{Allowed, Blocked};
use journeyman_engine::effect::{LimitPurpose, LimitReply};
use journeyman_store::{BLOCKED_FOR_GOOD, LimitRules, Store};

use crate::{World, at, at_once, seconds};

const ADA: &str = "user:ada";

fn rules() -> LimitRules {
    LimitRules {
        threshold: 3,
        window: seconds(3600),
        lock: seconds(60),
        grow_after: 2,
        longest_lock: seconds(300),
        absolute: None,
    }
}

fn intent() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("intent/{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

async fn attempt(store: &Store, rules: &LimitRules, now: Timestamp) -> LimitReply {
    store.limits.attempt(&intent(), ADA, LimitPurpose::Approval, rules, now).await.expect("answers")
}

pub(crate) async fn attempts_run_out(world: &World) {
    let mut replies = Vec::new();
    for second in 0..4 {
        replies.push(attempt(&world.store, &rules(), at(second)).await);
    }
    let allowed = |remaining| Allowed { remaining };
    assert_eq!(replies, [allowed(2), allowed(1), allowed(0), Blocked { seconds: 59 }]);
}

pub(crate) async fn parallel_attempts_never_exceed_the_limit(world: &World) {
    let replies = at_once(world, 200, |store, _| async move { attempt(&store, &rules(), at(0)).await }).await;
    assert_eq!(replies.iter().filter(|reply| matches!(reply, Allowed { .. })).count(), 3);
    assert_eq!(replies.iter().filter(|reply| matches!(reply, Blocked { seconds: 60 })).count(), 197);
}

async fn exhaust(store: &Store, rules: &LimitRules, now: Timestamp) {
    for _ in 0..rules.threshold {
        assert!(matches!(attempt(store, rules, now).await, Allowed { .. }));
    }
}

pub(crate) async fn a_lock_ends(world: &World) {
    exhaust(&world.store, &rules(), at(0)).await;
    assert_eq!(attempt(&world.second_node, &rules(), at(59)).await, Blocked { seconds: 1 });
    assert_eq!(attempt(&world.second_node, &rules(), at(60)).await, Allowed { remaining: 0 });
    // One more failure within the window locks again.
    assert_eq!(attempt(&world.second_node, &rules(), at(60)).await, Blocked { seconds: 60 });
}

pub(crate) async fn locks_grow_up_to_the_longest(world: &World) {
    exhaust(&world.store, &rules(), at(0)).await;
    let mut now = at(0);
    let mut locks = Vec::new();
    for _ in 0..8 {
        let Blocked { seconds: lock } = attempt(&world.store, &rules(), now).await else { panic!("expected a lock") };
        locks.push(lock);
        now += seconds(i64::try_from(lock).expect("short"));
        assert!(matches!(attempt(&world.store, &rules(), now).await, Allowed { remaining: 0 }));
    }
    assert_eq!(locks, [60, 60, 120, 120, 240, 240, 300, 300]);
}

pub(crate) async fn after_a_quiet_window_locks_are_short_again(world: &World) {
    let rules = LimitRules { grow_after: 1, ..rules() };
    exhaust(&world.store, &rules, at(0)).await;
    assert_eq!(attempt(&world.store, &rules, at(60)).await, Allowed { remaining: 0 });
    assert_eq!(attempt(&world.store, &rules, at(60)).await, Blocked { seconds: 120 });
    // That lock ends at 180; a window later nothing of it is left.
    exhaust(&world.store, &rules, at(180 + 3600)).await;
    assert_eq!(attempt(&world.store, &rules, at(180 + 3600)).await, Blocked { seconds: 60 });
}

pub(crate) async fn success_forgets_failures(world: &World) {
    exhaust(&world.store, &rules(), at(0)).await;
    world.store.limits.succeeded(ADA, LimitPurpose::Approval).await.expect("forgets");
    assert_eq!(attempt(&world.store, &rules(), at(1)).await, Allowed { remaining: 2 });
}

pub(crate) async fn a_quiet_window_forgets_failures_but_not_all(world: &World) {
    let rules = LimitRules { absolute: Some(4), ..rules() };
    assert_eq!(attempt(&world.store, &rules, at(0)).await, Allowed { remaining: 2 });
    assert_eq!(attempt(&world.store, &rules, at(1)).await, Allowed { remaining: 1 });
    assert_eq!(attempt(&world.store, &rules, at(3600)).await, Allowed { remaining: 1 }, "one is left in all");
    assert_eq!(attempt(&world.store, &rules, at(3601)).await, Allowed { remaining: 0 });
}

pub(crate) async fn slow_guessing_is_stopped_for_good(world: &World) {
    let rules = LimitRules { absolute: Some(10), ..rules() };
    for hour in 0..10 {
        assert!(matches!(attempt(&world.store, &rules, at(hour * 7200)).await, Allowed { .. }), "hour {hour}");
    }
    let months = at(60 * 24 * 3600);
    assert_eq!(attempt(&world.store, &rules, months).await, Blocked { seconds: BLOCKED_FOR_GOOD });
    world.store.upkeep.purge(months, 100).await.expect("purges");
    assert_eq!(attempt(&world.store, &rules, months).await, Blocked { seconds: BLOCKED_FOR_GOOD });
    world.store.limits.succeeded(ADA, LimitPurpose::Approval).await.expect("forgets");
    assert!(matches!(attempt(&world.store, &rules, months).await, Allowed { .. }));
}

pub(crate) async fn purposes_and_subjects_are_apart(world: &World) {
    exhaust(&world.store, &rules(), at(0)).await;
    for (subject, purpose) in [(ADA, LimitPurpose::Password), ("user:bob", LimitPurpose::Approval)] {
        let reply = world.store.limits.attempt(&intent(), subject, purpose, &rules(), at(1)).await.expect("answers");
        assert_eq!(reply, Allowed { remaining: 2 });
        world.store.limits.succeeded(subject, purpose).await.expect("forgets");
    }
    assert!(matches!(attempt(&world.store, &rules(), at(1)).await, Blocked { .. }));
}

pub(crate) async fn a_repeated_intent_counts_once(world: &World) {
    for node in [&world.store, &world.second_node, &world.store] {
        let reply = node.limits.attempt("j/1", ADA, LimitPurpose::Approval, &rules(), at(0)).await.expect("answers");
        assert_eq!(reply, Allowed { remaining: 2 });
    }
    assert_eq!(attempt(&world.store, &rules(), at(0)).await, Allowed { remaining: 1 });
}
