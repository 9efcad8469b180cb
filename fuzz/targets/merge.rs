//! cargo-fuzz's way into [`journeyman_fuzz::merge`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| journeyman_fuzz::merge(data));
