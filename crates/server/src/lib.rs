//! The server: everything that touches the world. The driver turns the interpreter's requests into deeds, the front
//! speaks HTTP, the rest is what they need.

mod clock;
pub mod config;
mod connections;
mod driver;
mod front;
mod hints;
mod limits;
mod mail;
mod outbound;
mod passwords;
pub mod policy_files;
mod policy_keys;
mod secret_rules;
mod start;
mod tenants;
#[cfg(test)]
mod testing;
mod world;

pub use clock::Clock;
pub use config::Config;
pub use driver::boundary::{Boundaries, Point};
pub use start::{Extras, Server, StartError};
pub use tenants::{NO_KEY_VALUE, Served, Tenant, TenantsError};
pub use world::WorldError;
