//! Requests, keys, programs, recordings, audit, and forgetting.

use journeyman_store::{AuditEvent, Grant, NewJourney, Parked, StoredKey};
use serde_json::json;

use crate::{World, at, at_once, handle};

pub(crate) async fn a_request_is_read_until_it_expires(world: &World) {
    let request = handle();
    world.store.requests.put_request(&request, b"client_id=bank", at(600)).await.expect("stores");
    for second in [0, 599] {
        let found = world.second_node.requests.read_request(&request, at(second)).await.expect("answers");
        assert_eq!(found.as_deref(), Some(&b"client_id=bank"[..]));
    }
    assert_eq!(world.store.requests.read_request(&request, at(600)).await.expect("answers"), None);
    assert_eq!(world.store.requests.read_request(&handle(), at(0)).await.expect("answers"), None);
    world.store.requests.delete_request(&request).await.expect("forgets");
    assert_eq!(world.store.requests.read_request(&request, at(0)).await.expect("answers"), None);
}

fn key(id: &str) -> StoredKey {
    StoredKey {
        id: id.to_owned(),
        created_at: at(0),
        not_before: Some(at(10)),
        expires_at: None,
        secret: format!("secret of {id}").into_bytes(),
        certificate: Some(vec![1, 2, 3]),
    }
}

pub(crate) async fn nodes_that_start_together_end_with_one_key(world: &World) {
    assert_eq!(world.store.keys.key_set("signing").await.expect("answers").generation, 0);
    let sets = at_once(world, 20, |store, n| async move {
        store.keys.add_key("signing", 0, &key(&format!("key {n}"))).await.expect("answers")
    })
    .await;
    assert_eq!(sets[0].keys.len(), 1);
    assert!(sets.iter().all(|set| *set == sets[0]), "every node uses the same key");
    assert_eq!(world.store.keys.key_set("signing").await.expect("answers"), sets[0]);
    assert_eq!(world.store.keys.key_set("other").await.expect("answers").keys, []);
}

pub(crate) async fn keys_are_added_in_turn(world: &World) {
    let first = world.store.keys.add_key("signing", 0, &key("z")).await.expect("adds");
    let second = world.second_node.keys.add_key("signing", first.generation, &key("a")).await.expect("adds");
    assert_eq!((second.generation, &second.keys), (2, &vec![key("z"), key("a")]));
    let late = world.store.keys.add_key("signing", first.generation, &key("late")).await.expect("answers");
    assert_eq!(late, second, "a node that did not know of the rotation changes nothing");
    assert!(!format!("{late:?}").contains("secret of"));
}

pub(crate) async fn a_program_stays_while_something_names_it(world: &World) {
    let days = |days: i64| at(days * 24 * 3600);
    for digest in ["journey's", "grant's", "nobody's", "served"] {
        world.store.programs.put_program(digest, digest.as_bytes(), days(0)).await.expect("stores");
    }
    let journey = NewJourney {
        handle: handle(),
        browser: handle(),
        program: "journey's".to_owned(),
        parked: Parked { snapshot: vec![], pending_intent: None, expires_at: days(20) },
    };
    assert!(world.store.journeys.park(&journey).await.expect("parks"));
    let grant = Grant {
        family: "f".to_owned(),
        tenant: "contoso".to_owned(),
        policy: "p".to_owned(),
        client: "c".to_owned(),
        program: "grant's".to_owned(),
        issued_at: days(0),
        expires_at: days(20),
        payload: vec![],
    };
    assert!(world.store.grants.put_refresh(&handle(), &grant).await.expect("stores"));
    world.second_node.programs.put_program("served", b"served", days(9)).await.expect("notes");
    world.store.upkeep.purge(days(10), 100).await.expect("purges");
    for (digest, stays) in [("journey's", true), ("grant's", true), ("nobody's", false), ("served", true)] {
        let found = world.second_node.programs.program(digest).await.expect("answers");
        assert_eq!(found.as_deref(), stays.then_some(digest.as_bytes()), "{digest}");
    }
    world.store.upkeep.purge(days(20), 100).await.expect("purges");
    for digest in ["journey's", "grant's"] {
        assert_eq!(world.store.programs.program(digest).await.expect("answers"), None, "{digest}");
    }
}

pub(crate) async fn recordings_keep_their_order(world: &World) {
    for n in 0..12 {
        let node = if n % 2 == 0 { &world.store } else { &world.second_node };
        node.recordings.record("j1", &json!({ "n": n }), at(n)).await.expect("records");
    }
    world.store.recordings.record("j2", &json!({ "start": true }), at(20)).await.expect("records");
    let events = world.store.recordings.recording("j1").await.expect("answers");
    assert_eq!(events, (0..12).map(|n| json!({ "n": n })).collect::<Vec<_>>());
    assert_eq!(world.store.recordings.recorded(10).await.expect("answers"), ["j2", "j1"]);
    assert_eq!(world.store.recordings.recorded(1).await.expect("answers"), ["j2"]);
    assert!(world.store.recordings.recording("j3").await.expect("answers").is_empty());
}

pub(crate) async fn audit_is_listed_newest_first(world: &World) {
    let event = |n: i64, correlation: &str| AuditEvent {
        at: at(n),
        kind: "sign-in".to_owned(),
        tenant: "contoso".to_owned(),
        correlation: correlation.to_owned(),
        detail: json!({ "n": n }),
    };
    for (n, correlation) in [(1, "j1"), (2, "j2"), (3, "j1")] {
        world.store.audit.append(&event(n, correlation)).await.expect("appends");
    }
    let events = world.second_node.audit.events(None, 2).await.expect("answers");
    assert_eq!(events, [event(3, "j1"), event(2, "j2")]);
    let events = world.store.audit.events(Some("j1"), 10).await.expect("answers");
    assert_eq!(events, [event(3, "j1"), event(1, "j1")]);
}

pub(crate) async fn what_is_expired_is_purged(world: &World) {
    world.store.upkeep.ping().await.expect("answers");
    world.store.requests.put_request(&handle(), b"x", at(600)).await.expect("stores");
    world.store.recordings.record("j1", &json!({}), at(0)).await.expect("records");
    let purge = |second| world.store.upkeep.purge(at(second), 10);
    assert_eq!(purge(599).await.expect("purges"), 0);
    assert_eq!(purge(600).await.expect("purges"), 1);
    assert_eq!(purge(7 * 24 * 3600).await.expect("purges"), 1);
    assert!(world.store.recordings.recording("j1").await.expect("answers").is_empty());
}
