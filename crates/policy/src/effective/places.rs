//! Spans as people write them: a file and a line.

use std::collections::HashMap;

use crate::source::{FileId, Sources, Span};

/// Finds lines quickly, and calls the files of a chain by short names.
pub(super) struct Places<'a> {
    files: Vec<File<'a>>,
    by_id: HashMap<FileId, usize>,
}

struct File<'a> {
    name: &'a str,
    short: String,
    line_starts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a Sources, chain: &[FileId]) -> Self {
        let mut files: Vec<File<'a>> = Vec::new();
        for file in chain.iter().map(|id| sources.file(*id)) {
            let starts = std::iter::once(0).chain(file.text.match_indices('\n').map(|(at, _)| at + 1));
            let short = short(&file.name);
            let taken = |short: &str| files.iter().any(|other| other.short == *short);
            let numbered = || (2..).map(|number| format!("{short}{number}")).find(|short| !taken(short));
            let short = if taken(&short) { numbered().unwrap_or_default() } else { short };
            files.push(File { name: &file.name, short, line_starts: starts.collect() });
        }
        Self { files, by_id: chain.iter().enumerate().map(|(at, id)| (*id, at)).collect() }
    }

    /// The chain, root first: short name and path.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.files.iter().map(|file| (file.short.as_str(), file.name))
    }

    /// The path of a span's file, and the line that the span begins in.
    pub(super) fn line(&self, span: Span) -> (&'a str, usize) {
        let file = self.file(span);
        (file.name, file.line(span))
    }

    /// `short name:line`.
    pub(super) fn short(&self, span: Span) -> String {
        let file = self.file(span);
        format!("{}:{}", file.short, file.line(span))
    }

    /// The columns that [`Self::short`] takes at most.
    pub(super) fn longest(&self) -> usize {
        let columns = |file: &File<'_>| file.short.chars().count() + 1 + file.line_starts.len().to_string().len();
        self.files.iter().map(columns).max().unwrap_or_default()
    }

    fn file(&self, span: Span) -> &File<'a> {
        &self.files[self.by_id[&span.file]]
    }
}

impl File<'_> {
    fn line(&self, span: Span) -> usize {
        self.line_starts.partition_point(|start| *start <= span.start as usize)
    }
}

/// More would leave no room for the policy.
const LONGEST: usize = 16;

/// A file's name without what all such names have in common.
fn short(path: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = file.strip_suffix(".xml").unwrap_or(file);
    let prefixes = ["B2C_1A_", "TrustFramework"];
    let short = prefixes
        .iter()
        .fold(stem, |stem, prefix| stem.strip_prefix(prefix).filter(|rest| !rest.is_empty()).unwrap_or(stem));
    let short = short.trim_start_matches(['_', '-']);
    let short = if short.is_empty() { stem } else { short };
    if short.chars().count() <= LONGEST {
        short.to_owned()
    } else {
        short.chars().take(LONGEST - 1).chain(['…']).collect()
    }
}
