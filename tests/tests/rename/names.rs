//! The demo's policies with every id changed: declarations and references are found by what the language says they are,
//! and rewritten where they stand. What others see under a name of its own (`PartnerClaimType`, parameters of
//! transformations, texts) stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

use roxmltree::{Document, Node};

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Policy,
    Claim,
    Transformation,
    Profile,
    Control,
    Journey,
    Exchange,
    Content,
    Predicate,
    PredicateGroup,
    PredicateValidation,
    Resources,
    Key,
}

impl Kind {
    /// All of them but one.
    pub(crate) const BUT_CLAIMS: [Self; 12] = [
        Self::Policy,
        Self::Transformation,
        Self::Profile,
        Self::Control,
        Self::Journey,
        Self::Exchange,
        Self::Content,
        Self::Predicate,
        Self::PredicateGroup,
        Self::PredicateValidation,
        Self::Resources,
        Self::Key,
    ];
}

/// What every id is called now.
#[derive(Debug)]
pub(crate) struct Names(BTreeMap<(Kind, String), String>);

impl Names {
    /// What that id is called now.
    pub(crate) fn of(&self, kind: Kind, id: &str) -> &str {
        let new = self.0.get(&(kind, id.to_lowercase()));
        new.unwrap_or_else(|| panic!("the policies have no {kind:?} {id}"))
    }

    /// Whether there was such an id.
    pub(crate) fn has(&self, kind: Kind, id: &str) -> bool {
        self.0.contains_key(&(kind, id.to_lowercase()))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Numbers them, in the order of the alphabet.
    fn give(found: BTreeSet<(Kind, String)>) -> Self {
        let mut names = BTreeMap::new();
        for (number, (kind, old)) in found.into_iter().enumerate() {
            let prefix = if matches!(kind, Kind::Policy | Kind::Key) { "B2C_1A_" } else { "" };
            names.insert((kind, old), format!("{prefix}N{number:03}"));
        }
        Self(names)
    }
}

/// Writes the policies of a folder to another one under new names.
pub(crate) fn rename(from: &Path, to: &Path) -> Names {
    let mut files: Vec<_> =
        fs::read_dir(from).expect("the policies").map(|entry| entry.expect("a file").path()).collect();
    files.retain(|path| path.extension().is_some_and(|kind| kind == "xml"));
    files.sort();
    let texts: Vec<_> = files.iter().map(|path| fs::read_to_string(path).expect("a policy")).collect();
    let documents: Vec<_> = texts.iter().map(|text| Document::parse(text).expect("well-formed")).collect();
    let found = documents.iter().flat_map(ids).map(|id| (id.kind, id.text.to_lowercase()));
    let names = Names::give(found.collect());
    for (number, (document, text)) in documents.iter().zip(&texts).enumerate() {
        let mut renamed = text.clone();
        let mut ids = ids(document);
        ids.sort_by_key(|id| std::cmp::Reverse(id.place.start));
        for id in ids {
            renamed.replace_range(id.place, names.of(id.kind, &id.text));
        }
        fs::write(to.join(format!("{number}.xml")), renamed).expect("the copy can be written");
    }
    names
}

/// An id where it stands.
struct Id {
    kind: Kind,
    text: String,
    place: Range<usize>,
}

fn ids(document: &Document<'_>) -> Vec<Id> {
    let mut found = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        for attribute in node.attributes() {
            let Some(kind) = by_attribute(node, attribute.name()) else { continue };
            let (mut text, mut place) = (attribute.value(), attribute.range_value());
            // An address that ends with the policy's id.
            if attribute.name() == "PublicPolicyUri" {
                let id = text.rfind('/').map_or(0, |slash| slash + 1);
                (text, place.start) = (&text[id..], place.start + id);
            }
            found.push(Id { kind, text: text.to_owned(), place });
        }
        let text = node.first_child().filter(Node::is_text);
        if let (Some(kind), Some(text)) = (by_text(node), text) {
            found.push(Id { kind, text: text.text().unwrap_or_default().to_owned(), place: text.range() });
        }
    }
    found
}

/// What an attribute of an element names.
fn by_attribute(node: Node<'_, '_>, attribute: &str) -> Option<Kind> {
    Some(match (node.tag_name().name(), attribute) {
        ("TrustFrameworkPolicy", "PolicyId" | "PublicPolicyUri") => Kind::Policy,
        ("ClaimType", "Id") | (_, "ClaimTypeReferenceId") => Kind::Claim,
        ("ClaimsTransformation", "Id") => Kind::Transformation,
        ("InputClaimsTransformation" | "OutputClaimsTransformation", "ReferenceId") => Kind::Transformation,
        // That of a relying party is called so by the language.
        ("TechnicalProfile", "Id") if node.attribute("Id") != Some("PolicyProfile") => Kind::Profile,
        ("ValidationTechnicalProfile" | "IncludeTechnicalProfile", "ReferenceId") => Kind::Profile,
        ("UseTechnicalProfileForSessionManagement", "ReferenceId") => Kind::Profile,
        (_, "TechnicalProfileReferenceId" | "CpimIssuerTechnicalProfileReferenceId") => Kind::Profile,
        ("DisplayControl", "Id") | (_, "DisplayControlReferenceId") => Kind::Control,
        ("UserJourney", "Id") | ("DefaultUserJourney", "ReferenceId") | (_, "UserJourneyReferenceId") => Kind::Journey,
        ("ClaimsExchange", "Id") | (_, "ValidationClaimsExchangeId" | "TargetClaimsExchangeId") => Kind::Exchange,
        ("ContentDefinition", "Id") | (_, "ContentDefinitionReferenceId") => Kind::Content,
        ("Predicate" | "PredicateReference", "Id") => Kind::Predicate,
        ("PredicateGroup", "Id") => Kind::PredicateGroup,
        ("PredicateValidation" | "PredicateValidationReference", "Id") => Kind::PredicateValidation,
        ("LocalizedResources", "Id") | (_, "LocalizedResourcesReferenceId") => Kind::Resources,
        (_, "StorageReferenceId") => Kind::Key,
        ("LocalizedString", "ElementId") => match node.attribute("ElementType") {
            Some("DisplayControl") => Kind::Control,
            Some("ClaimType") => Kind::Claim,
            other => panic!("the element id of {other:?} is not known here"),
        },
        _ => return None,
    })
}

/// What the text of an element names.
fn by_text(node: Node<'_, '_>) -> Option<Kind> {
    let parent = node.parent_element()?;
    Some(match (parent.tag_name().name(), node.tag_name().name(), node.attribute("Key")) {
        ("BasePolicy", "PolicyId", _) => Kind::Policy,
        ("Precondition", "Value", _) if node.prev_sibling_element().is_none() => Kind::Claim,
        (_, "Item", Some("ContentDefinitionReferenceId")) => Kind::Content,
        (_, "Item", Some("SignUpTarget")) => Kind::Exchange,
        (_, "Item", Some("ClaimUsedForRequestPayload" | "issuer_refresh_token_user_identity_claim_type")) => {
            Kind::Claim
        }
        _ => return None,
    })
}
