//! `journeyman show`: a policy as it is after inheritance, with the place that every part came from.

mod graph;
mod places;
mod xml;

use std::io::Write;

use clap::ValueEnum;
use journeyman_claims::Name;
use journeyman_policy::PolicySet;
use journeyman_policy::model::Policy;

use crate::Failure;
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
    let policy = find(&set, &args.policy)?;
    match args.format {
        Format::Xml => write!(out, "{}", xml::write(&set.sources, policy))?,
        Format::Json => writeln!(out, "{}", places::json(&set.sources, policy)?)?,
        Format::Mermaid => write!(out, "{}", graph::mermaid(policy))?,
    }
    Ok(())
}

/// The policy of that id, which folders may repeat: then the user must say which.
fn find<'a>(set: &'a PolicySet, id: &str) -> Result<&'a Policy, Failure> {
    let wanted = Name::new(id);
    let found: Vec<&Policy> =
        set.policies.iter().map(|policy| &**policy).filter(|policy| policy.id == wanted).collect();
    match found[..] {
        [policy] => Ok(policy),
        [] => {
            let known: Vec<_> = set.policies.iter().map(|policy| policy.id.as_str()).collect();
            Err(Failure::Usage(format!("there is no policy `{id}`, only: {}", known.join(", "))))
        }
        _ => {
            let files: Vec<_> = found.iter().map(|policy| &*set.sources.file(policy.span.file).name).collect();
            Err(Failure::Usage(format!("several files are the policy `{id}`, name one folder: {}", files.join(", "))))
        }
    }
}
