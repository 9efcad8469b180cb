//! JM0023: several files could be the base policy, and none is nearer than the others.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::source::Span;

/// Several candidates for a base policy.
pub const AMBIGUOUS_BASE: Code =
    Code { id: "JM0023", severity: Severity::Error, summary: "several files could be the base policy" };

/// More places than this are named in the help only.
const SHOWN: usize = 3;

pub(crate) fn ambiguous_base(wanted: &Ref, places: &[Span], files: &[&str]) -> Diagnostic {
    let message = format!("{} files are the policy `{}`, and none is nearer than the others", places.len(), wanted.value);
    let named: Vec<_> = files.iter().map(|file| format!("`{file}`")).collect();
    let found = Diagnostic::new(&AMBIGUOUS_BASE, Kind::Policy, wanted.span, message)
        .label("this policy builds on one of them")
        .reference(wanted.value.as_str())
        .help(format!("name the files of one policy set one by one; the candidates are {}", named.join(", ")));
    places.iter().take(SHOWN).fold(found, |found, place| found.also(*place, "could be meant"))
}
