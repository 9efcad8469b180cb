//! The steps of each command, one after the other: what is run is printed before, how it went and how long it took after.
//!
//! A step that fails does not stop those behind it, so that one run tells everything.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::{machine, tidy};

/// Documentation is read beside the code: its links must lead somewhere, and may lead to what is private.
const RUSTDOC: &str = "-D warnings -A rustdoc::private_intra_doc_links";

/// How a step ended.
enum End {
    Passed,
    /// Not run, and why.
    Skipped(String),
    Failed(String),
}

struct Line {
    step: &'static str,
    end: End,
    took: Duration,
}

/// A run in progress.
struct Run<'a> {
    root: &'a Path,
    lines: Vec<Line>,
}

/// Everything that must hold.
pub(crate) fn test(root: &Path) -> ExitCode {
    let mut run = Run { root, lines: Vec::new() };
    run.step("setup", || machine::prepare().map_or_else(End::Failed, |()| End::Passed));
    run.cargo("format", &["fmt", "--all", "--check"]);
    run.step("tidy", || say(&tidy::check(root)));
    run.deny();
    run.cargo("clippy", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    run.cargo("docs", &["doc", "--workspace", "--no-deps", "--document-private-items"]);
    run.cargo("doc tests", &["test", "--workspace", "--doc"]);
    // Last, so that a reader of the log finds the count of tests at its end.
    if machine::succeeds("cargo", &["nextest", "--version"]) {
        run.cargo("tests", &["nextest", "run", "--workspace", "--no-fail-fast"]);
    } else {
        run.cargo("tests", &["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]);
    }
    run.end()
}

/// Everything that is measured. The figures are printed; nothing is compared with them.
pub(crate) fn bench(root: &Path) -> ExitCode {
    let mut run = Run { root, lines: Vec::new() };
    run.cargo("compiling", &["bench", "-p", "journeyman-engine", "--bench", "compile"]);
    run.cargo("tokens", &["bench", "-p", "journeyman-oidc", "--bench", "tokens"]);
    run.cargo("flows", &["bench", "-p", "journeyman-server", "--bench", "flows"]);
    run.end()
}

/// Our own rules alone.
pub(crate) fn tidy(root: &Path) -> ExitCode {
    let mut run = Run { root, lines: Vec::new() };
    run.step("tidy", || say(&tidy::check(root)));
    run.end()
}

/// What the tests need alone.
pub(crate) fn setup() -> ExitCode {
    let mut run = Run { root: Path::new("."), lines: Vec::new() };
    run.step("setup", || machine::prepare().map_or_else(End::Failed, |()| End::Passed));
    run.end()
}

fn say(findings: &[tidy::Finding]) -> End {
    for finding in findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => End::Passed,
        1 => End::Failed("1 finding".into()),
        count => End::Failed(format!("{count} findings")),
    }
}

impl Run<'_> {
    fn step(&mut self, step: &'static str, work: impl FnOnce() -> End) {
        println!("── {step}");
        let start = Instant::now();
        let end = work();
        if let End::Skipped(why) | End::Failed(why) = &end {
            println!("{step}: {why}");
        }
        self.lines.push(Line { step, end, took: start.elapsed() });
    }

    fn cargo(&mut self, step: &'static str, arguments: &[&str]) {
        let mut command = cargo(self.root);
        command.args(arguments);
        self.step(step, || {
            println!("$ cargo {}", arguments.join(" "));
            match command.status() {
                Ok(status) if status.success() => End::Passed,
                Ok(status) => End::Failed(format!("cargo ended with {status}")),
                Err(error) => End::Failed(format!("cargo could not be started: {error}")),
            }
        });
    }

    /// Licences, banned crates and sources; advisories only where their database can be reached.
    fn deny(&mut self) {
        if !machine::succeeds("cargo", &["deny", "--version"]) {
            self.step("dependencies", || End::Skipped("cargo-deny is not installed; licences were not checked".into()));
            return;
        }
        self.cargo("dependencies", &["deny", "--all-features", "check", "licenses", "bans", "sources"]);
        let mut fetch = cargo(self.root);
        let reached = fetch.args(["deny", "fetch", "db"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if reached.is_ok_and(|status| status.success()) {
            self.cargo("advisories", &["deny", "check", "advisories"]);
        } else {
            self.step("advisories", || End::Skipped("the database of advisories cannot be reached from here".into()));
        }
    }

    fn end(self) -> ExitCode {
        println!("──");
        for Line { step, end, took } in &self.lines {
            let said = match end {
                End::Passed => "passed",
                End::Skipped(_) => "skipped",
                End::Failed(_) => "FAILED",
            };
            println!("{step:<14} {said:<8} {:>6.1} s", took.as_secs_f64());
        }
        let failed = self.lines.iter().any(|line| matches!(line.end, End::Failed(_)));
        if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

/// Cargo as all steps use it, so that they share what they build.
fn cargo(root: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root).stdin(Stdio::null()).env("RUSTDOCFLAGS", RUSTDOC);
    command
}
