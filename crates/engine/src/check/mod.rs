//! What can be said of the journeys of a bound policy: which claims have a value where they are used, which pages
//! nobody sees, and whether what a person verified counts for anything.
//!
//! Everything here is about what the journeys reach. A reference that leads nowhere is reported when the policy is merged;
//! here it only means that nobody knows which claims are set from there on.

mod claims;
mod flow;
mod pages;
mod uses;
mod verification;

use journeyman_policy::diagnostic::Sink;

use crate::program::Program;

/// Checks a program whose profiles are bound.
pub(crate) fn check(program: &Program, sink: &mut Sink) {
    pages::check(program, sink);
    flow::check(program, sink);
    verification::check(program, sink);
}
