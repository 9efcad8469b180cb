//! Rules about documents that people write.

use std::path::Path;

use crate::tidy::{File, Finding};

const CONFIGURATION: &str = "docs/reference/configuration.md";
/// Where the keys of the configuration file are declared: a `struct` a table.
const KEYS: &str = "crates/server/src/config/file.rs";

/// A link to a file of the project leads to one.
pub(super) fn links_lead_somewhere(root: &Path, files: &[File]) -> Vec<Finding> {
    let documents = files.iter().filter(|file| file.path.ends_with(".md"));
    documents.flat_map(|document| broken_links(document, |path| root.join(path).exists())).collect()
}

fn broken_links(document: &File, exists: impl Fn(&Path) -> bool) -> Vec<Finding> {
    let folder = Path::new(&document.path).parent().unwrap_or(Path::new(""));
    let mut found = Vec::new();
    for (number, line) in (1..).zip(document.text.lines()) {
        for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
                continue;
            }
            if !exists(&folder.join(path)) {
                let message = format!("the link to `{path}` leads nowhere");
                found.push(Finding { file: document.path.clone(), line: number, message });
            }
        }
    }
    found
}

/// A test that a document names as its proof is there.
pub(super) fn named_tests_exist(files: &[File]) -> Vec<Finding> {
    let tests = |name: &str| {
        let declared = format!("fn {name}(");
        files.iter().any(|file| file.path.ends_with(".rs") && file.text.contains(&declared))
    };
    // The reference is full of names that look like sentences.
    let is_written = |path: &str| path.starts_with("docs/") && !path.starts_with("docs/reference/");
    let documents = files.iter().filter(|file| is_written(&file.path) && file.path.ends_with(".md"));
    documents.flat_map(|document| missing_tests(document, tests)).collect()
}

fn missing_tests(document: &File, exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    // Nothing but the names of tests is a sentence.
    let is_sentence = |name: &str| {
        name.matches('_').count() >= 4 && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let mut found = Vec::new();
    for (number, line) in (1..).zip(document.text.lines()) {
        for name in line.split('`').skip(1).step_by(2).filter(|name| is_sentence(name) && !exists(name)) {
            let message = format!("there is no test `{name}`");
            found.push(Finding { file: document.path.clone(), line: number, message });
        }
    }
    found
}

/// Every key of `journeyman.toml` is in its reference.
pub(super) fn configuration_keys_are_described(files: &[File]) -> Vec<Finding> {
    let text = |path: &str| files.iter().find(|file| file.path == path).map_or("", |file| &file.text);
    let described = text(CONFIGURATION);
    let missing = keys(text(KEYS)).into_iter().filter(|key| !described.contains(&format!("`{key}`")));
    missing.map(|key| Finding::about(CONFIGURATION, &format!("say what the key `{key}` means"))).collect()
}

/// Names of the fields of every table that is read.
fn keys(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let (mut is_table, mut renamed) = (false, None);
    for line in source.lines() {
        match line.strip_prefix("struct ").and_then(|rest| rest.strip_suffix(" {")) {
            Some(name) => is_table = name == "File" || name == "Source" || name.ends_with("Table"),
            None if line == "}" => is_table = false,
            None => {}
        }
        let Some(field) = line.strip_prefix("    ").filter(|_| is_table) else { continue };
        if let Some(name) = field.split("rename = \"").nth(1).and_then(|rest| rest.split('"').next()) {
            renamed = Some(name.to_owned());
        } else if let Some((name, _)) = field.split_once(": ")
            && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        {
            keys.push(renamed.take().unwrap_or_else(|| name.to_owned()));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{broken_links, keys, missing_tests};
    use crate::tidy::File;

    #[test]
    fn links_are_followed_from_their_document() {
        let text = "[a](../x.md#part) [b](y.md)\n[c](https://example.com/) [d](#here) [e](gone.md)";
        let document = File { path: "docs/index.md".into(), text: text.into() };
        let found =
            broken_links(&document, |path| ["docs/../x.md", "docs/y.md"].iter().any(|known| path.ends_with(known)));
        let said: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["docs/index.md:2: the link to `gone.md` leads nowhere"]);
    }

    #[test]
    fn tests_that_are_gone_are_missed() {
        let text = "`a_test_that_is_there` and\n`a_test_that_is_gone`, `issuer_refresh_token_key`";
        let document = File { path: "docs/x.md".into(), text: text.into() };
        let found = missing_tests(&document, |name| name == "a_test_that_is_there");
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn keys_are_the_fields_of_tables() {
        let source = "struct File {\n    /// What.\n    listen: X,\n    #[serde(default)]\n    tenant: Vec<Y>,\n}\n\
                      struct ClientTable {\n    #[serde(rename = \"type\")]\n    kind: K,\n}\nstruct Reading {\n    folder: F,\n}\n";
        assert_eq!(keys(source), ["listen", "tenant", "type"]);
    }
}
