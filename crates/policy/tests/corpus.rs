//! The public policies: what an independent resolver found unresolved in them is what we find, and nothing makes us panic.
//!
//! The corpus is not part of this repository; without it these tests say so and pass.

#![expect(clippy::disallowed_methods, reason = "the corpus is read from a disk; the crate itself is not concerned")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use journeyman_policy::diagnostic::{Diagnostic, Kind, Severity};
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};
use serde_json::Value;

#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
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

/// What the manifest's resolver finds unresolved and we do not, with the reason.
const DIFFERENCES: &[(&str, &str)] = &[
    // Declared as `REST-doesUserExistInLookupTable ` with a blank at its end. We trim ids, and warn (JM0012).
    ("B2C_1A_SignUp_SignIn.xml", "profile:rest-doesuserexistinlookuptable"),
];

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
        let file = policy["file"].as_str().unwrap_or_default();
        for (_, known) in DIFFERENCES.iter().filter(|(name, _)| file.ends_with(name)) {
            theirs.remove(*known);
        }
        if ours != theirs {
            let more: Vec<_> = ours.difference(&theirs).collect();
            let less: Vec<_> = theirs.difference(&ours).collect();
            differences.push(format!("{file}: we add {more:?}, we lack {less:?}"));
        }
    }
    assert!(differences.is_empty(), "{} of {}:\n{}", differences.len(), policies.len(), differences.join("\n"));
}

/// Public policies that have an error although every reference resolves, with the reason: the service refuses them too.
const REFUSED: [(&str, &str, &str); 7] = [
    ("B2C_1A_SignUp_SignIn.xml", "JM0006", "a `ValidationTechnicalProfiles` inside another one"),
    ("GuestSignupOrSignIn.xml", "JM0203", "no default journey anywhere in its chain, which the manifest notes"),
    ("SignUpOrSignin-Encrypted.xml", "JM0030", "the end of a comment that does not begin"),
    ("SignUpOrSignin.xml", "JM0006", "a `ClaimsProvider` beside `ClaimsProviders`"),
    (
        "SignUpOrSignin.xml",
        "JM0208",
        "a journey of four steps over one of eight, which the manifest notes by its two answers",
    ),
    ("signin.xml", "JM0206", "two steps 3"),
    ("signup.xml", "JM0206", "two steps 3"),
];

#[test]
fn policies_that_resolve_have_no_other_error() {
    let Some(root) = corpus() else { return };
    let mut errors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for policy in manifest(&root)["policies"].as_array().into_iter().flatten() {
        let set = compile(&root, texts(&policy["chain"]));
        let other = |found: &&Diagnostic| found.severity == Severity::Error && unresolved(found).is_none();
        // Values that only a deployment knows are an error of their own kind.
        for found in set.diagnostics.iter().filter(other).filter(|found| found.kind != Kind::Placeholder) {
            let file = policy["file"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            errors.entry(file.to_owned()).or_default().insert(found.code.id.to_owned());
        }
    }
    let errors: Vec<_> =
        errors.iter().flat_map(|(file, codes)| codes.iter().map(|code| (file.as_str(), code.as_str()))).collect();
    assert_eq!(errors, REFUSED.map(|(file, code, _)| (file, code)));
}

#[test]
fn every_file_is_read_and_the_malformed_ones_are_pointed_at() {
    let Some(root) = corpus() else { return };
    let mut malformed = Vec::new();
    let files: Vec<_> = manifest(&root)["files"].as_array().expect("a list of files").clone();
    for name in files.iter().filter_map(|file| file["file"].as_str()) {
        let set = compile(&root, std::iter::once(name));
        for found in set.diagnostics.iter().filter(|found| found.code.id == "JM0001") {
            assert!(found.primary.text.contains("`<`"), "{}", found.primary.text);
            let (line, column) = set.sources.position(found.primary.span);
            let file = name.rsplit('/').next().unwrap_or_default();
            malformed.push(format!("{file}:{line}:{column} at {}", set.sources.text(found.primary.span)));
        }
    }
    assert_eq!(malformed, ["B2C_1A_FederatedIdPs.xml:1:227 at <", "B2C_1A_FunnelRouter.xml:1:227 at <"]);
}

/// A new warning on policies that work is either a discovery or a false alarm: look before changing this list.
#[test]
fn warnings_on_public_policies_are_few() {
    let Some(root) = corpus() else { return };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for policy in manifest(&root)["policies"].as_array().into_iter().flatten() {
        let set = compile(&root, texts(&policy["chain"]));
        for found in set.diagnostics.iter().filter(|found| found.severity != Severity::Error) {
            *counts.entry(found.code.id).or_default() += 1;
        }
    }
    let counts: Vec<_> = counts.into_iter().collect();
    let expected = [
        ("JM0010", 88),
        ("JM0012", 2),
        ("JM0113", 7),
        ("JM0210", 4),
        ("JM0217", 2),
        ("JM0225", 22),
        ("JM0240", 217),
        ("JM0241", 1),
    ];
    assert_eq!(counts, expected);
}

/// The whole corpus at once, as a folder: hundreds of files that repeat one another's ids.
#[test]
fn the_whole_corpus_is_one_set() {
    let Some(root) = corpus() else { return };
    let mut sources = Sources::default();
    for file in manifest(&root)["files"].as_array().into_iter().flatten() {
        let name = file["file"].as_str().expect("a file name");
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        sources.add_in(format!("/{folder}"), name, read(&root, name));
    }
    let set = PolicySet::compile(sources, &Settings::default());
    assert_eq!(set.policies.len() + 2, set.sources.len(), "all but the two malformed files");
    let pack = set.policies.iter().find(|policy| {
        let leaf = policy.chain.last().expect("a chain has a leaf");
        &*set.sources.file(*leaf).name == "starterpack/LocalAccounts/SignUpOrSignin.xml"
    });
    let pack = pack.expect("the starter pack");
    let chain: Vec<_> = pack.chain.iter().map(|file| &*set.sources.file(*file).name).collect();
    assert!(chain.iter().all(|name| name.starts_with("starterpack/LocalAccounts/")), "{chain:?}");
    assert!(set.is_ok(pack));
}
