//! The `journeyman` binary: one file a command, and the only place that prints.
//!
//! Exit codes: 0 all is well, [`REFUSED`], [`NOT_UNDERSTOOD`].

mod commands;
mod environment;
mod inputs;
mod report;
mod running;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{check, completions, demo, eval, explain, serve, show};

/// Exit code: the policies, the transformation or the configuration are not right, or a server could not go on.
const REFUSED: u8 = 1;
/// Exit code: the command was not understood, or a file that it names is not there. The argument parser has the same.
const NOT_UNDERSTOOD: u8 = 2;

/// Runs Azure AD B2C custom policies outside Azure.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs engine, bank and sandbox, ready to try
    Demo(demo::Args),
    /// Runs a server
    Serve(serve::Args),
    /// Says what is wrong with policies, and where
    Check(check::Args),
    /// Says what a finding means, and what to do about it
    Explain(explain::Args),
    /// Shows a policy as it is after inheritance, or its journeys as a graph
    Show(show::Args),
    /// Runs one claims transformation
    Eval(Box<eval::Args>),
    /// Prints what a shell needs to complete commands
    Completions(completions::Args),
}

/// Why a command did not succeed.
#[derive(Debug)]
enum Failure {
    /// What it was asked to look at is not right; everything has been said already.
    Refused,
    /// It could not start: a wrong argument, a file that is not there.
    Usage(String),
    /// It could not do what it was asked: a port that is taken, a configuration that contradicts itself.
    Failed(String),
    /// The answer could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = io::stdout().lock();
    let result = match cli.command {
        Command::Demo(args) => demo::run(&args, &mut out),
        Command::Serve(args) => serve::run(&args, &mut out),
        Command::Check(args) => check::run(&args, &mut out),
        Command::Explain(args) => explain::run(&args, &mut out),
        Command::Show(args) => show::run(&args, &mut out),
        Command::Eval(args) => eval::run(&args, &mut out),
        Command::Completions(args) => completions::run(&args, &mut out),
    };
    finish(result.and_then(|()| out.flush().map_err(Failure::Output)))
}

fn finish(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Refused) => ExitCode::from(REFUSED),
        Err(Failure::Usage(message)) => complain(&message, NOT_UNDERSTOOD),
        Err(Failure::Failed(message)) => complain(&message, REFUSED),
        // Whoever reads our output, `head` for one, may stop reading.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => complain(&format!("the answer could not be written: {error}"), REFUSED),
    }
}

fn complain(message: &str, code: u8) -> ExitCode {
    // Nothing is left to try when standard error is closed too.
    let _ = writeln!(io::stderr(), "error: {message}");
    ExitCode::from(code)
}
