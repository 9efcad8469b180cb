//! Every code keeps what its declaration promises: its failing example has the finding, its passing one has no error.

use journeyman_engine::findings;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::{PolicySet, Settings};

fn codes() -> impl Iterator<Item = &'static Code> {
    journeyman_policy::codes::ALL.iter().chain(journeyman_engine::codes::ALL).copied()
}

fn found(example: &Example) -> Vec<Diagnostic> {
    let set = PolicySet::compile(example.sources(), &Settings::default());
    let mut found = findings(&set);
    found.extend(journeyman_policy::spelling(&set));
    found
}

fn said(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(|one| format!("{} {:?}: {}", one.code.id, one.severity, one.message)).collect()
}

#[test]
fn every_code_is_explained_and_shown_with_and_without_its_mistake() {
    for code in codes() {
        assert!(!code.explanation.trim().is_empty(), "{}: what does it mean?", code.id);
        assert!(code.fails != Example::None && code.passes != Example::None, "{}: an example is missing", code.id);
    }
}

#[test]
fn a_failing_example_has_the_finding() {
    for code in codes().filter(|code| code.fails != Example::None) {
        let found = found(&code.fails);
        assert!(found.iter().any(|one| one.code.id == code.id), "{}: {:#?}", code.id, said(&found));
    }
}

#[test]
fn a_passing_example_has_neither_the_finding_nor_an_error() {
    for code in codes().filter(|code| code.passes != Example::None) {
        let found = found(&code.passes);
        let wrong = |one: &&Diagnostic| one.code.id == code.id || one.severity == Severity::Error;
        assert!(!found.iter().any(|one| wrong(&one)), "{}: {:#?}", code.id, said(&found));
    }
}

#[test]
fn ids_are_in_order_and_never_twice() {
    let ids: Vec<_> = codes().map(|code| code.id).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
}
