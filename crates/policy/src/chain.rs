//! Which file a `BasePolicy` means, and with that the chain of every file.
//!
//! Ids are not unique over folders: every sample has its own `B2C_1A_TrustFrameworkExtensions`. So a base is sought in the
//! file's own folder first, then in the nearest one, upwards and sideways. Several files at one distance are reported and
//! none is taken, since a wrong base would only produce misleading findings.

use std::collections::{HashMap, HashSet};

use journeyman_claims::Name;

use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::document::Document;
use crate::model::Ref;
use crate::nearest::nearest;
use crate::source::{Sources, Span};
use crate::xml;

/// The files of a policy.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    /// Indices of documents, root first, leaf last.
    pub(crate) documents: Vec<usize>,
    /// Whether the chain ends in a file that has no base; otherwise part of the policy is not known.
    pub(crate) complete: bool,
}

/// The chain of every document, in their order.
pub(crate) fn resolve(documents: &[Document], sources: &Sources, sink: &mut Sink) -> Vec<Chain> {
    let mut by_id: HashMap<&Name, Vec<usize>> = HashMap::new();
    for (at, document) in documents.iter().enumerate() {
        by_id.entry(&document.id.value).or_default().push(at);
    }
    report_duplicates(documents, sources, &by_id, sink);
    let bases: Vec<Base> = (0..documents.len()).map(|at| base(documents, sources, &by_id, at, sink)).collect();
    let chains: Vec<Chain> = (0..documents.len()).map(|leaf| follow(documents, &bases, leaf, sink)).collect();
    report_limits(documents, sources, &chains, sink);
    report_unused_root(documents, sources, &chains, sink);
    chains
}

/// What the service would not take. Of a long chain the first file that makes it too long is told.
fn report_limits(documents: &[Document], sources: &Sources, chains: &[Chain], sink: &mut Sink) {
    use codes::over_service_limits::{LARGEST_FILE, LONGEST_CHAIN, chain_too_long, file_too_large};
    for (document, chain) in documents.iter().zip(chains) {
        let bytes = sources.file(document.file).text.len();
        if bytes > LARGEST_FILE {
            sink.report(for_policy(file_too_large(document.span, bytes), document));
        }
        let base = document.base.as_ref().filter(|_| chain.documents.len() == LONGEST_CHAIN + 1);
        sink.extend(base.map(|base| for_policy(chain_too_long(base), document)));
    }
}

/// Files named one by one are one set. If nothing builds on one of its roots, but something on another, then the other is
/// probably no root at all.
fn report_unused_root(documents: &[Document], sources: &Sources, chains: &[Chain], sink: &mut Sink) {
    let named = |at: &usize| sources.file(documents[*at].file).folder.is_empty();
    let is_root = |at: &usize| documents[*at].base.is_none();
    let built_on = |at: &usize| chains.iter().any(|chain| chain.documents.len() > 1 && chain.documents[0] == *at);
    let roots: Vec<usize> = (0..documents.len()).filter(named).filter(is_root).collect();
    let Some(used) = roots.iter().find(|at| built_on(at)) else { return };
    for unused in roots.iter().filter(|at| !built_on(at) && documents[**at].relying_party.is_none()) {
        let report = codes::unused_root::unused_root(&documents[*unused].id, &documents[*used].id);
        sink.report(for_policy(report, &documents[*unused]));
    }
}

#[derive(Clone, Copy, Debug)]
enum Base {
    /// The file is a root.
    None,
    Found(usize),
    Unknown,
}

fn base(
    documents: &[Document],
    sources: &Sources,
    by_id: &HashMap<&Name, Vec<usize>>,
    at: usize,
    sink: &mut Sink,
) -> Base {
    let Some(wanted) = &documents[at].base else { return Base::None };
    let folder = |of: usize| &*sources.file(documents[of].file).folder;
    let candidates = by_id.get(&wanted.value).map(Vec::as_slice).unwrap_or_default();
    // A file that names itself is found, so that it is reported as the circle that it is.
    let closest = candidates.iter().map(|other| distance(folder(at), folder(*other))).min();
    let close: Vec<usize> =
        candidates.iter().copied().filter(|other| Some(distance(folder(at), folder(*other))) == closest).collect();
    match close[..] {
        [found] => Base::Found(found),
        [] if codes::built_in_base::is_built_in(wanted) => {
            sink.report(for_policy(codes::built_in_base::built_in_base(wanted), &documents[at]));
            Base::Unknown
        }
        [] => {
            sink.report(for_policy(missing(documents, sources, at, wanted), &documents[at]));
            Base::Unknown
        }
        _ => {
            let places: Vec<_> = close.iter().map(|other| documents[*other].id.span).collect();
            let names: Vec<_> = close.iter().map(|other| &*sources.file(documents[*other].file).name).collect();
            sink.report(for_policy(codes::ambiguous_base::ambiguous_base(wanted, &places, &names), &documents[at]));
            Base::Unknown
        }
    }
}

/// The base of a document is in none of the others: in a file that could not be read, or under another name. Neither the
/// document itself nor one that builds on it can be meant.
fn missing(documents: &[Document], sources: &Sources, at: usize, wanted: &Ref) -> Diagnostic {
    if let Some(unread) = unread(documents, sources, &sources.file(documents[at].file).folder, &wanted.value) {
        return codes::missing_base::unread_base(wanted, unread, &sources.file(unread.file).name);
    }
    let mut above = HashSet::from([&documents[at].id.value]);
    let builds_on = |document: &&Document, above: &HashSet<&Name>| {
        let base = document.base.as_ref();
        base.is_some_and(|base| above.contains(&base.value)) && !above.contains(&document.id.value)
    };
    while let Some(document) = documents.iter().find(|document| builds_on(document, &above)) {
        above.insert(&document.id.value);
    }
    let others = documents.iter().filter(|document| !above.contains(&document.id.value));
    let ids = others.map(|document| (&document.id.value, document.id.span));
    codes::missing_base::missing_base(wanted, nearest(&wanted.value, ids))
}

/// Where the nearest file that could not be read says that it is that policy, as far as its bare text tells.
fn unread(documents: &[Document], sources: &Sources, folder: &str, wanted: &Name) -> Option<Span> {
    const ATTRIBUTE: &str = "PolicyId=\"";
    let is_read = |file| documents.iter().any(|document| document.file == file);
    let declared = sources.iter().filter(|(file, _)| !is_read(*file)).filter_map(|(file, source)| {
        let ids = source.text.match_indices(ATTRIBUTE).map(|(at, _)| at + ATTRIBUTE.len());
        let id = |start: usize| Some((start, source.text[start..].split('"').next()?));
        let (start, id) = ids.filter_map(id).find(|(_, id)| Name::new(id.trim()) == *wanted)?;
        Some((distance(folder, &source.folder), xml::span(file, start..start + id.len())))
    });
    declared.min_by_key(|(distance, _)| *distance).map(|(_, span)| span)
}

fn for_policy(mut diagnostic: Diagnostic, document: &Document) -> Diagnostic {
    diagnostic.policy = Some(document.id.value.clone());
    diagnostic
}

/// How far one folder is from another: steps in all, then steps down, so that an ancestor goes before a sibling.
fn distance(from: &str, to: &str) -> (usize, usize) {
    let parts = |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (parts(from), parts(to));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    (from.len() + to.len() - 2 * common, to.len() - common)
}

/// Two files of one folder with one policy id could never both be served.
fn report_duplicates(documents: &[Document], sources: &Sources, by_id: &HashMap<&Name, Vec<usize>>, sink: &mut Sink) {
    for (at, document) in documents.iter().enumerate() {
        let folder = |of: usize| &sources.file(documents[of].file).folder;
        let same = by_id.get(&document.id.value).into_iter().flatten();
        let first = same.copied().find(|other| *other < at && folder(*other) == folder(at));
        if let Some(first) = first {
            let report = codes::duplicate_policy::duplicate_policy(&document.id, documents[first].id.span);
            sink.report(for_policy(report, document));
        }
    }
}

fn follow(documents: &[Document], bases: &[Base], leaf: usize, sink: &mut Sink) -> Chain {
    let mut leaf_first = vec![leaf];
    let complete = loop {
        let at = leaf_first[leaf_first.len() - 1];
        match bases[at] {
            Base::None => break true,
            Base::Unknown => break false,
            Base::Found(next) => match leaf_first.iter().position(|seen| *seen == next) {
                None => leaf_first.push(next),
                Some(start) => {
                    report_circle(documents, &leaf_first[start..], sink);
                    break false;
                }
            },
        }
    };
    leaf_first.reverse();
    Chain { documents: leaf_first, complete }
}

/// Reported once, at the policy whose id comes first, wherever one entered the circle and in whatever order the files came.
fn report_circle(documents: &[Document], circle: &[usize], sink: &mut Sink) {
    let id = |at: &usize| documents[circle[*at]].id.value.as_str().to_lowercase();
    let Some(start) = (0..circle.len()).min_by_key(|at| (id(at), circle[*at])) else { return };
    let mut references = circle[start..].iter().chain(&circle[..start]).filter_map(|at| documents[*at].base.as_ref());
    if let Some(first) = references.next() {
        let others: Vec<_> = references.cloned().collect();
        sink.report(for_policy(codes::base_cycle::base_cycle(first, &others), &documents[circle[start]]));
    }
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn the_own_folder_is_nearest_then_ancestors_then_siblings() {
        assert_eq!(distance("/a/b", "/a/b"), (0, 0));
        assert!(distance("/a/b", "/a") < distance("/a/b", "/a/c"));
        assert!(distance("/a/b/c", "/a") < distance("/a/b/c", "/a/b/d"));
        assert!(distance("/a/b", "/a/c") < distance("/a/b", "/a/c/d"));
        assert_eq!(distance("", ""), (0, 0));
    }
}
