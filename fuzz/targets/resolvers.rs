//! cargo-fuzz's way into [`journeyman_fuzz::resolvers`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| journeyman_fuzz::resolvers(data));
