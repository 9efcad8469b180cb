//! Journeyman from outside: the real binary, run as a person runs it, and those who use it, with a browser and without.

pub mod app;
pub mod browser;
pub mod client;
pub mod demo;
pub mod person;
pub mod sandbox;
