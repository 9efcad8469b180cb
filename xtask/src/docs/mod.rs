//! Documents that are printed from the tables in the code, so that they cannot say anything else.
//!
//! `cargo xtask docs` writes them; the tidy check says when one is stale. Beside them, three rules about what people write:
//! links lead somewhere, tests that are named exist, and every configuration key is described.

mod coverage;
mod diagnostics;
mod errors;
pub(crate) mod table;
mod upload_errors;
mod written;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::tidy::{File, Finding};

/// A document and how it is made.
struct Document {
    path: &'static str,
    text: fn(&Path) -> String,
}

const DOCUMENTS: &[Document] = &[
    Document { path: "docs/reference/coverage.md", text: |_| coverage::text() },
    Document { path: "docs/reference/diagnostics.md", text: diagnostics::text },
    Document { path: "docs/reference/errors.md", text: |_| errors::text() },
    Document { path: "docs/reference/upload-errors.md", text: |_| upload_errors::text() },
];

/// Writes every document.
pub(crate) fn write(root: &Path) -> ExitCode {
    for Document { path, text } in DOCUMENTS {
        if let Err(error) = fs::write(root.join(path), text(root)) {
            println!("{path} cannot be written: {error}");
            return ExitCode::FAILURE;
        }
        println!("{path}");
    }
    ExitCode::SUCCESS
}

/// What is not true any more.
pub(crate) fn check(root: &Path, files: &[File]) -> Vec<Finding> {
    let mut found: Vec<Finding> = DOCUMENTS.iter().filter_map(|document| stale(root, files, document)).collect();
    found.extend(written::links_lead_somewhere(root, files));
    found.extend(written::named_tests_exist(files));
    found.extend(written::configuration_keys_are_described(files));
    found
}

fn stale(root: &Path, files: &[File], document: &Document) -> Option<Finding> {
    let current = files.iter().find(|file| file.path == document.path).map(|file| file.text.as_str());
    let message = "is not what the code says now: run `cargo xtask docs`";
    (current != Some(&*(document.text)(root))).then(|| Finding::about(document.path, message))
}
