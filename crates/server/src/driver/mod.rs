//! The one loop that turns the interpreter: an event in, effects carried out one by one, until the journey waits for a
//! person or is over.
//!
//! Before an effect the journey is made ready for a crash, which is the business of [`parking`]; a journey without a
//! person, as refreshing tokens runs it, needs none of that.

pub(crate) mod boundary;
pub(crate) mod parking;
pub(crate) mod visit;

use std::future::Future;
use std::ops::ControlFlow;
use std::sync::Arc;

use journeyman_engine::effect::{Reply, Request};
use journeyman_engine::event::{Event, Next, Refusal, RefusalCode, Start};
use journeyman_engine::{Env, Journey, Program, advance, begin};
use journeyman_store::StoreError;
use serde_json::json;

use self::boundary::Point;
use self::parking::Parking;
use self::visit::Ending;
use crate::front::site::Site;
use crate::world::Place;

/// Effects of one request at most: a policy that asks for more goes round in circles.
const MOST_EFFECTS: usize = 64;

/// Why a drive did not come to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DriveError {
    /// The store failed, or the lease passed to somebody else.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another request parked a journey under the same handle first.
    #[error("another request began the journey first")]
    Beaten,
    /// A test lets the process die here.
    #[error("killed at a boundary")]
    Killed,
}

/// Where a drive came to.
#[derive(Debug, PartialEq)]
pub(crate) enum Stop {
    /// A page waits for the person.
    Page,
    /// It is over.
    Over(Ending),
}

/// Makes a journey ready for what may go wrong during an effect.
pub(crate) trait Keep: Send {
    /// The effect is about to be carried out.
    fn ready(&mut self, motion: &Motion<'_>, request: &Request) -> impl Future<Output = Result<(), DriveError>> + Send;
}

/// A journey that nobody waits for between two requests: after a crash its caller asks again.
#[derive(Debug)]
pub(crate) struct Fleeting;

impl Keep for Fleeting {
    async fn ready(&mut self, _: &Motion<'_>, _: &Request) -> Result<(), DriveError> {
        Ok(())
    }
}

/// A journey in motion.
#[derive(Debug)]
pub(crate) struct Motion<'a> {
    pub(crate) site: &'a Site,
    /// For whom it runs.
    pub(crate) place: Place,
    /// As it stands.
    pub(crate) journey: Journey,
}

/// A journey in motion, and how it is kept meanwhile.
#[derive(Debug)]
pub(crate) struct Drive<'a, K = Parking> {
    pub(crate) motion: Motion<'a>,
    pub(crate) keep: K,
}

impl<'a, K: Keep> Drive<'a, K> {
    /// Begins a journey and drives it.
    pub(crate) async fn begin(site: &'a Site, place: Place, keep: K, start: Start) -> Result<(Self, Stop), DriveError> {
        let event = Event::Start(start.clone());
        let (journey, next) = begin(&place.program, start, &Env { now: place.now });
        let mut drive = Self { motion: Motion { site, place, journey }, keep };
        drive.motion.record(&event).await?;
        let stop = drive.go(next).await?;
        Ok((drive, stop))
    }

    /// Goes on after something happened.
    pub(crate) async fn feed(&mut self, event: Event) -> Result<Stop, DriveError> {
        let next = self.motion.step(event).await?;
        self.go(next).await
    }

    async fn go(&mut self, mut next: Next) -> Result<Stop, DriveError> {
        for _ in 0..MOST_EFFECTS {
            let request = match next {
                Next::Page => return Ok(Stop::Page),
                Next::Issue(issue) => return Ok(Stop::Over(Ending::Issue(Box::new(issue)))),
                Next::Refuse(refusal) => return Ok(Stop::Over(Ending::Refuse(refusal))),
                Next::Effect(request) => request,
            };
            self.keep.ready(&self.motion, &request).await?;
            let reply = self.motion.carry_out(&request).await?;
            next = self.motion.step(Event::Reply(reply)).await?;
        }
        Ok(Stop::Over(Ending::Refuse(too_many_effects())))
    }
}

impl Motion<'_> {
    async fn carry_out(&mut self, request: &Request) -> Result<Reply, DriveError> {
        self.cross(&Point::BeforeEffect(request))?;
        let reply = self.site.world.perform(&self.place, request).await;
        self.cross(&Point::AfterEffect(request))?;
        self.place.now = self.site.clock.now();
        Ok(reply)
    }

    async fn step(&mut self, event: Event) -> Result<Next, DriveError> {
        self.record(&event).await?;
        let env = Env { now: self.place.now };
        let (journey, next) = advance(&self.place.program, self.journey.clone(), event, &env);
        self.journey = journey;
        Ok(next)
    }

    fn cross(&self, point: &Point<'_>) -> Result<(), DriveError> {
        match self.site.boundaries.cross(self.journey.id(), point) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(DriveError::Killed),
        }
    }

    /// Keeps an event for replay, its secrets masked; in development only.
    async fn record(&self, event: &Event) -> Result<(), DriveError> {
        if !self.site.config.development {
            return Ok(());
        }
        let (now, program) = (self.place.now, &self.place.program);
        let masked = event.masked(program, &self.journey, now);
        let line = json!({"at": now, "program": program.digest(), "event": masked});
        Ok(self.site.store.recordings.record(self.journey.id(), &line, now).await?)
    }

    /// The version of the policy that it runs on.
    pub(crate) fn program(&self) -> &Arc<Program> {
        &self.place.program
    }
}

fn too_many_effects() -> Refusal {
    Refusal {
        code: RefusalCode::Catalogue(90037),
        message: "The sign-in could not be completed. Please try again later.".to_owned(),
        detail: format!("the policy asked for more than {MOST_EFFECTS} effects in one request"),
    }
}
