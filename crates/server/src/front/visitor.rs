//! One request of a browser about one journey: where it stands, what the person did, what is shown.
//!
//! Whoever claims the journey works on it; the loser of two clicks waits a moment and sees where it stands then.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::tz::TimeZone;
use journeyman_engine::effect::Reply;
use journeyman_engine::event::{Event, PageInput, Refusal, RefusalCode};
use journeyman_engine::{Env, Journey, Program, page_of};
use journeyman_pages::{Answer, PageContext, render};
use journeyman_store::{Claim, FoundJourney, Handle, Peek};
use tokio::time::{Instant, sleep};

use crate::driver::parking::{LEASE, Parking};
use crate::driver::visit::{self, About, Ending};
use crate::driver::{Drive, DriveError, Motion, Stop};
use crate::front::address::Address;
use crate::front::answer::{Frame, html, nonce, origin};
use crate::front::browser::Browser;
use crate::front::deliver;
use crate::front::fault::Fault;
use crate::front::site::Site;
use crate::front::transaction::Transaction;
use crate::world::Place;

/// How long the loser of two clicks waits for the winner.
const PATIENCE: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(40);
/// How often a page is looked up anew when the journey moves in between.
const LOOKS: usize = 3;

/// A browser at a journey.
#[derive(Debug)]
pub(crate) struct Visitor<'a> {
    pub(crate) site: &'a Site,
    pub(crate) address: &'a Address,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) browser: Browser,
}

/// A journey as it was found, not claimed.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) about: About,
    pub(crate) journey: Journey,
    pub(crate) program: Arc<Program>,
}

/// What became of what a person did.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "one lives at a time")]
pub(crate) enum Acted<'a> {
    /// It was done; the journey is still claimed.
    Done(Drive<'a>),
    /// Somebody else was at it. This is where it stands now.
    Beaten(Seen),
}

impl<'a> Visitor<'a> {
    /// Shows where the journey stands: its page, or the answer that the application gets.
    pub(crate) async fn show(&self, handle: &Handle, remember_me: bool) -> Result<Response, Fault> {
        for _ in 0..LOOKS {
            let found = self.settled(handle).await?;
            let pending = found.parked.pending_intent.is_some() && !found.busy;
            let seen = self.seen(&found).await?;
            let notes = remember_me && !seen.about.remember_me;
            let overdue = seen.about.is_overdue(self.site.clock.now());
            if seen.about.ending.is_none() && !pending && !notes && !overdue {
                return self.page(handle, &seen).await;
            }
            let Some(mut drive) = self.take_up(handle).await? else { continue };
            drive.keep.about.remember_me |= remember_me;
            return self.answer(handle, drive).await;
        }
        let found = self.settled(handle).await?;
        self.page(handle, &self.seen(&found).await?).await
    }

    /// Does what the person did on a page. A journey that was interrupted says so first and does nothing else: the person
    /// decides whether to do it again.
    pub(crate) async fn act(&self, at: &Transaction, input: PageInput, remember_me: bool) -> Result<Acted<'a>, Fault> {
        let Some((mut drive, interrupted)) = self.claim(&at.journey).await? else {
            let found = self.settled(&at.journey).await?;
            return Ok(Acted::Beaten(self.seen(&found).await?));
        };
        if drive.keep.about.ending.is_some() {
            return Ok(Acted::Done(drive));
        }
        drive.keep.about.remember_me |= remember_me;
        let event = if interrupted {
            Event::Reply(Reply::Interrupted)
        } else {
            Event::Page { instance: at.page.clone(), input }
        };
        let stop = drive.feed(event).await?;
        note(&mut drive, stop);
        Ok(Acted::Done(drive))
    }

    /// The answer to a navigation, whose journey is claimed or was never parked: the page, or what the application gets.
    pub(crate) async fn answer(&self, handle: &Handle, mut drive: Drive<'a>) -> Result<Response, Fault> {
        if drive.keep.about.ending.is_some() {
            return deliver::deliver(self, drive).await;
        }
        match drive.park().await {
            Ok(()) => self.page(handle, &Seen::after(&drive)).await,
            // The same link was opened twice at the same time: one journey is enough.
            Err(DriveError::Beaten) => Box::pin(self.show(handle, false)).await,
            Err(error) => Err(error.into()),
        }
    }

    /// A claimed journey, with what was interrupted told to it.
    async fn take_up(&self, handle: &Handle) -> Result<Option<Drive<'a>>, Fault> {
        let Some((mut drive, interrupted)) = self.claim(handle).await? else { return Ok(None) };
        if interrupted && drive.keep.about.ending.is_none() {
            let stop = drive.feed(Event::Reply(Reply::Interrupted)).await?;
            note(&mut drive, stop);
        }
        Ok(Some(drive))
    }

    /// Claims the journey; `None` while somebody else is at it. The flag says that an at-most-once effect was
    /// interrupted. One whose person took too long is over.
    async fn claim(&self, handle: &Handle) -> Result<Option<(Drive<'a>, bool)>, Fault> {
        let now = self.site.clock.now();
        let until = now + LEASE;
        let (lease, found) =
            match self.site.store.journeys.claim(handle, self.browser.handle(), None, until, now).await? {
                Claim::Claimed(lease, found) => (lease, found),
                Claim::Busy(_) | Claim::Moved(_) => return Ok(None),
                Claim::Gone => return Err(Fault::gone()),
                Claim::OtherBrowser => return Err(Fault::other_browser()),
            };
        let mut seen = match self.seen(&found).await {
            Ok(seen) => seen,
            Err(fault) => {
                self.site.store.journeys.release(&lease).await?;
                return Err(fault);
            }
        };
        if seen.about.is_overdue(now) {
            seen.about.ending = Some(Ending::Refuse(too_late()));
        }
        let interrupted = found.parked.pending_intent.is_some();
        let place = self.place(&seen.about, &seen.journey, &seen.program);
        let motion = Motion { site: self.site, place, journey: seen.journey };
        let keep = Parking::claimed(seen.about, lease, until, found.parked);
        Ok(Some((Drive { motion, keep }, interrupted)))
    }

    /// The journey, once nobody works on it or our patience is at its end.
    async fn settled(&self, handle: &Handle) -> Result<FoundJourney, Fault> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let now = self.site.clock.now();
            match self.site.store.journeys.peek(handle, self.browser.handle(), now).await? {
                Peek::Here(found) if found.busy && Instant::now() < deadline => sleep(PAUSE).await,
                Peek::Here(found) => return Ok(found),
                Peek::Gone => return Err(Fault::gone()),
                Peek::OtherBrowser => return Err(Fault::other_browser()),
            }
        }
    }

    async fn seen(&self, found: &FoundJourney) -> Result<Seen, Fault> {
        let (about, journey) = visit::unpack(&found.parked.snapshot).map_err(Fault::internal)?;
        // A journey answers at the address that it began at only.
        if about.tenant != self.address.tenant.id || !about.policy.eq_ignore_ascii_case(self.address.policy()) {
            return Err(Fault::gone());
        }
        let program = self.site.tenants.program(&found.program).await.map_err(Fault::internal)?;
        Ok(Seen { about, journey, program })
    }

    fn place(&self, about: &About, journey: &Journey, program: &Arc<Program>) -> Place {
        Place {
            program: Arc::clone(program),
            tenant: self.address.tenant.id.clone(),
            domain: self.address.tenant.name.clone(),
            browser: self.browser.handle().clone(),
            journey: journey.id().to_owned(),
            language: journey.language().to_owned(),
            client: about.request.client_id.clone(),
            issuer: self.address.issuer(program),
            nonce: journey.request().nonce.clone(),
            now: self.site.clock.now(),
        }
    }

    /// The page that the journey waits on.
    async fn page(&self, handle: &Handle, seen: &Seen) -> Result<Response, Fault> {
        let now = self.site.clock.now();
        let Some(page) = page_of(&seen.program, &seen.journey, &Env { now }) else {
            return Err(Fault::internal(format_args!("journey {} waits on no page", seen.journey.id())));
        };
        let template = match &page.template {
            Some(url) => self.site.templates.fetch(url).await.ok().map(|html| html.to_string()),
            None => None,
        };
        let nonce = nonce()?;
        let has_template = template.is_some();
        let context = PageContext {
            base: self.address.base(),
            policy: self.address.policy().to_owned(),
            csrf: self.browser.csrf(),
            tx: Transaction { journey: handle.clone(), page: page.instance.clone() }.to_wire(),
            nonce: nonce.clone(),
            correlation_id: seen.journey.context().correlation_id.clone(),
            template,
            year: now.to_zoned_datetime(TimeZone::UTC).year(),
        };
        let ancestors = seen.program.policy().relying_party.as_ref().and_then(|rp| rp.behaviors.framing.as_deref());
        let frame = Frame {
            form_targets: origin(&seen.journey.request().redirect_uri).into_iter().collect(),
            ancestors: ancestors.unwrap_or_default(),
            template: has_template,
        };
        let mut response = html(StatusCode::OK, render(&page, &context), &nonce, &frame);
        self.browser.remember(self.headers, response.headers_mut());
        Ok(response)
    }
}

impl Seen {
    /// Where a driven journey came to.
    pub(crate) fn after(drive: &Drive<'_>) -> Self {
        Self {
            about: drive.keep.about.clone(),
            journey: drive.motion.journey.clone(),
            program: Arc::clone(drive.motion.program()),
        }
    }

    /// What a script that posted from that page is told.
    pub(crate) fn answer(&self, posted_from: &str) -> Answer {
        let same_page = self.about.ending.is_none() && self.journey.page_instance() == Some(posted_from);
        match self.journey.page_fault().filter(|_| same_page) {
            Some(fault) => Answer::Rejected { code: fault.code, message: fault.message },
            None => Answer::Accepted,
        }
    }
}

/// Notes where a drive came to. An application that forbade asking gets an error instead of a page.
pub(crate) fn note(drive: &mut Drive<'_>, stop: Stop) {
    drive.keep.about.ending = match stop {
        Stop::Over(ending) => Some(ending),
        Stop::Page if drive.keep.about.request.is_silent() => Some(Ending::Refuse(nobody_signed_in())),
        Stop::Page => None,
    };
}

fn too_late() -> Refusal {
    Refusal {
        code: RefusalCode::Catalogue(90_046),
        message: "The page was open for too long. Please start over.".to_owned(),
        detail: "the person did not go on in time".to_owned(),
    }
}

fn nobody_signed_in() -> Refusal {
    Refusal {
        code: RefusalCode::Catalogue(90_077),
        message: "Nobody is signed in, and the request forbids asking (prompt=none).".to_owned(),
        detail: "a page was reached with prompt=none".to_owned(),
    }
}
