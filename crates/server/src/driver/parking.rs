//! How a journey outlives a crash: claimed for one request, saved before what must not happen twice, parked at the end.
//!
//! Between an effect and its reply there is no place to go on from. So before an at-most-once effect the journey is saved
//! together with the effect's intent, and whoever takes it up again tells it that it was interrupted; a crash during any
//! other effect goes back to where the journey stood before the request.

use jiff::{SignedDuration, Timestamp};
use journeyman_engine::effect::{Effect, Repeat, Request};
use journeyman_store::{Claim, Handle, Lease, NewJourney, Parked, Then};

use crate::driver::boundary::Point;
use crate::driver::visit::{self, About};
use crate::driver::{Drive, DriveError, Keep, Motion};

/// How long a request may hold a journey beside what its effects may take.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(15);
/// What an effect without a time of its own may take.
const EFFECT: SignedDuration = SignedDuration::from_secs(10);
/// What handing a mail over may take.
const MAIL: SignedDuration = SignedDuration::from_secs(40);
/// How long a journey waits for the person to go on.
const LIFE: SignedDuration = SignedDuration::from_hours(1);
/// How much longer it is remembered, so that whoever comes too late is led back to the application.
const MEMORY: SignedDuration = SignedDuration::from_hours(3);
/// One whose application was answered.
const AFTERLIFE: SignedDuration = SignedDuration::from_mins(10);

/// How a journey is kept while a request works on it.
#[derive(Debug)]
pub(crate) struct Parking {
    /// What the server knows of it.
    pub(crate) about: About,
    hold: Hold,
}

#[derive(Debug)]
enum Hold {
    Claimed(Claimed),
    /// Not parked yet; it will be under this handle.
    Fresh(Handle),
    /// Parked, and no longer ours.
    Released,
}

#[derive(Debug)]
struct Claimed {
    lease: Lease,
    until: Timestamp,
    /// As it stands in the store.
    parked: Parked,
}

impl Parking {
    /// For a journey that was claimed until then.
    pub(crate) fn claimed(about: About, lease: Lease, until: Timestamp, parked: Parked) -> Self {
        Self { about, hold: Hold::Claimed(Claimed { lease, until, parked }) }
    }

    /// For a journey that begins, and will be parked under that handle.
    pub(crate) fn fresh(about: About, handle: Handle) -> Self {
        Self { about, hold: Hold::Fresh(handle) }
    }
}

impl Keep for Parking {
    async fn ready(&mut self, motion: &Motion<'_>, request: &Request) -> Result<(), DriveError> {
        let until = motion.site.clock.now() + allowance(&request.effect) + LEASE;
        match request.repeat {
            Repeat::AtMostOnce => self.save(motion, Some(request.intent.clone()), Then::HoldUntil(until)).await,
            Repeat::Harmless => self.outlast(motion, until).await,
        }
    }
}

impl Parking {
    /// Sees to it that the lease lasts until then. What is parked stays.
    async fn outlast(&mut self, motion: &Motion<'_>, then: Timestamp) -> Result<(), DriveError> {
        if let Hold::Claimed(held) = &mut self.hold
            && held.until < then
        {
            let longer = then + LEASE;
            motion.site.store.journeys.save(&held.lease, &held.parked, Then::HoldUntil(longer)).await?;
            held.until = longer;
        }
        Ok(())
    }

    async fn save(
        &mut self,
        motion: &Motion<'_>,
        pending_intent: Option<String>,
        then: Then,
    ) -> Result<(), DriveError> {
        motion.cross(&Point::BeforeSave)?;
        let now = motion.site.clock.now();
        let expires_at = if self.about.answered_at.is_some() {
            now + AFTERLIFE
        } else {
            self.about.waits_until = Some(now + LIFE);
            now + LIFE + MEMORY
        };
        let snapshot = visit::pack(&self.about, &motion.journey);
        let parked = Parked { snapshot, pending_intent, expires_at };
        match &mut self.hold {
            Hold::Claimed(held) => {
                motion.site.store.journeys.save(&held.lease, &parked, then).await?;
                held.parked = parked;
                match then {
                    Then::HoldUntil(until) => held.until = until,
                    Then::Release => self.hold = Hold::Released,
                }
            }
            Hold::Fresh(handle) => {
                let handle = handle.clone();
                self.hold = park_new(motion, handle, parked, then).await?;
            }
            Hold::Released => return Err(journeyman_store::StoreError::LeaseLost.into()),
        }
        motion.cross(&Point::AfterSave)
    }
}

async fn park_new(motion: &Motion<'_>, handle: Handle, parked: Parked, then: Then) -> Result<Hold, DriveError> {
    let journeys = &motion.site.store.journeys;
    let browser = motion.place.browser.clone();
    let program = motion.program().digest().to_owned();
    let new = NewJourney { handle: handle.clone(), browser: browser.clone(), program, parked };
    if !journeys.park(&new).await? {
        return Err(DriveError::Beaten);
    }
    let Then::HoldUntil(until) = then else { return Ok(Hold::Released) };
    match journeys.claim(&handle, &browser, Some(1), until, motion.site.clock.now()).await? {
        Claim::Claimed(lease, _) => Ok(Hold::Claimed(Claimed { lease, until, parked: new.parked })),
        _ => Err(DriveError::Beaten),
    }
}

impl Drive<'_> {
    /// Parks the journey where it stands, over or not, and gives the claim back.
    pub(crate) async fn park(&mut self) -> Result<(), DriveError> {
        self.keep.save(&self.motion, None, Then::Release).await
    }

    /// The same for a journey that is parked already; one that ended without ever waiting need not be.
    pub(crate) async fn park_again(&mut self) -> Result<(), DriveError> {
        if self.is_parked() { self.park().await } else { Ok(()) }
    }

    /// Whether it was parked before: it waited for a person, or did what must not happen twice.
    pub(crate) fn is_parked(&self) -> bool {
        matches!(self.keep.hold, Hold::Claimed(_))
    }
}

/// How long an effect may take.
fn allowance(effect: &Effect) -> SignedDuration {
    match effect {
        Effect::Http(call) => SignedDuration::from_secs(i64::from(call.timeout_seconds)) + EFFECT,
        Effect::SendCodeMail { .. } => MAIL,
        _ => EFFECT,
    }
}
