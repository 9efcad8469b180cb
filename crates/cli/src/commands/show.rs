//! `journeyman show`: a policy as it is after inheritance, with the place that every part came from.

mod graph;
mod places;
mod xml;

use std::io::Write;

use clap::ValueEnum;

use crate::Failure;
use crate::commands::find_policy;
use crate::inputs::Inputs;

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The policy's id
    policy: String,
    #[command(flatten)]
    inputs: Inputs,
    /// What to show
    #[arg(long, value_enum, default_value_t = Format::Xml)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The effective policy as one file, with comments that say where each part is declared
    Xml,
    /// The effective policy for programs
    Json,
    /// The journeys as a graph
    Mermaid,
}

/// Shows the policy, whether or not something is wrong with it.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    let set = args.inputs.compile()?;
    let policy = find_policy(&set, &args.policy)?;
    match args.format {
        Format::Xml => write!(out, "{}", xml::write(&set.sources, policy))?,
        Format::Json => writeln!(out, "{}", places::json(&set.sources, policy)?)?,
        Format::Mermaid => write!(out, "{}", graph::mermaid(policy))?,
    }
    Ok(())
}
