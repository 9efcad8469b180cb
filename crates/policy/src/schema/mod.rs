//! The policy language's grammar, declared once as data: which elements stand in which, in what order, how often, with
//! which attributes, and what must not be said twice.
//!
//! [`POLICY`] is the root of the table. The reader's walk reports by it, the reference is printed from it, and tests hold
//! both to the published schema. Where the vendor's service accepts something else than that schema, the table follows the
//! service; the test against the schema lists each such place with its reason.

mod order;
mod table;
mod types;
mod walk;

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
