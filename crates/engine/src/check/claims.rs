//! Which claims may have a value at a point of a journey, and what each profile adds to them.
//!
//! "May" is generous: whatever happens on some path counts. Only what happens on none is worth a word to the author.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use journeyman_claims::Name;
use journeyman_policy::model::{
    ClaimUse, ClaimsTransformation, DisplayClaim, DisplayControl, Ref, TechnicalProfile, Validation,
};

use crate::page::PageKind;
use crate::program::Program;
use crate::providers::{Bound, SessionKind};
use crate::run::fields::{Rendered, is_password, is_shown_only, rendered};

/// What is known of a claim's values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Values {
    /// It may be anything.
    Any,
    /// These texts and no others.
    Only(BTreeSet<String>),
}

/// A claim that something before may have set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known {
    /// Whether it may really have a value. A profile may also name an output claim that it has no value for; the service's
    /// own check of the claims' flow is content with that.
    pub(super) set: bool,
    pub(super) values: Values,
}

impl Known {
    const NAMED: Self = Self { set: false, values: Values::Only(BTreeSet::new()) };
    const ANYTHING: Self = Self { set: true, values: Values::Any };

    fn text(text: &str) -> Self {
        // What a resolver gives is known at run time only.
        let values = if text.contains('{') { Values::Any } else { Values::Only(BTreeSet::from([text.to_owned()])) };
        // An empty default makes no claim.
        if text.is_empty() { Self::NAMED } else { Self { set: true, values } }
    }
}

/// The claims of a point of a journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Claims {
    known: IndexMap<Name, Known>,
    /// Something was not resolved, so that any claim may be set.
    open: bool,
}

impl Claims {
    /// Nothing is known: any claim may have any value.
    pub(super) fn open() -> Self {
        Self { open: true, ..Self::default() }
    }

    /// Whether something could not be resolved.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Whether something before names the claim as its output.
    pub(super) fn named(&self, claim: &Name) -> bool {
        self.open || self.known.contains_key(claim)
    }

    /// Whether the claim may have a value.
    pub(super) fn set(&self, claim: &Name) -> bool {
        self.open || self.known.get(claim).is_some_and(|known| known.set)
    }

    /// The texts that the claim may have, where all of them are known.
    pub(super) fn texts(&self, claim: &Name) -> Option<&BTreeSet<String>> {
        match &self.known.get(claim)?.values {
            Values::Only(texts) if !self.open => Some(texts),
            _ => None,
        }
    }

    pub(super) fn add(&mut self, claim: &Name, new: Known) {
        let old = self.known.entry(claim.clone()).or_insert(Known::NAMED);
        old.set |= new.set;
        match (&mut old.values, new.values) {
            (Values::Only(old), Values::Only(new)) => old.extend(new),
            (values, _) => *values = Values::Any,
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.open |= other.open;
        for (claim, known) in &other.known {
            self.add(claim, known.clone());
        }
    }

    /// With what else may have set some.
    #[must_use]
    pub(super) fn with(mut self, other: &Self) -> Self {
        self.join(other);
        self
    }
}

/// What a transformation sets.
pub(super) fn transformed(transformation: &ClaimsTransformation) -> Claims {
    let mut claims = Claims::default();
    let creates = transformation.method.value.eq_ignore_ascii_case("CreateStringClaim");
    let text = transformation.parameters.iter().find(|it| creates && it.id.eq_ignore_ascii_case("value"));
    for output in &transformation.outputs {
        claims.add(&output.claim.value, text.map_or(Known::ANYTHING, |text| Known::text(&text.value.value)));
    }
    claims
}

/// What transformations set together; one that is not declared may set anything.
pub(super) fn all_transformed(program: &Program, references: &[Ref]) -> Claims {
    let mut claims = Claims::default();
    for reference in references {
        match program.policy().transformations.get(&reference.value) {
            Some(transformation) => claims.join(&transformed(transformation)),
            None => claims.open = true,
        }
    }
    claims
}

/// What the defaults of a profile's input claims set.
pub(super) fn defaulted(profile: &TechnicalProfile) -> Claims {
    let mut claims = Claims::default();
    for input in &profile.input_claims {
        if let Some(default) = &input.default {
            claims.add(&input.claim.value, Known::text(&default.value));
        }
    }
    claims
}

/// What a profile adds to the claims of its journey.
pub(super) fn brought(program: &Program, profile: &TechnicalProfile) -> Claims {
    let mut claims = all_transformed(program, &profile.input_transformations);
    claims.join(&defaulted(profile));
    if matches!(program.bound(&profile.id), Some(Bound::Page(_))) {
        claims.join(&page(program, profile));
    } else {
        for output in &profile.output_claims {
            claims.add(&output.claim.value, provided(program, profile, output));
        }
    }
    claims.join(&all_transformed(program, &profile.output_transformations));
    claims.join(&remembered(program, profile));
    claims
}

/// An output claim of a profile without a page.
fn provided(program: &Program, profile: &TechnicalProfile, output: &ClaimUse) -> Known {
    match &output.default {
        Some(default) if output.always_use_default || transforms_only(program, profile) => Known::text(&default.value),
        None if transforms_only(program, profile) => Known::NAMED,
        _ => Known::ANYTHING,
    }
}

/// Whether a profile has no values of its own, but those of its transformations.
fn transforms_only(program: &Program, profile: &TechnicalProfile) -> bool {
    let handler = profile.protocol.as_ref().and_then(|protocol| protocol.value.handler.as_deref());
    let it_is = handler.is_some_and(|handler| handler.to_ascii_lowercase().contains("claimstransformation"));
    it_is && matches!(program.bound(&profile.id), Some(Bound::Steps(_)))
}

/// The output claims of a page: typed, made by what validates it or by its controls, or given by default.
fn page(program: &Program, profile: &TechnicalProfile) -> Claims {
    let within = within(program, profile).with(&typed(program, profile));
    let mut claims = Claims { open: within.open, ..Claims::default() };
    // What validation makes goes no further unless the page outputs it.
    for claim in within.known.keys() {
        claims.add(claim, Known::NAMED);
    }
    for output in &profile.output_claims {
        let claim = &output.claim.value;
        let password = program.policy().claim_types.get(claim).is_some_and(is_password);
        let made = within.known.get(claim).filter(|_| !output.always_use_default);
        let made = made.cloned().unwrap_or(Known::NAMED);
        claims.add(claim, if password { Known::NAMED } else { made });
        if let Some(default) = &output.default {
            claims.add(claim, Known::text(&default.value));
        }
    }
    claims
}

/// What the profiles that validate a page, and the actions of its controls, set while it is shown.
pub(super) fn within(program: &Program, profile: &TechnicalProfile) -> Claims {
    let mut claims = validated(program, &profile.validations);
    for control in controls(program, profile) {
        claims.join(&defaults_of(control));
        for action in &control.actions {
            claims.join(&validated(program, &action.validations));
        }
    }
    claims
}

fn defaults_of(control: &DisplayControl) -> Claims {
    let mut claims = Claims::default();
    for input in &control.input_claims {
        if let Some(default) = &input.default {
            claims.add(&input.claim.value, Known::text(&default.value));
        }
    }
    claims
}

/// What some validations set.
pub(super) fn validated(program: &Program, validations: &[Validation]) -> Claims {
    let mut claims = Claims::default();
    for validation in validations {
        match program.profile(&validation.profile.value) {
            // A page that validates is a mistake of its own; it must not go round in circles here.
            Some(profile) if matches!(program.bound(&profile.id), Some(Bound::Page(_))) => {}
            Some(profile) => claims.join(&brought(program, profile)),
            None => claims.open = true,
        }
    }
    claims
}

/// The display controls of a page.
pub(super) fn controls<'p>(
    program: &'p Program,
    profile: &'p TechnicalProfile,
) -> impl Iterator<Item = &'p DisplayControl> {
    profile.display_claims.iter().filter_map(|display| match display {
        DisplayClaim::Control(id) => program.policy().display_controls.get(&id.value),
        DisplayClaim::Claim(_) => None,
    })
}

/// What a person can type into a page.
pub(super) fn typed(program: &Program, profile: &TechnicalProfile) -> Claims {
    let mut claims = Claims::default();
    for item in rendered(program, profile, PageKind::SelfAsserted) {
        match item {
            Rendered::Claim(_, claim_type) if is_shown_only(claim_type) => {}
            Rendered::Claim(claim, _) => claims.add(&claim.claim.value, Known::ANYTHING),
            Rendered::Control(control) => {
                for display in &control.display_claims {
                    let DisplayClaim::Claim(claim) = display else { continue };
                    let claim_type = program.policy().claim_types.get(&claim.claim.value);
                    if !claim_type.is_some_and(is_shown_only) {
                        claims.add(&claim.claim.value, Known::ANYTHING);
                    }
                }
            }
        }
    }
    // A control that is not declared may ask for anything.
    let unknown = |display: &DisplayClaim| matches!(display, DisplayClaim::Control(id) if !program.policy().display_controls.contains_key(&id.value));
    claims.open = profile.display_claims.iter().any(unknown);
    claims
}

/// What a session brings back instead of running a profile.
fn remembered(program: &Program, profile: &TechnicalProfile) -> Claims {
    let mut claims = Claims::default();
    let Some(session) = &profile.session_profile else { return claims };
    let kind = program.bound(&session.value);
    if matches!(kind, Some(Bound::Session(SessionKind::Noop | SessionKind::Application))) {
        return claims;
    }
    let Some(session) = program.profile(&session.value) else { return Claims::open() };
    for claim in &session.persisted_claims {
        claims.add(&claim.claim.value, Known::ANYTHING);
    }
    for output in &session.output_claims {
        let known = output.default.as_ref().map_or(Known::ANYTHING, |default| Known::text(&default.value));
        claims.add(&output.claim.value, known);
    }
    claims
}

/// What the relying party takes from a request. Before there was a hint, an assertion of the client brought it.
pub(super) fn requested(program: &Program) -> Claims {
    let mut claims = Claims::default();
    for input in program.relying_party().into_iter().flat_map(|party| &party.profile.input_claims) {
        claims.add(&input.claim.value, Known::ANYTHING);
    }
    claims
}

/// What the reader of a request's hint brings.
pub(super) fn hinted(program: &Program, reader: Option<&Ref>) -> Claims {
    reader
        .and_then(|reader| program.profile(&reader.value))
        .map_or_else(Claims::open, |reader| brought(program, reader))
}
