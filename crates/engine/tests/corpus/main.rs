//! The public policies: those that resolve are accepted, the others are refused for exactly what the manifest names.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the corpus is files; what was counted, and that it is absent, is said"
)]

mod manifest;
mod mutations;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use journeyman_policy::diagnostic::{Diagnostic, Kind, Severity};

use manifest::{Entry, Manifest, compile};

/// `kind:name` of an unresolved reference, in one case.
fn unresolved(found: &Diagnostic) -> Option<String> {
    let reference = found.reference.as_ref()?.to_lowercase();
    if found.severity != Severity::Error {
        return None;
    }
    match found.kind {
        Kind::Unsupported | Kind::Placeholder => None,
        Kind::Policy => Some(format!("base:{reference}")),
        other => Some(format!("{}:{reference}", format!("{other:?}").to_lowercase())),
    }
}

/// What the manifest's resolver finds unresolved and we do not.
const RESOLVED_HERE: &[(&str, &str, &str)] = &[(
    "B2C_1A_SignUp_SignIn.xml",
    "profile:rest-doesuserexistinlookuptable",
    "it is declared as `REST-doesUserExistInLookupTable ` with a blank at its end: we trim ids, and warn",
)];

/// Errors of policies that resolve, other than what is not run yet and what only a deployment can fill in.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "signin-migration/b2c/policy/SignUpOrSignin.xml",
        "JM0208",
        "what the manifest notes (two `SendClaims` after the merge) is this: a journey of four steps over one of eight",
    ),
    ("GuestSignupOrSignIn.xml", "JM0203", "the manifest notes it: no default journey anywhere in its chain"),
    (
        "custom-mfa-authy-app/policy/SignUpOrSignin.xml",
        "JM0006",
        "a `ClaimsProvider` beside `ClaimsProviders`, as the schema report says",
    ),
    ("SignUpOrSignin-Encrypted.xml", "JM0030", "the end of a comment that does not begin, which the schema refuses"),
    ("signin-signup-typingdna/policy/signin.xml", "JM0206", "two steps 3, as the schema report says"),
    ("signin-signup-typingdna/policy/signup.xml", "JM0206", "two steps 3, as the schema report says"),
];

fn expected(entry: &Entry) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = entry.unresolved.iter().map(|name| name.to_lowercase()).collect();
    names.extend(entry.missing_base.iter().map(|base| format!("base:{}", base.to_lowercase())));
    for (_, known, _) in RESOLVED_HERE.iter().filter(|(file, ..)| entry.file.ends_with(file)) {
        names.remove(*known);
    }
    names
}

#[test]
fn what_does_not_resolve_is_exactly_what_the_manifest_names() {
    let Some(manifest) = Manifest::read() else { return };
    let mut differences = String::new();
    for entry in &manifest.policies {
        let (_, found) = manifest.compile(entry);
        let (ours, theirs): (BTreeSet<_>, _) = (found.iter().filter_map(unresolved).collect(), expected(entry));
        if ours != theirs {
            let (more, less): (Vec<_>, Vec<_>) =
                (ours.difference(&theirs).collect(), theirs.difference(&ours).collect());
            writeln!(differences, "{}: we add {more:?}, we lack {less:?}", entry.file).expect("a string");
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn policies_that_resolve_are_accepted() {
    let Some(manifest) = Manifest::read() else { return };
    let mut refused = BTreeSet::new();
    let resolving: Vec<_> = manifest.policies.iter().filter(|entry| entry.resolves()).collect();
    assert_eq!(resolving.len(), 199);
    for entry in resolving {
        let (set, found) = manifest.compile(entry);
        let excused = |kind| matches!(kind, Kind::Unsupported | Kind::Placeholder);
        for one in found.iter().filter(|one| one.severity == Severity::Error && !excused(one.kind)) {
            let known = REFUSED.iter().any(|(file, code, _)| entry.file.ends_with(file) && one.code.id == *code);
            if !known {
                let (line, column) = set.sources.position(one.primary.span);
                let file = &set.sources.file(one.primary.span.file).name;
                refused.insert(format!("{} at {file}:{line}:{column}: {}", one.code.id, one.message));
            }
        }
    }
    assert!(refused.is_empty(), "{} refused:\n{}", refused.len(), refused.into_iter().collect::<Vec<_>>().join("\n"));
}

/// An exception needs the manifest's word: a note, or a complaint of the schema about a file of the chain.
#[test]
fn exceptions_are_justified_and_not_kept_for_nothing() {
    let Some(manifest) = Manifest::read() else { return };
    let complained = |file: &String| manifest.files.iter().any(|one| one.file == *file && one.schema_error.is_some());
    for (file, code, why) in REFUSED {
        let entries = manifest.policies.iter().filter(|entry| entry.resolves() && entry.file.ends_with(file));
        let with_code = entries.filter(|entry| manifest.compile(entry).1.iter().any(|one| one.code.id == *code));
        let justified: Vec<_> = with_code.map(|one| one.note.is_some() || one.chain.iter().any(complained)).collect();
        assert!(!justified.is_empty(), "{file} has no {code} any more ({why})");
        assert!(justified.contains(&true), "{file}: the manifest finds nothing odd about it ({why})");
    }
}

#[test]
fn what_is_not_xml_is_pointed_at() {
    let Some(manifest) = Manifest::read() else { return };
    let mut malformed = Vec::new();
    for file in &manifest.files {
        let (set, found) = compile(std::iter::once((file.file.as_str(), manifest.text(&file.file))));
        for one in found.iter().filter(|one| one.code.id == "JM0001") {
            let (line, column) = set.sources.position(one.primary.span);
            let name = file.file.rsplit('/').next().unwrap_or_default();
            malformed.push(format!("{name}:{line}:{column} at {}", set.sources.text(one.primary.span)));
        }
    }
    assert_eq!(malformed, ["B2C_1A_FederatedIdPs.xml:1:227 at <", "B2C_1A_FunnelRouter.xml:1:227 at <"]);
}

/// Prints what the policies that resolve use and the engine does not run yet; in the documentation as a table.
#[test]
fn what_is_not_run_yet_is_counted() {
    let Some(manifest) = Manifest::read() else { return };
    let mut uses: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for entry in manifest.policies.iter().filter(|entry| entry.resolves()) {
        for one in manifest.compile(entry).1 {
            if one.severity == Severity::Error && one.kind == Kind::Unsupported {
                uses.entry(one.message).or_default().insert(&entry.file);
            }
        }
    }
    let mut table: Vec<_> = uses.into_iter().map(|(what, files)| (files.len(), what)).collect();
    table.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (count, what) in &table {
        println!("{count:>4}  {what}");
    }
    assert!(!table.is_empty(), "nothing is left to run: drop this test and the table of the documentation");
}
