//! Rules about the crates: which may know which, and what the pure ones may not know.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{File, Finding};

/// A crate of the workspace.
#[derive(Debug)]
pub(super) struct Crate {
    name: String,
    /// Path of its folder from the workspace's.
    folder: String,
    /// Every direct dependency, also those for tests and build scripts.
    dependencies: Vec<String>,
}

/// Who may know whom: every crate with all that lie below it.
const BELOW: &[(&str, &[&str])] = &[
    ("journeyman-claims", &[]),
    ("journeyman-policy", &["journeyman-claims"]),
    ("journeyman-engine", &["journeyman-policy", "journeyman-claims"]),
    ("journeyman-draw", &["journeyman-policy", "journeyman-claims"]),
    ("journeyman-oidc", &[]),
    ("journeyman-pages", &["journeyman-engine", "journeyman-policy", "journeyman-claims"]),
    ("journeyman-store", &["journeyman-engine", "journeyman-policy", "journeyman-claims", "journeyman-oidc"]),
    (
        "journeyman-server",
        &[
            "journeyman-claims",
            "journeyman-policy",
            "journeyman-engine",
            "journeyman-oidc",
            "journeyman-pages",
            "journeyman-store",
        ],
    ),
    ("journeyman-sandbox", &[]),
    ("journeyman-bank", &[]),
    (
        "journeyman",
        &[
            "journeyman-claims",
            "journeyman-policy",
            "journeyman-draw",
            "journeyman-engine",
            "journeyman-oidc",
            "journeyman-pages",
            "journeyman-server",
            "journeyman-sandbox",
            "journeyman-bank",
        ],
    ),
    // Above everything: it speaks HTTP to the binary, but stops a server at its boundaries and replays journeys, too.
    (
        "journeyman-tests",
        &[
            "journeyman-claims",
            "journeyman-policy",
            "journeyman-engine",
            "journeyman-oidc",
            "journeyman-pages",
            "journeyman-store",
            "journeyman-server",
            "journeyman-sandbox",
            "journeyman-bank",
        ],
    ),
    // It prints reference pages from what these declare.
    ("xtask", &["journeyman-claims", "journeyman-policy", "journeyman-draw", "journeyman-engine", "journeyman-oidc"]),
];

const PURE: &[&str] = &[
    "journeyman-claims",
    "journeyman-policy",
    "journeyman-draw",
    "journeyman-engine",
    "journeyman-oidc",
    "journeyman-pages",
];

/// What reaches files, the network, a clock or a random source of its own by design.
const IMPURE: &[&str] = &[
    "async-std",
    "axum",
    "fs-err",
    "getrandom",
    "hyper",
    "rand",
    "reqwest",
    "sqlx",
    "tokio",
    "tower",
    "tracing-subscriber",
    "ureq",
];

/// The crates, as cargo sees them.
pub(super) fn crates(root: &Path) -> Result<Vec<Crate>, String> {
    let mut command = Command::new("cargo");
    command.current_dir(root).args(["metadata", "--no-deps", "--format-version", "1", "--offline"]);
    let output = command.output().map_err(|error| format!("cargo could not be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo cannot read the workspace: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let read: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages = read["packages"].as_array().into_iter().flatten().map(|package| {
        let manifest = text(&package["manifest_path"]);
        let folder = Path::new(&manifest).parent().unwrap_or(root);
        Crate {
            name: text(&package["name"]),
            folder: folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().replace('\\', "/"),
            dependencies: package["dependencies"].as_array().into_iter().flatten().map(|d| text(&d["name"])).collect(),
        }
    });
    Ok(packages.collect())
}

/// Nobody knows what lies above.
pub(super) fn point_downward(crates: &[Crate]) -> Vec<Finding> {
    let mut found = Vec::new();
    for own in crates {
        let Some((_, below)) = BELOW.iter().find(|(name, _)| *name == own.name) else {
            found.push(own.finding("a new crate is a design decision: give it a row in `xtask/src/tidy/arrows.rs`"));
            continue;
        };
        let ours = own.dependencies.iter().filter(|name| crates.iter().any(|other| other.name == **name));
        for name in ours.filter(|name| !below.contains(&name.as_str())) {
            found.push(own.finding(&format!("`{}` may not know `{name}`: it does not lie below it", own.name)));
        }
    }
    found
}

/// The pure crates have no dependency that would tempt them.
pub(super) fn stay_pure(crates: &[Crate]) -> Vec<Finding> {
    let pure = crates.iter().filter(|own| PURE.contains(&own.name.as_str()));
    let tempted = pure.flat_map(|own| own.dependencies.iter().map(move |name| (own, name)));
    tempted
        .filter(|(_, name)| IMPURE.contains(&name.as_str()))
        .map(|(own, name)| own.finding(&format!("`{}` is pure and may not depend on `{name}`", own.name)))
        .collect()
}

/// Every crate has the workspace's lints, and the pure ones the same list of banned calls.
pub(super) fn share_lints(crates: &[Crate], files: &[File]) -> Vec<Finding> {
    let text = |path: &str| files.iter().find(|file| file.path == path).map(|file| file.text.as_str());
    let mut found = Vec::new();
    for own in crates {
        if !text(&own.manifest()).is_some_and(|manifest| manifest.contains("[lints]\nworkspace = true\n")) {
            found.push(own.finding("take the lints of the workspace: `[lints] workspace = true`"));
        }
    }
    let banned = text("crates/claims/clippy.toml");
    for own in crates.iter().filter(|own| PURE.contains(&own.name.as_str())) {
        let file = format!("{}/clippy.toml", own.folder);
        if banned.is_none() || text(&file) != banned {
            let message = "must be the same as crates/claims/clippy.toml, which bans what is not pure".to_owned();
            found.push(Finding { file, line: 0, message });
        }
    }
    found
}

impl Crate {
    fn manifest(&self) -> String {
        format!("{}/Cargo.toml", self.folder)
    }

    fn finding(&self, message: &str) -> Finding {
        Finding { file: self.manifest(), line: 0, message: message.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, dependencies: &[&str]) -> Crate {
        Crate {
            name: name.into(),
            folder: format!("crates/{}", name.trim_start_matches("journeyman-")),
            dependencies: dependencies.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    fn said(found: Vec<Finding>) -> Vec<String> {
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_arrow_upward_is_found() {
        let crates = [
            own("journeyman-claims", &["journeyman-policy", "serde"]),
            own("journeyman-policy", &["journeyman-claims"]),
        ];
        let expected =
            "crates/claims/Cargo.toml: `journeyman-claims` may not know `journeyman-policy`: it does not lie below it";
        assert_eq!(said(point_downward(&crates)), [expected]);
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        assert_eq!(point_downward(&[own("journeyman-extra", &[])]).len(), 1);
    }

    #[test]
    fn an_impure_dependency_is_found_in_pure_crates_alone() {
        let crates = [own("journeyman-engine", &["tokio", "jiff"]), own("journeyman-server", &["tokio"])];
        let expected = "crates/engine/Cargo.toml: `journeyman-engine` is pure and may not depend on `tokio`";
        assert_eq!(said(stay_pure(&crates)), [expected]);
    }

    #[test]
    fn lints_and_bans_are_shared() {
        let crates = [own("journeyman-claims", &[]), own("journeyman-policy", &[])];
        let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
        let mut files = vec![
            file("crates/claims/Cargo.toml", "[lints]\nworkspace = true\n"),
            file("crates/policy/Cargo.toml", "[package]\n"),
            file("crates/claims/clippy.toml", "x"),
        ];
        let places: Vec<_> = share_lints(&crates, &files).into_iter().map(|finding| finding.file).collect();
        assert_eq!(places, ["crates/policy/Cargo.toml", "crates/policy/clippy.toml"]);
        files[1].text = files[0].text.clone();
        files.push(file("crates/policy/clippy.toml", "x"));
        assert_eq!(share_lints(&crates, &files), []);
    }
}
