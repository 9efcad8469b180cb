//! Whole journeys, as text: a script goes in, what a person and the world see comes out.

#![expect(unreachable_pub, reason = "a test")]
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests of the public pack read its files, and say when they are not there"
)]

mod approval;
mod build;
mod demo_tenant;
mod pages;
mod parked;
mod play;
mod resolvers;
mod rest;
mod starter_pack;
mod steps;
mod texts;
mod world;
