//! Holding a file to the grammar: every element and attribute that is unknown, misplaced, repeated, missing or malformed.
//!
//! Only this reports such things; what reads the file afterwards takes what it understands and says nothing. The walk goes
//! down known elements alone, so it is as deep as the grammar and linear in the size of the file.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Child, Content, Element, POLICY, STEP_TYPE, Twice, Type, Unique, Usage, order};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest_word;
use crate::settings;
use crate::source::{Span, Spanned};
use crate::xml::{Node, Reader, SCHEMA_INSTANCE, is_as_written};

/// Reports what of a policy file is against the grammar.
pub(crate) fn walk(reader: &mut Reader<'_>, root: Node<'_>) {
    visit(reader, root, &POLICY, Usage::Read);
}

/// Looks at an element, which stands in one of that usage.
fn visit(reader: &mut Reader<'_>, node: Node<'_>, element: &'static Element, outside: Usage) {
    let said = matches!(outside, Usage::NotRun(_));
    if let (Usage::NotRun(effect), false) = (element.usage, said) {
        let report = codes::not_run::not_run(reader.span(node), "element", element.name, effect);
        reader.sink.report(report);
    }
    attributes(reader, node, element, said);
    match &element.content {
        Content::Nothing => nothing_inside(reader, node, element),
        Content::Text(value) => text_inside(reader, node, element, value),
        Content::Sequence(children) => {
            no_text(reader, node, element);
            sequence(reader, node, element, children);
        }
        Content::Choice(children) => {
            no_text(reader, node, element);
            choice(reader, node, element, children);
        }
        Content::Anything => {}
    }
    for unique in element.unique {
        no_key_twice(reader, node, unique);
    }
}

fn attributes(reader: &mut Reader<'_>, node: Node<'_>, element: &'static Element, said: bool) {
    let mut meant: Vec<&str> = Vec::new();
    for written in node.attributes() {
        // `xsi:schemaLocation` and its like speak to editors.
        if written.namespace() == Some(SCHEMA_INSTANCE) {
            continue;
        }
        let known = element.attributes.iter().find(|known| known.name == written.name());
        let Some(known) = known.filter(|_| written.namespace().is_none()) else {
            let names: Vec<_> = element.attributes.iter().map(|known| known.name).collect();
            let at = reader.at(written.range_qname());
            let near = nearest_word(written.name(), &names).filter(|near| node.attribute(*near).is_none());
            meant.extend(near);
            let report = codes::unknown_attribute::unknown_attribute(at, written.name(), element.name, near, &names);
            reader.sink.report(report);
            continue;
        };
        let at = reader.at(written.range_value());
        check_value(reader, node, written.value(), at, &known.value);
        if let (Usage::NotRun(effect), false) = (known.usage, said || written.value() == "false") {
            let report = codes::not_run::not_run(at, "attribute", known.name, effect);
            reader.sink.report(report);
        }
    }
    let there = |name: &str| node.attribute(name).is_some() || meant.contains(&name);
    for missing in element.attributes.iter().filter(|known| known.required && !there(known.name)) {
        let at = reader.span(node);
        reader.sink.report(codes::missing_attribute::missing_attribute(at, element.name, missing.name));
    }
    if !element.one_of.is_empty() && !element.one_of.iter().any(|name| there(name)) {
        let at = reader.span(node);
        reader.sink.report(codes::missing_attribute::missing_one_of(at, element.name, element.one_of));
    }
}

/// A value, filled with what the settings have for its placeholders, unless one of them stays open.
fn check_value(reader: &mut Reader<'_>, node: Node<'_>, written: &str, at: Span, value: &Type) {
    if matches!(value, Type::Text) {
        return;
    }
    let filled = if settings::has_placeholder(written) {
        let (filled, missing) = reader.settings.fill(written);
        if !missing.is_empty() {
            return;
        }
        Cow::Owned(filled)
    } else {
        Cow::Borrowed(written)
    };
    if value.accepts(&filled) {
        return;
    }
    let as_written = is_as_written(node, at, &filled);
    let said = Spanned::new(filled.into_owned(), at);
    let report = match value {
        Type::Words(words) if std::ptr::eq(*words, &STEP_TYPE) => {
            codes::unknown_step_type::unknown_step_type(&said, words.words)
        }
        value => codes::bad_value::bad_value(&said, value),
    };
    // Where a setting is wrong, the file needs no change.
    let fix = report.fix.filter(|_| as_written);
    reader.sink.report(Diagnostic { fix, ..report });
}

fn nothing_inside(reader: &mut Reader<'_>, node: Node<'_>, element: &'static Element) {
    no_text(reader, node, element);
    for inside in node.children().filter(Node::is_element) {
        unknown(reader, inside, element, &[]);
    }
}

fn text_inside(reader: &mut Reader<'_>, node: Node<'_>, element: &'static Element, value: &Type) {
    for inside in node.children().filter(Node::is_element) {
        unknown(reader, inside, element, &[]);
    }
    if !matches!(value, Type::Text) {
        let (text, at) = reader.raw_text(node);
        check_value(reader, node, &text, at, value);
    }
}

fn no_text(reader: &mut Reader<'_>, node: Node<'_>, element: &'static Element) {
    for piece in node.children().filter(Node::is_text) {
        if piece.text().is_some_and(|text| !text.trim().is_empty()) {
            let at = reader.trimmed_span(piece.range(), node);
            let inside: Vec<_> = element.content.children().iter().map(|child| child.element.name).collect();
            reader.sink.report(codes::stray_text::stray_text(at, element.name, &inside));
        }
    }
}

/// The children of a sequence, met one after the other.
struct Met<'a> {
    /// For each kind of child, the first of it.
    first: Vec<Option<Node<'a>>>,
    /// The last one that was in order.
    latest: Option<(usize, Node<'a>)>,
    /// Names that an unknown element was probably meant to be.
    meant: Vec<&'static str>,
    /// The first slip says it all: the rest of the list is only where it is because of it.
    order_reported: bool,
}

fn sequence(reader: &mut Reader<'_>, node: Node<'_>, element: &'static Element, children: &'static [Child]) {
    let mut met = Met { first: vec![None; children.len()], latest: None, meant: Vec::new(), order_reported: false };
    for inside in node.children().filter(Node::is_element) {
        let from = met.latest.map_or(0, |(rank, _)| rank);
        let Some(rank) = rank(inside, children, from) else {
            met.meant.extend(unknown(reader, inside, element, children));
            continue;
        };
        in_its_place(reader, node, inside, element, children, rank, &mut met);
        visit(reader, inside, children[rank].element, element.usage);
    }
    for (child, first) in children.iter().zip(&met.first) {
        let name = child.element.name;
        if child.required && first.is_none() && !met.meant.contains(&name) {
            let at = reader.span(node);
            reader.sink.report(codes::missing_attribute::missing_child(at, element.name, name));
        }
    }
}

/// Reports a known child that is there once too often, or after one that it must stand before.
fn in_its_place<'a>(
    reader: &mut Reader<'_>,
    parent: Node<'a>,
    node: Node<'a>,
    element: &'static Element,
    children: &'static [Child],
    rank: usize,
    met: &mut Met<'a>,
) {
    let at = reader.span(node);
    match met.first[rank] {
        Some(first) if !children[rank].repeated => {
            let first = reader.span(first);
            let name = children[rank].element.name;
            reader.sink.report(codes::repeated_element::repeated_element(at, name, element.name, first));
            return;
        }
        Some(_) => {}
        None => met.first[rank] = Some(node),
    }
    match met.latest {
        Some((later, other)) if rank < later => {
            if !met.order_reported {
                let names = [children[rank].element.name, children[later].element.name];
                let ordered = order::names(parent, children);
                let slip = codes::element_order::element_order(at, names, element.name, reader.span(other), &ordered);
                let edit = order::in_order(reader, parent, children);
                reader.sink.report(slip.fix(format!("put the elements of `{}` in order", element.name), edit));
            }
            met.order_reported = true;
        }
        _ => met.latest = Some((rank, node)),
    }
}

fn choice(reader: &mut Reader<'_>, node: Node<'_>, element: &'static Element, children: &'static [Child]) {
    let mut chosen: Option<(usize, Node<'_>)> = None;
    for inside in node.children().filter(Node::is_element) {
        let Some(rank) = rank(inside, children, 0) else {
            unknown(reader, inside, element, children);
            continue;
        };
        match chosen {
            Some((first, other)) if first != rank || !children[rank].repeated => {
                let (at, first_at) = (reader.span(inside), reader.span(other));
                let names = [children[rank].element.name, children[first].element.name];
                reader.sink.report(codes::repeated_element::not_both(at, names, element.name, first_at));
            }
            Some(_) => {}
            None => chosen = Some((rank, inside)),
        }
        visit(reader, inside, children[rank].element, element.usage);
    }
}

/// Which child an element is: mostly the one met last or one soon after.
pub(super) fn rank(node: Node<'_>, children: &[Child], from: usize) -> Option<usize> {
    let (name, namespace) = (node.tag_name().name(), node.tag_name().namespace());
    if namespace != node.document().root_element().tag_name().namespace() {
        return None;
    }
    let is = |child: &Child| child.element.name == name;
    let later = children[from..].iter().position(is).map(|at| from + at);
    later.or_else(|| children[..from].iter().position(is))
}

/// Reports an element that does not belong here, and answers which one it was probably meant to be.
fn unknown(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    parent: &'static Element,
    children: &'static [Child],
) -> Option<&'static str> {
    let allowed: Vec<_> = children.iter().map(|child| child.element.name).collect();
    let near = nearest_word(node.tag_name().name(), &allowed);
    let (name, tags) = (node.tag_name().name(), reader.tags(node));
    let at = reader.span(node);
    reader.sink.report(codes::unknown_element::unknown_element(at, name, parent.name, near, &allowed, &tags));
    near
}

fn no_key_twice(reader: &mut Reader<'_>, node: Node<'_>, unique: &Unique) {
    let mut first: HashMap<String, Span> = HashMap::new();
    follow(node, unique.path, &mut |item| {
        let Some(written) = item.attributes().find(|attribute| attribute.name() == unique.key) else { return };
        let (filled, _) = reader.settings.fill(written.value());
        let key = filled.trim();
        let same = match unique.twice {
            Twice::Step => key.parse::<i32>().map_or_else(|_| key.to_owned(), |order| order.to_string()),
            Twice::Declared(..) | Twice::Listed(..) => key.to_lowercase(),
        };
        let at = reader.at(written.range_value());
        let Some(first_at) = first.get(&same).copied() else {
            first.insert(same, reader.span(item));
            return;
        };
        let said = Spanned::new(key.to_owned(), at);
        reader.sink.report(match unique.twice {
            Twice::Declared(what, kind) => codes::duplicate_id::duplicate_id(what, kind, &said, first_at),
            Twice::Step => codes::duplicate_step::duplicate_step(&said, first_at),
            Twice::Listed(what, of) => codes::duplicate_key::duplicate_key(what, of, &said, first_at),
        });
    });
}

/// Every element that a path of names leads to.
fn follow<'a>(node: Node<'a>, path: &[&str], each: &mut impl FnMut(Node<'a>)) {
    let Some((name, rest)) = path.split_first() else { return each(node) };
    for inside in node.children().filter(|child| child.is_element() && child.tag_name().name() == *name) {
        follow(inside, rest, each);
    }
}
