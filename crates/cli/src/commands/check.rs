//! `journeyman check`: says what is wrong with policies, to people or to programs.

mod sarif;

use std::io::Write;

use clap::ValueEnum;
use journeyman_engine::findings;
use journeyman_policy::PolicySet;
use journeyman_policy::diagnostic::{Diagnostic, Kind, Severity};
use journeyman_policy::model::Policy;
use serde::Serialize;

use crate::inputs::Inputs;
use crate::{Failure, draw};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// How to say it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
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
    let set = args.inputs.compile()?;
    let findings = findings(&set);
    match args.format {
        Format::Human => write!(out, "{}", draw::report(&set, &findings, draw::Style::of_stdout()))?,
        Format::Json => writeln!(out, "{}", json(&set, &findings)?)?,
        Format::Sarif => writeln!(out, "{}", sarif::report(&set, &findings)?)?,
    }
    if draw::has_errors(&findings) { Err(Failure::Refused) } else { Ok(()) }
}

#[derive(Debug, Serialize)]
struct Report<'a> {
    policies: Vec<PolicyLine<'a>>,
    diagnostics: Vec<DiagnosticLine<'a>>,
}

#[derive(Debug, Serialize)]
struct PolicyLine<'a> {
    id: &'a str,
    file: &'a str,
    ok: bool,
}

#[derive(Debug, Serialize)]
struct DiagnosticLine<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    file: &'a str,
    line: usize,
    column: usize,
    policy: Option<&'a str>,
    kind: Kind,
    reference: Option<&'a str>,
}

fn json(set: &PolicySet, findings: &[Diagnostic]) -> Result<String, Failure> {
    let report = Report {
        policies: set.policies.iter().map(|policy| policy_line(set, policy, findings)).collect(),
        diagnostics: findings.iter().map(|found| diagnostic_line(set, found)).collect(),
    };
    serde_json::to_string_pretty(&report).map_err(|error| Failure::Output(error.into()))
}

fn policy_line<'a>(set: &'a PolicySet, policy: &'a Policy, findings: &[Diagnostic]) -> PolicyLine<'a> {
    let error = |found: &Diagnostic| found.severity == Severity::Error && set.concerns(found, policy);
    PolicyLine {
        id: policy.id.as_str(),
        file: &set.sources.file(policy.span.file).name,
        ok: !findings.iter().any(error),
    }
}

fn diagnostic_line<'a>(set: &'a PolicySet, found: &'a Diagnostic) -> DiagnosticLine<'a> {
    let (line, column) = set.sources.position(found.primary.span);
    DiagnosticLine {
        code: found.code.id,
        severity: found.severity,
        message: &found.message,
        help: found.help.as_deref(),
        file: &set.sources.file(found.primary.span.file).name,
        line,
        column,
        policy: found.policy.as_ref().map(|id| id.as_str()),
        kind: found.kind,
        reference: found.reference.as_deref(),
    }
}
