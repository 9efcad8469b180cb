//! `IncludeTechnicalProfile`: laid under the including profile after the whole chain is merged.
//!
//! The order matters: an extension of a common profile, in whatever file, must reach every profile that includes it.

use indexmap::IndexMap;
use journeyman_claims::Name;

use crate::codes;
use crate::diagnostic::Sink;
use crate::document::TechnicalProfileLayer;
use crate::merge::Layer;
use crate::nearest::nearest;

type Profiles = IndexMap<Name, TechnicalProfileLayer>;

/// Applies every inclusion, at any depth. A missing target or a circle is reported, and the profile left as it is.
pub(crate) fn apply(profiles: &mut Profiles, sink: &mut Sink) {
    let mut done = vec![false; profiles.len()];
    for start in 0..profiles.len() {
        for at in path(profiles, start, &done, sink).into_iter().rev() {
            lay_under(profiles, at);
            done[at] = true;
        }
    }
}

/// The profiles to complete for this one: itself first, then what it includes, and so on.
fn path(profiles: &Profiles, start: usize, done: &[bool], sink: &mut Sink) -> Vec<usize> {
    let mut path = Vec::new();
    let mut next = Some(start).filter(|at| !done[*at]);
    while let Some(at) = next {
        path.push(at);
        let Some(target) = &profiles[at].include else { break };
        next = match profiles.get_index_of(&target.value) {
            Some(found) if path.contains(&found) => {
                sink.report(codes::include_cycle::include_cycle(target, profiles[found].span));
                // Nothing in the circle can be completed; each profile keeps what it has itself.
                return path.into_iter().filter(|at| !in_circle(profiles, *at)).collect();
            }
            Some(found) => Some(found).filter(|found| !done[*found]),
            None => {
                let near = nearest(&target.value, profiles.iter().map(|(id, profile)| (id, profile.span)));
                sink.report(codes::unknown_profile::unknown_profile(target, near));
                None
            }
        };
    }
    path
}

/// Whether following the inclusions of a profile leads back to it.
fn in_circle(profiles: &Profiles, start: usize) -> bool {
    let mut at = start;
    for _ in 0..profiles.len() {
        let Some(next) = profiles[at].include.as_ref().and_then(|id| profiles.get_index_of(&id.value)) else {
            return false;
        };
        if next == start {
            return true;
        }
        at = next;
    }
    false
}

fn lay_under(profiles: &mut Profiles, at: usize) {
    let target = profiles[at].include.as_ref().and_then(|target| profiles.get(&target.value));
    if let Some(mut whole) = target.cloned() {
        whole.lay(profiles[at].clone());
        profiles[at] = whole;
    }
}
