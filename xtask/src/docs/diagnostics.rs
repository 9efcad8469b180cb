//! Every finding that `check` and `serve` report, by code.
//!
//! Severity and summary come from the declarations. The explanation is how the code's own file begins, the example is
//! what its first test holds it to; so both are read from that file.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use journeyman_policy::diagnostic::{Code, Severity};

const HEAD: &str = "\
<!-- Printed by `cargo xtask docs` from the codes and their tests: change those. -->

# Diagnostics

What `journeyman check` says, by code. A code keeps its meaning for good. An **error** is what cannot run, a **warning**
what runs, but probably not as meant, a **note** what is worth knowing; only errors make `check` fail. A single finding can
be milder than its code where less depends on it.

In the examples the carets stand under the place that the finding is about.

";

/// The page.
pub(super) fn text(root: &Path) -> String {
    let mut text = String::from(HEAD);
    text += "## The language\n\n";
    let explained = explanations(&root.join("crates/policy/src/codes"));
    for code in journeyman_policy::codes::ALL {
        let about = explained.iter().find(|about| about.id == code.id);
        text += &entry(code.id, severity(code), code.summary, about);
    }
    text += "## Technical profiles, steps and transformations\n\n";
    for code in journeyman_engine::codes::ALL {
        text += &entry(code.id, severity(code), code.summary, None);
    }
    text += "## The server\n\n";
    for file in ["crates/server/src/tenants/mod.rs"] {
        let source = fs::read_to_string(root.join(file)).unwrap_or_default();
        for (id, severity, summary) in declared(&source) {
            text += &entry(id, severity, summary, None);
        }
    }
    // One empty line ends the file, not two.
    text.pop();
    text
}

fn severity(code: &Code) -> &'static str {
    match code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn entry(id: &str, severity: &str, summary: &str, about: Option<&Explanation>) -> String {
    let mut text = format!("### {id}: {summary}\n\n{}", capital(severity));
    if let Some(about) = about {
        write!(text, ". {}", capital(&about.text)).expect("a string takes everything");
    }
    if !text.ends_with('.') {
        text.push('.');
    }
    text += "\n\n";
    if let Some(example) = about.and_then(|about| about.example.as_ref()) {
        write!(text, "```text\n{}\n```\n\n", example.trim_end()).expect("a string takes everything");
    }
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the file of a code says of it.
struct Explanation {
    id: String,
    text: String,
    example: Option<String>,
}

fn explanations(folder: &Path) -> Vec<Explanation> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| explanation(&fs::read_to_string(file.path()).ok()?)).collect()
}

fn explanation(source: &str) -> Option<Explanation> {
    let opening: Vec<_> = source.lines().map_while(|line| line.strip_prefix("//! ")).collect();
    let opening = opening.join(" ");
    let (id, text) = opening.split_once(": ")?;
    let is_code = id.starts_with("JM") && id.len() == "JM0000".len();
    is_code.then(|| Explanation { id: id.to_owned(), text: text.to_owned(), example: example(source) })
}

/// The first finding that a test expects.
fn example(source: &str) -> Option<String> {
    let texts = source.split("r#\"").skip(1).filter_map(|rest| rest.split("\"#").next());
    let mut findings = texts.filter(|text| ["error: ", "warning: ", "note: "].iter().any(|s| text.starts_with(s)));
    findings.next().map(str::to_owned)
}

/// Codes that are declared in a text: id, severity and summary.
fn declared(source: &str) -> Vec<(&str, &'static str, &str)> {
    let between = |text: &'_ str| -> Option<usize> { text.find('"') };
    let mut found = Vec::new();
    for rest in source.split("Code { id: \"").skip(1) {
        let Some(end) = between(rest) else { continue };
        let severity = match rest.split("Severity::").nth(1) {
            Some(named) if named.starts_with("Error") => "error",
            Some(named) if named.starts_with("Warning") => "warning",
            _ => "note",
        };
        let summary = rest.split("summary: \"").nth(1).and_then(|text| text.split('"').next());
        found.extend(summary.map(|summary| (&rest[..end], severity, summary)));
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{declared, explanation, explanations};

    #[test]
    fn what_a_file_says_of_its_code_is_found() {
        let source =
            "//! JM0101: a reference\n//! to nothing.\n\nuse x;\nlet input = r#\"<a/>\"#;\nr#\"error: it\n| a\n\"#";
        let about = explanation(source).expect("it explains a code");
        assert_eq!((about.id.as_str(), about.text.as_str()), ("JM0101", "a reference to nothing."));
        assert_eq!(about.example.as_deref(), Some("error: it\n| a\n"));
        assert!(explanation("//! Every kind of finding: a file each.\n").is_none());
    }

    #[test]
    fn every_code_of_the_language_is_explained() {
        let explained = explanations(&crate::root().join("crates/policy/src/codes"));
        for code in journeyman_policy::codes::ALL {
            let about = explained.iter().find(|about| about.id == code.id);
            assert!(about.is_some_and(|about| about.example.is_some()), "{}: no explanation, or no example", code.id);
        }
    }

    #[test]
    fn no_code_is_used_twice() {
        let mut seen = HashSet::new();
        let all = journeyman_policy::codes::ALL.iter().chain(journeyman_engine::codes::ALL);
        for code in all {
            assert!(seen.insert(code.id), "{} twice", code.id);
        }
    }

    #[test]
    fn codes_of_other_crates_are_found() {
        let source = "Code { id: \"JM2001\", severity: Severity::Error, summary: \"no value\" };";
        assert_eq!(declared(source), [("JM2001", "error", "no value")]);
    }
}
