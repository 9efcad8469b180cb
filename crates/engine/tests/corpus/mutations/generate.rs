//! Makes one mistake in a policy: of a kind that breaks it, at a place chosen at random.
//!
//! Shares nothing with the compiler but the XML library, so that it cannot inherit its blind spots: the few facts of the
//! language that it needs are written here again. It looks for places where the mistake must show: a reference inside an item
//! that another file of the chain declares too may be overridden, and a declaration that nobody refers to is not missed.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use roxmltree::{Document, Node};

/// A source of chance that anybody can repeat: SplitMix64.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).expect("below a usize")
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Everywhere that a kind of mistake can be made.
type Sites = fn(&Chain<'_>) -> Vec<Site>;

/// The kinds of mistakes.
const KINDS: &[(&str, Sites)] = &[
    ("rename a reference", renames),
    ("delete a declaration", deletions),
    ("swap order", swaps),
    ("change a type", types),
    ("duplicate an id", duplicates),
    ("break a precondition", preconditions),
];

/// A place, what to write there, and how to recognise that a finding is about it.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    file: usize,
    edits: Vec<(Range<usize>, String)>,
    /// The element with the mistake, before the edits.
    element: Range<usize>,
    /// The id that its users write.
    name: String,
    what: String,
}

/// A policy with a mistake.
#[derive(Clone, Debug)]
pub(crate) struct Mutant {
    pub(crate) kind: &'static str,
    pub(crate) what: String,
    pub(crate) file: usize,
    pub(crate) text: String,
    /// Bytes of the changed element, in the new text; empty where it is gone.
    pub(crate) element: Range<usize>,
    pub(crate) name: String,
}

/// The files of a policy, leaf first, parsed.
pub(crate) struct Chain<'a> {
    documents: Vec<Document<'a>>,
    /// In how many files an item of that element name and id is declared.
    declared: HashMap<(String, String), usize>,
}

impl<'a> Chain<'a> {
    pub(crate) fn new(texts: &'a [String]) -> Self {
        let documents: Vec<Document<'a>> =
            texts.iter().map(|text| Document::parse(text).expect("a clean policy is XML")).collect();
        let mut declared = HashMap::new();
        for document in &documents {
            let ids: HashSet<_> = document.descendants().filter_map(item).collect();
            for id in ids {
                *declared.entry(id).or_default() += 1;
            }
        }
        Self { documents, declared }
    }

    /// A mistake of some kind, at some place.
    pub(crate) fn mutant(&self, chance: &mut Chance) -> Mutant {
        loop {
            let (kind, sites) = chance.pick(KINDS);
            let sites = sites(self);
            if !sites.is_empty() {
                return self.applied(kind, chance.pick(&sites));
            }
        }
    }

    fn applied(&self, kind: &'static str, site: &Site) -> Mutant {
        let mut text = self.documents[site.file].input_text().to_owned();
        let mut edits = site.edits.clone();
        edits.sort_by_key(|(range, _)| range.start);
        // All edits lie inside the element, so it begins where it did.
        let mut end = site.element.end;
        for (range, with) in edits.iter().rev() {
            text.replace_range(range.clone(), with);
            end = end + with.len() - range.len();
        }
        let element = site.element.start..end;
        Mutant { kind, what: site.what.clone(), file: site.file, text, element, name: site.name.clone() }
    }

    fn nodes(&self) -> impl Iterator<Item = (usize, Node<'_, 'a>)> {
        self.documents
            .iter()
            .enumerate()
            .flat_map(|(file, document)| document.descendants().filter(Node::is_element).map(move |node| (file, node)))
    }

    /// Whether no other file of the chain can override what stands here.
    fn is_settled(&self, node: Node<'_, '_>) -> bool {
        node.ancestors().filter_map(item).all(|id| self.declared.get(&id) == Some(&1))
            && !node.ancestors().any(|above| name(above) == "RelyingParty" && !is_leaf(&self.documents[0], node))
    }
}

fn is_leaf(leaf: &Document<'_>, node: Node<'_, '_>) -> bool {
    std::ptr::eq(leaf.input_text(), node.document().input_text())
}

/// Elements that declare something by `Id`, for the whole policy.
const ITEMS: &[&str] = &[
    "ClaimType",
    "Predicate",
    "PredicateValidation",
    "ClaimsTransformation",
    "ContentDefinition",
    "LocalizedResources",
    "DisplayControl",
    "TechnicalProfile",
    "UserJourney",
    "SubJourney",
];

fn item(node: Node<'_, '_>) -> Option<(String, String)> {
    let relying_party = node.ancestors().any(|above| name(above) == "RelyingParty");
    let declares = ITEMS.contains(&name(node)) && !relying_party;
    node.attribute("Id").filter(|_| declares).map(|id| (name(node).to_owned(), folded(id)))
}

/// Attributes that refer to something, and what they refer to.
const REFERENCES: &[(&str, &str, &str)] = &[
    ("InputClaim", "ClaimTypeReferenceId", "ClaimType"),
    ("OutputClaim", "ClaimTypeReferenceId", "ClaimType"),
    ("PersistedClaim", "ClaimTypeReferenceId", "ClaimType"),
    ("DisplayClaim", "ClaimTypeReferenceId", "ClaimType"),
    ("InputClaimsTransformation", "ReferenceId", "ClaimsTransformation"),
    ("OutputClaimsTransformation", "ReferenceId", "ClaimsTransformation"),
    ("ClaimsExchange", "TechnicalProfileReferenceId", "TechnicalProfile"),
    ("ValidationTechnicalProfile", "ReferenceId", "TechnicalProfile"),
    ("ValidationClaimsExchangeTechnicalProfile", "TechnicalProfileReferenceId", "TechnicalProfile"),
    ("IncludeTechnicalProfile", "ReferenceId", "TechnicalProfile"),
    ("UseTechnicalProfileForSessionManagement", "ReferenceId", "TechnicalProfile"),
    ("OrchestrationStep", "CpimIssuerTechnicalProfileReferenceId", "TechnicalProfile"),
    ("OrchestrationStep", "ContentDefinitionReferenceId", "ContentDefinition"),
    ("ClaimsProviderSelection", "TargetClaimsExchangeId", "ClaimsExchange"),
    ("ClaimsProviderSelection", "ValidationClaimsExchangeId", "ClaimsExchange"),
    ("Candidate", "SubJourneyReferenceId", "SubJourney"),
    ("DefaultUserJourney", "ReferenceId", "UserJourney"),
    ("DisplayClaim", "DisplayControlReferenceId", "DisplayControl"),
    ("PredicateValidationReference", "Id", "PredicateValidation"),
    ("PredicateReference", "Id", "Predicate"),
    ("LocalizedResourcesReference", "LocalizedResourcesReferenceId", "LocalizedResources"),
];

/// References inside this element, each with the bytes to change.
fn references(node: Node<'_, '_>) -> Vec<(&'static str, String, Range<usize>)> {
    let named = REFERENCES.iter().filter(|(element, ..)| *element == name(node));
    let mut found: Vec<_> = named
        .filter_map(|(_, attribute, target)| {
            let written = node.attributes().find(|one| one.name() == *attribute)?;
            Some((*target, written.value().to_owned(), written.range_value()))
        })
        .collect();
    if name(node) == "Item" && node.attribute("Key") == Some("ContentDefinitionReferenceId") {
        found.extend(inside(node).map(|range| ("ContentDefinition", text(node).to_owned(), range)));
    }
    found
}

fn renames(chain: &Chain<'_>) -> Vec<Site> {
    let mut sites = Vec::new();
    for (file, node) in chain.nodes().filter(|(_, node)| chain.is_settled(*node)) {
        for (target, id, range) in references(node).into_iter().filter(|(_, id, _)| is_plain(id)) {
            let new = misspelt(&id);
            let what = format!("{} `{id}` of a {} becomes `{new}`", name(node), target);
            sites.push(Site { file, edits: vec![(range, new.clone())], element: node.range(), name: new, what });
        }
        let transformation = node.ancestors().any(|above| name(above) == "ClaimsTransformation");
        if let Some(role) =
            node.attributes().find(|one| one.name() == "TransformationClaimType").filter(|_| transformation)
        {
            let new = misspelt(role.value());
            let what = format!("TransformationClaimType `{}` becomes `{new}`", role.value());
            let edits = vec![(role.range_value(), new.clone())];
            sites.push(Site { file, edits, element: node.range(), name: new, what });
        }
    }
    let base = |node: &Node<'_, '_>| name(*node) == "PolicyId";
    for (file, node) in chain.nodes().filter(|(_, node)| base(node)) {
        let new = misspelt(text(node));
        let what = format!("the base `{}` becomes `{new}`", text(node));
        let edits = inside(node).map(|range| (range, new.clone())).into_iter().collect();
        sites.push(Site { file, edits, element: node.range(), name: new, what });
    }
    sites
}

/// A file, and bytes of it.
type Place = (usize, Range<usize>);

fn deletions(chain: &Chain<'_>) -> Vec<Site> {
    let mut used: HashMap<(&str, String), Vec<Place>> = HashMap::new();
    for (file, node) in chain.nodes().filter(|(_, node)| chain.is_settled(*node)) {
        for (target, id, range) in references(node) {
            used.entry((target, folded(&id))).or_default().push((file, range));
        }
    }
    let mut sites = Vec::new();
    for (file, node) in chain.nodes().filter(|(_, node)| chain.is_settled(*node)) {
        let id = node.attribute("Id").unwrap_or_default();
        let whole = node.range();
        let declares = item(node).is_some() || name(node) == "ClaimsExchange";
        let outside =
            |(other, at): &(usize, Range<usize>)| *other != file || at.start < whole.start || at.start > whole.end;
        let missed = used.get(&(name(node), folded(id))).is_some_and(|users| users.iter().any(outside));
        // Two steps may offer the same exchange id; a step that loses its only exchange is another mistake.
        if declares && missed && is_plain(id) {
            let what = format!("{} `{id}` is deleted", name(node));
            let edits = vec![(whole.clone(), String::new())];
            sites.push(Site { file, edits, element: whole, name: id.to_owned(), what });
        }
    }
    sites
}

/// Elements whose children stand in a fixed order.
const SEQUENCES: &[&str] = &[
    "TrustFrameworkPolicy",
    "BuildingBlocks",
    "ClaimType",
    "ClaimsTransformation",
    "ClaimsProvider",
    "TechnicalProfile",
    "UserJourneyBehaviors",
    "RelyingParty",
    "DisplayControl",
];

fn swaps(chain: &Chain<'_>) -> Vec<Site> {
    let mut sites = Vec::new();
    for (file, parent) in chain.nodes().filter(|(_, node)| SEQUENCES.contains(&name(*node))) {
        let source = chain.documents[file].input_text();
        let children: Vec<_> = parent.children().filter(Node::is_element).collect();
        for pair in children.windows(2).filter(|pair| name(pair[0]) != name(pair[1])) {
            let (first, second) = (pair[0].range(), pair[1].range());
            let edits = vec![
                (first.clone(), source[second.clone()].to_owned()),
                (second.clone(), source[first.clone()].to_owned()),
            ];
            let what = format!("{} and {} of {} change places", name(pair[0]), name(pair[1]), name(parent));
            let element = first.start..second.end;
            sites.push(Site { file, edits, element, name: String::new(), what });
        }
    }
    sites.extend(hasty_endings(chain));
    sites
}

/// A journey whose last step, which sends claims, is made its first.
fn hasty_endings(chain: &Chain<'_>) -> Vec<Site> {
    let mut sites = Vec::new();
    let journeys = chain.nodes().filter(|(_, node)| name(*node) == "UserJourney" && chain.is_settled(*node));
    for (file, journey) in journeys {
        let steps: Vec<_> = journey.descendants().filter(|node| name(*node) == "OrchestrationStep").collect();
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else { continue };
        let order = |step: &Node<'_, '_>| {
            step.attributes().find(|one| one.name() == "Order").map(|one| (one.range_value(), one.value().to_owned()))
        };
        let (Some((at, one)), Some((end, many))) = (order(first), order(last)) else { continue };
        if steps.len() > 2 && last.attribute("Type") == Some("SendClaims") && is_plain(&one) && is_plain(&many) {
            let what = format!(
                "the first and the last step of journey {} change places",
                journey.attribute("Id").unwrap_or_default()
            );
            let edits = vec![(at, many), (end, one)];
            let element = first.range().start..last.range().end;
            sites.push(Site { file, edits, element, name: String::new(), what });
        }
    }
    sites
}

/// Operands whose type is fixed: method, operand, type.
const OPERANDS: &[(&str, &str, &str)] = &[
    ("CreateStringClaim", "createdClaim", "string"),
    ("FormatStringClaim", "inputClaim", "string"),
    ("FormatStringClaim", "outputClaim", "string"),
    ("FormatStringMultipleClaims", "inputClaim1", "string"),
    ("AssertBooleanClaimIsEqualToValue", "inputClaim", "boolean"),
    ("CompareBooleanClaimToValue", "inputClaim", "boolean"),
    ("AssertStringClaimsAreEqual", "inputClaim1", "string"),
    ("AssertStringClaimsAreEqual", "inputClaim2", "string"),
    ("AddItemToStringCollection", "item", "string"),
    ("AddItemToStringCollection", "collection", "stringCollection"),
    ("CreateAlternativeSecurityId", "key", "string"),
    ("CreateRandomString", "outputClaim", "string"),
    ("CompareClaims", "inputClaim1", "string"),
    ("CompareClaims", "outputClaim", "boolean"),
    ("CompareClaimToValue", "inputClaim1", "string"),
    ("DoesClaimExist", "outputClaim", "boolean"),
    ("GetCurrentDateTime", "currentDateTime", "dateTime"),
    ("LookupValue", "inputParameterId", "string"),
    ("ChangeCase", "inputClaim1", "string"),
    ("StringReplace", "inputClaim", "string"),
];

fn types(chain: &Chain<'_>) -> Vec<Site> {
    let mut typed: HashMap<String, &str> = HashMap::new();
    for (_, node) in chain.nodes().filter(|(_, node)| chain.is_settled(*node)) {
        let Some(method) = node.ancestors().find_map(|above| above.attribute("TransformationMethod")) else { continue };
        let (Some(claim), role) = (node.attribute("ClaimTypeReferenceId"), node.attribute("TransformationClaimType"))
        else {
            continue;
        };
        let fixed = OPERANDS.iter().find(|(of, operand, _)| of.eq_ignore_ascii_case(method) && Some(*operand) == role);
        typed.extend(fixed.map(|(.., kind)| (folded(claim), *kind)));
    }
    let mut sites = Vec::new();
    for (file, claim) in chain.nodes().filter(|(_, node)| name(*node) == "ClaimType" && chain.is_settled(*node)) {
        let Some(kind) = claim.children().find(|child| name(*child) == "DataType") else { continue };
        let (Some(range), id) = (inside(kind), claim.attribute("Id").unwrap_or_default()) else { continue };
        let mut site = |new: &str| {
            let what = format!("the type of claim `{id}`, {}, becomes {new}", text(kind));
            let edits = vec![(range.clone(), new.to_owned())];
            sites.push(Site { file, edits, element: claim.range(), name: id.to_owned(), what });
        };
        site(&misspelt(text(kind)));
        if let Some(wanted) = typed.get(&folded(id)).filter(|wanted| **wanted == text(kind)) {
            site(if *wanted == "boolean" { "string" } else { "boolean" });
        }
    }
    sites
}

fn duplicates(chain: &Chain<'_>) -> Vec<Site> {
    const MORE: &[(&str, &str)] =
        &[("OrchestrationStep", "Order"), ("ClaimsExchange", "Id"), ("Item", "Key"), ("Key", "Id")];
    let mut sites = Vec::new();
    for (file, node) in chain.nodes() {
        let more = MORE.iter().find(|(element, _)| *element == name(node)).and_then(|(_, key)| node.attribute(*key));
        let localized = node.ancestors().any(|above| name(above) == "LocalizedCollection");
        let Some(id) = item(node).map(|(_, id)| id).or(more.filter(|_| !localized).map(str::to_owned)) else {
            continue;
        };
        let whole = node.range();
        let copy = chain.documents[file].input_text()[whole.clone()].to_owned();
        let what = format!("{} `{id}` is written twice", name(node));
        let element = whole.clone();
        sites.push(Site { file, edits: vec![(whole.end..whole.end, copy)], element, name: id, what });
    }
    sites
}

fn preconditions(chain: &Chain<'_>) -> Vec<Site> {
    let mut sites = Vec::new();
    for (file, node) in chain.nodes().filter(|(_, node)| name(*node) == "Precondition" && chain.is_settled(*node)) {
        let mut site = |range: Range<usize>, with: String, what: String| {
            sites.push(Site { file, edits: vec![(range, with)], element: node.range(), name: String::new(), what });
        };
        let values: Vec<_> = node.children().filter(|child| name(*child) == "Value").collect();
        if let Some((range, claim)) = values.first().and_then(|value| Some((inside(*value)?, text(*value)))) {
            site(range, misspelt(claim), format!("the claim `{claim}` of a precondition is misspelt"));
        }
        if let Some(value) = values.last() {
            site(value.range(), String::new(), "the last Value of a precondition is deleted".to_owned());
        }
        for attribute in node.attributes().filter(|one| matches!(one.name(), "Type" | "ExecuteActionsIf")) {
            let what = format!("{} `{}` of a precondition is misspelt", attribute.name(), attribute.value());
            site(attribute.range_value(), misspelt(attribute.value()), what);
        }
        if let Some((range, action)) = node
            .children()
            .find(|child| name(*child) == "Action")
            .and_then(|action| Some((inside(action)?, text(action))))
        {
            site(range, misspelt(action), format!("the action `{action}` of a precondition is misspelt"));
        }
    }
    sites
}

fn name<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

fn text<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default().trim()
}

/// Where the trimmed text of an element stands.
fn inside(node: Node<'_, '_>) -> Option<Range<usize>> {
    let text = node.children().find(Node::is_text)?;
    let whole = &node.document().input_text()[text.range()];
    let start = text.range().start + (whole.len() - whole.trim_start().len());
    (!whole.trim().is_empty()).then(|| start..start + whole.trim().len())
}

fn folded(id: &str) -> String {
    id.trim().to_lowercase()
}

/// Whether it is no placeholder and needs no escaping.
fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// A slip of the finger: a letter more.
fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.trim().chars().collect();
    letters.insert(letters.len() / 2, 'q');
    letters.into_iter().collect()
}
