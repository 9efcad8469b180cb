//! References that are written in another case than what they refer to.
//!
//! Ids are compared without regard to case, here as in the service, and a quarter of the published policies make use of it.
//! So nobody is told, but whoever asks for fixes gets these too.

use std::collections::HashMap;

use crate::check::references::{declared, each};
use crate::codes::other_case::other_case;
use crate::diagnostic::{Diagnostic, Kind};
use crate::set::PolicySet;
use crate::source::Span;

/// The references, each with its fix: not among the findings of a set.
pub fn spelling(set: &PolicySet) -> Vec<Diagnostic> {
    let mut meant: HashMap<Span, Option<(Kind, String)>> = HashMap::new();
    for policy in &set.policies {
        each(policy, &mut |kind, reference| {
            // Names of claims go out into tokens, requests and pages as they are written here; so do those of controls.
            if matches!(kind, Kind::Claim | Kind::Control) {
                return;
            }
            let Some(name) = declared(policy, kind, &reference.value) else { return };
            let known = meant.entry(reference.span).or_insert_with(|| Some((kind, name.clone())));
            // Policies that build on the file do not agree: there is no right answer.
            if known.as_ref().is_some_and(|(_, other)| *other != name) {
                *known = None;
            }
        });
    }
    let mut found: Vec<_> = meant
        .into_iter()
        .filter_map(|(span, meant)| Some((span, meant?)))
        .filter_map(|(span, (kind, name))| {
            let written = set.sources.text(span);
            let blanks = written.len() - written.trim_start().len();
            let start = span.start + u32::try_from(blanks).ok()?;
            let written = written.trim();
            let is_other = written != name && written.to_lowercase() == name.to_lowercase();
            let end = start + u32::try_from(written.len()).ok()?;
            is_other.then(|| other_case(kind, Span { start, end, ..span }, written, &name))
        })
        .collect();
    found.sort_by_key(|found| (found.primary.span.file, found.primary.span.start));
    found
}
