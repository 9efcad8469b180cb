//! A demo of one's own: `journeyman demo` as a process on free ports, with what its sandbox knows.
//!
//! The binary is the one that was built beside the tests. It is killed when the [`Demo`] is dropped; what it wrote to
//! standard error is told when the test fails.

use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::net::TcpListener;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use url::Url;

use crate::sandbox::SandboxApi;

/// Far below the ports that systems give to outgoing connections, so that nobody takes ours while the demo restarts.
const PORTS: std::ops::Range<u16> = 10_000..30_000;
/// Attempts to find ports that nobody else takes in the same moment.
const ATTEMPTS: usize = 10;
/// How long the demo may take until it is ready, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a demo is started with.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Policy sets beside, or instead of, the demo's own: `--policies`, once for each.
    pub policies: Vec<PathBuf>,
    /// A folder that was used before; a temporary one otherwise.
    pub data: Option<PathBuf>,
    /// Names and values added to the environment.
    pub environment: Vec<(String, String)>,
}

/// A demo that runs, until it is dropped.
#[derive(Debug)]
pub struct Demo {
    process: Child,
    options: Options,
    port: u16,
    data: PathBuf,
    sandbox: SandboxApi,
    /// What it says on standard error, of all runs.
    log: PathBuf,
    /// Kept for as long as the process may write there.
    _folder: TempDir,
}

impl Demo {
    /// As `journeyman demo` starts, with an empty data folder.
    pub async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    /// The same with options. Panics where the binary is missing or does not get ready: there is nothing to test then.
    pub async fn start_with(options: Options) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = options.data.clone().unwrap_or_else(|| folder.path().join("data"));
        let log = folder.path().join("log");
        for _ in 0..ATTEMPTS {
            let port = three_free_ports();
            match launch(&options, port, &data, &log).await {
                Ok(process) => {
                    let sandbox = SandboxApi::at(address("localhost", port + 2));
                    return Self { process, options, port, data, sandbox, log, _folder: folder };
                }
                Err(said) => assert!(said.contains("is taken"), "the demo did not start: {said}"),
            }
        }
        panic!("somebody took the ports in each of {ATTEMPTS} attempts");
    }

    /// Kills the process, as a crash or a cut of the power would, and starts it again on the same data and ports.
    pub async fn restart(&mut self) {
        self.process.kill().await.expect("a child can be killed");
        let launched = launch(&self.options, self.port, &self.data, &self.log).await;
        self.process = launched.unwrap_or_else(|said| panic!("the demo did not start again: {said}"));
    }

    /// Where the engine is reached.
    pub fn engine(&self) -> Url {
        address("localhost", self.port)
    }

    /// Where the bank is reached.
    pub fn bank(&self) -> Url {
        address("127.0.0.1", self.port + 1)
    }

    /// Where the sandbox and its inbox are reached.
    pub fn inbox(&self) -> Url {
        self.sandbox.url().clone()
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// How many payments the bank has really booked, read from its own file.
    pub async fn booked(&self) -> u64 {
        crate::count(&self.data.join("bank/bank.db"), "SELECT count(*) FROM ledger").await
    }

    /// What it has said on standard error so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

/// What is asked of the sandbox is asked of its demo.
impl Deref for Demo {
    type Target = SandboxApi;

    fn deref(&self) -> &SandboxApi {
        &self.sandbox
    }
}

impl Drop for Demo {
    /// The process goes with its handle.
    #[expect(clippy::print_stderr, reason = "what the demo complained about belongs to the report of a failed test")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the demo on port {} said:\n{}", self.port, self.log());
        }
    }
}

fn address(host: &str, port: u16) -> Url {
    Url::parse(&format!("http://{host}:{port}/")).expect("an address of a host and a port parses")
}

/// Starts the binary and waits for the end of its welcome. An error is what it said instead.
async fn launch(options: &Options, port: u16, data: &Path, log: &Path) -> Result<Child, String> {
    let complaints = File::options().create(true).append(true).open(log).expect("the log can be written");
    let mut command = Command::new(binary());
    command.args(["demo", "--port", &port.to_string(), "--data"]).arg(data);
    for folder in &options.policies {
        command.arg("--policies").arg(folder);
    }
    command.envs(options.environment.iter().cloned());
    command.kill_on_drop(true).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(complaints);
    let mut process = command.spawn().expect("the binary can be run");
    let out = process.stdout.take().expect("its output is piped");
    let Ok(welcome) = tokio::time::timeout(PATIENCE, welcome(out)).await else {
        return Err(format!("it was not ready after {PATIENCE:?}"));
    };
    match welcome {
        Ok(()) => Ok(process),
        Err(said) => Err(format!("{said}{}", std::fs::read_to_string(log).unwrap_or_default())),
    }
}

/// Reads up to the last line of the welcome, and goes on reading afterwards so that the pipe never fills.
async fn welcome(out: tokio::process::ChildStdout) -> Result<(), String> {
    let mut lines = BufReader::new(out).lines();
    let mut said = String::new();
    while let Some(line) = lines.next_line().await.expect("its output is text") {
        if line.starts_with("4. ") {
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(());
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(said)
}

/// The binary of the profile that the running test was built with.
pub fn binary() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it is");
    let profile = test.ancestors().nth(2).expect("a test lies in <target>/<profile>/deps");
    let binary = profile.join(format!("journeyman{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.is_file(), "{} is not there: build it first, `cargo build -p journeyman`", binary.display());
    binary
}

/// The first of three ports in a row that nobody listens on now.
fn three_free_ports() -> u16 {
    let choices = u64::from(PORTS.end - PORTS.start);
    for attempt in 0..1000_u64 {
        let offset = RandomState::new().hash_one(attempt) % choices;
        let port = PORTS.start + u16::try_from(offset).expect("an offset within a range of ports");
        if (0..3).all(|next| TcpListener::bind(("127.0.0.1", port + next)).is_ok()) {
            return port;
        }
    }
    panic!("no three free ports in a row");
}
