//! The server.

pub(crate) mod clock;
pub(crate) mod config;
pub(crate) mod policy_keys;
pub(crate) mod tenants;
pub(crate) mod world;
