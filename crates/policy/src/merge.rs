//! Inheritance: how a child's layer lies over its parent's, part by part.
//!
//! The service documents only "same name overrides, new names are added". The finer rules here are those that published
//! policies need in order to work.

use indexmap::IndexMap;
use journeyman_claims::Name;

use crate::document::{
    ClaimTypeLayer, ClaimUseLayer, ContentDefinitionLayer, DisplayClaimLayer, DisplayControlLayer, JourneyLayer,
    Layers, LocalizationLayer, MergeBehavior, StepLayer, TechnicalProfileLayer,
};
use crate::model::{
    ClaimsTransformation, LocalizedReference, LocalizedResources, Predicate, PredicateValidation, Ref, Restriction,
    Selection,
};
use crate::source::Spanned;

/// Something that a child can lie over.
pub(crate) trait Layer {
    /// Lays the child over this, its parent.
    fn lay(&mut self, child: Self);
}

impl Layer for Layers {
    fn lay(&mut self, child: Self) {
        self.claim_types.lay(child.claim_types);
        self.predicates.lay(child.predicates);
        self.predicate_validations.lay(child.predicate_validations);
        self.transformations.lay(child.transformations);
        self.content_definitions.lay(child.content_definitions);
        self.localization.lay(child.localization);
        self.display_controls.lay(child.display_controls);
        self.technical_profiles.lay(child.technical_profiles);
        self.user_journeys.lay(child.user_journeys);
        self.sub_journeys.lay(child.sub_journeys);
    }
}

/// Items by id: the first spelling of an id stays, and so does its place in the order.
impl<L: Layer> Layer for IndexMap<Name, L> {
    fn lay(&mut self, child: Self) {
        for (id, item) in child {
            match self.get_mut(&id) {
                Some(parent) => parent.lay(item),
                None => {
                    self.insert(id, item);
                }
            }
        }
    }
}

macro_rules! replaced_whole {
    ($($item:ty),*) => {
        $(impl Layer for $item {
            fn lay(&mut self, child: Self) {
                let id = self.id.clone();
                *self = Self { id, ..child };
            }
        })*
    };
}

replaced_whole!(Predicate, PredicateValidation, ClaimsTransformation);

/// A child's part replaces the parent's; a part that it leaves out is inherited.
fn part<T>(parent: &mut Option<T>, child: Option<T>) {
    if child.is_some() {
        *parent = child;
    }
}

impl Layer for ClaimTypeLayer {
    fn lay(&mut self, child: Self) {
        let (parent, child, behavior) = (&mut self.claim_type, child.claim_type, child.restriction);
        parent.span = child.span;
        part(&mut parent.display_name, child.display_name);
        part(&mut parent.data_type, child.data_type);
        parent.says_data_type |= child.says_data_type;
        if !child.default_partner_names.is_empty() {
            parent.default_partner_names = child.default_partner_names;
        }
        part(&mut parent.mask, child.mask);
        part(&mut parent.user_help_text, child.user_help_text);
        part(&mut parent.admin_help_text, child.admin_help_text);
        part(&mut parent.input_type, child.input_type);
        part(&mut parent.predicate_validation, child.predicate_validation);
        if child.restriction.is_some() {
            self.restriction = together(parent.restriction.as_ref().map(|_| self.restriction), behavior);
        }
        parent.restriction = restricted(parent.restriction.take(), child.restriction, behavior);
    }
}

fn restricted(parent: Option<Restriction>, child: Option<Restriction>, by: MergeBehavior) -> Option<Restriction> {
    match (parent, child) {
        (Some(Restriction::Enumeration(parent)), Some(Restriction::Enumeration(child))) => {
            Some(Restriction::Enumeration(listed(parent, child, by)))
        }
        (parent, child) => child.or(parent),
    }
}

/// Two lists by `MergeBehavior`.
fn listed<T>(mut parent: Vec<T>, mut child: Vec<T>, by: MergeBehavior) -> Vec<T> {
    match by {
        MergeBehavior::ReplaceAll => child,
        MergeBehavior::Append => {
            parent.append(&mut child);
            parent
        }
        MergeBehavior::Prepend => {
            child.append(&mut parent);
            child
        }
    }
}

/// What two lists, one over the other, do together to what is below them: a parent's list, or the built-in languages.
fn together(first: Option<MergeBehavior>, second: MergeBehavior) -> MergeBehavior {
    match (first, second) {
        (Some(first), MergeBehavior::Append | MergeBehavior::Prepend) => first,
        (None, _) | (_, MergeBehavior::ReplaceAll) => second,
    }
}

impl Layer for ContentDefinitionLayer {
    fn lay(&mut self, child: Self) {
        let (parent, behavior) = (&mut self.definition, child.localized);
        let child = child.definition;
        parent.span = child.span;
        part(&mut parent.load_uri, child.load_uri);
        part(&mut parent.recovery_uri, child.recovery_uri);
        part(&mut parent.data_uri, child.data_uri);
        parent.metadata.extend(child.metadata);
        if let Some(behavior) = behavior {
            parent.localized = localized(std::mem::take(&mut parent.localized), child.localized, behavior);
            self.localized = Some(together(self.localized, behavior));
        }
    }
}

/// One reference a language: the child's.
fn localized(
    mut parent: Vec<LocalizedReference>,
    child: Vec<LocalizedReference>,
    by: MergeBehavior,
) -> Vec<LocalizedReference> {
    parent.retain(|old| !child.iter().any(|new| new.language.value.eq_ignore_ascii_case(&old.language.value)));
    listed(parent, child, by)
}

impl Layer for LocalizationLayer {
    fn lay(&mut self, child: Self) {
        part(&mut self.enabled, child.enabled);
        part(&mut self.default_language, child.default_language);
        if let Some((behavior, child)) = child.supported {
            let (before, mut parent) = self.supported.take().map_or((None, Vec::new()), |(by, list)| (Some(by), list));
            parent.retain(|old| !child.iter().any(|new| new.value.eq_ignore_ascii_case(&old.value)));
            self.supported = Some((together(before, behavior), listed(parent, child, behavior)));
        }
        self.resources.lay(child.resources);
    }
}

impl Layer for LocalizedResources {
    fn lay(&mut self, child: Self) {
        self.span = child.span;
        replace(&mut self.strings, child.strings, |old, new| {
            old.string_id.value.eq_ignore_ascii_case(&new.string_id.value)
                && old.element_type.value.eq_ignore_ascii_case(&new.element_type.value)
                && same_text(old.element_id.as_ref(), new.element_id.as_ref())
        });
        replace(&mut self.collections, child.collections, |old, new| old.claim.value == new.claim.value);
    }
}

/// How near two items of a list are, if they are the same at all: 0, or 1.
type Nearness = Option<u8>;

/// Lays a child's items over the parent's that are the same, the nearest first; the others go to the end. Where a list has
/// an item several times, the first of the child's lies over the first of the parent's, and so on.
fn pair<T>(parent: &mut Vec<T>, child: Vec<T>, near: impl Fn(&T, &T) -> Nearness, lay: impl Fn(&mut T, T)) {
    let mut over: Vec<Option<usize>> = vec![None; child.len()];
    let mut free = vec![true; parent.len()];
    for wanted in [0, 1] {
        for (new, over) in child.iter().zip(&mut over).filter(|(_, over)| over.is_none()) {
            *over = (0..parent.len()).find(|at| free[*at] && near(&parent[*at], new) == Some(wanted));
            if let Some(at) = *over {
                free[at] = false;
            }
        }
    }
    for (new, over) in child.into_iter().zip(over) {
        match over {
            Some(at) => lay(&mut parent[at], new),
            None => parent.push(new),
        }
    }
}

/// [`pair`], where the child's item takes the place of the parent's.
fn replace<T>(parent: &mut Vec<T>, child: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    pair(parent, child, |old, new| same(old, new).then_some(0), |old, new| *old = new);
}

fn same_text(a: Option<&Spanned<String>>, b: Option<&Spanned<String>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.value.eq_ignore_ascii_case(&b.value),
        (None, None) => true,
        _ => false,
    }
}

impl Layer for DisplayControlLayer {
    fn lay(&mut self, child: Self) {
        self.span = child.span;
        part(&mut self.control_type, child.control_type);
        claims(&mut self.input_claims, child.input_claims);
        display_claims(&mut self.display_claims, child.display_claims);
        claims(&mut self.output_claims, child.output_claims);
        replace(&mut self.actions, child.actions, |old, new| old.id.value == new.id.value);
    }
}

impl Layer for TechnicalProfileLayer {
    fn lay(&mut self, child: Self) {
        self.span = child.span;
        part(&mut self.domain, child.domain);
        part(&mut self.provider_domain, child.provider_domain);
        part(&mut self.display_name, child.display_name);
        part(&mut self.description, child.description);
        part(&mut self.protocol, child.protocol);
        part(&mut self.input_token_format, child.input_token_format);
        part(&mut self.output_token_format, child.output_token_format);
        self.metadata.extend(child.metadata);
        self.metadata_keys.extend(child.metadata_keys);
        self.keys.extend(child.keys);
        part(&mut self.include_in_sso, child.include_in_sso);
        child_first(&mut self.input_transformations, child.input_transformations);
        claims(&mut self.input_claims, child.input_claims);
        display_claims(&mut self.display_claims, child.display_claims);
        claims(&mut self.persisted_claims, child.persisted_claims);
        claims(&mut self.output_claims, child.output_claims);
        child_first(&mut self.output_transformations, child.output_transformations);
        child_first(&mut self.validations, child.validations);
        part(&mut self.subject_naming, child.subject_naming);
        part(&mut self.inclusions.whole, child.inclusions.whole);
        part(&mut self.inclusions.claims, child.inclusions.claims);
        part(&mut self.session_profile, child.session_profile);
        part(&mut self.enabled_for, child.enabled_for);
    }
}

impl TechnicalProfileLayer {
    /// Lays claims of another profile under this one's.
    pub(crate) fn lay_claims_under(&mut self, mut inputs: Vec<ClaimUseLayer>, mut outputs: Vec<ClaimUseLayer>) {
        claims(&mut inputs, std::mem::take(&mut self.input_claims));
        claims(&mut outputs, std::mem::take(&mut self.output_claims));
        (self.input_claims, self.output_claims) = (inputs, outputs);
    }
}

/// Both lists run, the child's first, and nothing is taken out: published extensions depend on either.
fn child_first<T>(parent: &mut Vec<T>, mut child: Vec<T>) {
    child.append(parent);
    *parent = child;
}

/// A union by claim. One list may name a claim several times, under several outside names: then the child's entry lies
/// over the parent's of the same outside name, else over the first that it has not met yet.
fn claims(parent: &mut Vec<ClaimUseLayer>, child: Vec<ClaimUseLayer>) {
    pair(parent, child, nearness, Layer::lay);
}

fn nearness(old: &ClaimUseLayer, new: &ClaimUseLayer) -> Nearness {
    (old.claim.value == new.claim.value).then(|| u8::from(partner(old) != partner(new)))
}

fn partner(claim: &ClaimUseLayer) -> Option<&str> {
    claim.partner.as_ref().map(|partner| partner.value.as_str())
}

impl Layer for ClaimUseLayer {
    fn lay(&mut self, child: Self) {
        self.claim = child.claim;
        self.span = child.span;
        part(&mut self.partner, child.partner);
        part(&mut self.default, child.default);
        part(&mut self.always_use_default, child.always_use_default);
        part(&mut self.required, child.required);
        part(&mut self.overwrite_if_exists, child.overwrite_if_exists);
        part(&mut self.control_claim_type, child.control_claim_type);
    }
}

fn display_claims(parent: &mut Vec<DisplayClaimLayer>, child: Vec<DisplayClaimLayer>) {
    let near = |old: &DisplayClaimLayer, new: &DisplayClaimLayer| match (old, new) {
        (DisplayClaimLayer::Claim(old), DisplayClaimLayer::Claim(new)) => nearness(old, new),
        (DisplayClaimLayer::Control(old), DisplayClaimLayer::Control(new)) => (old.value == new.value).then_some(0),
        _ => None,
    };
    pair(parent, child, near, |old, new| match (old, new) {
        (DisplayClaimLayer::Claim(old), DisplayClaimLayer::Claim(new)) => old.lay(new),
        (old, new) => *old = new,
    });
}

impl Layer for JourneyLayer {
    fn lay(&mut self, child: Self) {
        self.span = child.span;
        part(&mut self.kind, child.kind);
        part(&mut self.default_issuer, child.default_issuer);
        part(&mut self.non_interactive, child.non_interactive);
        if !child.authorization.is_empty() {
            self.authorization = child.authorization;
        }
        self.numbered &= child.numbered;
        steps(&mut self.steps, child.steps);
    }
}

/// Steps of one order lie over one another.
fn steps(parent: &mut Vec<StepLayer>, child: Vec<StepLayer>) {
    pair(parent, child, |old, new| (old.order == new.order).then_some(0), Layer::lay);
    parent.sort_by_key(|step| step.order);
}

impl Layer for StepLayer {
    fn lay(&mut self, child: Self) {
        self.span = child.span;
        part(&mut self.step_type, child.step_type);
        part(&mut self.content_definition, child.content_definition);
        part(&mut self.issuer, child.issuer);
        part(&mut self.preconditions, child.preconditions);
        part(&mut self.show_single_provider, child.show_single_provider);
        replace(&mut self.selections, child.selections, |old, new| exchange(old).value == exchange(new).value);
        replace(&mut self.exchanges, child.exchanges, |old, new| old.id.value == new.id.value);
        replace(&mut self.candidates, child.candidates, |old, new| old.value == new.value);
    }
}

fn exchange(selection: &Selection) -> &Ref {
    match selection {
        Selection::Target(id) | Selection::Validation(id) => id,
    }
}
