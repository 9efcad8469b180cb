//! The policy compiler's front end: XML to a document, a chain of documents to one effective [`model::Policy`].
//!
//! Pure: files come through a loader. A policy author's mistake is a [`diagnostic::Diagnostic`], never an `Err`.

pub mod diagnostic;
pub mod model;
pub mod source;
