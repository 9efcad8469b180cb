//! The process dies at every place where that is interesting, and is started anew on the same store.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use jiff::SignedDuration;
use journeyman_engine::effect::Repeat;
use journeyman_server::{Boundaries, Clock, Config, Extras, Point, Server};
use journeyman_store::Store;

use crate::app::{authorize, redeem};
use crate::browser::{Browser, Page};
use crate::site::{self, Service};

const VISITOR: &str = "B2C_1A_Visitor";

/// Dies at the boundary of that number, once.
struct DiesAt {
    at: usize,
    crossed: AtomicUsize,
}

impl Boundaries for DiesAt {
    fn cross(&self, _: &str, _: &Point<'_>) -> ControlFlow<()> {
        if self.crossed.fetch_add(1, Ordering::SeqCst) == self.at {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// Dies right after the first message, before anybody knows that it was sent.
struct DiesAfterMessage(AtomicUsize);

impl Boundaries for DiesAfterMessage {
    fn cross(&self, _: &str, point: &Point<'_>) -> ControlFlow<()> {
        let sent = matches!(point, Point::AfterEffect(request) if request.repeat == Repeat::AtMostOnce);
        if sent && self.0.fetch_add(1, Ordering::SeqCst) == 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

async fn start(config: &Config, clock: &Clock, store: Option<Store>, boundaries: Arc<dyn Boundaries>) -> Server {
    let extras = Extras { boundaries, store, ..Extras::default() };
    site::start_with(config.clone(), clock.clone(), extras).await
}

#[tokio::test]
async fn a_message_whose_fate_nobody_knows_is_not_sent_again_unasked() {
    let (mut config, clock) = (site::config(), site::begin());
    let service = Service::start(&mut config).await;
    let doomed = start(&config, &clock, None, Arc::new(DiesAfterMessage(AtomicUsize::new(0)))).await;
    let mut browser = Browser::new(&doomed);
    let entry = browser.get(&authorize(VISITOR, &[])).await.location().to_owned();
    let page = browser.open(&entry).await.page();
    let died = browser.act(&page, "knock", "SendCode", &[("nickname", "ann")]).await;
    assert_eq!(died.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(service.sent(), ["ann"]);

    let server = start(&config, &clock, Some(doomed.store().clone()), Extras::default().boundaries).await;
    let mut browser = browser.at(&server);
    clock.advance(SignedDuration::from_mins(5));
    let reloaded = browser.open(&entry).await.page();
    assert!(reloaded.html.contains("may have been sent"), "{}", reloaded.html);
    assert_eq!(service.sent(), ["ann"], "not sent again");

    let sent = browser.act(&reloaded, "knock", "SendCode", &[("nickname", "ann")]).await;
    assert_eq!(sent.json()["status"], "200");
    assert_eq!(service.sent(), ["ann", "ann"], "the person asked");
    finish(&mut browser, &reloaded).await;
}

#[tokio::test]
async fn a_browser_that_goes_away_does_not_stop_what_it_asked_for() {
    let mut config = site::config();
    let service = Service::start(&mut config).await;
    let server = site::start_with(config, site::begin(), Extras::default()).await;
    let mut browser = Browser::new(&server);
    let page = browser.open(&authorize(VISITOR, &[])).await.page();
    let mut first = browser.at(&server);
    tokio::select! {
        _ = first.act(&page, "knock", "SendCode", &[("nickname", "slow")]) => panic!("the service does not answer yet"),
        () = service.asked.notified() => {}
    }
    // The second click waits for the first one, which nobody listens to any more.
    service.go_on.notify_one();
    let second = browser.act(&page, "knock", "SendCode", &[("nickname", "slow")]).await;
    assert_eq!(second.json()["status"], "200");
    assert_eq!(service.sent(), ["slow"], "one message for two clicks");
    let shown = browser.confirmed(&page).await.page();
    assert!(shown.html.contains("data-state=\"code-sent\">"), "{}", shown.html);
}

#[tokio::test]
async fn wherever_the_process_dies_the_person_goes_on() {
    let total = boundaries_of_a_journey().await;
    assert!(total > 8, "{total}");
    for at in 0..total {
        let (mut config, clock) = (site::config(), site::begin());
        let service = Service::start(&mut config).await;
        let doomed = start(&config, &clock, None, Arc::new(DiesAt { at, crossed: AtomicUsize::new(0) })).await;
        let mut browser = Browser::new(&doomed);
        let entry = browser.get(&authorize(VISITOR, &[])).await.location().to_owned();
        play(&mut browser, &entry).await;
        let before = service.sent().len();

        let server = start(&config, &clock, Some(doomed.store().clone()), Extras::default().boundaries).await;
        clock.advance(SignedDuration::from_mins(5));
        let mut browser = browser.at(&server);
        let answer = browser.open(&entry).await;
        assert_eq!(service.sent().len(), before, "boundary {at}: nothing is sent unasked");
        if answer.status == StatusCode::GONE || answer.status.is_redirection() {
            continue;
        }
        let page = answer.page();
        if !page.html.contains("data-state=\"verified\">") {
            let sent = browser.act(&page, "knock", "SendCode", &[("nickname", "ann")]).await.json();
            assert_eq!(sent["status"], "200", "boundary {at}: {sent}");
        }
        finish(&mut browser, &page).await;
    }
}

/// How many boundaries a journey crosses that nothing interrupts.
async fn boundaries_of_a_journey() -> usize {
    let (mut config, clock) = (site::config(), site::begin());
    let _service = Service::start(&mut config).await;
    let counting = Arc::new(DiesAt { at: usize::MAX, crossed: AtomicUsize::new(0) });
    let server = start(&config, &clock, None, Arc::clone(&counting) as Arc<dyn Boundaries>).await;
    let mut browser = Browser::new(&server);
    let entry = browser.get(&authorize(VISITOR, &[])).await.location().to_owned();
    play(&mut browser, &entry).await;
    counting.crossed.load(Ordering::SeqCst)
}

/// Does what a person does as long as the server answers.
async fn play(browser: &mut Browser, entry: &str) {
    let answer = browser.open(entry).await;
    if answer.status != StatusCode::OK {
        return;
    }
    let page = answer.page();
    for (action, fields) in
        [("SendCode", &[("nickname", "ann")][..]), ("VerifyCode", &[("nickname", "ann"), ("code", "2468")])]
    {
        if browser.act(&page, "knock", action, fields).await.status != StatusCode::OK {
            return;
        }
    }
    if browser.submit_with(&page, &page.csrf, &[("nickname", "ann")]).await.status == StatusCode::OK {
        browser.confirmed(&page).await;
    }
}

/// From a page with a code on its way to tokens.
async fn finish(browser: &mut Browser, page: &Page) {
    if !page.html.contains("data-state=\"verified\">") {
        let verified = browser.act(page, "knock", "VerifyCode", &[("nickname", "ann"), ("code", "2468")]).await;
        assert_eq!(verified.json()["status"], "200", "{}", verified.body);
    }
    assert_eq!(browser.submit(page, &[("nickname", "ann")]).await["status"], "200");
    let end = browser.confirmed(page).await.to_app();
    assert_eq!(redeem(browser, VISITOR, &end["code"]).await.status, StatusCode::OK);
}
