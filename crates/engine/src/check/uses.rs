//! Where a journey uses claims, against those that may be set by then.

use std::collections::HashSet;

use journeyman_claims::{ClaimValue, DataType, Name};
use journeyman_policy::diagnostic::{Diagnostic, Sink};
use journeyman_policy::model::{
    ClaimUse, ClaimsTransformation, EnabledFor, Journey, OrchestrationStep, Precondition, PreconditionTest, Ref,
    TechnicalProfile, Validation,
};
use journeyman_policy::source::{Span, Spanned};

use super::claims::{Claims, all_transformed, brought, controls, defaulted, transformed, typed, validated, within};
use crate::codes::{self, Where};
use crate::program::Program;
use crate::providers::Bound;

/// Collects what was found, once for each place of the files: a profile may run in several steps.
pub(super) struct Found<'s> {
    sink: &'s mut Sink,
    seen: HashSet<(&'static str, Span)>,
}

impl<'s> Found<'s> {
    pub(super) fn new(sink: &'s mut Sink) -> Self {
        Self { sink, seen: HashSet::new() }
    }

    fn report(&mut self, found: Diagnostic) {
        if self.seen.insert((found.code.id, found.primary.span)) {
            self.sink.report(found);
        }
    }
}

/// A step of a journey, with what may be set before it and what the steps after it may set.
pub(super) struct Place<'a> {
    pub(super) program: &'a Program,
    pub(super) journey: &'a Journey,
    pub(super) step: &'a OrchestrationStep,
    pub(super) before: &'a Claims,
    /// What the step itself may set.
    pub(super) own: &'a Claims,
    pub(super) later: &'a [(&'a OrchestrationStep, &'a Claims)],
}

impl Place<'_> {
    /// Checks what the step looks at, and what its profiles use.
    pub(super) fn check(&self, found: &mut Found<'_>) {
        if self.preconditions(&self.step.preconditions, self.before, None, found) {
            return;
        }
        for exchange in &self.step.exchanges {
            if let Some(profile) = self.program.profile(&exchange.profile.value) {
                self.profile(profile, exchange.profile.span, self.before, found);
            }
        }
    }

    /// Whether a claim has a declaration: that it has none is reported elsewhere.
    fn declared(&self, claim: &Name) -> bool {
        self.program.policy().claim_types.contains_key(claim)
    }

    /// A profile that is run at this place, by a step or within a page.
    fn profile(&self, profile: &TechnicalProfile, run_at: Span, before: &Claims, found: &mut Found<'_>) {
        self.enabling(profile, before, found);
        let mut claims = before.clone();
        self.transformations(&profile.input_transformations, &mut claims, found);
        self.inputs(profile, run_at, &claims, found);
        claims.join(&defaulted(profile));
        if matches!(self.program.bound(&profile.id), Some(Bound::Page(_))) {
            claims.join(&typed(self.program, profile));
            self.controls(profile, &claims, found);
            claims.join(&within_controls(self.program, profile));
            self.validations(&profile.validations, &claims, found);
            claims.join(&within(self.program, profile));
        }
        self.resolvers(profile, &claims, found);
        claims.join(&brought_by_outputs(self.program, profile));
        self.transformations(&profile.output_transformations, &mut claims, found);
    }

    fn controls(&self, profile: &TechnicalProfile, before: &Claims, found: &mut Found<'_>) {
        let all = before.clone().with(&within_controls(self.program, profile));
        for control in controls(self.program, profile) {
            for action in &control.actions {
                // One action sees what another one of the page made before.
                self.validations(&action.validations, &all, found);
            }
        }
    }

    fn validations(&self, validations: &[Validation], before: &Claims, found: &mut Found<'_>) {
        let mut claims = before.clone();
        for validation in validations {
            let skipped = self.preconditions(&validation.preconditions, &claims, Some(&validation.profile), found);
            match self.program.profile(&validation.profile.value) {
                Some(profile) if skipped || matches!(self.program.bound(&profile.id), Some(Bound::Page(_))) => {}
                Some(profile) => self.profile(profile, validation.profile.span, &claims, found),
                None => {}
            }
            claims.join(&validated(self.program, std::slice::from_ref(validation)));
        }
    }

    fn inputs(&self, profile: &TechnicalProfile, run_at: Span, claims: &Claims, found: &mut Found<'_>) {
        let step = self.step.exchanges.iter().any(|exchange| exchange.profile.value == profile.id);
        let bare = |input: &&ClaimUse| input.default.is_none() && self.declared(&input.claim.value);
        // What another claim of the same outside name brings is there.
        let given = |input: &ClaimUse| {
            let outside = self.program.outside_name(profile, input);
            profile.input_claims.iter().any(|other| {
                self.program.outside_name(profile, other).eq_ignore_ascii_case(outside)
                    && (other.default.is_some() || claims.set(&other.claim.value))
            })
        };
        for input in profile.input_claims.iter().filter(bare).filter(|input| input.required && !given(input)) {
            let claim = &input.claim;
            if !claims.named(&claim.value) {
                // The service looks at what the steps run themselves, and published policies rely on that.
                let refused = step && producer(self.program, &claim.value).is_none();
                found.report(codes::input_never_set(&self.place(claim, run_at), profile, input, refused));
            } else {
                found.report(codes::never_set(&self.place(claim, run_at), claim, "an input claim that must be there"));
            }
        }
        let looks_up =
            matches!(profile.metadata("Operation"), Some(operation) if !operation.eq_ignore_ascii_case("Write"));
        let directory = looks_up && is_handled_by(profile, "activedirectory");
        let empty = |input: &ClaimUse| bare(&input) && !input.required && !claims.set(&input.claim.value);
        if let Some(first) = profile.input_claims.first()
            && directory
            && profile.input_claims.iter().all(empty)
        {
            let claim = &first.claim;
            found.report(codes::never_set(
                &self.place(claim, run_at),
                claim,
                "the key that the directory is asked for",
            ));
        }
    }

    fn transformations(&self, references: &[Ref], claims: &mut Claims, found: &mut Found<'_>) {
        for reference in references {
            if let Some(transformation) = self.program.policy().transformations.get(&reference.value) {
                self.operands(transformation, reference, claims, found);
                claims.join(&transformed(transformation));
            } else {
                claims.join(&Claims::open());
            }
        }
    }

    /// A transformation none of whose operands ever has a value does nothing, or fails. One that adds to a claim of its own
    /// begins with none.
    fn operands(&self, used: &ClaimsTransformation, at: &Ref, claims: &Claims, found: &mut Found<'_>) {
        let adds_to = |claim: &Name| used.outputs.iter().any(|output| output.claim.value == *claim);
        let known = |claim: &Name| !self.declared(claim) || claims.set(claim);
        let operands: Vec<_> = used.inputs.iter().filter(|it| !adds_to(&it.claim.value)).collect();
        let Some(first) = operands.first() else { return };
        if !operands.iter().any(|it| known(&it.claim.value)) {
            let what = format!("an operand of `{}`", used.id);
            found.report(codes::never_set(&self.place(&first.claim, at.span), &first.claim, &what));
        }
    }

    /// `{Claim:x}` in defaults and in metadata.
    fn resolvers(&self, profile: &TechnicalProfile, claims: &Claims, found: &mut Found<'_>) {
        let uses = profile.input_claims.iter().chain(&profile.persisted_claims).chain(&profile.output_claims);
        let texts = uses.filter_map(|it| it.default.as_ref()).chain(profile.metadata.values());
        for text in texts {
            for claim in resolved(text).filter(|claim| self.declared(&claim.value) && !claims.set(&claim.value)) {
                found.report(codes::never_set(&self.place(&claim, text.span), &claim, "filled in here"));
            }
        }
    }

    fn enabling(&self, profile: &TechnicalProfile, claims: &Claims, found: &mut Found<'_>) {
        let key = Name::new("ClaimTypeOnWhichToEnable");
        let (EnabledFor::OnClaimsExistence, Some(named)) = (profile.enabled_for, profile.metadata.get(&key)) else {
            return;
        };
        let claim = Spanned::new(Name::new(&named.value), named.span);
        if self.declared(&claim.value) && !claims.set(&claim.value) {
            found.report(codes::never_set(
                &self.place(&claim, named.span),
                &claim,
                "the claim that enables the profile",
            ));
        }
    }

    /// Answers whether they always skip, so that nothing need be said of what is behind them.
    fn preconditions(
        &self,
        preconditions: &[Precondition],
        claims: &Claims,
        validation: Option<&Ref>,
        found: &mut Found<'_>,
    ) -> bool {
        let mut skipped = false;
        for precondition in preconditions {
            let (PreconditionTest::ClaimsExist(claim) | PreconditionTest::ClaimEquals(claim, _)) = &precondition.test;
            if !self.declared(&claim.value) {
                continue;
            }
            let unless = matches!(precondition.test, PreconditionTest::ClaimsExist(_)) && !precondition.execute_if;
            if !claims.set(&claim.value) {
                // A condition that is met only later does no harm: packs look for what a session may have brought.
                if unless || !self.journey_sets(&claim.value) {
                    let place = self.place(claim, self.step.span);
                    found.report(codes::idle_precondition(&place, claim, unless, validation));
                }
                skipped |= unless;
            } else if let PreconditionTest::ClaimEquals(claim, literal) = &precondition.test {
                self.literal(claim, literal, precondition, claims, found);
            }
        }
        skipped
    }

    /// Whether this step or a later one sets a claim.
    fn journey_sets(&self, claim: &Name) -> bool {
        self.own.set(claim) || self.later.iter().any(|(_, claims)| claims.set(claim))
    }

    /// A text that the claim is compared with must be among those that it can have, where they are all known.
    fn literal(
        &self,
        claim: &Ref,
        literal: &Spanned<String>,
        precondition: &Precondition,
        claims: &Claims,
        found: &mut Found<'_>,
    ) {
        let Some(texts) = claims.texts(&claim.value) else { return };
        let boolean = |text: &str| ClaimValue::parse(text, DataType::Boolean).ok();
        let equal = |text: &String| match self.program.data_type(&claim.value) {
            DataType::Boolean => boolean(text) == boolean(&literal.value),
            _ => *text == literal.value,
        };
        if !texts.iter().any(equal) {
            found.report(codes::other_values(&self.place(claim, self.step.span), claim, literal, precondition, texts));
        }
    }

    /// Where a claim is used, and what could have set it.
    fn place(&self, claim: &Ref, run_at: Span) -> Where<'_> {
        let sets = |(_, claims): &&(&OrchestrationStep, &Claims)| !claims.is_open() && claims.set(&claim.value);
        let later = self.later.iter().find(sets).map(|(step, _)| *step);
        Where {
            journey: &self.journey.id,
            step: self.step,
            run_at,
            later: later.map(|step| (step.order, step.span)),
            elsewhere: producer(self.program, &claim.value),
        }
    }
}

/// A profile that may set a claim, and where it, or a transformation that it runs, says so.
fn producer<'p>(program: &'p Program, claim: &Name) -> Option<(&'p Name, Span)> {
    let policy = program.policy();
    let outputs = |profile: &'p TechnicalProfile| {
        let own = profile.output_claims.iter().find(|output| output.claim.value == *claim).map(|output| output.span);
        let references = profile.input_transformations.iter().chain(&profile.output_transformations);
        let mut used = references.filter_map(|reference| policy.transformations.get(&reference.value));
        own.or_else(|| {
            used.find_map(|it| it.outputs.iter().find(|output| output.claim.value == *claim)).map(|output| output.span)
        })
    };
    policy.technical_profiles.values().find_map(|profile| Some((&profile.id, outputs(profile)?)))
}

/// Whether a transformation of the policy makes a claim, even if nothing runs it.
fn is_made(program: &Program, claim: &Name) -> bool {
    let outputs = program.policy().transformations.values().flat_map(|it| &it.outputs);
    outputs.into_iter().any(|output| output.claim.value == *claim)
}

fn is_handled_by(profile: &TechnicalProfile, handler: &str) -> bool {
    let named = profile.protocol.as_ref().and_then(|protocol| protocol.value.handler.as_deref());
    named.is_some_and(|named| named.to_ascii_lowercase().contains(handler))
}

/// What the actions of a page's controls set.
fn within_controls(program: &Program, profile: &TechnicalProfile) -> Claims {
    let actions = controls(program, profile).flat_map(|control| &control.actions);
    actions.fold(Claims::default(), |claims, action| claims.with(&validated(program, &action.validations)))
}

/// What a profile brings before its output transformations run.
fn brought_by_outputs(program: &Program, profile: &TechnicalProfile) -> Claims {
    let bare = TechnicalProfile { output_transformations: Vec::new(), ..profile.clone() };
    brought(program, &bare)
}

/// The claims that `{Claim:x}` names in a text.
fn resolved(text: &Spanned<String>) -> impl Iterator<Item = Ref> + '_ {
    text.value.split('{').skip(1).filter_map(|part| {
        let (group, name) = part.split('}').next()?.split_once(':')?;
        group.trim().eq_ignore_ascii_case("claim").then(|| Spanned::new(Name::new(name), text.span))
    })
}

/// What the token takes must come from somewhere.
pub(super) fn relying_party(program: &Program, journey: &Journey, claims: &Claims, found: &mut Found<'_>) {
    let Some(party) = program.relying_party() else { return };
    let claims = claims.clone().with(&all_transformed(program, &party.profile.output_transformations));
    let bare = |output: &&ClaimUse| output.default.is_none();
    for output in party.profile.output_claims.iter().filter(bare) {
        let claim = &output.claim.value;
        if program.policy().claim_types.contains_key(claim) && !claims.named(claim) {
            let producer = producer(program, claim);
            // Published policies take claims whose maker they have, but do not run.
            let refused = producer.is_none() && !is_made(program, claim);
            found.report(codes::token_never_has(output, journey, producer, refused));
        }
    }
}
