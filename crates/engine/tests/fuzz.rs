//! What fuzzing found once must never be found again: the inputs in `fuzz/found` and `fuzz/seeds`, by target.

#![expect(clippy::disallowed_methods, reason = "the inputs are files")]

#[expect(unreachable_pub, reason = "public for cargo-fuzz")]
#[path = "../../../fuzz/src/lib.rs"]
mod targets;

use std::path::Path;

fn each(folder: &str, target: &str, run: fn(&[u8])) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(folder).join(target);
    let entries = std::fs::read_dir(&folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    paths.map(|path| run(&std::fs::read(path).expect("a readable file"))).count()
}

fn holds(target: &str, run: fn(&[u8])) {
    run(b"");
    each("found", target, run);
    assert!(each("seeds", target, run) > 0, "there are no seeds for {target}");
}

#[test]
fn xml() {
    holds("xml", targets::xml);
}

#[test]
fn what_was_found_is_still_here() {
    assert!(each("found", "merge", targets::merge) > 0, "the circle of bases is lost");
}

#[test]
fn merge() {
    holds("merge", targets::merge);
}

#[test]
fn resolvers() {
    holds("resolvers", targets::resolvers);
}

#[test]
fn patterns() {
    holds("patterns", targets::patterns);
}
