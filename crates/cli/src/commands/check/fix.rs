//! Puts right what has one right answer, in memory: nothing here touches a file.
//!
//! Each round compiles, applies every fix that no other one overlaps, and starts again, since one fix can move what
//! another is about. What placeholders were filled into is left alone: the file on disk does not say what the policy says.

use std::collections::HashSet;
use std::fmt::{self, Display};

use journeyman_engine::findings;
use journeyman_policy::PolicySet;
use journeyman_policy::codes::malformed_xml;
use journeyman_policy::diagnostic::{Diagnostic, Edit, Fix, Severity};
use journeyman_policy::source::{FileId, Sources, Span};
use journeyman_policy::{placeholders, spelling};
use similar::TextDiff;

/// More than any file needs; fixes that undo each other end here.
const ROUNDS: usize = 20;

/// What became of some files.
pub(super) struct Fixed {
    /// The files as they were read.
    before: Sources,
    /// The policies as they are now.
    pub(super) set: PolicySet,
    /// What was changed, in that order.
    pub(super) changes: Vec<Change>,
}

/// One fix that was applied.
pub(super) struct Change {
    /// The file.
    pub(super) file: FileId,
    /// The line, as it was when the fix was applied.
    line: usize,
    what: String,
    code: &'static str,
}

impl Change {
    /// As people are told.
    pub(super) fn told<'a>(&'a self, sources: &'a Sources) -> impl Display + 'a {
        let name = &sources.file(self.file).name;
        fmt::from_fn(move |f| write!(f, "fixed {name}:{}: {} ({})", self.line, self.what, self.code))
    }
}

/// Applies fixes until none is left, or none gets further. A round that would add an error is not made: two fixes, each
/// right alone, can contradict each other.
pub(super) fn all(set: PolicySet) -> Fixed {
    let before = set.sources.clone();
    let mut found = findings(&set);
    let mut fixed = Fixed { before, set, changes: Vec::new() };
    let mut seen = HashSet::new();
    for _ in 0..ROUNDS {
        let sources = &fixed.set.sources;
        // A change that was made before was undone by another: enough.
        let spelt = spelling(&fixed.set);
        let fixes: Vec<_> = compatible(sources, found.iter().chain(&spelt))
            .into_iter()
            .filter(|(_, fix)| seen.insert(remembered(sources, fix)))
            .collect();
        if fixes.is_empty() {
            break;
        }
        let changes: Vec<_> = fixes.iter().map(|(found, fix)| change(sources, found, fix)).collect();
        let sources = applied(sources, fixes.iter().flat_map(|(_, fix)| &fix.edits));
        let set = PolicySet::compile(sources, &fixed.set.settings);
        let now = findings(&set);
        if is_worse(&found, &now) {
            break;
        }
        fixed.changes.extend(changes);
        (fixed.set, found) = (set, now);
    }
    fixed
}

/// More errors, or another file that cannot be read at all, which hides what is wrong inside.
fn is_worse(before: &[Diagnostic], now: &[Diagnostic]) -> bool {
    let count = |found: &[Diagnostic], test: fn(&Diagnostic) -> bool| found.iter().filter(|found| test(found)).count();
    let tests: [fn(&Diagnostic) -> bool; 2] =
        [|found| found.severity == Severity::Error, |found| found.code == &malformed_xml::MALFORMED_XML];
    tests.iter().any(|test| count(now, *test) > count(before, *test))
}

impl Fixed {
    /// Files that differ: before and after.
    pub(super) fn files(&self) -> impl Iterator<Item = (FileId, &str, &str)> {
        let pairs = self.before.iter().zip(self.set.sources.iter());
        pairs
            .filter(|((_, old), (_, new))| old.text != new.text)
            .map(|((id, old), (_, new))| (id, &*old.text, &*new.text))
    }

    /// What changed, as `diff -u` and `git diff` say it.
    pub(super) fn diff(&self) -> String {
        let diffs = self.files().map(|(id, before, after)| {
            let name = self.before.file(id).name.replace('\\', "/");
            let (old, new) = (format!("a/{name}"), format!("b/{name}"));
            TextDiff::from_lines(before, after).unified_diff().header(&old, &new).to_string()
        });
        diffs.collect()
    }
}

/// What makes a change the same one, wherever it stands by now.
fn remembered(sources: &Sources, fix: &Fix) -> Vec<(FileId, u32, String, String)> {
    let edits = fix.edits.iter();
    edits
        .map(|edit| (edit.span.file, edit.span.start, sources.text(edit.span).to_owned(), edit.replacement.clone()))
        .collect()
}

fn change(sources: &Sources, found: &Diagnostic, fix: &Fix) -> Change {
    let span = found.primary.span;
    Change { file: span.file, line: sources.position(span).0, what: fix.what.clone(), code: found.code.id }
}

/// The fixes that can be applied at once: from the first place on, each that overlaps none before it.
fn compatible<'a>(sources: &Sources, findings: impl Iterator<Item = &'a Diagnostic>) -> Vec<(&'a Diagnostic, &'a Fix)> {
    let fixes = findings.filter_map(|found| Some((found, found.fix.as_ref()?)));
    let mut fixes: Vec<_> = fixes.filter(|(_, fix)| is_sound(sources, fix)).collect();
    fixes.sort_by_key(|(_, fix)| fix.edits.iter().map(|edit| (edit.span.file, edit.span.start)).min());
    let mut taken: Vec<Span> = Vec::new();
    fixes.retain(|(_, fix)| {
        let free = fix.edits.iter().all(|edit| !taken.iter().any(|other| overlap(*other, edit.span)));
        if free {
            taken.extend(fix.edits.iter().map(|edit| edit.span));
        }
        free
    });
    fixes
}

/// Whether a fix can be carried out on the texts, and leaves every placeholder in place.
fn is_sound(sources: &Sources, fix: &Fix) -> bool {
    let fits = |edit: &Edit| {
        let text = &sources.file(edit.span.file).text;
        text.get(edit.span.start as usize..edit.span.end as usize).is_some()
    };
    let apart = |at: usize| fix.edits[..at].iter().all(|other| !overlap(other.span, fix.edits[at].span));
    let mut removed: Vec<_> = fix.edits.iter().flat_map(|edit| placeholders(sources.text(edit.span))).collect();
    let mut added: Vec<_> = fix.edits.iter().flat_map(|edit| placeholders(&edit.replacement)).collect();
    removed.sort_unstable();
    added.sort_unstable();
    !fix.edits.is_empty() && fix.edits.iter().all(fits) && (0..fix.edits.len()).all(apart) && removed == added
}

/// Two texts put in at the same place overlap, too: which comes first is nobody's to say.
fn overlap(a: Span, b: Span) -> bool {
    a.file == b.file
        && ((a.start < b.end && b.start < a.end) || (a.start == b.start && (a.start == a.end || b.start == b.end)))
}

/// The files with edits applied, of which none overlaps another.
fn applied<'a>(sources: &Sources, edits: impl Iterator<Item = &'a Edit>) -> Sources {
    let mut edits: Vec<&Edit> = edits.collect();
    // From the end, so that the places before stay where they are.
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.span.file, edit.span.start, edit.span.end)));
    let mut texts: Vec<String> = sources.iter().map(|(_, file)| file.text.to_string()).collect();
    for edit in edits {
        texts[edit.span.file.0 as usize]
            .replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
    }
    let mut changed = Sources::default();
    for ((_, file), text) in sources.iter().zip(texts) {
        changed.add_in(file.folder.clone(), file.name.clone(), text);
    }
    changed
}
