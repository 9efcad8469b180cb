//! A journey that the running demo recorded, its secrets masked, is played again by the interpreter alone: same claims,
//! same token content.

use std::sync::Arc;

use jiff::Timestamp;
use journeyman_claims::Name;
use journeyman_engine::event::{Event, Issue, Next};
use journeyman_engine::{Journey, Program, replay};
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};
use journeyman_store::{Handle, KeyRing, Peek, Store, SystemEntropy};
use journeyman_tests::client::{Browser, Dialect};
use journeyman_tests::demo::Demo;
use journeyman_tests::inside::demo_tenant;
use journeyman_tests::person::{Customer, Payment};
use serde_json::Value;

/// Opens what the demo keeps, while it runs.
async fn store(demo: &Demo) -> Store {
    let hex = std::fs::read_to_string(demo.data().join("key-encryption-key")).expect("the demo keeps its key there");
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("it is written as digits");
    }
    let url = format!("sqlite://{}", demo.data().join("journeyman.db").display());
    Store::open(&url, KeyRing::new(&key, &[]), Arc::new(SystemEntropy)).await.expect("it can be opened beside the demo")
}

/// The demo's own policies.
fn policies() -> PolicySet {
    let mut sources = Sources::default();
    for entry in std::fs::read_dir(demo_tenant()).expect("the tenant's folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|kind| kind == "xml") {
            sources.add(path.to_string_lossy(), std::fs::read_to_string(&path).expect("a policy"));
        }
    }
    PolicySet::compile(sources, &Settings::default())
}

fn program(set: &PolicySet, id: &str) -> Program {
    let policy = set.policy(&Name::new(id)).unwrap_or_else(|| panic!("no policy {id}"));
    Program::compile(Arc::clone(policy), String::new()).0
}

/// The journey that the browser went through last, as the demo parked it: the interpreter's part, and how it ended.
async fn parked(store: &Store, browser: &Browser, now: Timestamp) -> (Journey, Issue) {
    let handle = browser.history().iter().rev().find_map(|url| url.path().split("/journey/").nth(1).map(str::to_owned));
    let handle = Handle::parse(&handle.expect("there was a journey")).expect("a handle");
    let owner = Handle::parse(&browser.cookies("localhost")["journeyman-browser"]).expect("a handle");
    let Peek::Here(found) = store.journeys.peek(&handle, &owner, now).await.expect("the store answers") else {
        panic!("the journey is no longer parked")
    };
    let mut lines = found.parked.snapshot.splitn(2, |byte| *byte == b'\n');
    let head: Value = serde_json::from_slice(lines.next().expect("the server's part")).expect("JSON");
    let issue = serde_json::from_value(head["about"]["ending"]["Issue"].clone()).expect("it ended with tokens");
    (Journey::unpark(lines.next().expect("the interpreter's part")).expect("a journey"), issue)
}

/// The events of a journey, with their times.
async fn recording(store: &Store, journey: &str) -> Vec<(Timestamp, Event)> {
    let lines = store.recordings.recording(journey).await.expect("the store answers");
    let read = |line: &Value| {
        let at = serde_json::from_value(line["at"].clone()).expect("a time");
        (at, serde_json::from_value(line["event"].clone()).expect("an event"))
    };
    lines.iter().map(read).collect()
}

/// Replays what the browser did last, and compares. Returns the token's claims.
async fn replays(store: &Store, browser: &Browser, program: &Program) -> serde_json::Map<String, Value> {
    let (lived, issued) = parked(store, browser, Timestamp::now()).await;
    let events = recording(store, lived.id()).await;
    assert!(matches!(events[0].1, Event::Start(_)) && events.len() > 5, "{} events", events.len());
    let (played, next) = replay(program, &events).expect("it begins with its start");
    let Next::Issue(again) = next else { panic!("the replay does not end with tokens: {next:?}") };
    assert_eq!(again.claims, issued.claims, "token content");
    assert_eq!(again.subject, issued.subject);
    assert_eq!(again.methods, issued.methods);
    assert_eq!(played.claims(), lived.claims(), "claims");
    again.claims
}

#[tokio::test]
async fn a_recorded_journey_replayed_gives_the_same_claims_and_token() {
    let demo = Demo::start().await;
    let store = store(&demo).await;
    let set = policies();
    let mut ann = Customer::new(&demo.sites(), Dialect::Script, "Ann");
    ann.sign_up().await.expect("Hello, Ann");
    let claims = replays(&store, &ann.browser, &program(&set, "B2C_1A_PSD2_SUSI")).await;
    let token = ann.bank("claims").await.rows("table.claims");
    for (name, value) in &claims {
        assert_eq!(value.as_str().map(str::to_owned), token.get(name).cloned(), "{name}");
    }

    let page = ann.send_money(&Payment::of("50.00", "Jo Bloggs")).await;
    let page = ann.hand_over(&page).await;
    ann.approve(&page).await.expect("Confirm your payment");
    let claims = replays(&store, &ann.browser, &program(&set, "B2C_1A_PSD2_StepUp")).await;
    let token = ann.bank("claims").await.rows("section[aria-labelledby=evidence] table");
    for name in ["sub", "transactionId", "amount", "currency", "payee", "accountnumber", "hintId"] {
        assert_eq!(claims[name].as_str(), token.get(name).map(String::as_str), "{name}");
    }
}

#[tokio::test]
async fn a_recording_holds_no_secrets() {
    let demo = Demo::start().await;
    let store = store(&demo).await;
    let mut ann = Customer::new(&demo.sites(), Dialect::Plain, "Ann");
    ann.sign_up().await.expect("Hello, Ann");
    let handover = ann.send_money(&Payment::of("50.00", "Jo Bloggs")).await;
    let hint = handover.attribute("#auto input[name=id_token_hint]", "value").expect("a hint");
    let page = ann.hand_over(&handover).await;
    ann.approve(&page).await.expect("Confirm your payment");

    let journeys = store.recordings.recorded(10).await.expect("the store answers");
    assert_eq!(journeys.len(), 2);
    let mut secrets = vec![ann.person.password.clone(), hint];
    secrets.extend(demo.messages().await.into_iter().filter_map(|message| message.code));
    assert_eq!(secrets.len(), 5);
    for journey in journeys {
        let text = format!("{:?}", store.recordings.recording(&journey).await.expect("the store answers"));
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "a recording holds a secret");
        }
    }
}
