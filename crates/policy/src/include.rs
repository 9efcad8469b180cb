//! `IncludeTechnicalProfile` and `IncludeClaimsFromTechnicalProfile`: laid under the including profile after the whole
//! chain is merged.
//!
//! The order matters: an extension of a common profile, in whatever file, must reach every profile that includes it.

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
    let mut order = Order { in_circle: vec![false; profiles.len()], ..Order::default() };
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
                Some(target) => match way.iter().position(|(on_way, _)| *on_way == target) {
                    Some(first) => {
                        order.circles.push(((*reference).clone(), target));
                        way[first..].iter().for_each(|(within, _)| order.in_circle[*within] = true);
                    }
                    None if done[target] => {}
                    None => way.push((target, 0)),
                },
            }
        }
    }
    order
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
