//! The demo in a real browser: what a person can do at the end, with JavaScript and without, on a desk and on a phone.
//!
//! Every test has a demo and a browser of its own. Each page on the way is inspected: it fits 360 pixels, breaks no
//! accessibility rule in light and dark, and leaves a picture in `target/screenshots`.

mod customer;
mod development;
mod endings;
mod keyboard;
mod mistakes;
mod proof;
mod visit;
