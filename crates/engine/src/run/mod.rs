//! The dispatcher: reads where a journey stands, does the next thing, and says what must happen.

use jiff::Timestamp;

use crate::event::{Event, Next, Start};
use crate::journey::Journey;
use crate::page::PageModel;
use crate::program::Program;

/// What the world lends to one step.
#[derive(Clone, Copy, Debug)]
pub struct Env {
    /// The time.
    pub now: Timestamp,
}

/// Begins a journey.
pub fn begin(program: &Program, start: Start, env: &Env) -> (Journey, Next) {
    let _ = (program, start, env);
    unimplemented!()
}

/// Goes on with a journey after something happened.
pub fn advance(program: &Program, journey: Journey, event: Event, env: &Env) -> (Journey, Next) {
    let _ = (program, event, env, journey);
    unimplemented!()
}

/// The page that a journey waits on.
pub fn page_of(program: &Program, journey: &Journey, env: &Env) -> Option<PageModel> {
    let _ = (program, journey, env);
    None
}
