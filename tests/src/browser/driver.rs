//! Debian's chromedriver as a process of one's own.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How long it may take until it listens.
const PATIENCE: Duration = Duration::from_secs(30);
/// What to do where it is missing.
const ADVICE: &str =
    "the browser tests need Chromium and its driver; on Debian: apt-get install chromium chromium-driver";

/// A driver that runs, until it is dropped.
pub(super) struct Driver {
    _process: Child,
    port: u16,
}

impl Driver {
    /// Starts one on a port that it chooses itself.
    pub(super) async fn start() -> Self {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").kill_on_drop(true);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap_or_else(|error| panic!("chromedriver: {error}; {ADVICE}"));
        let out = process.stdout.take().expect("its output is piped");
        let listening = tokio::time::timeout(PATIENCE, port(out)).await.ok().flatten();
        let port = listening.unwrap_or_else(|| panic!("chromedriver does not say where it listens; {ADVICE}"));
        Self { _process: process, port }
    }

    /// Where it listens.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// The port at the end of its sentence about having started. Goes on reading afterwards, so that the pipe never fills.
async fn port(out: tokio::process::ChildStdout) -> Option<u16> {
    let mut lines = BufReader::new(out).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return port.trim_end_matches('.').parse().ok();
        }
    }
    None
}
