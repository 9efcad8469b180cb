//! Claim values, the claims bag, predicates, masks and every claims transformation.
//!
//! The crate is pure: it reads no file, no clock and no random source of its own. What a transformation needs from its
//! surroundings comes through [`transformations::Env`].

pub mod bag;
pub mod mask;
pub mod name;
pub mod pattern;
pub mod phone;
pub mod predicates;
pub mod text;
pub mod transformations;
pub mod value;

pub use bag::{Bag, Claim};
pub use name::Name;
pub use value::{ClaimValue, DataType, Duration, ObjectIdentity, SocialIdentity, ValueError};
