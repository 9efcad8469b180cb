//! The bank's router, driven as a browser would, against an OpenID Connect server in the same process.

mod browser;
mod engine;
mod metadata;
mod payment;
mod sign_in;
mod world;
