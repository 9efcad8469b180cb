//! The places where a crash would be interesting, for tests that make one happen there.

use std::ops::ControlFlow;

use journeyman_engine::effect::Request;

/// A place where a process can die between two things that it does.
#[derive(Debug)]
pub enum Point<'a> {
    /// An effect is about to be carried out; what must be parked before is parked.
    BeforeEffect(&'a Request),
    /// It was carried out, and nobody knows yet.
    AfterEffect(&'a Request),
    /// The journey is about to be parked.
    BeforeSave,
    /// It is parked, and the browser knows nothing yet.
    AfterSave,
}

/// Told of every boundary that a journey crosses. To break is to die there: nothing is saved, released or answered.
pub trait Boundaries: Send + Sync {
    /// The journey of that id is at that point.
    fn cross(&self, journey: &str, point: &Point<'_>) -> ControlFlow<()>;
}

/// Nothing ever dies.
#[derive(Debug)]
pub(crate) struct Open;

impl Boundaries for Open {
    fn cross(&self, _: &str, _: &Point<'_>) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
