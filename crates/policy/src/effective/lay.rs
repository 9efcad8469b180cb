//! A child's element over its parent's, as the table of rules says.

use indexmap::IndexMap;
use journeyman_claims::Name;

use super::rules::{Both, PROVIDER_DOMAIN, Same, rule};
use super::{Element, Origin};
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
        Both::ByMergeBehavior if parent.children.is_empty() || !is_list(&child) => replace(parent, child, same),
        Both::ByMergeBehavior => merge_lists(parent, child),
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
    let mut met = vec![false; parent.children.len()];
    for part in child.children {
        match counterpart(&parent.children, &part, &met) {
            Some(at) => {
                if let Some(met) = met.get_mut(at) {
                    *met = true;
                }
                over(&mut parent.children[at], part);
            }
            None => parent.children.push(part),
        }
    }
    if parent.name == "OrchestrationSteps" {
        sort(&mut parent.children);
    }
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

/// The element among the parent's that is the same one as the child's.
pub(super) fn counterpart(parents: &[Element], child: &Element, met: &[bool]) -> Option<usize> {
    let same = rule(&child.name).0;
    let free = |at: &usize| met.get(*at).is_some_and(|met| !met);
    let alike = |at: &usize| parents[*at].name == child.name && is_same(same, &parents[*at], child);
    match same {
        Same::Order => (0..parents.len()).filter(free).find(alike),
        Same::Claim => {
            let partner = |of: &Element| {
                of.attribute("PartnerClaimType").filter(|name| !name.trim().is_empty()).map(str::to_owned)
            };
            let by_name = |at: &usize| partner(&parents[*at]) == partner(child);
            let candidates = || (0..parents.len()).filter(free).filter(alike);
            candidates().find(by_name).or_else(|| candidates().next())
        }
        _ => (0..parents.len()).find(alike),
    }
}

fn is_same(same: Same, parent: &Element, child: &Element) -> bool {
    let equal = |name: &str| names_equal(parent.attribute(name), child.attribute(name));
    match same {
        Same::Only => true,
        Same::Never => false,
        Same::Id(attribute) | Same::Listed(&[attribute]) => equal(attribute),
        Same::Listed(attributes) => attributes.iter().all(|attribute| equal(attribute)),
        Same::Text => names_equal(Some(parent.text()), Some(child.text())),
        Same::Claim => equal("ClaimTypeReferenceId"),
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
    if !is_list(parent) {
        return replace(parent, child, Same::Only);
    }
    let behavior = child.attribute("MergeBehavior").unwrap_or("ReplaceAll").trim().to_ascii_lowercase();
    lay_attributes(parent, &child);
    let mut items = child.children;
    parent.children.retain(|old| counterpart(&items, old, &[]).is_none());
    match behavior.as_str() {
        "append" => parent.children.append(&mut items),
        "prepend" => {
            items.append(&mut parent.children);
            parent.children = items;
        }
        _ => parent.children = items,
    }
    nearer(parent, child.origin, child.also);
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
        strip(&mut under);
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

/// What is of the target's place, not of the target, is not included.
fn strip(under: &mut Element) {
    under.children.retain(|child| child.name != PROVIDER_DOMAIN && !INCLUSIONS.contains(&child.name.as_str()));
}

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
