//! `journeyman check`: says what is wrong with policies, to people or to programs, and puts right what has one right answer.

mod files;
mod fix;
mod json;
mod sarif;

use std::io::{self, Write};

use clap::ValueEnum;
use journeyman_engine::findings;
use journeyman_policy::PolicySet;
use journeyman_policy::diagnostic::Diagnostic;

use crate::Failure;
use crate::inputs::Inputs;
use crate::report::{self, Detail, Report};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// How to say it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Put right in the files what has one right answer, then say what is left
    #[arg(long)]
    fix: bool,
    /// With --fix: print the changes as a diff, and change nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Show every finding, notes too, however many there are
    #[arg(long, short)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading in a terminal
    Human,
    /// For programs
    Json,
    /// For code scanning (SARIF 2.1.0)
    Sarif,
}

/// Checks, reports, and refuses if there is an error.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    if args.dry_run && args.format != Format::Human {
        return Err(Failure::Usage("--dry-run prints a diff, which is text: leave --format out".into()));
    }
    let settings = args.inputs.settings()?;
    let mut set = PolicySet::compile(args.inputs.sources()?, &settings);
    if args.fix {
        let fixed = fix::all(set);
        if args.dry_run {
            write!(out, "{}", fixed.diff())?;
            return ended(&findings(&fixed.set));
        }
        let saved = files::save(&fixed, &args.inputs.paths);
        match args.format {
            Format::Human => write!(out, "{}", saved.said)?,
            // Standard output is for the program.
            Format::Json | Format::Sarif => write!(io::stderr(), "{}", saved.said)?,
        }
        if !saved.refused.is_empty() {
            return Err(Failure::Failed(saved.refused.join("\n")));
        }
        set = fixed.set;
    }
    let findings = findings(&set);
    tell(args, &set, &findings, out)?;
    if set.policies.is_empty() && !report::has_errors(&findings) {
        return Err(Failure::Usage(format!("no policy in {}", args.inputs.paths.join(", "))));
    }
    ended(&findings)
}

fn ended(findings: &[Diagnostic]) -> Result<(), Failure> {
    if report::has_errors(findings) { Err(Failure::Refused) } else { Ok(()) }
}

fn tell(args: &Args, set: &PolicySet, findings: &[Diagnostic], out: &mut impl Write) -> Result<(), Failure> {
    match args.format {
        Format::Human => {
            let detail = if args.verbose { Detail::All } else { Detail::Some };
            let report = Report::new(set, findings);
            write!(out, "{}{}", report.text(report::style(), detail), report.hints(detail))?;
        }
        Format::Json => writeln!(out, "{}", json::report(set, findings)?)?,
        Format::Sarif => writeln!(out, "{}", sarif::report(set, findings)?)?,
    }
    Ok(())
}
