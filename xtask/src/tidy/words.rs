//! Rules about the text of single files.

use super::{File, Finding};

/// A file says first why it exists.
pub(super) fn opens_with_a_reason(file: &File) -> Option<Finding> {
    let opens = file.text.starts_with("//!") && file.text.lines().next().is_some_and(|line| line.len() > "//! ".len());
    (!opens).then(|| file.finding(1, "begin the file with `//!` and why it exists"))
}

/// A lint is switched off only with a reason.
pub(super) fn exceptions_have_reasons(file: &File) -> Vec<Finding> {
    let mut found = Vec::new();
    for (number, line) in lines(file) {
        let attribute_begins = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
        let code = line.trim_start();
        if attribute_begins.iter().any(|begin| code.starts_with(begin))
            && !attribute(&file.text, number).contains("reason")
        {
            let message = "say in `reason = \"…\"` why the lint does not hold here, best with `expect`, which says when it does again";
            found.push(file.finding(number, message));
        }
    }
    found
}

/// From a line to the end of the attribute that begins there.
fn attribute(text: &str, line: usize) -> &str {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = &text[start..];
    &rest[..rest.find(")]").unwrap_or(rest.len())]
}

/// A test that is not run proves nothing.
pub(super) fn nothing_is_ignored(file: &File) -> Vec<Finding> {
    let ignored = |line: &str| line.trim_start().starts_with("#[ignore");
    each(file, ignored, "assert what happens today, and say why it is wrong; an ignored test is forgotten")
}

/// Names that say nothing of what a thing is.
pub(super) fn names_say_something(file: &File) -> Vec<Finding> {
    const EMPTY: &[&str] = &["Manager", "Helper", "Helpers", "Util", "Utils"];
    let declares = |line: &str| {
        let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
        let kind = words.next().is_some_and(|word| ["struct", "enum", "trait", "type"].contains(&word));
        let name = words.next().unwrap_or_default();
        let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        kind && EMPTY.iter().any(|empty| name.ends_with(empty))
    };
    let mut found = each(file, declares, "name it by what it is in the field");
    let stem = file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
    if EMPTY.iter().any(|empty| stem.eq_ignore_ascii_case(empty)) {
        found.push(file.finding(0, "name the file by what it is in the field"));
    }
    found
}

/// Folders that are there on one machine only.
pub(super) fn places_of_one_machine(file: &File) -> Vec<Finding> {
    let folders = ["root", "home", "Users", "work", "workspace"].map(|name| format!("/{name}/"));
    let written = |line: &str| {
        folders.iter().any(|folder| line.match_indices(folder.as_str()).any(|(at, _)| begins_a_path(&line[..at])))
    };
    each(file, written, "no path of one machine: begin at the workspace, or take it from the environment")
}

/// Whether a path that follows is absolute: it is not the rest of a relative one or of an address.
fn begins_a_path(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || "._-~/:}".contains(c))
}

/// What was meant to be done later belongs into an issue.
pub(super) fn unfinished(file: &File) -> Vec<Finding> {
    // Written in two parts, or this file would be found.
    const MARKS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("<<<", "<<<<"), concat!(">>>", ">>>>")];
    let unfinished = |line: &str| {
        let mut words = line.split(|c: char| !(c.is_alphanumeric() || "_<>".contains(c)));
        words.any(|word| MARKS.contains(&word))
    };
    each(file, unfinished, "finish it, or file an issue")
}

/// Nothing of the demo is known to the engine: the demo's ids could be any others.
pub(super) fn the_demo_is_not_known(file: &File) -> Vec<Finding> {
    const ENGINE: &[&str] = &["claims", "policy", "engine", "oidc", "store", "server"];
    const DEMO: &[&str] = &["B2C_1A_PSD2", "psd2demo", "Custom-SMS-Enroll", "TwilioRestAPI", "B2cRestTwilio"];
    let own = file.path.strip_prefix("crates/").and_then(|rest| rest.split_once("/src/")).map(|(name, _)| name);
    if !own.is_some_and(|name| ENGINE.contains(&name)) {
        return Vec::new();
    }
    let known = |line: &str| DEMO.iter().any(|id| line.contains(id));
    let mut found = each(file, known, "an id of the demo tenant has no place in the engine");
    // Tests may take their examples from anywhere.
    let tests = lines(file).find(|(_, line)| line.starts_with("#[cfg(test)]")).map_or(usize::MAX, |(number, _)| number);
    found.retain(|finding| finding.line < tests);
    found
}

fn each(file: &File, broken: impl Fn(&str) -> bool, message: &str) -> Vec<Finding> {
    lines(file).filter(|(_, line)| broken(line)).map(|(number, _)| file.finding(number, message)).collect()
}

fn lines(file: &File) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(file.text.lines())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> File {
        File { path: "crates/engine/src/x.rs".into(), text: text.into() }
    }

    fn places(found: impl IntoIterator<Item = Finding>) -> Vec<usize> {
        found.into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_file_without_a_reason_is_found() {
        assert_eq!(places(opens_with_a_reason(&file("use std::fs;\n"))), [1]);
        assert_eq!(places(opens_with_a_reason(&file("//!\n"))), [1]);
        assert!(opens_with_a_reason(&file("//! Why.\n")).is_none());
    }

    #[test]
    fn exceptions_without_a_reason_are_found() {
        let text =
            "#[allow(x)]\n#[expect(x)]\n#[expect(\n    x,\n    reason = \"y\"\n)]\n#![expect(x, reason = \"y\")]\n";
        assert_eq!(places(exceptions_have_reasons(&file(text))), [1, 2]);
    }

    #[test]
    fn ignored_tests_are_found() {
        assert_eq!(places(nothing_is_ignored(&file("#[test]\n    #[ignore = \"slow\"]\nfn x() {}\n"))), [2]);
    }

    #[test]
    fn empty_names_are_found() {
        let text = "pub(crate) struct KeyManager;\nstruct Managers;\nenum Helper {}\nlet manager = Manager;\n";
        assert_eq!(places(names_say_something(&file(text))), [1, 3]);
    }

    #[test]
    fn paths_of_one_machine_are_found_and_addresses_are_not() {
        let home = format!("/{}/ada/x", "home");
        let text = format!("a \"{home}\"\nhttps://example.com{home}\n{{root}}{home}\n\t{home}\nframe/work/x\n");
        assert_eq!(places(places_of_one_machine(&file(&text))), [1, 4]);
    }

    #[test]
    fn unfinished_work_is_found() {
        let todo = concat!("TO", "DO");
        let text = format!("// {todo}: later\n{} HEAD\nfoo\n{todo}S\n", "<".repeat(7));
        assert_eq!(places(unfinished(&file(&text))), [1, 2]);
    }

    #[test]
    fn ids_of_the_demo_are_found_in_the_engine_alone() {
        let text = "let policy = \"B2C_1A_PSD2_SUSI\";\n#[cfg(test)]\nlet policy = \"B2C_1A_PSD2_SUSI\";\n";
        assert_eq!(places(the_demo_is_not_known(&file(text))), [1]);
        let bank = File { path: "demo/bank/src/config.rs".into(), text: text.into() };
        assert_eq!(places(the_demo_is_not_known(&bank)), Vec::<usize>::new());
    }
}
