//! The grammar against an oracle: `xmllint` with the published schema gives the same verdict on every public policy, on a
//! file that uses the whole language, and on thousands of mutants of both, but for the differences that are listed here.
//!
//! A difference names what one side complains of and the other does not, as narrowly as it can. Complaints that are listed
//! are set aside; of the others, both sides must have some or none. A listed difference that nothing shows fails the test.
//!
//! The seed is printed when the test fails; `JOURNEYMAN_SEED` and `JOURNEYMAN_MUTANTS` change what is tried.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "files are written for another program to read"
)]

mod mutants;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use journeyman_policy::Settings;
use journeyman_policy::diagnostic::{Diagnostic, Severity};
use journeyman_policy::schema;

use mutants::{Dice, Mutant};

/// What only the schema complains of, or only we do.
struct Difference {
    /// Part of what is said: by `xmllint`, or by us after the code.
    said: &'static [&'static str],
    why: &'static str,
}

/// The schema refuses it; we, like the service, do not.
const THEIRS: &[Difference] = &[
    Difference {
        said: &["attribute 'TenantId': [facet 'pattern']"],
        why: "a tenant is a placeholder of the author's, and real names may have hyphens",
    },
    Difference {
        said: &["'TenantId': [facet 'pattern']", "Element 'TenantId'"],
        why: "the same for the base's tenant",
    },
    Difference { said: &["attribute 'TenantObjectId': [facet 'pattern']"], why: "the same for the tenant's id" },
    Difference {
        said: &["attribute 'PublicPolicyUri'", "is not a valid value of the atomic type 'xs:anyURI'"],
        why: "an address with a placeholder in it; nothing is ever fetched from there",
    },
    Difference {
        said: &["attribute 'InstrumentationKey': [facet 'pattern']"],
        why: "the service takes a connection string as well, and authors put placeholders there",
    },
    Difference {
        said: &["The value '{Settings:", "is not an element of the set"],
        why: "a placeholder is judged when it has a value",
    },
    Difference {
        said: &["'{Settings:", "is not a valid value of the atomic type 'xs:boolean'"],
        why: "a placeholder is judged when it has a value",
    },
    Difference {
        said: &["Element 'AuthorizationTechnicalProfile', attribute 'TechnicalProfileReferenceId'", "is not allowed"],
        why: "one page of the documentation spells the attribute so",
    },
    Difference {
        said: &["Element 'AuthorizationTechnicalProfile': The attribute 'ReferenceId' is required"],
        why: "the other spelling will do",
    },
    Difference {
        said: &["Element 'AuthorizationTechnicalProfile': Not all fields of key identity-constraint"],
        why: "the other spelling will do",
    },
    Difference {
        said: &["'Url'", "is not a valid value of the atomic type 'xs:anyURI'"],
        why: "the address of a document that nobody fetches",
    },
];

/// We refuse it; the schema does not.
const OURS: &[Difference] = &[
    Difference {
        said: &["JM0007 at ", "`LocalizedResources` needs the attribute `Id`"],
        why: "content definitions refer to it by its id alone; the documentation requires it",
    },
    Difference {
        said: &["JM0007 at ", "`RelyingParty` needs a `TechnicalProfile` inside"],
        why: "it says what the token holds; the documentation requires it",
    },
    Difference {
        said: &["JM0032 at ", "`RelyingParty` can hold only one `TechnicalProfile`"],
        why: "it says what the token holds; a second one would be ignored",
    },
    Difference {
        said: &["JM0007 at ", "`ClaimsProviderSelection` needs the attribute"],
        why: "a choice that leads nowhere",
    },
    Difference {
        said: &["JM0007 at TechnicalProfile/DisplayClaims/DisplayClaim"],
        why: "a field of a page that shows nothing",
    },
    Difference {
        said: &["JM0007 at ", "`AuthorizationTechnicalProfile` needs the attribute"],
        why: "without either spelling it names no profile; the schema says the same of the one it knows",
    },
    Difference {
        said: &["JM0007 at DisplayControl/InputClaims/InputClaim", "needs the attribute `ClaimTypeReferenceId`"],
        why: "a claim of a display control without name; everywhere else the schema requires it",
    },
    Difference {
        said: &["JM0007 at DisplayControl/DisplayClaims/DisplayClaim", "needs the attribute `ClaimTypeReferenceId`"],
        why: "a field of a display control that shows nothing",
    },
    Difference {
        said: &["JM0007 at DisplayControl/OutputClaims/OutputClaim", "needs the attribute `ClaimTypeReferenceId`"],
        why: "a claim of a display control without name; everywhere else the schema requires it",
    },
    Difference {
        said: &["JM0033 at ", "the metadata item"],
        why: "the schema's key for metadata items names a type instead of an element, and so never holds; the service refuses it",
    },
    Difference {
        said: &["JM0033 at ", "the parameter"],
        why: "the schema's key for parameters names a type instead of an element, and so never holds",
    },
    Difference {
        said: &["JM0009 at ", "the localized resources"],
        why: "the schema has no key for them, and one of the two would never be found",
    },
    Difference {
        said: &["JM0009 at ", "the display control"],
        why: "the schema has no key for them, and one of the two would never be found",
    },
    Difference {
        said: &["JM0009 at ", "the claim type `EMAIL` is declared twice"],
        why: "ids compare without regard to case; the schema's keys do not",
    },
    Difference {
        said: &["JM0008 at ", "`-1` is no whole number"],
        why: "the schema allows negative numbers where they mean nothing",
    },
    Difference {
        said: &["JM0008 at TrustFrameworkPolicy:", "is no journey recorder"],
        why: "the schema takes any text as the recorder's address; the service takes one",
    },
    Difference { said: &["JM0034 at "], why: "understood, but not run yet" },
];

fn matches(difference: &Difference, said: &str) -> bool {
    difference.said.iter().all(|part| said.contains(part))
}

/// The lines of one side that no listed difference explains. Marks those that explain some.
fn unexplained<'a>(said: &'a [String], list: &[Difference], used: &mut [bool]) -> Vec<&'a String> {
    let mut left = Vec::new();
    for line in said {
        let known: Vec<_> = (0..list.len()).filter(|at| matches(&list[*at], line)).collect();
        if known.is_empty() {
            left.push(line);
        }
        known.into_iter().for_each(|at| used[at] = true);
    }
    left
}

fn ours(text: &str) -> Vec<String> {
    let errors = |found: &Diagnostic| found.severity == Severity::Error;
    let found = schema::findings(text, &Settings::default());
    let said = |one: &Diagnostic| format!("{} at {}: {}", one.code.id, path(text, one), one.message);
    found.iter().filter(|one| errors(one)).map(said).collect()
}

/// The elements around a finding, innermost last; at most three.
fn path(text: &str, found: &Diagnostic) -> String {
    let xml = roxmltree::Document::parse(text).expect("mutants are XML");
    let at = found.primary.span.start as usize;
    let mut names = Vec::new();
    let mut node = Some(xml.root_element());
    while let Some(inside) = node {
        names.push(inside.tag_name().name());
        node = inside.children().find(|child| child.is_element() && child.range().contains(&at));
    }
    names[names.len().saturating_sub(3)..].join("/")
}

/// What `xmllint` says of many files, a list each.
fn theirs(schema: &Path, texts: &[&str]) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let names: Vec<String> = (0..texts.len()).map(|at| format!("{at}.xml")).collect();
    for (name, text) in names.iter().zip(texts) {
        std::fs::write(folder.path().join(name), text).expect("a file can be written");
    }
    let output = Command::new("xmllint")
        .current_dir(folder.path())
        .args(["--noout", "--schema"])
        .arg(schema)
        .args(&names)
        .output();
    let said = String::from_utf8_lossy(&output.expect("xmllint runs").stderr).into_owned();
    let mut complaints: Vec<Vec<String>> = vec![Vec::new(); texts.len()];
    let mut judged = vec![false; texts.len()];
    for line in said.lines() {
        let Some((at, rest)) = line.split_once(".xml") else { continue };
        let Ok(at) = at.parse::<usize>() else { continue };
        judged[at] |= rest == " validates" || rest == " fails to validate";
        if let Some((_, complaint)) = rest.split_once("Schemas validity error : ") {
            complaints[at].push(complaint.replace("{http://schemas.microsoft.com/online/cpim/schemas/2013/06}", ""));
        }
        if rest == " fails to validate" && complaints[at].is_empty() {
            complaints[at].push("fails to validate".to_owned());
        }
    }
    assert!(
        judged.iter().all(|judged| *judged),
        "xmllint did not judge every file:\n{}",
        &said[..said.len().min(2_000)]
    );
    complaints
}

#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("JOURNEYMAN_SHARED").map_or(beside, PathBuf::from).join("corpus");
    if !root.join("manifest.json").is_file() {
        eprintln!("SKIPPED: no corpus of public policies at {} (set JOURNEYMAN_SHARED)", root.display());
        return None;
    }
    if Command::new("xmllint").arg("--version").output().is_err() {
        eprintln!("SKIPPED: no xmllint (on Debian: apt-get install libxml2-utils)");
        return None;
    }
    Some(root)
}

fn files(root: &Path) -> Vec<Mutant> {
    let manifest = std::fs::read_to_string(root.join("manifest.json")).expect("the manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("the manifest is JSON");
    let names = manifest["files"].as_array().into_iter().flatten().filter_map(|file| file["file"].as_str());
    let read = |name: &str| Mutant {
        what: name.to_owned(),
        text: String::from_utf8_lossy(&std::fs::read(root.join(name)).expect("a file of the manifest")).into_owned(),
    };
    names.map(read).filter(|file| mutants::is_xml(&file.text)).collect()
}

/// A number from the environment, or this one.
fn chosen(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn xmllint_and_we_agree() {
    let Some(root) = corpus() else { return };
    let seed = chosen("JOURNEYMAN_SEED", 3);
    let count = chosen("JOURNEYMAN_MUTANTS", 4_000);
    let mut dice = Dice::new(seed);
    let files = files(&root);
    assert_eq!(files.len(), 361);
    let mut tried: Vec<Mutant> = mutants::by_hand();
    tried.extend((0..2).map(|at| Mutant { what: format!("sample {at}"), text: schema::sample(at) }));
    tried.extend(files.iter().map(|file| Mutant { what: file.what.clone(), text: file.text.clone() }));
    // The largest files say nothing that a smaller one does not, and reading them takes most of the time.
    let mut seeds: Vec<(&str, String)> = files
        .iter()
        .filter(|file| file.text.len() < 40_000)
        .map(|file| (file.what.as_str(), file.text.clone()))
        .collect();
    seeds.extend((0..seeds.len() / 2).map(|at| ("sample", schema::sample(at % 2))));
    while tried.len() < usize::try_from(count).unwrap_or(usize::MAX) {
        let (name, text) = &seeds[dice.below(seeds.len())];
        tried.extend(mutants::mutate(name, text, &mut dice));
    }
    let (mut theirs_used, mut ours_used) = (vec![false; THEIRS.len()], vec![false; OURS.len()]);
    let mut differ = String::new();
    let mut verdicts: BTreeMap<(bool, bool), usize> = BTreeMap::new();
    let schema = std::path::absolute(root.join("TrustFrameworkPolicy_0.3.0.0.libxml2.xsd")).expect("a path");
    for batch in tried.chunks(250) {
        let texts: Vec<&str> = batch.iter().map(|mutant| mutant.text.as_str()).collect();
        for (mutant, said) in batch.iter().zip(theirs(&schema, &texts)) {
            let (by_us, by_them) = (ours(&mutant.text), said);
            let left = unexplained(&by_us, OURS, &mut ours_used);
            let right = unexplained(&by_them, THEIRS, &mut theirs_used);
            *verdicts.entry((left.is_empty(), right.is_empty())).or_default() += 1;
            if left.is_empty() != right.is_empty() {
                writeln!(differ, "{}\n  we: {by_us:?}\n  xmllint: {by_them:?}", mutant.what).expect("a string");
            }
        }
    }
    assert!(differ.is_empty(), "seed {seed}; {verdicts:?}\n{}", differ.lines().take(90).collect::<Vec<_>>().join("\n"));
    let unused = |list: &'static [Difference], used: &[bool]| -> Vec<&str> {
        list.iter().zip(used).filter(|(_, used)| !**used).map(|(one, _)| one.why).collect()
    };
    let unused = [unused(THEIRS, &theirs_used), unused(OURS, &ours_used)].concat();
    assert!(unused.is_empty(), "seed {seed}; differences that nothing shows: {unused:#?}");
}

/// The page of the reference is the list above.
#[test]
fn the_page_has_every_difference() {
    let page = include_str!("../../../docs/reference/schema-differences.md");
    for difference in THEIRS.iter().chain(OURS) {
        assert!(page.contains(difference.why), "the page lacks: {}", difference.why);
    }
}
