//! `journeyman show`: a policy as it is after inheritance, with the place that every part came from.

mod graph;

use std::io::Write;

use clap::ValueEnum;
use journeyman_policy::effective;

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
    let of_this_set = "the policy is of this set";
    match args.format {
        Format::Xml => write!(out, "{}", effective::xml(&set, policy).expect(of_this_set))?,
        Format::Json => {
            let value = effective::json(&set, policy).expect(of_this_set);
            let text = serde_json::to_string_pretty(&value).map_err(|error| Failure::Output(error.into()))?;
            writeln!(out, "{text}")?;
        }
        Format::Mermaid => write!(out, "{}", graph::mermaid(policy))?,
    }
    Ok(())
}
