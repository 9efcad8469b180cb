//! Parked journeys.

use jiff::Timestamp;
use journeyman_store::{Claim, FoundJourney, Handle, Lease, NewJourney, Parked, Peek, Store, StoreError, Then};

use crate::{World, at, at_once, handle};

fn parked(snapshot: &str) -> Parked {
    Parked { snapshot: snapshot.as_bytes().to_vec(), pending_intent: None, expires_at: at(3600) }
}

async fn park(store: &Store, snapshot: &str) -> (Handle, Handle) {
    let (handle, browser) = (handle(), handle());
    let journey = NewJourney {
        handle: handle.clone(),
        browser: browser.clone(),
        program: "digest".to_owned(),
        parked: parked(snapshot),
    };
    assert!(store.journeys.park(&journey).await.expect("parks"));
    (handle, browser)
}

async fn claim(store: &Store, (handle, browser): &(Handle, Handle), now: Timestamp) -> Claim {
    store.journeys.claim(handle, browser, None, now + crate::seconds(30), now).await.expect("claims")
}

async fn claimed(store: &Store, names: &(Handle, Handle), now: Timestamp) -> (Lease, FoundJourney) {
    match claim(store, names, now).await {
        Claim::Claimed(lease, found) => (lease, found),
        other => panic!("expected a lease, got {other:?}"),
    }
}

fn text(found: &FoundJourney) -> &str {
    std::str::from_utf8(&found.parked.snapshot).expect("the snapshot is text")
}

pub(crate) async fn a_handle_is_taken_once(world: &World) {
    let names = park(&world.store, "first").await;
    let again = NewJourney {
        handle: names.0.clone(),
        browser: handle(),
        program: "other".to_owned(),
        parked: parked("second"),
    };
    assert!(!world.second_node.journeys.park(&again).await.expect("answers"));
    let (_, found) = claimed(&world.store, &names, at(0)).await;
    assert_eq!((text(&found), found.program.as_str(), found.version), ("first", "digest", 1));
}

pub(crate) async fn one_of_many_clicks_claims(world: &World) {
    let names = park(&world.store, "here").await;
    let claims = at_once(world, 200, |store, _| {
        let names = names.clone();
        async move { claim(&store, &names, at(0)).await }
    })
    .await;
    assert_eq!(claims.iter().filter(|claim| matches!(claim, Claim::Claimed(..))).count(), 1);
    assert_eq!(claims.iter().filter(|claim| matches!(claim, Claim::Busy(..))).count(), 199);
}

pub(crate) async fn the_loser_sees_where_it_stands(world: &World) {
    let names = park(&world.store, "page one").await;
    let (lease, _) = claimed(&world.store, &names, at(0)).await;
    let Claim::Busy(found) = claim(&world.second_node, &names, at(1)).await else { panic!("expected busy") };
    assert_eq!((text(&found), found.version, found.busy), ("page one", 1, true));
    world.store.journeys.save(&lease, &parked("page two"), Then::Release).await.expect("saves");
    let Peek::Here(found) = world.second_node.journeys.peek(&names.0, &names.1, at(2)).await.expect("looks") else {
        panic!("expected to find it")
    };
    assert_eq!((text(&found), found.version, found.busy), ("page two", 2, false));
}

pub(crate) async fn a_lease_runs_out(world: &World) {
    let names = park(&world.store, "here").await;
    let _crashed = claimed(&world.store, &names, at(0)).await;
    assert!(matches!(claim(&world.second_node, &names, at(29)).await, Claim::Busy(_)));
    assert!(matches!(claim(&world.second_node, &names, at(30)).await, Claim::Claimed(..)));
}

pub(crate) async fn whoever_lost_the_lease_cannot_write(world: &World) {
    let names = park(&world.store, "here").await;
    let (slow, _) = claimed(&world.store, &names, at(0)).await;
    let (quick, _) = claimed(&world.second_node, &names, at(31)).await;
    let late = world.store.journeys.save(&slow, &parked("stale"), Then::Release).await;
    assert!(matches!(late, Err(StoreError::LeaseLost)), "{late:?}");
    assert!(matches!(world.store.journeys.finish(&slow).await, Err(StoreError::LeaseLost)));
    world.store.journeys.release(&slow).await.expect("does nothing");
    assert_eq!(world.second_node.journeys.save(&quick, &parked("fresh"), Then::Release).await.expect("saves"), 2);
    let (_, found) = claimed(&world.store, &names, at(32)).await;
    assert_eq!(text(&found), "fresh");
}

pub(crate) async fn a_lease_can_be_held_and_given_back(world: &World) {
    let names = park(&world.store, "here").await;
    let (lease, _) = claimed(&world.store, &names, at(0)).await;
    world.store.journeys.save(&lease, &parked("waiting"), Then::HoldUntil(at(90))).await.expect("saves");
    assert!(matches!(claim(&world.second_node, &names, at(60)).await, Claim::Busy(_)));
    world.store.journeys.release(&lease).await.expect("releases");
    let (_, found) = claimed(&world.second_node, &names, at(60)).await;
    assert_eq!((text(&found), found.version), ("waiting", 2));
}

pub(crate) async fn an_old_page_is_told_that_it_moved(world: &World) {
    let names = park(&world.store, "one").await;
    let (lease, _) = claimed(&world.store, &names, at(0)).await;
    world.store.journeys.save(&lease, &parked("two"), Then::Release).await.expect("saves");
    let expecting = |version| world.store.journeys.claim(&names.0, &names.1, Some(version), at(31), at(1));
    let Claim::Moved(found) = expecting(1).await.expect("answers") else { panic!("expected that it moved") };
    assert_eq!((text(&found), found.version), ("two", 2));
    assert!(matches!(expecting(2).await.expect("answers"), Claim::Claimed(..)));
}

pub(crate) async fn another_browser_is_refused(world: &World) {
    let (journey, owner) = park(&world.store, "here").await;
    let stranger = (journey.clone(), handle());
    assert!(matches!(claim(&world.store, &stranger, at(0)).await, Claim::OtherBrowser));
    let peek = world.store.journeys.peek(&stranger.0, &stranger.1, at(0)).await.expect("answers");
    assert!(matches!(peek, Peek::OtherBrowser));
    assert!(matches!(claim(&world.store, &(journey, owner), at(0)).await, Claim::Claimed(..)));
}

pub(crate) async fn a_pending_intent_survives(world: &World) {
    let names = park(&world.store, "here").await;
    let (lease, found) = claimed(&world.store, &names, at(0)).await;
    assert_eq!(found.parked.pending_intent, None);
    let sending = Parked { pending_intent: Some("j/7".to_owned()), ..parked("sending") };
    world.store.journeys.save(&lease, &sending, Then::HoldUntil(at(30))).await.expect("saves");
    // The node dies here; another one finds what was begun.
    let (lease, found) = claimed(&world.second_node, &names, at(30)).await;
    assert_eq!(found.parked, sending);
    world.second_node.journeys.save(&lease, &parked("asked"), Then::Release).await.expect("saves");
    let (_, found) = claimed(&world.store, &names, at(31)).await;
    assert_eq!(found.parked.pending_intent, None);
}

pub(crate) async fn a_journey_expires(world: &World) {
    let names = park(&world.store, "here").await;
    assert!(matches!(world.store.journeys.peek(&names.0, &names.1, at(3599)).await, Ok(Peek::Here(_))));
    assert!(matches!(world.store.journeys.peek(&names.0, &names.1, at(3600)).await, Ok(Peek::Gone)));
    assert!(matches!(claim(&world.store, &names, at(3600)).await, Claim::Gone));
    assert!(matches!(claim(&world.store, &(handle(), handle()), at(0)).await, Claim::Gone));
}

pub(crate) async fn a_finished_journey_is_gone(world: &World) {
    let names = park(&world.store, "here").await;
    let (lease, _) = claimed(&world.store, &names, at(0)).await;
    world.store.journeys.finish(&lease).await.expect("finishes");
    assert!(matches!(claim(&world.second_node, &names, at(1)).await, Claim::Gone));
}

pub(crate) async fn purging_goes_in_small_steps(world: &World) {
    for _ in 0..5 {
        park(&world.store, "old").await;
    }
    let upkeep = &world.store.upkeep;
    assert_eq!(upkeep.purge(at(3599), 2).await.expect("purges"), 0);
    let mut steps = Vec::new();
    for _ in 0..4 {
        steps.push(upkeep.purge(at(3600), 2).await.expect("purges"));
    }
    assert_eq!(steps, [2, 2, 1, 0]);
}
