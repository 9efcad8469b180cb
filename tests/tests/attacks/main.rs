//! What must not work, tried for real, end to end: each test is named by what is attempted.
//!
//! Every attempt is refused for the reason that it should be, and changes neither the bank's ledger nor what the providers
//! were asked. Its twin, the same without the attack, succeeds: so the attack was all that was wrong.

mod browsers;
mod codes;
mod hints;
mod payments;
mod scene;
mod secrets;
mod tokens;
