//! The rules of this codebase that no compiler knows. Each says what to do instead.
//!
//! To add one: a function over a [`File`] or over the crates, a line in [`check`], and a test that it finds
//! something.

mod arrows;
mod words;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// A rule broken at a place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Path from the workspace's folder.
    pub(crate) file: String,
    /// Counted from 1; 0 for the file as a whole.
    pub(crate) line: usize,
    /// What is wrong, and what to do.
    pub(crate) message: String,
}

impl Finding {
    /// One about a file as a whole.
    pub(crate) fn about(file: &str, message: &str) -> Self {
        Self { file: file.to_owned(), line: 0, message: message.to_owned() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// A text of the project.
#[derive(Debug)]
pub(crate) struct File {
    /// Path from the workspace's folder, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    fn finding(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding { file: self.path.clone(), line, message: message.into() }
    }
}

/// Everything that is not tidy.
pub(crate) fn check(root: &Path) -> Vec<Finding> {
    let mut files = Vec::new();
    walk(root, root, &mut files);
    let mut found: Vec<Finding> = files.iter().flat_map(check_file).collect();
    found.extend(crate::docs::check(root, &files));
    match arrows::crates(root) {
        Ok(crates) => {
            found.extend(arrows::point_downward(&crates));
            found.extend(arrows::stay_pure(&crates));
            found.extend(arrows::share_lints(&crates, &files));
        }
        Err(message) => found.push(Finding { file: "Cargo.toml".into(), line: 0, message }),
    }
    found
}

fn check_file(file: &File) -> Vec<Finding> {
    let mut found = words::places_of_one_machine(file);
    found.extend(words::unfinished(file));
    if file.is_rust() {
        found.extend(words::opens_with_a_reason(file));
        found.extend(words::exceptions_have_reasons(file));
        found.extend(words::nothing_is_ignored(file));
        found.extend(words::names_say_something(file));
        found.extend(words::the_demo_is_not_known(file));
    }
    found
}

/// Every text that belongs to the project: what is built, fetched or kept between runs does not.
fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) {
    const NOT_OURS: &[&str] = &["target", "node_modules", "journeyman-data", "__pycache__"];
    const OURS: &[&str] = &[".cargo", ".ci", ".config", ".github"];
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_symlink() || NOT_OURS.contains(&&*name) {
            continue;
        }
        if path.is_dir() {
            if !name.starts_with('.') || OURS.contains(&&*name) {
                walk(root, &path, files);
            }
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push(File { path, text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_is_tidy() {
        let found = check(&crate::root());
        let said: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "\n{}", said.join("\n"));
    }
}
