//! What the tests need beside Rust: a browser with its driver, a validator of XML schemas, and a Python that can make
//! environments.
//!
//! On Debian as root it is installed; elsewhere people are told what to install. Nothing is downloaded but packages.

use std::path::Path;
use std::process::{Command, Stdio};

/// Something that a test starts.
struct Need {
    what: &'static str,
    why: &'static str,
    present: fn() -> bool,
    /// Debian's packages.
    packages: &'static [&'static str],
}

const NEEDS: &[Need] = &[
    Need {
        what: "chromium",
        why: "the browser tests",
        present: || on_path("chromium"),
        packages: &["chromium", "fonts-liberation"],
    },
    Need {
        what: "chromedriver",
        why: "the browser tests",
        present: || on_path("chromedriver"),
        packages: &["chromium-driver"],
    },
    Need {
        what: "npm",
        why: "the accessibility rules of the browser tests, axe-core",
        present: || on_path("npm"),
        packages: &["npm"],
    },
    Need {
        what: "xmllint",
        why: "the test of the grammar against the published schema",
        present: || on_path("xmllint"),
        packages: &["libxml2-utils"],
    },
    Need {
        what: "python3 with venv",
        why: "the test with the vendor's own client library",
        present: || succeeds("python3", &["-c", "import venv, ensurepip"]),
        packages: &["python3", "python3-venv"],
    },
];

/// Makes sure that everything is there.
pub(crate) fn prepare() -> Result<(), String> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        println!("{} is missing, which {} needs", need.what, need.why);
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    if !(on_path("apt-get") && is_root()) {
        return Err(format!("install it, on Debian with: sudo apt-get install {}", packages.join(" ")));
    }
    install(&packages)?;
    match missing.iter().find(|need| !(need.present)()) {
        Some(need) => Err(format!("{} is still missing after {} was installed", need.what, packages.join(" "))),
        None => Ok(()),
    }
}

fn install(packages: &[&str]) -> Result<(), String> {
    let options = ["install", "--yes", "--quiet", "--no-install-recommends"];
    for arguments in [vec!["update", "--quiet"], [&options[..], packages].concat()] {
        println!("$ apt-get {}", arguments.join(" "));
        let status = Command::new("apt-get")
            .args(&arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status();
        if !status.is_ok_and(|status| status.success()) {
            return Err(format!("`apt-get {}` failed", arguments.join(" ")));
        }
    }
    Ok(())
}

/// Whether there is a program of that name.
pub(crate) fn on_path(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| is_program(&folder.join(program)))
}

fn is_program(path: &Path) -> bool {
    path.is_file() || path.with_extension("exe").is_file()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Whether a program can be run and is content.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
