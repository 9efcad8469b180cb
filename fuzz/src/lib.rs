//! What must hold whatever the input is: a function a target, called by cargo-fuzz with bytes of its own and by the tests
//! of the engine crate with what was found before.

mod choices;
mod merge;
mod patterns;
mod resolvers;
mod xml;

pub use merge::merge;
pub use patterns::patterns;
pub use resolvers::resolvers;
pub use xml::xml;
