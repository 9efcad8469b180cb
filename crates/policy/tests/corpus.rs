//! The public policies: what an independent resolver found unresolved in them is what we find, and nothing makes us panic.
//!
//! The corpus is not part of this repository; without it these tests say so and pass.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use journeyman_policy::diagnostic::{Diagnostic, Kind, Severity};
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};
use serde_json::Value;

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("JOURNEYMAN_SHARED").map_or(beside, PathBuf::from).join("corpus");
    let there = root.join("manifest.json").is_file();
    if !there {
        eprintln!("SKIPPED: no corpus of public policies at {} (set JOURNEYMAN_SHARED)", root.display());
    }
    there.then_some(root)
}

fn read(root: &Path, name: &str) -> String {
    let bytes = std::fs::read(root.join(name)).expect("a file of the manifest");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn manifest(root: &Path) -> Value {
    serde_json::from_str(&read(root, "manifest.json")).expect("the manifest is JSON")
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn compile(root: &Path, files: impl Iterator<Item = impl AsRef<str>>) -> PolicySet {
    let mut sources = Sources::default();
    for file in files {
        sources.add(file.as_ref(), read(root, file.as_ref()));
    }
    PolicySet::compile(sources, &Settings::default())
}

/// `kind:name` of an unresolved reference, in one case.
fn unresolved(found: &Diagnostic) -> Option<String> {
    let reference = found.reference.as_ref()?.to_lowercase();
    if found.severity != Severity::Error {
        return None;
    }
    let kind = match found.kind {
        Kind::Policy => "base",
        Kind::Placeholder | Kind::Exchange => return None,
        other => return Some(format!("{}:{reference}", format!("{other:?}").to_lowercase())),
    };
    Some(format!("{kind}:{reference}"))
}

#[test]
fn unresolved_references_are_exactly_those_of_the_manifest() {
    let Some(root) = corpus() else { return };
    let manifest = manifest(&root);
    let mut differences = Vec::new();
    let policies = manifest["policies"].as_array().expect("a list of policies");
    for policy in policies {
        let set = compile(&root, texts(&policy["chain"]));
        let ours: BTreeSet<String> = set.diagnostics.iter().filter_map(unresolved).collect();
        let mut theirs: BTreeSet<String> = texts(&policy["unresolved"]).map(str::to_lowercase).collect();
        theirs.extend(policy["missing_base"].as_str().map(|base| format!("base:{}", base.to_lowercase())));
        if ours != theirs {
            let more: Vec<_> = ours.difference(&theirs).collect();
            let less: Vec<_> = theirs.difference(&ours).collect();
            differences.push(format!("{}: we add {more:?}, we lack {less:?}", policy["file"]));
        }
    }
    assert!(differences.is_empty(), "{} of {}:\n{}", differences.len(), policies.len(), differences.join("\n"));
}

#[test]
fn policies_that_resolve_have_no_other_error() {
    let Some(root) = corpus() else { return };
    let mut errors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for policy in manifest(&root)["policies"].as_array().into_iter().flatten() {
        let set = compile(&root, texts(&policy["chain"]));
        for found in set.diagnostics.iter().filter(|found| found.severity == Severity::Error) {
            if unresolved(found).is_none() {
                errors.entry(policy["file"].to_string()).or_default().insert(format!("{}: {}", found.code.id, found.message));
            }
        }
    }
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn every_file_is_read_and_the_malformed_ones_are_pointed_at() {
    let Some(root) = corpus() else { return };
    let mut malformed = Vec::new();
    let mut warnings: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for file in manifest(&root)["files"].as_array().into_iter().flatten() {
        let name = file["file"].as_str().expect("a file name");
        let set = compile(&root, std::iter::once(name));
        for found in &set.diagnostics {
            if found.code.id == "JM0001" {
                malformed.push((name.to_owned(), set.sources.position(found.primary.span), found.primary.text.clone()));
            }
            if !matches!(found.kind, Kind::Claim | Kind::Profile) {
                let entry = warnings.entry(found.code.id).or_default();
                entry.0 += 1;
                entry.1 = format!("{name}: {}", found.message);
            }
        }
    }
    panic!("{malformed:#?} {warnings:#?}");
}
