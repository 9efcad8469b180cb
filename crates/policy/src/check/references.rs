//! Every reference of a policy must lead somewhere.

use journeyman_claims::Name;

use crate::codes;
use crate::diagnostic::{Diagnostic, Kind, Sink};
use crate::model::{
    ClaimUse, DisplayClaim, Journey, OrchestrationStep, Policy, Ref, RelyingParty, TechnicalProfile, Validation,
};
use crate::nearest::{Near, nearest};
use crate::source::{Span, Spanned};

/// Reports what leads nowhere.
pub(super) fn check(policy: &Policy, sink: &mut Sink) {
    each(policy, &mut |kind, reference| {
        let declared = Declarations::of(policy, kind);
        if !declared.contains(&reference.value) {
            sink.report(unresolved(kind, reference, nearest(&reference.value, declared.iter())));
        }
    });
}

fn unresolved(kind: Kind, at: &Ref, near: Option<Near>) -> Diagnostic {
    match kind {
        Kind::Transformation => codes::unknown_transformation::unknown_transformation(at, near),
        Kind::Profile => codes::unknown_profile::unknown_profile(at, near),
        Kind::Content => codes::unknown_content::unknown_content(at, near),
        Kind::Localization => codes::unknown_localization::unknown_localization(at, near),
        Kind::Journey => codes::unknown_journey::unknown_journey(at, near),
        Kind::Subjourney => codes::unknown_sub_journey::unknown_sub_journey(at, near),
        Kind::Control => codes::unknown_control::unknown_control(at, near),
        Kind::Predicate => codes::unknown_predicate::unknown_predicate(at, near),
        Kind::PredicateValidation => codes::unknown_predicate_validation::unknown_predicate_validation(at, near),
        _ => codes::unknown_claim::unknown_claim(at, near),
    }
}

/// A declared id as it is written where it is declared.
pub(crate) fn declared(policy: &Policy, kind: Kind, id: &Name) -> Option<String> {
    macro_rules! key {
        ($map:expr) => {
            $map.get_key_value(id).map(|(id, _)| id.as_str().to_owned())
        };
    }
    match kind {
        Kind::Transformation => key!(policy.transformations),
        Kind::Profile => key!(policy.technical_profiles),
        Kind::Content => key!(policy.content_definitions),
        Kind::Localization => key!(policy.localization.resources),
        Kind::Journey => key!(policy.user_journeys),
        Kind::Subjourney => key!(policy.sub_journeys),
        Kind::Control => key!(policy.display_controls),
        Kind::Predicate => key!(policy.predicates),
        Kind::PredicateValidation => key!(policy.predicate_validations),
        _ => key!(policy.claim_types),
    }
}

/// What a policy declares of one kind.
struct Declarations<'a> {
    contains: Box<dyn Fn(&Name) -> bool + 'a>,
    all: Box<dyn Fn() -> Vec<(&'a Name, Span)> + 'a>,
}

impl<'a> Declarations<'a> {
    fn of(policy: &'a Policy, kind: Kind) -> Self {
        macro_rules! map {
            ($field:ident) => {
                Self {
                    contains: Box::new(|id| policy.$field.contains_key(id)),
                    all: Box::new(|| policy.$field.iter().map(|(id, item)| (id, item.span)).collect()),
                }
            };
        }
        match kind {
            Kind::Transformation => map!(transformations),
            Kind::Profile => map!(technical_profiles),
            Kind::Content => map!(content_definitions),
            Kind::Localization => Self {
                contains: Box::new(|id| policy.localization.resources.contains_key(id)),
                all: Box::new(|| policy.localization.resources.iter().map(|(id, item)| (id, item.span)).collect()),
            },
            Kind::Journey => map!(user_journeys),
            Kind::Subjourney => map!(sub_journeys),
            Kind::Control => map!(display_controls),
            Kind::Predicate => map!(predicates),
            Kind::PredicateValidation => map!(predicate_validations),
            _ => map!(claim_types),
        }
    }

    fn contains(&self, id: &Name) -> bool {
        (self.contains)(id)
    }

    fn iter(&self) -> impl Iterator<Item = (&'a Name, Span)> {
        (self.all)().into_iter()
    }
}

pub(crate) type See<'a> = dyn FnMut(Kind, &Ref) + 'a;

/// Shows every reference of a policy.
pub(crate) fn each(policy: &Policy, see: &mut See<'_>) {
    building_blocks(policy, see);
    for control in policy.display_controls.values() {
        claims(&control.input_claims, see);
        display_claims(&control.display_claims, see);
        claims(&control.output_claims, see);
        control.actions.iter().for_each(|action| validations(&action.validations, see));
    }
    policy.technical_profiles.values().for_each(|profile| technical_profile(profile, see));
    policy.user_journeys.values().chain(policy.sub_journeys.values()).for_each(|it| journey(it, see));
    if let Some(party) = &policy.relying_party {
        relying_party(party, see);
    }
}

fn building_blocks(policy: &Policy, see: &mut See<'_>) {
    for claim_type in policy.claim_types.values() {
        some(Kind::PredicateValidation, claim_type.predicate_validation.as_ref(), see);
    }
    for validation in policy.predicate_validations.values() {
        validation.groups.iter().for_each(|group| all(Kind::Predicate, &group.predicates, see));
    }
    for transformation in policy.transformations.values() {
        let claims = transformation.inputs.iter().chain(&transformation.outputs);
        claims.for_each(|claim| see(Kind::Claim, &claim.claim));
    }
    for definition in policy.content_definitions.values() {
        definition.localized.iter().for_each(|texts| see(Kind::Localization, &texts.resources));
    }
}

fn technical_profile(profile: &TechnicalProfile, see: &mut See<'_>) {
    all(Kind::Transformation, &profile.input_transformations, see);
    all(Kind::Transformation, &profile.output_transformations, see);
    claims(&profile.input_claims, see);
    display_claims(&profile.display_claims, see);
    claims(&profile.persisted_claims, see);
    claims(&profile.output_claims, see);
    validations(&profile.validations, see);
    some(Kind::Profile, profile.session_profile.as_ref(), see);
    if let Some(content) = profile.metadata.get(&Name::new("ContentDefinitionReferenceId")) {
        see(Kind::Content, &Spanned::new(Name::new(&content.value), content.span));
    }
}

fn journey(journey: &Journey, see: &mut See<'_>) {
    some(Kind::Profile, journey.default_issuer.as_ref(), see);
    all(Kind::Profile, &journey.authorization, see);
    journey.steps.iter().for_each(|it| step(it, see));
}

fn step(step: &OrchestrationStep, see: &mut See<'_>) {
    some(Kind::Content, step.content_definition.as_ref(), see);
    some(Kind::Profile, step.issuer.as_ref(), see);
    step.exchanges.iter().for_each(|exchange| see(Kind::Profile, &exchange.profile));
    all(Kind::Subjourney, &step.candidates, see);
}

fn relying_party(party: &RelyingParty, see: &mut See<'_>) {
    some(Kind::Journey, party.default_journey.as_ref(), see);
    party.endpoints.iter().for_each(|(_, journey)| see(Kind::Journey, journey));
    technical_profile(&party.profile, see);
}

fn claims(claims: &[ClaimUse], see: &mut See<'_>) {
    claims.iter().for_each(|claim| see(Kind::Claim, &claim.claim));
}

fn display_claims(claims: &[DisplayClaim], see: &mut See<'_>) {
    for claim in claims {
        match claim {
            DisplayClaim::Claim(claim) => see(Kind::Claim, &claim.claim),
            DisplayClaim::Control(control) => see(Kind::Control, control),
        }
    }
}

fn validations(validations: &[Validation], see: &mut See<'_>) {
    validations.iter().for_each(|validation| see(Kind::Profile, &validation.profile));
}

fn all(kind: Kind, references: &[Ref], see: &mut See<'_>) {
    references.iter().for_each(|reference| see(kind, reference));
}

fn some(kind: Kind, reference: Option<&Ref>, see: &mut See<'_>) {
    reference.into_iter().for_each(|reference| see(kind, reference));
}
