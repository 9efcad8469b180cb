//! The policy compiler's front end: XML to a document, a chain of documents to one effective [`model::Policy`].
//!
//! Pure: files come through a loader. A policy author's mistake is a [`diagnostic::Diagnostic`], never an `Err`.

mod chain;
mod check;
pub mod codes;
pub mod diagnostic;
mod document;
pub mod effective;
pub mod example;
mod finish;
mod include;
mod merge;
pub mod model;
mod nearest;
mod read;
mod renumber;
pub mod schema;
mod set;
mod settings;
pub mod source;
mod spelling;
#[cfg(test)]
mod testing;
mod xml;

pub use nearest::nearest_word;
pub use set::{Bundle, PolicySet};
pub use settings::{Settings, author_placeholder, has_placeholder, placeholders};
pub use spelling::spelling;
