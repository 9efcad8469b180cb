//! A child's element over its parent's, as the table of rules says.

use indexmap::IndexMap;
use journeyman_claims::Name;

use super::rules::{Both, Same, rule};
use super::{Attribute, Element, Origin};
use crate::include::{self, Inclusions};
use crate::source::Spanned;

/// Lays the child over its parent.
pub(super) fn over(parent: &mut Element, child: Element) {
    if says_nothing(&child) {
        return;
    }
    let (same, both) = rule(&child.name);
    match both {
        Both::Replaced => replace(parent, child, same),
        Both::ByMergeBehavior => {
            let (first, second) = (behavior(parent), behavior(&child));
            // What two lists of one file do together to a parent's.
            let together = if is_replace(second.as_ref()) { second } else { first };
            merge_lists(parent, child);
            parent.attributes.retain(|attribute| attribute.name != MERGE_BEHAVIOR);
            parent.attributes.extend(together);
        }
        Both::ChildFirst => {
            let mut items = child.children;
            items.append(&mut parent.children);
            parent.children = items;
            nearer(parent, child.origin, child.also);
        }
        Both::Parts => lay_parts(parent, child, same),
    }
}

/// An empty element changes nothing, unless emptiness is what it says.
fn says_nothing(element: &Element) -> bool {
    let empty_means_none = ["Preconditions", "LocalizedResourcesReferences", "SupportedLanguages"];
    let is_restriction = element.name == "Restriction";
    (element.attributes.is_empty() || is_restriction)
        && element.children.is_empty()
        && element.text().is_empty()
        && !empty_means_none.contains(&element.name.as_str())
}

fn replace(parent: &mut Element, child: Element, same: Same) {
    let spelling = id_of(parent, same).map(str::to_owned);
    *parent = child;
    respell(parent, same, spelling);
}

fn id_of(element: &Element, same: Same) -> Option<&str> {
    match same {
        Same::Id(attribute) => element.attribute(attribute),
        _ => None,
    }
}

/// The first spelling of an id stays.
fn respell(element: &mut Element, same: Same, spelling: Option<String>) {
    if let (Same::Id(name), Some(spelling)) = (same, spelling)
        && let Some(attribute) = element.attributes.iter_mut().find(|attribute| attribute.name == name)
    {
        attribute.value = spelling;
    }
}

fn lay_parts(parent: &mut Element, child: Element, same: Same) {
    let spelling = id_of(parent, same).map(str::to_owned);
    lay_attributes(parent, &child);
    respell(parent, same, spelling);
    let over_which = counterparts(&parent.children, &child.children);
    for (part, at) in child.children.into_iter().zip(over_which) {
        match at {
            Some(at) => over(&mut parent.children[at], part),
            None => parent.children.push(part),
        }
    }
    if parent.name == "OrchestrationSteps" {
        sort(&mut parent.children);
    }
    // Claims providers only group, but a profile has the domain of its provider: the last that has one is shown around it.
    parent.provider = child.provider.filter(|provider| provider.has_domain).or(parent.provider);
    nearer(parent, child.origin, child.also);
}

/// Steps by their numbers.
pub(super) fn sort(steps: &mut [Element]) {
    steps.sort_by_key(|step| step.attribute("Order").and_then(|order| order.trim().parse::<u32>().ok()));
}

/// An attribute without a value is as good as none, but for a default value, which may be empty.
fn lay_attributes(parent: &mut Element, child: &Element) {
    for new in child.attributes.iter().filter(|new| !new.value.trim().is_empty() || new.name == "DefaultValue") {
        match parent.attributes.iter_mut().find(|old| old.name == new.name) {
            Some(old) => *old = new.clone(),
            None => parent.attributes.push(new.clone()),
        }
    }
}

fn nearer(parent: &mut Element, origin: Origin, also: Vec<Origin>) {
    let older = std::mem::replace(&mut parent.origin, origin);
    parent.also.push(older);
    parent.also.extend(also);
}

/// For each element of the child's the one of the parent's that is the same, each used once: claims find their own outside
/// name before any other.
fn counterparts(parents: &[Element], children: &[Element]) -> Vec<Option<usize>> {
    let mut found = vec![None; children.len()];
    let mut free = vec![true; parents.len()];
    for by_outside_name in [true, false] {
        for (child, found) in children.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let named = |at: usize| !by_outside_name || outside_name(&parents[at]) == outside_name(child);
            *found = counterpart(parents, child, |at| free[at] && named(at));
            if let Some(at) = *found {
                free[at] = false;
            }
        }
    }
    found
}

/// The first of the parent's elements that is the same one as the child's and may be.
pub(super) fn counterpart(parents: &[Element], child: &Element, may_be: impl Fn(usize) -> bool) -> Option<usize> {
    let same = rule(&child.name).0;
    let alike = |at: &usize| may_be(*at) && parents[*at].name == child.name && is_same(same, &parents[*at], child);
    (0..parents.len()).find(alike)
}

pub(super) fn outside_name(claim: &Element) -> Option<&str> {
    claim.attribute("PartnerClaimType").filter(|name| !name.trim().is_empty())
}

fn is_same(same: Same, parent: &Element, child: &Element) -> bool {
    let equal = |name: &str| names_equal(parent.attribute(name), child.attribute(name));
    match same {
        Same::Only => true,
        Same::Never => false,
        Same::Id(attribute) | Same::Listed(&[attribute]) => equal(attribute),
        Same::Listed(attributes) => attributes.iter().all(|attribute| equal(attribute)),
        Same::Text => names_equal(Some(parent.text()), Some(child.text())),
        Same::Claim => equal("ClaimTypeReferenceId") && equal("DisplayControlReferenceId"),
        Same::Exchange => {
            let of = |element: &'_ Element| {
                let target = element.attribute("TargetClaimsExchangeId");
                target.or_else(|| element.attribute("ValidationClaimsExchangeId")).map(str::to_owned)
            };
            names_equal(of(parent).as_deref(), of(child).as_deref())
        }
        Same::Order => parent.attribute("Order").map(str::trim) == child.attribute("Order").map(str::trim),
    }
}

fn names_equal(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Name::new(a) == Name::new(b),
        (None, None) => true,
        _ => false,
    }
}

/// A pattern is no list, whatever its restriction says.
fn is_list(element: &Element) -> bool {
    element.child("Pattern").is_none()
}

fn merge_lists(parent: &mut Element, child: Element) {
    let by = behavior(&child);
    if is_replace(by.as_ref()) || !is_list(parent) || !is_list(&child) {
        let own = std::mem::take(&mut parent.children);
        lay_attributes(parent, &child);
        parent.children = if child.children.is_empty() && child.name == "Restriction" { own } else { child.children };
        (parent.origin, parent.also) = (child.origin, child.also);
        return;
    }
    lay_attributes(parent, &child);
    let mut items = child.children;
    parent.children.retain(|old| counterpart(&items, old, |_| true).is_none());
    if by.is_some_and(|by| by.value.trim().eq_ignore_ascii_case("Prepend")) {
        std::mem::swap(&mut items, &mut parent.children);
    }
    parent.children.append(&mut items);
    nearer(parent, child.origin, child.also);
}

const MERGE_BEHAVIOR: &str = "MergeBehavior";

fn behavior(element: &Element) -> Option<Attribute> {
    element.attributes.iter().find(|attribute| attribute.name == MERGE_BEHAVIOR).cloned()
}

/// Without the attribute, and with a word that is none of its values, a list replaces.
fn is_replace(behavior: Option<&Attribute>) -> bool {
    let adds = ["Append", "Prepend"];
    !behavior.is_some_and(|by| adds.iter().any(|word| word.eq_ignore_ascii_case(by.value.trim())))
}

/// Lays every technical profile over what it includes, at any depth.
pub(super) fn inclusions(profiles: &mut [Element]) {
    let mut wanted: IndexMap<Name, (usize, Inclusions)> = IndexMap::new();
    for (at, profile) in profiles.iter().enumerate().filter(|(_, profile)| profile.name == "TechnicalProfile") {
        let reference =
            |name: &str| profile.child(name).and_then(|child| child.attribute("ReferenceId")).map(Name::new);
        let claims = profile.child("IncludeClaimsFromTechnicalProfile").map(|child| Name::new(child.text()));
        let spanned = |id: Name| Spanned::new(id, profile.origin.span);
        let inclusions = Inclusions {
            whole: reference("IncludeTechnicalProfile").map(spanned),
            claims: claims.filter(|id| !id.as_str().is_empty()).map(spanned),
            unresolved: false,
        };
        if let Some(id) = profile.attribute("Id") {
            wanted.insert(Name::new(id), (at, inclusions));
        }
    }
    let order = include::order(&wanted, |(_, inclusions)| inclusions);
    for (profile, part, target) in &order.steps {
        let (at, target_at) = (wanted[*profile].0, wanted[*target].0);
        let mut under = profiles[target_at].clone();
        if let Some((id, _)) = wanted.get_index(*target) {
            included(&mut under, id);
        }
        under.children.retain(|child| !INCLUSIONS.contains(&child.name.as_str()));
        if *part == include::Part::Claims {
            under.children.retain(|child| child.name == "InputClaims" || child.name == "OutputClaims");
            under.attributes.clear();
            under.also.clear();
        }
        under.provider = profiles[at].provider;
        // An inclusion gives no name, and the first spelling of an id stays.
        under.attributes.retain(|attribute| attribute.name != "Id");
        let own = profiles[at].clone();
        let id = own.attributes.iter().find(|attribute| attribute.name == "Id").cloned();
        under.attributes.splice(0..0, id);
        over(&mut under, own);
        profiles[at] = under;
    }
    for (_, (at, _)) in wanted.values().enumerate().filter(|(profile, _)| order.is_complete(*profile)) {
        profiles[*at].children.retain(|child| !INCLUSIONS.contains(&child.name.as_str()));
    }
}

const INCLUSIONS: &[&str] = &["IncludeTechnicalProfile", "IncludeClaimsFromTechnicalProfile"];

/// Marks everything as brought in by a profile, unless another one brought it into that.
fn included(element: &mut Element, by: &Name) {
    let mark = |origin: &mut Origin| {
        origin.included.get_or_insert_with(|| by.clone());
    };
    mark(&mut element.origin);
    element.also.iter_mut().for_each(mark);
    element.attributes.iter_mut().for_each(|attribute| mark(&mut attribute.origin));
    element.text.iter_mut().for_each(|(_, origin)| mark(origin));
    element.children.iter_mut().for_each(|child| included(child, by));
}
