//! The effective policy as one file that could be uploaded in place of its chain, with a margin that says where each line
//! comes from.

use std::fmt::Write as _;

use super::places::Places;
use super::{Element, Origin};
use crate::PolicySet;
use crate::model::Policy;
use crate::xml::NAMESPACE;

/// Lines are broken to fit into so many columns, where that is possible.
const WIDTH: usize = 120;

/// A policy of the set. Nothing for one of another set.
pub fn xml(set: &PolicySet, policy: &Policy) -> Option<String> {
    let root = super::root(set, policy)?;
    let places = Places::new(&set.sources, &policy.chain);
    let mut writer = Writer { margin: places.longest(), places, text: String::new(), depth: 0 };
    writer.head(policy);
    writer.element(&root);
    Some(writer.text)
}

struct Writer<'a> {
    text: String,
    depth: usize,
    places: Places<'a>,
    /// Columns of a place in the margin.
    margin: usize,
}

impl Writer<'_> {
    fn head(&mut self, policy: &Policy) {
        self.text.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let mut head = format!(
            "<!--\n  {} after inheritance. The margin says where each line comes from; a line without one belongs\n  \
             to the element above. What of an element comes from elsewhere is named behind it.\n\n",
            policy.id
        );
        let width = self.places.files().map(|(short, _)| short.chars().count()).max().unwrap_or_default();
        for (short, name) in self.places.files() {
            writeln!(head, "  {short:<width$}  {name}").expect("writing to a string cannot fail");
        }
        // The rest is between the marks of a comment, which cannot hold two hyphens.
        let inside = head["<!--".len()..].replace("--", "- -");
        writeln!(self.text, "<!--{inside}-->").expect("writing to a string cannot fail");
    }

    fn element(&mut self, element: &Element) {
        let lead = self.lead(Some(&element.origin));
        let blank = self.lead(None);
        let notes = self.notes(element);
        let mut tag = self.tag(element, &lead, &blank);
        if !element.children.is_empty() {
            tag.push('>');
            self.line(&tag, &notes, &blank);
            self.depth += 1;
            element.children.iter().for_each(|child| self.element(child));
            self.depth -= 1;
            writeln!(self.text, "{blank}</{}>", element.name).expect("writing to a string cannot fail");
            return;
        }
        match &element.text {
            Some((text, _)) if !text.is_empty() => {
                write!(tag, ">{}</{}>", escaped(text), element.name).expect("writing to a string cannot fail");
            }
            _ => tag.push_str(" />"),
        }
        self.line(&tag, &notes, &blank);
    }

    /// A margin with a place, or as much room, and the indentation.
    fn lead(&self, origin: Option<&Origin>) -> String {
        let indent = "  ".repeat(self.depth);
        let place = origin.map(|origin| comment(&format!("{:<1$}", self.places.short(origin.span), self.margin)));
        let place = place.unwrap_or_else(|| " ".repeat(comment("").len() + self.margin));
        format!("{place} {indent}")
    }

    /// A start tag without its end; attributes each on a line of their own where one line is too narrow.
    fn tag(&self, element: &Element, lead: &str, blank: &str) -> String {
        let is_root = element.name == "TrustFrameworkPolicy";
        let namespace = is_root.then(|| format!("xmlns=\"{NAMESPACE}\""));
        let own = element.attributes.iter().filter(|attribute| attribute.name != "xmlns");
        let own = own.map(|attribute| format!("{}=\"{}\"", attribute.name, escaped(&attribute.value)));
        let attributes: Vec<String> = namespace.into_iter().chain(own).collect();
        let one_line = std::iter::once(format!("{lead}<{}", element.name)).chain(attributes.iter().cloned());
        let one_line = one_line.collect::<Vec<_>>().join(" ");
        if attributes.len() < 2 || one_line.chars().count() + " />".len() <= WIDTH {
            return one_line;
        }
        let between = format!("\n{blank}{}", " ".repeat(element.name.len() + 2));
        format!("{lead}<{} {}", element.name, attributes.join(&between))
    }

    fn line(&mut self, tag: &str, notes: &str, blank: &str) {
        self.text.push_str(tag);
        if !notes.is_empty() {
            let last = tag.rsplit('\n').next().unwrap_or_default();
            let fits = last.chars().count() + 1 + notes.chars().count() <= WIDTH;
            if !fits {
                write!(self.text, "\n{blank} ").expect("writing to a string cannot fail");
            }
            write!(self.text, " {notes}").expect("writing to a string cannot fail");
        }
        self.text.push('\n');
    }

    /// What of an element does not come from the place in the margin.
    fn notes(&self, element: &Element) -> String {
        let mut notes = Vec::new();
        notes.extend(element.origin.included.as_ref().map(|profile| format!("from {profile}")));
        if !element.attributes.is_empty() {
            notes.extend(element.also.iter().map(|origin| format!("also {}", self.with_profile(origin))));
        }
        // An attribute beside its element needs no word.
        let elsewhere = element.attributes.iter().filter(|attribute| !within(&element.origin, &attribute.origin));
        for attribute in elsewhere.filter(|attribute| attribute.name != "Id") {
            notes.push(format!("{} {}", attribute.name, self.with_profile(&attribute.origin)));
        }
        if notes.is_empty() { String::new() } else { comment(&notes.join(", ")) }
    }

    fn with_profile(&self, origin: &Origin) -> String {
        let place = self.places.short(origin.span);
        match &origin.included {
            Some(profile) => format!("{place} of {profile}"),
            None => place,
        }
    }
}

/// Whether a part of a start tag stands in that start tag.
fn within(tag: &Origin, part: &Origin) -> bool {
    tag.span.file == part.span.file && (tag.span.start..tag.span.end).contains(&part.span.start)
}

/// A comment cannot hold two hyphens, nor end with one.
fn comment(text: &str) -> String {
    format!("<!-- {} -->", text.replace("--", "- -"))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' => safe.push_str("&#10;"),
            '\r' => safe.push_str("&#13;"),
            '\t' => safe.push_str("&#9;"),
            other => safe.push(other),
        }
    }
    safe
}
