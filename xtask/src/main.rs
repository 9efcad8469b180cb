//! `cargo xtask …`: what a person or a continuous integration runs, written once and the same for both.

#![expect(clippy::print_stdout, reason = "a command that tells a person what it does")]

mod docs;
mod machine;
mod pictures;
mod policies;
mod steps;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask test      everything that must hold before a change goes in; installs what it needs where it may
cargo xtask bench     what things cost: compiling policies, tokens, whole flows; takes minutes
cargo xtask tidy      the rules of this codebase that no compiler knows
cargo xtask docs      writes the reference pages that are printed from the code
cargo xtask pictures  draws the pictures of mistakes for the documentation
cargo xtask setup     says what the tests need beside Rust, and installs it where it may";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["test"] => steps::test(&root()),
        ["bench"] => steps::bench(&root()),
        ["tidy"] => steps::tidy(&root()),
        ["docs"] => docs::write(&root()),
        ["pictures"] => pictures::draw(&root()),
        ["policies"] => policies::print(&root()),
        ["setup"] => steps::setup(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            println!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// The workspace's folder.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().expect("this crate is a folder of the workspace").to_owned()
}
