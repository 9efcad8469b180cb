//! One file as a tree of elements, the slips that the language forgives put right: several lists that count as one, a
//! validation list inside another, ids with blanks around them.

use roxmltree::Node;

use super::rules::{Both, Same, rule};
use super::{Attribute, Element, Origin, Provider, lay};
use crate::set::PolicySet;
use crate::source::{FileId, Span};
use crate::xml;

/// The root element of a file. Technical profiles stand beside their claims providers, each with a mark which it is of:
/// providers only group, so that a profile may be extended from another one.
pub(super) fn file(file: FileId, set: &PolicySet) -> Option<Element> {
    let document = xml::parse(file, &set.sources.file(file).text).ok()?;
    let mut root = Reader { file, set }.element(document.root_element(), true);
    flatten(&mut root);
    Some(root)
}

/// An element that no file has.
pub(super) fn container(name: &str, origin: &Origin, children: Vec<Element>) -> Element {
    let (attributes, also) = (Vec::new(), Vec::new());
    Element { name: name.to_owned(), origin: origin.clone(), also, attributes, text: None, children, provider: None }
}

fn flatten(root: &mut Element) {
    let mut providers: Vec<Element> = Vec::new();
    let mut list = None;
    for child in std::mem::take(&mut root.children) {
        match child.name.as_str() {
            "ClaimsProviders" => {
                providers.extend(child.children.iter().cloned());
                list.get_or_insert(child.origin);
            }
            "ClaimsProvider" => {
                list.get_or_insert_with(|| child.origin.clone());
                providers.push(child);
            }
            _ => root.children.push(child),
        }
    }
    let Some(origin) = list else { return };
    let mut flat = container("ClaimsProviders", &origin, Vec::new());
    for mut provider in providers {
        let list = provider.children.iter_mut().find(|child| child.name == "TechnicalProfiles");
        let profiles = list.map(|list| std::mem::take(&mut list.children)).unwrap_or_default();
        let listed = provider.child("Domains").and_then(|domains| domains.child("Domain"));
        let has_domain = listed.or_else(|| provider.child("Domain")).is_some_and(|domain| !domain.text().is_empty());
        let home = Provider { span: provider.origin.span, has_domain };
        flat.children.push(provider);
        for profile in profiles {
            put(&mut flat, Element { provider: Some(home), ..profile });
        }
    }
    root.children.push(flat);
}

struct Reader<'a> {
    file: FileId,
    set: &'a PolicySet,
}

impl Reader<'_> {
    /// `merges` is false inside what inheritance replaces whole: there nothing is anybody's counterpart.
    fn element(&self, node: Node<'_, '_>, merges: bool) -> Element {
        let name = node.tag_name().name();
        let mut element = container(name, &origin(xml::start_tag(self.file, node)), Vec::new());
        element.attributes = self.attributes(node);
        let merges = merges && rule(name).1 == Both::Parts;
        // Profiles are put together later, with those of other providers.
        for child in node.children().filter(Node::is_element) {
            let child = self.element(child, merges);
            if child.name == element.name && name == "ValidationTechnicalProfiles" {
                element.children.extend(child.children);
            } else if merges && name != "TechnicalProfiles" {
                put(&mut element, child);
            } else {
                element.children.push(child);
            }
        }
        if element.children.is_empty() {
            element.text = xml::text_of(self.file, node).map(|text| (self.filled(&text.value), origin(text.span)));
        }
        if name == "OrchestrationSteps" {
            lay::sort(&mut element.children);
        }
        element
    }

    fn attributes(&self, node: Node<'_, '_>) -> Vec<Attribute> {
        let id = match rule(node.tag_name().name()).0 {
            Same::Id(attribute) => attribute,
            _ => "",
        };
        node.attributes()
            // `xsi:` and the like say nothing about the policy.
            .filter(|attribute| attribute.namespace().is_none())
            .map(|attribute| {
                let value = self.filled(attribute.value());
                let value = if attribute.name() == id { value.trim().to_owned() } else { value };
                let span = xml::span(self.file, attribute.range_value());
                Attribute { name: attribute.name().to_owned(), value, origin: origin(span) }
            })
            .collect()
    }

    fn filled(&self, text: &str) -> String {
        self.set.settings.fill(text).0
    }
}

fn origin(span: Span) -> Origin {
    Origin { span, included: None }
}

/// Adds an element of the same file. What may be there once, or has an id, is merged with what is there already.
fn put(into: &mut Element, child: Element) {
    let (same, both) = rule(&child.name);
    let known = match same {
        Same::Only | Same::Id(_) => lay::counterpart(&into.children, &child, |_| true),
        Same::Claim if into.name != "DisplayClaims" => {
            let alike = |at: usize| lay::outside_name(&into.children[at]) == lay::outside_name(&child);
            lay::counterpart(&into.children, &child, alike)
        }
        _ => None,
    };
    match known {
        // The same claim under the same outside name says nothing new.
        Some(_) if same == Same::Claim => {}
        Some(at) if same == Same::Only && both != Both::Parts => {
            // Several lists count as one; of several texts the first is read.
            let more = child.children;
            into.children[at].children.extend(more);
        }
        Some(at) => lay::over(&mut into.children[at], child),
        None => into.children.push(child),
    }
}
