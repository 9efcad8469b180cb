//! Every finding that `check` and `serve` report, by code: printed from what each code says of itself.
//!
//! The examples are drawn by what `check` draws with. The server's codes alone are read from its source: this program does
//! not depend on a whole server.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use journeyman_draw::Style;
use journeyman_engine::findings;
use journeyman_policy::diagnostic::{Code, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::{PolicySet, Settings, spelling};

const HEAD: &str = "\
<!-- Printed by `cargo xtask docs` from the codes themselves: change those. -->

# Diagnostics

What `journeyman check` says, by code; `journeyman explain JM0101` prints the same in a terminal. A code keeps its meaning
for good. An **error** is what cannot run, a **warning** what runs, but probably not as meant, a **note** what is worth
knowing; only errors make `check` fail. A single finding can be milder than its code where less depends on it.

*The service* is Azure AD B2C: what it answers to an upload, or to an application, with the same mistake.

";

/// Where the server declares its codes.
const SERVER: &str = "crates/server/src/tenants/mod.rs";

/// The page.
pub(super) fn text(root: &Path) -> String {
    let mut text = String::from(HEAD);
    text += "## The language\n\n";
    text.extend(journeyman_policy::codes::ALL.iter().map(|code| entry(code)));
    text += "## Technical profiles, steps and transformations\n\n";
    text.extend(journeyman_engine::codes::ALL.iter().map(|code| entry(code)));
    text += "## The server\n\n";
    let source = fs::read_to_string(root.join(SERVER)).unwrap_or_default();
    text.extend(declared(&source).iter().map(Declared::entry));
    // One empty line ends the file, not two.
    text.pop();
    text
}

fn entry(code: &Code) -> String {
    let mut text = opening(code.id, level(code.severity), code.summary, code.explanation);
    if !code.service.is_empty() {
        text += "The service says:\n\n";
        text += &block("text", &code.service.join("\n"));
    }
    if code.fails != Example::None {
        text += "This fails:\n\n";
        text += &block("xml", &code.fails.shown().join("\n\n"));
        text += &finding(code).map_or_else(String::new, |drawn| block("text", &drawn));
    }
    if code.passes != Example::None {
        text += "This passes:\n\n";
        text += &block("xml", &code.passes.shown().join("\n\n"));
    }
    text
}

fn opening(id: &str, level: &str, summary: &str, explanation: &str) -> String {
    let explanation = if explanation.is_empty() { String::new() } else { format!(" {}", explanation.trim()) };
    format!("### {id}: {summary}\n\n**{level}.**{explanation}\n\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

fn block(language: &str, text: &str) -> String {
    let mut block = String::new();
    write!(block, "```{language}\n{}\n```\n\n", text.trim_end()).expect("a string takes everything");
    block
}

/// What `check` says of the failing example.
fn finding(code: &Code) -> Option<String> {
    let set = PolicySet::compile(code.fails.sources(), &Settings::default());
    let mut findings = findings(&set);
    findings.extend(spelling(&set));
    let found = findings.iter().find(|found| found.code.id == code.id)?;
    Some(journeyman_draw::finding(found, &[], &set.sources, Style::PLAIN))
}

/// A code as a source file declares it.
#[derive(Debug, PartialEq, Eq)]
struct Declared {
    id: String,
    severity: Severity,
    summary: String,
    explanation: String,
}

impl Declared {
    fn entry(&self) -> String {
        opening(&self.id, level(self.severity), &self.summary, &self.explanation)
    }
}

/// Codes that are declared in a text.
fn declared(source: &str) -> Vec<Declared> {
    let codes = source.split(" Code {").skip(1).filter(|rest| rest.trim_start().starts_with("id: \"JM"));
    let read = |rest: &str| Declared {
        id: literal(rest, "id"),
        severity: match rest.split("Severity::").nth(1) {
            Some(named) if named.starts_with("Error") => Severity::Error,
            Some(named) if named.starts_with("Warning") => Severity::Warning,
            _ => Severity::Note,
        },
        summary: literal(rest, "summary"),
        explanation: literal(rest, "explanation"),
    };
    codes.map(read).collect()
}

/// The string that a field is set to, as the compiler reads it.
fn literal(source: &str, field: &str) -> String {
    let from = source.split_once(&format!("{field}: \"")).map_or("", |(_, rest)| rest);
    let (mut text, mut letters) = (String::new(), from.chars().peekable());
    while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
        match (letter, letters.peek()) {
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some('\n')) => {
                while letters.next_if(|c| c.is_whitespace()).is_some() {}
                continue;
            }
            ('\\', Some(escaped)) => text.push(*escaped),
            _ => {
                text.push(letter);
                continue;
            }
        }
        letters.next();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn an_entry_has_what_the_code_says_and_what_check_says() {
        let codes = journeyman_engine::codes::ALL;
        let code = codes.iter().find(|code| code.id == "JM1007").expect("there is such a code");
        let text = entry(code);
        assert!(
            text.starts_with("### JM1007: a metadata key has no effect\n\n**Warning.** A technical profile"),
            "{text}"
        );
        let parts = ["This fails:\n\n```xml\n<", "```text\nwarning[JM1007]: ", "This passes:\n\n```xml\n<"];
        let places: Vec<_> = parts.iter().map(|part| text.find(part)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{text}");
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
        let source = "const X: Code = Code {\n id: \"JM2001\", severity: Severity::Error, summary: \"no value\",\n \
                      explanation: \"A \\\"key\\\" \\\n   has none.\\n\\nGive it.\",\n};";
        let expected = Declared {
            id: "JM2001".into(),
            severity: Severity::Error,
            summary: "no value".into(),
            explanation: "A \"key\" has none.\n\nGive it.".into(),
        };
        assert_eq!(declared(source), [expected]);
    }
}
