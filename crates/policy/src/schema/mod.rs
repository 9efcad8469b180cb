//! The policy language's grammar, declared once as data: which elements stand in which, in what order, how often, with
//! which attributes, and what must not be said twice.
//!
//! [`POLICY`] is the root of the table. The reader's walk reports by it, the reference is printed from it, and tests hold
//! both to the published schema. Where the vendor's service accepts something else than that schema, the table follows the
//! service; the test against the schema lists each such place with its reason.

mod order;
mod sample;
mod table;
mod types;
mod walk;

pub use sample::sample;
pub use table::POLICY;
pub(crate) use table::STEP_TYPE;
pub use types::{Form, Type, Words};
pub(crate) use walk::walk;

use crate::diagnostic::{Diagnostic, Kind, Sink};
use crate::settings::Settings;
use crate::source::FileId;
use crate::xml::{self, Reader};

/// An element at its place in the language. Two elements of one name that hold different things are two of these.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// Its name, without namespace.
    pub name: &'static str,
    /// Its attributes.
    pub attributes: &'static [Attribute],
    /// Attributes of which one must be there, where neither alone is required.
    pub one_of: &'static [&'static str],
    /// What stands inside.
    pub content: Content,
    /// What inside it must not be said twice.
    pub unique: &'static [Unique],
    /// What the compiler does with it.
    pub usage: Usage,
}

/// What an element holds.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// Nothing: attributes say it all.
    Nothing,
    /// A text.
    Text(Type),
    /// These elements, in this order.
    Sequence(&'static [Child]),
    /// Elements of one of these kinds, not of two.
    Choice(&'static [Child]),
    /// Whatever the author likes.
    Anything,
}

impl Content {
    /// The elements that may stand inside.
    pub fn children(&self) -> &'static [Child] {
        match self {
            Self::Sequence(children) | Self::Choice(children) => children,
            Self::Nothing | Self::Text(_) | Self::Anything => &[],
        }
    }
}

/// An element inside another.
#[derive(Clone, Copy, Debug)]
pub struct Child {
    /// Which.
    pub element: &'static Element,
    /// Whether it must be there.
    pub required: bool,
    /// Whether there may be several.
    pub repeated: bool,
}

/// An attribute of an element.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What it may say.
    pub value: Type,
    /// Whether it must be there.
    pub required: bool,
    /// What the compiler does with it.
    pub usage: Usage,
}

/// What the compiler does with a part of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// It reads it, and the engine or a check acts on it.
    Read,
    /// Nothing, for this reason.
    Ignored(&'static str),
    /// It would have this effect, but the engine does not run it yet. Using it is an error.
    NotRun(&'static str),
}

/// A key that must differ among the elements that a path leads to.
#[derive(Clone, Copy, Debug)]
pub struct Unique {
    /// From the element that has the constraint, by names of children.
    pub path: &'static [&'static str],
    /// The attribute.
    pub key: &'static str,
    /// What a second one is.
    pub twice: Twice,
}

/// What it is to say a key twice.
#[derive(Clone, Copy, Debug)]
pub enum Twice {
    /// Two declarations with one id.
    Declared(&'static str, Kind),
    /// Two steps with one order.
    Step,
    /// Two entries of a list: what they are, what the list belongs to.
    Listed(&'static str, &'static str),
}

/// Every element of the language once, in the order of a file, each with the names of the elements that it may stand in.
pub fn elements() -> Vec<(&'static Element, Vec<&'static str>)> {
    fn visit(element: &'static Element, into: &mut Vec<(&'static Element, Vec<&'static str>)>) {
        for child in element.content.children() {
            match into.iter_mut().find(|(known, _)| std::ptr::eq(*known, child.element)) {
                Some((_, parents)) => parents.push(element.name),
                None => {
                    into.push((child.element, vec![element.name]));
                    visit(child.element, into);
                }
            }
        }
    }
    let mut all = vec![(&POLICY, Vec::new())];
    visit(&POLICY, &mut all);
    all
}

/// What the grammar alone has to say of a file: not whether its references resolve, nor whether its journeys run.
pub fn findings(text: &str, settings: &Settings) -> Vec<Diagnostic> {
    let file = FileId(0);
    let mut sink = Sink::default();
    match xml::parse(file, text) {
        Ok(xml) => {
            let mut reader = Reader { file, settings, sink: &mut sink };
            walk(&mut reader, xml.root_element());
        }
        Err(malformed) => sink.report(*malformed),
    }
    sink.into_found()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashMap};

    use super::*;
    use crate::read;
    use crate::xml::Node;

    /// What the compiler understood, all of it. Renaming in place keeps the spans.
    fn understood(text: &str) -> String {
        format!("{:?}", read::document(FileId(0), text, &Settings::default(), &mut Sink::default()))
    }

    /// The nodes of a file by the row of the table that they are an example of.
    fn nodes<'a>(node: Node<'a>, element: &'static Element, into: &mut HashMap<*const Element, Vec<Node<'a>>>) {
        into.entry(element).or_default().push(node);
        for inside in node.children().filter(Node::is_element) {
            let name = inside.tag_name().name();
            let child = element.content.children().iter().find(|child| child.element.name == name);
            nodes(inside, child.expect("a sample is valid").element, into);
        }
    }

    /// Puts another letter at the end of a name wherever it stands in a range.
    fn renamed(text: &str, range: std::ops::Range<usize>, name: &str) -> String {
        let other = format!("{}Q", &name[..name.len() - 1]);
        let mut piece = text[range.clone()].replacen(name, &other, 1);
        if let Some(close) = piece.rfind(&format!("</{name}>")) {
            piece.replace_range(close + 2..close + 2 + name.len(), &other);
        }
        format!("{}{piece}{}", &text[..range.start], &text[range.end..])
    }

    /// Removes a range, in place.
    fn blank(text: &str, range: &std::ops::Range<usize>) -> String {
        let blanks: String = text[range.clone()].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        format!("{}{blanks}{}", &text[..range.start], &text[range.end..])
    }

    /// The attributes of a node and of the one around it, its children and its siblings, without what is looked at.
    fn around(node: Node<'_>, but: &std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
        let family = node.parent_element().into_iter().chain([node]);
        let ranges = family.flat_map(|one| {
            let attributes = one.attributes().map(|attribute| attribute.range());
            attributes.chain(one.children().filter(Node::is_element).map(|child| child.range()))
        });
        ranges.filter(|range| range.end <= but.start || range.start >= but.end).collect()
    }

    /// Whether a name at a place changes what is understood, as the file is or with one of these ranges taken away.
    fn matters(text: &str, place: std::ops::Range<usize>, name: &str, others: &[std::ops::Range<usize>]) -> bool {
        let without = |other: &std::ops::Range<usize>| blank(text, other);
        std::iter::once(text.to_owned())
            .chain(others.iter().map(without))
            .any(|text| understood(&text) != understood(&renamed(&text, place.clone(), name)))
    }

    /// The table's word that something is read, or is not, is what the reader does.
    #[test]
    fn what_is_read_is_what_the_table_says() {
        let (mut read, mut claimed) = (BTreeSet::new(), BTreeSet::new());
        for text in [sample(0), sample(1)] {
            let xml = roxmltree::Document::parse(&text).expect("a sample is XML");
            let mut by_element = HashMap::new();
            nodes(xml.root_element(), &POLICY, &mut by_element);
            for (element, parents) in elements() {
                let place = parents.first().map_or(String::new(), |parent| format!("{parent}/")) + element.name;
                claimed.extend((element.usage == Usage::Read).then(|| place.clone()));
                for node in by_element.get(&std::ptr::from_ref(element)).into_iter().flatten() {
                    let parts = std::iter::once((node.range(), element.name, place.clone(), element.usage));
                    let attributes = element.attributes.iter().filter_map(|known| {
                        let written = node.attributes().find(|attribute| attribute.name() == known.name)?;
                        Some((written.range_qname(), known.name, format!("{place}@{}", known.name), known.usage))
                    });
                    for (range, name, place, usage) in parts.chain(attributes) {
                        claimed.extend((usage == Usage::Read).then(|| place.clone()));
                        // What takes precedence over it may have to go first, before a part shows that it is read.
                        let others = if usage == Usage::Read { around(*node, &range) } else { Vec::new() };
                        if !read.contains(&place) && matters(&text, range, name, &others) {
                            read.insert(place);
                        }
                    }
                }
            }
        }
        let unread: Vec<_> = claimed.difference(&read).collect();
        let ignored: Vec<_> = read.difference(&claimed).collect();
        assert!(unread.is_empty() && ignored.is_empty(), "said to be read, but not: {unread:#?}\nread: {ignored:#?}");
    }

    #[test]
    fn what_stands_in_an_ignored_element_is_ignored_too() {
        for (element, _) in elements().into_iter().filter(|(element, _)| element.usage != Usage::Read) {
            let inside = element.content.children().iter().map(|child| child.element.usage);
            let read = inside.chain(element.attributes.iter().map(|one| one.usage)).any(|usage| usage == Usage::Read);
            assert!(!read, "{} is not read, but something in it is", element.name);
        }
    }
}
