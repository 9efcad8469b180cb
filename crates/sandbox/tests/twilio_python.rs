//! The official Twilio client for Python against the stand-ins, in a throw-away environment from PyPI.

mod common;

use std::{
    io,
    path::{Path, PathBuf},
    process::Output,
};

use common::Running;
use journeyman_sandbox::{DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, DEMO_SERVICE_SID};
use tokio::process::Command;

/// The client's version. A new one is made by hand, so that it cannot break the build by itself.
const TWILIO: &str = "twilio==9.13.0";
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/python/twilio_check.py");

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
async fn the_official_client_works_unchanged() {
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join(TWILIO.replace("==", "-python-"));
    let python = match client_in(&environment).await {
        Ok(python) => python,
        Err(problem) if std::env::var_os("JOURNEYMAN_OFFLINE").is_some_and(|value| value == "1") => {
            return eprintln!("skipped: JOURNEYMAN_OFFLINE=1 and {problem}");
        }
        Err(problem) => panic!(
            "{problem}\nThis test needs python3 with venv (Debian: apt-get install python3 python3-venv) and PyPI. \
             Set JOURNEYMAN_OFFLINE=1 to skip it."
        ),
    };
    let sandbox = Running::start().await;
    let arguments = [SCRIPT, sandbox.url.as_str(), DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, DEMO_SERVICE_SID];
    let output = run(&python, &arguments).await.expect("the environment's python starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    for line in ["right code: approved", "wrong code: pending", "message: queued, then delivered", "all is well"] {
        assert!(said.contains(line), "{line} is missing:\n{said}");
    }
}

/// The python of an environment with the client, made once and kept below the target folder.
async fn client_in(environment: &Path) -> Result<PathBuf, String> {
    let python = environment.join("bin/python");
    let complete = environment.join("complete");
    if complete.exists() {
        return Ok(python);
    }
    let folder = environment.to_string_lossy();
    succeeded("python3 -m venv", run(Path::new("python3"), &["-m", "venv", "--clear", &folder]).await)?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", TWILIO];
    succeeded(&format!("pip install {TWILIO}"), run(&python, &install).await)?;
    std::fs::write(&complete, TWILIO).map_err(|error| error.to_string())?;
    Ok(python)
}

async fn run(program: &Path, arguments: &[&str]) -> io::Result<Output> {
    Command::new(program).args(arguments).output().await
}

fn succeeded(what: &str, result: io::Result<Output>) -> Result<(), String> {
    match result {
        Err(error) => Err(format!("{what} did not start: {error}")),
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("{what} failed: {}", String::from_utf8_lossy(&output.stderr).trim())),
    }
}
