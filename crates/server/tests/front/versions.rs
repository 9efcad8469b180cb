//! Versions of a policy: a journey finishes on the one that it began with; recordings are played again on it.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use journeyman_engine::event::{Event, Next};
use journeyman_engine::{Env, advance, begin};
use journeyman_server::{Config, Extras, Server};

use crate::app::{authorize, claims, redeem};
use crate::browser::Browser;
use crate::site;

const GUEST: &str = "B2C_1A_Guest";

/// A configuration whose policies can be changed.
fn in_folder(folder: &Path) -> Config {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/front/policies");
    for entry in fs::read_dir(source).expect("the policies") {
        let path = entry.expect("a file").path();
        fs::copy(&path, folder.join(path.file_name().expect("a name"))).expect("a copy");
    }
    let mut config = site::config();
    config.tenants[0].policies = vec![folder.to_owned()];
    config
}

fn change(folder: &Path) {
    let base = folder.join("Base.xml");
    let text = fs::read_to_string(&base).expect("readable");
    fs::write(base, text.replace("DefaultValue=\"bronze\"", "DefaultValue=\"silver\"")).expect("writable");
}

async fn finish(browser: &mut Browser, page: &crate::browser::Page) -> serde_json::Value {
    browser.submit(page, &[("nickname", "ann")]).await;
    let second = browser.confirmed(page).await.page();
    browser.submit(&second, &[("colour", "red")]).await;
    let end = browser.confirmed(&second).await.to_app();
    let tokens = redeem(browser, GUEST, &end["code"]).await.json();
    claims(&tokens["id_token"])["level"].clone()
}

#[tokio::test]
async fn a_journey_finishes_on_the_version_that_it_began_with() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = in_folder(folder.path());
    let server = site::start_with(config.clone(), site::begin(), Extras::default()).await;
    let mut browser = Browser::new(&server);
    let before_reload = browser.open(&authorize(GUEST, &[])).await.page();
    let before_restart = browser.open(&authorize(GUEST, &[])).await.page();
    change(folder.path());
    server.reload().await.expect("reloads");
    let after = browser.open(&authorize(GUEST, &[])).await.page();
    assert_eq!(finish(&mut browser, &before_reload).await, "bronze");
    assert_eq!(finish(&mut browser, &after).await, "silver");

    let extras = Extras { store: Some(server.store().clone()), ..Extras::default() };
    let restarted = Server::start_with(config, site::begin(), extras).await.expect("starts");
    let mut browser = browser.at(&restarted);
    assert_eq!(finish(&mut browser, &before_restart).await, "bronze");
}

#[tokio::test]
async fn a_recording_played_again_gives_the_same_claims() {
    let server = site::start().await;
    let mut browser = Browser::new(&server);
    let end = crate::journeys::play(&mut browser).await.1.to_app();
    let token = claims(&redeem(&mut browser, GUEST, &end["code"]).await.json()["id_token"]);

    let served = server.served();
    let program = served.tenants[0].program(GUEST).expect("served");
    let journeys = server.store().recordings.recorded(1).await.expect("answers");
    let mut played = None;
    for line in server.store().recordings.recording(&journeys[0]).await.expect("answers") {
        let now: Timestamp = serde_json::from_value(line["at"].clone()).expect("a time");
        let event: Event = serde_json::from_value(line["event"].clone()).expect("an event");
        played = Some(match (played.take(), event) {
            (None, Event::Start(start)) => begin(program, start, &Env { now }),
            (Some((journey, _)), event) => advance(program, journey, event, &Env { now }),
            (None, event) => panic!("a recording begins with its start: {event:?}"),
        });
    }
    let Some((_, Next::Issue(issue))) = played else { panic!("{played:?}") };
    for (name, value) in &issue.claims {
        assert_eq!(token[name], *value, "{name}");
    }
}
