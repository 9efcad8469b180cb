//! `IncludeTechnicalProfile` and `IncludeClaimsFromTechnicalProfile`: laid under the including profile after the whole
//! chain is merged.
//!
//! The order matters: an extension of a common profile, in whatever file, must reach every profile that includes it.

use std::collections::HashSet;

use indexmap::IndexMap;
use journeyman_claims::Name;

use crate::codes;
use crate::diagnostic::Sink;
use crate::document::TechnicalProfileLayer;
use crate::merge::Layer;
use crate::model::Ref;
use crate::nearest::nearest;

/// What a profile includes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inclusions {
    /// `IncludeTechnicalProfile`.
    pub(crate) whole: Option<Ref>,
    /// `IncludeClaimsFromTechnicalProfile`: input and output claims alone.
    pub(crate) claims: Option<Ref>,
    /// Whether it, or what it includes, includes a whole profile that is not there, or one in a circle. Then nobody
    /// knows what else it would have.
    pub(crate) unresolved: bool,
}

impl Inclusions {
    fn references(&self) -> [(Part, Option<&Ref>); 2] {
        [(Part::Whole, self.whole.as_ref()), (Part::Claims, self.claims.as_ref())]
    }
}

/// How much of a profile is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Claims,
}

/// The inclusions of a set of profiles, in an order in which what is included is complete already.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// Profile, what of the target, target.
    pub(crate) steps: Vec<(usize, Part, usize)>,
    /// References to profiles that do not exist.
    missing: Vec<Ref>,
    /// References that lead back to the profile named with them. Nothing in a circle can be completed; each profile of it
    /// keeps what it has itself.
    circles: Vec<(Ref, usize)>,
    /// The profiles in circles.
    in_circle: Vec<bool>,
}

impl Order {
    /// Whether everything that a profile includes is in it now.
    pub(crate) fn is_complete(&self, profile: usize) -> bool {
        !self.in_circle[profile]
    }
}

/// Follows every inclusion, at any depth.
pub(crate) fn order<P>(profiles: &IndexMap<Name, P>, inclusions: impl Fn(&P) -> &Inclusions) -> Order {
    let in_circle = (0..profiles.len()).map(|at| includes_itself(profiles, &inclusions, at)).collect();
    let mut order = Order { in_circle, ..Order::default() };
    let mut done = vec![false; profiles.len()];
    for start in 0..profiles.len() {
        // The way from a profile down to what it includes, each with how many of its references were followed.
        let mut way: Vec<(usize, usize)> = if done[start] { Vec::new() } else { vec![(start, 0)] };
        while let Some((at, followed)) = way.last_mut() {
            let (at, references) = (*at, inclusions(&profiles[*at]).references());
            let Some((_, reference)) = references.get(*followed) else {
                done[at] = true;
                way.pop();
                let targets =
                    references.iter().filter_map(|(part, to)| Some((*part, profiles.get_index_of(&(*to)?.value)?)));
                if !order.in_circle[at] {
                    order.steps.extend(targets.map(|(part, target)| (at, part, target)));
                }
                continue;
            };
            *followed += 1;
            let Some(reference) = reference else { continue };
            match profiles.get_index_of(&reference.value) {
                None => order.missing.push((*reference).clone()),
                Some(target) if way.iter().any(|(on_way, _)| *on_way == target) => {
                    order.circles.push(((*reference).clone(), target));
                }
                Some(target) if done[target] => {}
                Some(target) => way.push((target, 0)),
            }
        }
    }
    order
}

/// Whether the inclusions of a profile lead back to it, by whatever way.
fn includes_itself<P>(profiles: &IndexMap<Name, P>, inclusions: impl Fn(&P) -> &Inclusions, profile: usize) -> bool {
    let (mut seen, mut waiting) = (HashSet::new(), vec![profile]);
    while let Some(at) = waiting.pop() {
        let targets = inclusions(&profiles[at]).references().into_iter().filter_map(|(_, to)| to);
        for target in targets.filter_map(|to| profiles.get_index_of(&to.value)) {
            if target == profile {
                return true;
            }
            if seen.insert(target) {
                waiting.push(target);
            }
        }
    }
    false
}

/// Applies every inclusion. A missing target or a circle is reported.
pub(crate) fn apply(profiles: &mut IndexMap<Name, TechnicalProfileLayer>, sink: &mut Sink) {
    let order = order(profiles, |profile| &profile.inclusions);
    for missing in &order.missing {
        let near = nearest(&missing.value, profiles.iter().map(|(id, profile)| (id, profile.span)));
        sink.report(codes::unknown_profile::unknown_profile(missing, near));
    }
    for (reference, profile) in &order.circles {
        sink.report(codes::include_cycle::include_cycle(reference, profiles[*profile].span));
    }
    let leads_nowhere = |(at, profile): (usize, &TechnicalProfileLayer)| {
        let whole = profile.inclusions.whole.as_ref();
        order.in_circle[at] || whole.is_some_and(|target| !profiles.contains_key(&target.value))
    };
    let mut unresolved: Vec<bool> = profiles.values().enumerate().map(leads_nowhere).collect();
    for (at, part, target) in order.steps {
        unresolved[at] |= part == Part::Whole && unresolved[target];
        let target = &profiles[target];
        match part {
            Part::Whole => {
                // The domain of the claims provider around the target is of its place, not of the target.
                let mut under = TechnicalProfileLayer { provider_domain: None, ..target.clone() };
                under.lay(profiles[at].clone());
                profiles[at] = under;
            }
            Part::Claims => {
                let (inputs, outputs) = (target.input_claims.clone(), target.output_claims.clone());
                profiles[at].lay_claims_under(inputs, outputs);
            }
        }
    }
    for (profile, unresolved) in profiles.values_mut().zip(unresolved) {
        profile.inclusions.unresolved = unresolved;
    }
}

#[cfg(test)]
mod tests {
    use journeyman_claims::Name;

    use crate::testing::{compile, file};

    #[test]
    fn who_is_in_a_circle_does_not_depend_on_who_comes_first() {
        let profiles = [
            r#"<TechnicalProfile Id="Two"><IncludeClaimsFromTechnicalProfile>One</IncludeClaimsFromTechnicalProfile>
<IncludeTechnicalProfile ReferenceId="Three" /></TechnicalProfile>"#,
            r#"<TechnicalProfile Id="One"><IncludeTechnicalProfile ReferenceId="Three" /></TechnicalProfile>"#,
            r#"<TechnicalProfile Id="Three"><IncludeClaimsFromTechnicalProfile>Two</IncludeClaimsFromTechnicalProfile></TechnicalProfile>"#,
        ];
        for first in 0..profiles.len() {
            let inside: String = (0..profiles.len()).map(|at| profiles[(first + at) % profiles.len()]).collect();
            let provider = format!(
                "<ClaimsProviders><ClaimsProvider><DisplayName>P</DisplayName><TechnicalProfiles>{inside}</TechnicalProfiles>\
                 </ClaimsProvider></ClaimsProviders>"
            );
            let set = compile(&[&file("B2C_1A_T", None, &provider)]);
            let unknown = |id: &str| set.policies[0].technical_profiles[&Name::new(id)].includes_unknown;
            assert_eq!(["One", "Two", "Three"].map(unknown), [true; 3], "{first}");
        }
    }
}
