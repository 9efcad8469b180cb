//! Reading one XML file: well-formed or a diagnostic, and typed access to attributes and texts, each with its place.
//!
//! Everything that a policy says passes through [`Reader`]: placeholders are filled and bad values reported here, once.

use journeyman_claims::Name;
use roxmltree::{Document, Error, ParsingOptions};

use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::Ref;
use crate::settings::Settings;
use crate::source::{FileId, Span, Spanned};

/// An element.
pub(crate) type Node<'a> = roxmltree::Node<'a, 'a>;

/// The namespace of every policy file.
pub(crate) const NAMESPACE: &str = "http://schemas.microsoft.com/online/cpim/schemas/2013/06";

/// The namespace of attributes that speak to editors of XML.
pub(crate) const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Far above any real policy (the largest public one has some 20,000), far below what would hurt.
const MOST_NODES: u32 = 1_000_000;

/// Parses a file. Document types, and with them entities, are refused.
pub(crate) fn parse(file: FileId, text: &str) -> Result<Document<'_>, Box<Diagnostic>> {
    // What reads a file puts this in the place of bytes that are not UTF-8. A file that has the character itself is so
    // rare, and hardly meant so, that it may be refused with them.
    if let Some(start) = text.find(char::REPLACEMENT_CHARACTER) {
        let at = start..start + char::REPLACEMENT_CHARACTER.len_utf8();
        return Err(Box::new(codes::malformed_xml::not_utf8(span(file, at))));
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        if matches!(error, Error::DtdDetected) {
            let start = text.find("<!DOCTYPE").unwrap_or(0);
            let end = text.len().min(start + "<!DOCTYPE".len());
            return Box::new(codes::document_type::document_type(span(file, start..end)));
        }
        let (at, what) = explain(&error, text);
        Box::new(codes::malformed_xml::malformed_xml(span(file, at), &what))
    })
}

/// Where the file breaks, and how, in our words.
fn explain(error: &Error, text: &str) -> (std::ops::Range<usize>, String) {
    let whole_name = |at: usize| {
        let length = text[at..].find(|c: char| c == '>' || c.is_whitespace()).unwrap_or(text.len() - at);
        at..at + length.max(1).min(text.len() - at)
    };
    let at = match error {
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream | Error::NoRootNode => last_character(text),
        Error::NodesLimitReached | Error::AttributesLimitReached | Error::NamespacesLimitReached => 0,
        _ => offset(text, error.pos()),
    };
    let one = at..(at + text[at..].chars().next().map_or(0, char::len_utf8));
    match error {
        Error::UnexpectedCloseTag(expected, actual, _) => {
            (whole_name(at), format!("`<{expected}>` is still open, but `</{actual}>` closes another element"))
        }
        Error::UnclosedRootNode => (one, "the file ends before its root element is closed".into()),
        Error::UnexpectedEndOfStream => (one, "the file ends in the middle of a tag".into()),
        Error::NoRootNode => (one, "there is no element in the file".into()),
        // The parser says the latter where a value is cut short by `<`.
        Error::InvalidAttributeValue(_) | Error::InvalidChar(b'"' | b'\'', b'<', _) => {
            (one, "`<` in an attribute must be written `&lt;`".into())
        }
        Error::DuplicatedAttribute(name, _) => (one, format!("the attribute `{name}` is written twice")),
        Error::UnknownNamespace(prefix, _) => (one, format!("the prefix `{prefix}` is not declared")),
        Error::UnknownEntityReference(name, _) => (one, format!("there is no entity `&{name};`")),
        Error::MalformedEntityReference(_) => (one, "`&` must be written `&amp;`".into()),
        other => {
            let said = other.to_string();
            (one, said.rsplit_once(" at ").map_or(said.clone(), |(what, _)| what.to_owned()))
        }
    }
}

fn last_character(text: &str) -> usize {
    text.trim_end().char_indices().next_back().map_or(0, |(at, _)| at)
}

/// roxmltree counts lines and characters from 1; we count bytes.
fn offset(text: &str, at: roxmltree::TextPos) -> usize {
    let line_start = match at.row {
        0 | 1 => 0,
        row => text.match_indices('\n').nth(row as usize - 2).map_or(0, |(at, _)| at + 1),
    };
    let column = (at.col as usize).saturating_sub(1);
    text[line_start..].char_indices().nth(column).map_or_else(|| last_character(text), |(byte, _)| line_start + byte)
}

/// A range of bytes in a file.
pub(crate) fn span(file: FileId, range: std::ops::Range<usize>) -> Span {
    let small = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: small(range.start), end: small(range.end) }
}

/// The place of an element's start tag: what people recognise it by.
pub(crate) fn start_tag(file: FileId, node: Node<'_>) -> Span {
    let range = node.range();
    let text = &node.document().input_text()[range.clone()];
    // `>` may stand inside an attribute's quotes, so look behind the last attribute.
    let from = node.attributes().map(|a| a.range().end - range.start).max().unwrap_or(0);
    let end = text.get(from..).and_then(|tail| tail.find('>')).map_or(text.len(), |at| from + at + 1);
    span(file, range.start..range.start + end)
}

/// The text inside an element, as it is written. Comments split nothing.
pub(crate) fn text_of(file: FileId, node: Node<'_>) -> Option<Spanned<String>> {
    let mut pieces = node.children().filter(|child| child.is_text()).peekable();
    let start = pieces.peek()?.range().start;
    let (mut written, mut end) = (String::new(), start);
    for piece in pieces {
        written.push_str(piece.text().unwrap_or_default());
        end = piece.range().end;
    }
    let raw = &node.document().input_text()[start..end];
    let lead = raw.len() - raw.trim_start().len();
    let at = span(file, start + lead..start + lead.max(raw.trim_end().len()));
    Some(Spanned::new(written, at))
}

/// Whether a place of the node's file holds that value and nothing else: no comment, no other way of writing it. Only then
/// can a program put another value in its place.
pub(crate) fn is_as_written(node: Node<'_>, at: Span, value: &str) -> bool {
    let on_disk = node.document().input_text().get(at.start as usize..at.end as usize);
    on_disk.is_some_and(|on_disk| on_disk.trim() == value.trim())
}

/// Child elements of that name, whatever their namespace.
pub(crate) fn children<'a>(node: Node<'a>, name: &'static str) -> impl Iterator<Item = Node<'a>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The items of all containers of that name: several containers count as one.
pub(crate) fn items<'a>(node: Node<'a>, container: &'static str, item: &'static str) -> impl Iterator<Item = Node<'a>> {
    children(node, container).flat_map(move |inside| children(inside, item))
}

/// The first child element of that name.
pub(crate) fn child<'a>(node: Node<'a>, name: &'static str) -> Option<Node<'a>> {
    children(node, name).next()
}

/// Reads values out of one file and reports what is wrong with them.
pub(crate) struct Reader<'a> {
    pub(crate) file: FileId,
    pub(crate) settings: &'a Settings,
    pub(crate) sink: &'a mut Sink,
}

impl Reader<'_> {
    /// The place of a whole element's start tag: what people recognise it by.
    pub(crate) fn span(&self, node: Node<'_>) -> Span {
        start_tag(self.file, node)
    }

    /// A place in this file.
    pub(crate) fn at(&self, range: std::ops::Range<usize>) -> Span {
        span(self.file, range)
    }

    /// A place without the blanks at its ends.
    pub(crate) fn trimmed_span(&self, range: std::ops::Range<usize>, node: Node<'_>) -> Span {
        let raw = node.document().input_text().get(range.clone()).unwrap_or_default();
        let lead = raw.len() - raw.trim_start().len();
        span(self.file, range.start + lead..range.start + lead.max(raw.trim_end().len()))
    }

    /// Where an element's name is written: in its start tag, and in its end tag if it has one.
    pub(crate) fn tags(&self, node: Node<'_>) -> Vec<Span> {
        let (range, text) = (node.range(), node.document().input_text());
        // A prefix, if there is one, stays.
        let name = text[range.start + 1..].split([' ', '\t', '\r', '\n', '/', '>']).next().unwrap_or_default();
        let prefix = name.len().saturating_sub(node.tag_name().name().len());
        let of = |start: usize| span(self.file, start + prefix..start + name.len());
        let end = text[range.clone()].rfind("</").map(|at| range.start + at + 2);
        let is_own = |at: &usize| text[*at..range.end].trim_end_matches('>').trim_end() == name;
        std::iter::once(range.start + 1).chain(end.filter(is_own)).map(of).collect()
    }

    /// An attribute as it is written, placeholders filled.
    pub(crate) fn attr(&mut self, node: Node<'_>, name: &str) -> Option<Spanned<String>> {
        let attribute = node.attributes().find(|a| a.name() == name)?;
        let at = span(self.file, attribute.range_value());
        let informative = matches!(name, "TenantId" | "PublicPolicyUri" | "UserJourneyRecorderEndpoint")
            || node.tag_name().name() == "JourneyInsights";
        Some(Spanned::new(self.fill(attribute.value(), at, informative), at))
    }

    /// A reference, trimmed; nothing when it is absent or empty.
    pub(crate) fn reference(&mut self, node: Node<'_>, name: &str) -> Option<Ref> {
        self.attr(node, name).and_then(trimmed)
    }

    /// A reference that must be there: the grammar's walk has reported it where it is not.
    pub(crate) fn need_reference(&mut self, node: Node<'_>, name: &str) -> Option<Ref> {
        let written = self.attr(node, name)?;
        if name == "Id" && written.value != written.value.trim() {
            self.sink.report(codes::padded_id::padded_id(&written));
        }
        trimmed(written)
    }

    /// The text inside an element, as it is written, placeholders filled. Comments split nothing.
    pub(crate) fn text(&mut self, node: Node<'_>) -> Option<Spanned<String>> {
        let text = text_of(self.file, node)?;
        let informative = matches!(node.tag_name().name(), "TenantId" | "LoadUri");
        Some(Spanned::new(self.fill(&text.value, text.span, informative), text.span))
    }

    /// The text inside an element as it is written, and its place without the blanks around it: the whole element where
    /// there is none.
    pub(crate) fn raw_text(&self, node: Node<'_>) -> (String, Span) {
        let text = text_of(self.file, node);
        text.map_or_else(|| (String::new(), self.span(node)), |text| (text.value, text.span))
    }

    /// The text of a child element, trimmed; nothing when that is absent or blank.
    pub(crate) fn child_text(&mut self, node: Node<'_>, name: &'static str) -> Option<Spanned<String>> {
        let text = self.text(child(node, name)?)?;
        let trimmed = text.value.trim();
        (!trimmed.is_empty()).then(|| Spanned::new(trimmed.to_owned(), text.span))
    }

    /// The text of a child element, without its place.
    pub(crate) fn child_string(&mut self, node: Node<'_>, name: &'static str) -> Option<String> {
        self.child_text(node, name).map(|text| text.value)
    }

    /// A boolean attribute: `true`, `false`, `1`, `0`, in any case.
    pub(crate) fn flag(&mut self, node: Node<'_>, name: &str) -> Option<bool> {
        let value = self.attr(node, name)?;
        self.choice(&value, BOOLEANS)
    }

    /// A whole number that is not negative.
    pub(crate) fn number(&mut self, value: &Spanned<String>) -> Option<u32> {
        value.value.trim().parse().ok()
    }

    /// One of a fixed set of words, in any case: where case matters, the grammar's walk has said so.
    pub(crate) fn choice<T: Copy>(&mut self, value: &Spanned<String>, options: &[(&'static str, T)]) -> Option<T> {
        let written = value.value.trim();
        options.iter().find(|(word, _)| word.eq_ignore_ascii_case(written)).map(|(_, means)| *means)
    }

    fn fill(&mut self, written: &str, at: Span, informative: bool) -> String {
        let (filled, missing) = self.settings.fill(written);
        for name in missing {
            self.sink.report(codes::placeholder::placeholder(at, &name, informative, self.settings));
        }
        filled
    }
}

/// What a boolean may be written as.
pub(crate) const BOOLEANS: &[(&str, bool)] = &[("true", true), ("false", false), ("1", true), ("0", false)];

/// A text as a reference; nothing when it is blank.
pub(crate) fn trimmed(text: Spanned<String>) -> Option<Ref> {
    let name = text.value.trim();
    (!name.is_empty()).then(|| Spanned::new(Name::new(name), text.span))
}
