//! `journeyman completions`: what a shell needs to complete commands, options and their values.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::{Cli, Failure};

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script, made from the same declarations that read the command line.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    // Not straight to the output: the generator panics where a reader stops reading.
    let mut script = Vec::new();
    generate(args.shell, &mut Cli::command(), "journeyman", &mut script);
    Ok(out.write_all(&script)?)
}
