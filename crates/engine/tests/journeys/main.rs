//! Whole journeys, as text: a script goes in, what a person and the world see comes out.

#![expect(unreachable_pub, reason = "a test")]

mod approval;
mod play;
mod starter_pack;
mod world;
