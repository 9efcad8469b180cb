//! The interpreter of compiled policies: a journey is a value that waits.
//!
//! `advance` takes a program, a journey and an event and says what must happen next. It does no I/O, reads no clock and
//! draws no randomness of its own. Providers of technical profiles are a module each under `providers`.

mod check;
mod claim_types;
pub mod codes;
pub mod contracts;
pub mod effect;
pub mod event;
mod findings;
pub mod journey;
pub mod page;
mod places;
pub mod program;
pub mod providers;
mod resolver;
mod rules;
mod run;
pub mod snapshot;
mod step_types;
pub mod texts;
pub mod upload_errors;
mod uses;

pub use findings::findings;
pub use journey::Journey;
pub use program::Program;
pub use resolver::{ClaimResolver, Place, RESOLVERS};
pub use run::{Env, advance, begin, evaluate, page_of, replay};
pub use step_types::{STEP_TYPES, StepDeclaration};
pub use uses::usage;
