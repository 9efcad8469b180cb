//! Builds the crate anew when a migration is added: the compiler does not see the folder that they are embedded from.

fn main() {
    // The cargo protocol is spoken on standard output.
    use std::io::Write;
    let told = writeln!(std::io::stdout(), "cargo:rerun-if-changed=migrations");
    told.expect("cargo reads the standard output of a build script");
}
