//! Journeyman from outside: the real binary, run as a person runs it, and those who use it, with a browser and without.

pub mod app;
pub mod browser;
pub mod client;
pub mod demo;
pub mod inside;
pub mod person;
pub mod sandbox;

/// A client for plain HTTP on this machine. It follows no redirect, and does not read the system's certificates, which
/// takes longer than most tests.
fn plain_http() -> reqwest::Client {
    let client = reqwest::Client::builder().tls_certs_only([]).redirect(reqwest::redirect::Policy::none());
    client.build().expect("a client without special wishes can be built")
}
