//! Authorization codes, refresh tokens, sessions and hints.

use journeyman_store::{Grant, Handle, HintId, HintUse, Partition, Presented, Rotation, Session, Store};

use crate::{World, at, at_once, handle};

fn grant(family: &str, payload: &str) -> Grant {
    Grant {
        family: family.to_owned(),
        tenant: "contoso".to_owned(),
        policy: "B2C_1A_SIGNIN".to_owned(),
        client: "bank".to_owned(),
        program: "digest".to_owned(),
        issued_at: at(0),
        expires_at: at(300),
        payload: payload.as_bytes().to_vec(),
    }
}

async fn code(store: &Store, family: &str) -> Handle {
    let code = handle();
    store.grants.put_code(&code, &grant(family, "code")).await.expect("stores");
    code
}

async fn refresh(store: &Store, family: &str) -> Handle {
    let token = handle();
    assert!(store.grants.put_refresh(&token, &grant(family, "token")).await.expect("stores"));
    token
}

pub(crate) async fn a_code_works_once(world: &World) {
    let code = code(&world.store, "f").await;
    let taken = world.second_node.grants.take_code(&code, at(1)).await.expect("answers");
    assert_eq!(taken, Presented::Good(grant("f", "code")));
    assert_eq!(world.store.grants.take_code(&code, at(2)).await.expect("answers"), Presented::Replayed);
    assert_eq!(world.store.grants.take_code(&handle(), at(2)).await.expect("answers"), Presented::Unknown);
}

pub(crate) async fn of_many_takers_one_gets_the_code(world: &World) {
    let code = code(&world.store, "f").await;
    let taken = at_once(world, 200, |store, _| {
        let code = code.clone();
        async move { store.grants.take_code(&code, at(1)).await.expect("answers") }
    })
    .await;
    assert_eq!(taken.iter().filter(|taken| matches!(taken, Presented::Good(_))).count(), 1);
    assert_eq!(taken.iter().filter(|taken| **taken == Presented::Replayed).count(), 199);
}

pub(crate) async fn a_replayed_code_revokes_the_family(world: &World) {
    let stolen = code(&world.store, "f").await;
    world.store.grants.take_code(&stolen, at(1)).await.expect("answers");
    let token = refresh(&world.store, "f").await;
    let bystander = refresh(&world.store, "g").await;
    world.second_node.grants.take_code(&stolen, at(2)).await.expect("answers");
    let present = |token| async move { world.store.grants.present_refresh(token, at(3)).await.expect("answers") };
    assert_eq!(present(&token).await, Presented::Revoked);
    assert!(matches!(present(&bystander).await, Presented::Good(_)));
    let late = world.store.grants.put_refresh(&handle(), &grant("f", "late")).await.expect("answers");
    assert!(!late, "no token leaves for a revoked sign-in");
}

pub(crate) async fn a_code_is_no_refresh_token(world: &World) {
    let code = code(&world.store, "f").await;
    let token = refresh(&world.store, "f").await;
    assert_eq!(world.store.grants.present_refresh(&code, at(1)).await.expect("answers"), Presented::Unknown);
    assert_eq!(world.store.grants.take_code(&token, at(1)).await.expect("answers"), Presented::Unknown);
}

pub(crate) async fn grants_expire(world: &World) {
    let code = code(&world.store, "f").await;
    let token = refresh(&world.store, "f").await;
    assert!(matches!(world.store.grants.present_refresh(&token, at(299)).await, Ok(Presented::Good(_))));
    assert_eq!(world.store.grants.present_refresh(&token, at(300)).await.expect("answers"), Presented::Expired);
    assert_eq!(world.store.grants.take_code(&code, at(300)).await.expect("answers"), Presented::Expired);
    let rotation = world.store.grants.rotate_refresh(&token, &handle(), &grant("f", "new"), at(300)).await;
    assert_eq!(rotation.expect("answers"), Rotation::Refused);
}

pub(crate) async fn refresh_tokens_rotate(world: &World) {
    let (old, new) = (refresh(&world.store, "f").await, handle());
    let next = Grant { expires_at: at(900), ..grant("f", "next") };
    let rotation = world.store.grants.rotate_refresh(&old, &new, &next, at(1)).await.expect("answers");
    assert_eq!(rotation, Rotation::Rotated);
    let presented = world.second_node.grants.present_refresh(&new, at(800)).await.expect("answers");
    assert_eq!(presented, Presented::Good(next));
    let unknown = world.store.grants.rotate_refresh(&handle(), &handle(), &grant("f", "x"), at(1)).await;
    assert_eq!(unknown.expect("answers"), Rotation::Refused);
}

pub(crate) async fn a_replayed_refresh_token_revokes_the_family(world: &World) {
    let replays: [fn(Store, Handle) -> tokio::task::JoinHandle<bool>; 2] = [
        |store, old| {
            tokio::spawn(async move {
                store.grants.present_refresh(&old, at(2)).await.expect("answers") == Presented::Replayed
            })
        },
        |store, old| {
            tokio::spawn(async move {
                let next = grant("f2", "thief");
                let rotation = store.grants.rotate_refresh(&old, &handle(), &next, at(2)).await.expect("answers");
                rotation == Rotation::Replayed
            })
        },
    ];
    for (n, replay) in replays.into_iter().enumerate() {
        let family = format!("f{n}");
        let (old, new) = (refresh(&world.store, &family).await, handle());
        let next = grant(&family, "next");
        world.store.grants.rotate_refresh(&old, &new, &next, at(1)).await.expect("answers");
        assert!(replay(world.second_node.clone(), old).await.expect("runs"));
        let after = world.store.grants.present_refresh(&new, at(3)).await.expect("answers");
        assert_eq!(after, Presented::Revoked);
        let rotation = world.store.grants.rotate_refresh(&new, &handle(), &next, at(3)).await.expect("answers");
        assert_eq!(rotation, Rotation::Refused);
    }
}

pub(crate) async fn of_many_rotations_one_counts(world: &World) {
    let old = refresh(&world.store, "f").await;
    let rotations = at_once(world, 100, |store, n| {
        let old = old.clone();
        async move {
            let next = grant("f", &format!("next {n}"));
            store.grants.rotate_refresh(&old, &handle(), &next, at(1)).await.expect("answers")
        }
    })
    .await;
    assert_eq!(rotations.iter().filter(|rotation| **rotation == Rotation::Rotated).count(), 1);
    assert_eq!(rotations.iter().filter(|rotation| **rotation == Rotation::Replayed).count(), 99);
}

fn partition(scope: &str) -> Partition {
    Partition { tenant: "contoso".to_owned(), scope: scope.to_owned() }
}

fn session(payload: &str) -> Session {
    Session {
        version: 0,
        idle_expires_at: at(900),
        absolute_expires_at: at(3600),
        payload: payload.as_bytes().to_vec(),
    }
}

async fn payload(store: &Store, browser: &Handle, scope: &str, second: i64) -> Option<String> {
    let found = store.sessions.read(browser, &partition(scope), at(second)).await.expect("answers")?;
    Some(String::from_utf8(found.payload).expect("the payload is text"))
}

pub(crate) async fn a_session_lives_until_it_is_idle_or_old(world: &World) {
    let browser = handle();
    world.store.sessions.create(&browser, &partition(""), &session("ada")).await.expect("creates");
    assert_eq!(payload(&world.second_node, &browser, "", 899).await.as_deref(), Some("ada"));
    assert_eq!(payload(&world.store, &browser, "", 900).await, None);
    let kept = Session { version: 1, idle_expires_at: at(9000), ..session("ada") };
    assert!(world.store.sessions.update(&browser, &partition(""), &kept).await.expect("updates"));
    assert_eq!(payload(&world.store, &browser, "", 3599).await.as_deref(), Some("ada"));
    assert_eq!(payload(&world.store, &browser, "", 3600).await, None);
}

pub(crate) async fn sessions_are_apart(world: &World) {
    let browser = handle();
    world.store.sessions.create(&browser, &partition("policy:a"), &session("a")).await.expect("creates");
    world.store.sessions.create(&browser, &partition("policy:b"), &session("b")).await.expect("creates");
    assert_eq!(payload(&world.store, &browser, "policy:a", 1).await.as_deref(), Some("a"));
    assert_eq!(payload(&world.store, &browser, "policy:b", 1).await.as_deref(), Some("b"));
    assert_eq!(payload(&world.store, &browser, "", 1).await, None);
    assert_eq!(payload(&world.store, &handle(), "policy:a", 1).await, None);
    let elsewhere = Partition { tenant: "fabrikam".to_owned(), ..partition("policy:a") };
    assert_eq!(world.store.sessions.read(&browser, &elsewhere, at(1)).await.expect("answers"), None);
}

pub(crate) async fn an_outdated_session_is_not_written(world: &World) {
    let browser = handle();
    world.store.sessions.create(&browser, &partition(""), &session("one")).await.expect("creates");
    let read = world.store.sessions.read(&browser, &partition(""), at(1)).await.expect("answers").expect("lives");
    let with = |payload: &str| Session { payload: payload.as_bytes().to_vec(), ..read.clone() };
    assert!(world.second_node.sessions.update(&browser, &partition(""), &with("two")).await.expect("answers"));
    assert!(!world.store.sessions.update(&browser, &partition(""), &with("lost")).await.expect("answers"));
    assert_eq!(payload(&world.store, &browser, "", 1).await.as_deref(), Some("two"));
}

pub(crate) async fn sessions_are_deleted(world: &World) {
    let browser = handle();
    for scope in ["", "policy:a", "policy:b"] {
        world.store.sessions.create(&browser, &partition(scope), &session(scope)).await.expect("creates");
    }
    world.store.sessions.delete(&browser, &partition("policy:a")).await.expect("deletes");
    assert_eq!(payload(&world.store, &browser, "policy:a", 1).await, None);
    assert_eq!(payload(&world.store, &browser, "policy:b", 1).await.as_deref(), Some("policy:b"));
    world.store.sessions.delete_all(&browser).await.expect("deletes");
    assert_eq!(payload(&world.store, &browser, "", 1).await, None);
    let gone = Session { version: 1, ..session("back") };
    assert!(!world.store.sessions.update(&browser, &partition(""), &gone).await.expect("answers"));
}

fn hint(id: &str) -> HintId {
    HintId { issuer: "https://bank.example".to_owned(), id: id.to_owned() }
}

pub(crate) async fn a_hint_belongs_to_its_first_browser(world: &World) {
    let (first, other) = (handle(), handle());
    let bring = |store: &Store, hint: HintId, browser: &Handle| {
        let (store, browser) = (store.clone(), browser.clone());
        async move { store.hints.use_hint(&hint, &browser, at(300)).await.expect("answers") }
    };
    assert_eq!(bring(&world.store, hint("1"), &first).await, HintUse::Fresh);
    assert_eq!(bring(&world.second_node, hint("1"), &first).await, HintUse::SameBrowser);
    assert_eq!(bring(&world.second_node, hint("1"), &other).await, HintUse::OtherBrowser);
    assert_eq!(bring(&world.store, hint("2"), &other).await, HintUse::Fresh);
    let foreign = HintId { issuer: "https://other.example".to_owned(), ..hint("1") };
    assert_eq!(bring(&world.store, foreign, &other).await, HintUse::Fresh);
}

pub(crate) async fn of_many_browsers_one_gets_the_hint(world: &World) {
    let uses = at_once(world, 100, |store, _| async move {
        store.hints.use_hint(&hint("1"), &handle(), at(300)).await.expect("answers")
    })
    .await;
    assert_eq!(uses.iter().filter(|used| **used == HintUse::Fresh).count(), 1);
    assert_eq!(uses.iter().filter(|used| **used == HintUse::OtherBrowser).count(), 99);
}

pub(crate) async fn a_hint_is_consumed_once(world: &World) {
    let browser = handle();
    assert!(!world.store.hints.consume_hint(&hint("1"), "j").await.expect("answers"), "nobody brought it");
    world.store.hints.use_hint(&hint("1"), &browser, at(300)).await.expect("answers");
    let consumed = at_once(world, 100, |store, n| async move {
        store.hints.consume_hint(&hint("1"), &format!("journey {n}")).await.expect("answers")
    })
    .await;
    assert_eq!(consumed.iter().filter(|done| **done).count(), 1);
    let winner = consumed.iter().position(|done| *done).expect("one did");
    assert!(world.store.hints.consume_hint(&hint("1"), &format!("journey {winner}")).await.expect("answers"));
    let again = world.store.hints.use_hint(&hint("1"), &browser, at(300)).await.expect("answers");
    assert_eq!(again, HintUse::Consumed);
}
