//! The effective policy as XML: every element, attribute and text that a chain of files comes to, each with its place.
//!
//! [`crate::model`] holds what the engine runs, and not every element means something to it. This is for people who ask
//! where a line comes from, so nothing is left out but what inheritance has used up: base policies, `MergeBehavior`,
//! inclusions. Both apply the same rules, the model in code ([`crate::merge`]), this from a [table](rules); that the one
//! means what the other says is tested on every public policy.

mod json;
mod lay;
mod places;
mod read;
mod rules;
mod xml;

pub use json::json;
pub use xml::xml;

use journeyman_claims::Name;

use crate::model::Policy;
use crate::schema;
use crate::set::PolicySet;
use crate::source::Span;

/// Where something was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The attribute's value, the text, or the element's start tag.
    pub(crate) span: Span,
    /// The technical profile that brought it in by being included.
    pub(crate) included: Option<Name>,
}

/// An element of the effective policy.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    /// The name.
    pub(crate) name: String,
    /// The start tag nearest to the leaf.
    pub(crate) origin: Origin,
    /// The other start tags that parts of it come from, root first.
    pub(crate) also: Vec<Origin>,
    /// The attributes, placeholders filled.
    pub(crate) attributes: Vec<Attribute>,
    /// The text of an element without children, placeholders filled.
    pub(crate) text: Option<(String, Origin)>,
    /// The child elements, in the schema's order.
    pub(crate) children: Vec<Element>,
    /// The claims provider that a technical profile stands in.
    provider: Option<Provider>,
}

/// A claims provider, by its start tag.
#[derive(Clone, Copy, Debug)]
struct Provider {
    span: Span,
    has_domain: bool,
}

/// An attribute.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    /// The name.
    pub(crate) name: String,
    /// The value.
    pub(crate) value: String,
    /// Where the value was written.
    pub(crate) origin: Origin,
}

impl Element {
    /// The value of an attribute.
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value.as_str())
    }

    /// The first child of that name.
    fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    fn take(&mut self, name: &str) -> Option<Element> {
        let at = self.children.iter().position(|child| child.name == name)?;
        Some(self.children.remove(at))
    }

    fn text(&self) -> &str {
        self.text.as_ref().map_or("", |(text, _)| text.trim())
    }
}

/// The parts of a root element that are inherited; the others are the leaf's own.
const INHERITED: &[&str] = &["BuildingBlocks", "ClaimsProviders", "UserJourneys", "SubJourneys"];

/// The root element of a policy of the set after its whole chain was merged and inclusions were applied. Nothing for a
/// policy of another set.
fn root(set: &PolicySet, policy: &Policy) -> Option<Element> {
    let mut files = policy.chain.iter().map(|file| read::file(*file, set)).collect::<Option<Vec<_>>>()?;
    let mut leaf = files.pop()?;
    let journey = files.iter().rev().find_map(|file| file.child("RelyingParty")?.child("DefaultUserJourney")).cloned();
    for name in ["TenantId", "TenantObjectId"] {
        let of = |file: &Element| file.attributes.iter().find(|attribute| attribute.name == name).cloned();
        if leaf.attribute(name).is_none() {
            leaf.attributes.extend(files.iter().rev().find_map(of));
        }
    }
    for name in INHERITED {
        let layers = files.iter_mut().chain([&mut leaf]).filter_map(|file| file.take(name));
        let merged = layers.collect::<Vec<_>>().into_iter().reduce(|mut parent, child| {
            lay::over(&mut parent, child);
            parent
        });
        leaf.children.extend(merged);
    }
    if let Some(party) = leaf.children.iter_mut().find(|child| child.name == "RelyingParty")
        && party.child("DefaultUserJourney").is_none()
    {
        party.children.extend(journey);
    }
    if let Some(providers) = leaf.children.iter_mut().find(|child| child.name == "ClaimsProviders") {
        lay::inclusions(&mut providers.children);
        group(providers);
    }
    finish(&mut leaf, Some(&schema::POLICY));
    Some(leaf)
}

/// Technical profiles back into their claims providers. A provider that only held extensions of others' profiles has
/// nothing left.
fn group(providers: &mut Element) {
    let (profiles, mut groups): (Vec<_>, Vec<_>) =
        std::mem::take(&mut providers.children).into_iter().partition(|child| child.name == "TechnicalProfile");
    for profile in profiles {
        let home = profile.provider.map(|provider| provider.span);
        let group = groups.iter_mut().find(|group| Some(group.origin.span) == home);
        let list = group.and_then(|group| group.children.iter_mut().find(|child| child.name == "TechnicalProfiles"));
        list.expect("a profile was read from the list of a provider").children.push(profile);
    }
    groups.retain(|group| group.child("TechnicalProfiles").is_some_and(|list| !list.children.is_empty()));
    providers.children = groups;
}

/// Takes out what inheritance has used up, and puts children into the schema's order; unknown ones go last.
fn finish(element: &mut Element, known: Option<&schema::Element>) {
    // Below the languages of the root are the built-in ones.
    let is_used_up = |attribute: &Attribute| attribute.name == "MergeBehavior" && element.name != "SupportedLanguages";
    element.attributes.retain(|attribute| !is_used_up(attribute));
    element.children.retain(|child| child.name != "BasePolicy");
    let places = known.map(|known| known.content.children()).unwrap_or_default();
    let place = |child: &Element| places.iter().position(|place| place.element.name == child.name);
    element.children.sort_by_key(|child| place(child).unwrap_or(places.len()));
    for child in &mut element.children {
        let known = place(child).map(|place| places[place].element);
        finish(child, known);
    }
}
