//! Whether a profile can run where a policy uses it: a page cannot validate, an issuer only issues.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Severity, Sink};
use journeyman_policy::model::{DisplayClaim, Journey, OrchestrationStep, Policy, Ref, StepType};

use crate::codes;
use crate::program::Reached;
use crate::providers::{self, Declaration, Place};

/// Checks every use of a profile by what the journeys reach.
pub(crate) fn check(policy: &Policy, reached: &Reached, sink: &mut Sink) {
    for (reference, place) in uses(policy, reached) {
        check_place(policy, reference, place, sink);
    }
    check_controls(policy, reached, sink);
    for journey in reached.journeys.iter().filter_map(|id| policy.journey(id)) {
        for step in &journey.steps {
            check_page(policy, journey, step, sink);
        }
    }
}

/// Display controls of the pages that the journeys reach: only one kind has a behaviour here.
fn check_controls(policy: &Policy, reached: &Reached, sink: &mut Sink) {
    let pages = reached.profiles.iter().filter_map(|id| policy.technical_profiles.get(id));
    for display in pages.flat_map(|page| &page.display_claims) {
        let DisplayClaim::Control(reference) = display else { continue };
        let Some(control) = policy.display_controls.get(&reference.value) else { continue };
        let kind = control.control_type.value.trim();
        let known = NOT_RUN_CONTROLS.iter().find(|known| known.eq_ignore_ascii_case(kind));
        if let Some(kind) = known {
            sink.report(codes::control_not_run(&control.id, control.control_type.span, kind));
        }
    }
}

/// Display controls of the language that a page shows only as the claims in them.
const NOT_RUN_CONTROLS: &[&str] =
    &["QrCodeControl", "AuthenticatorInfoControl", "AuthenticatorAppIconControl", "CaptchaControl"];

fn uses<'p>(policy: &'p Policy, reached: &Reached) -> Vec<(&'p Ref, Place)> {
    let mut uses = Vec::new();
    for journey in reached.journeys.iter().filter_map(|id| policy.journey(id)) {
        uses.extend(journey.authorization.iter().map(|profile| (profile, Place::Authorization)));
        for step in &journey.steps {
            uses.extend(step.exchanges.iter().map(|exchange| (&exchange.profile, Place::Exchange)));
            let hint = step.step_type.value == StepType::GetClaims;
            uses.extend(step.issuer.iter().map(|issuer| (issuer, if hint { Place::Hint } else { Place::Issuer })));
        }
    }
    for profile in reached.profiles.iter().filter_map(|id| policy.technical_profiles.get(id)) {
        uses.extend(profile.validations.iter().map(|validation| (&validation.profile, Place::Validation)));
        uses.extend(profile.session_profile.iter().map(|session| (session, Place::Session)));
    }
    for control in policy.display_controls.values() {
        let validations = control.actions.iter().flat_map(|action| &action.validations);
        uses.extend(validations.map(|validation| (&validation.profile, Place::Action)));
    }
    uses
}

fn provider(policy: &Policy, profile: &Name) -> Option<&'static Declaration> {
    policy.technical_profiles.get(profile).and_then(providers::provider_of)
}

fn check_place(policy: &Policy, reference: &Ref, place: Place, sink: &mut Sink) {
    let Some(provider) = provider(policy, &reference.value) else { return };
    if provider.places.contains(&place) || provider.places.is_empty() {
        return;
    }
    let finding = codes::wrong_place(&reference.value, reference.span, place.word(), provider);
    // A code made or checked by a step is what the service refuses and the engine can do.
    let runs = place == Place::Exchange && provider.places.contains(&Place::Validation);
    sink.report(if runs { finding.severity(Severity::Warning) } else { finding });
}

/// A page gets its content definition from its profile or from the step.
fn check_page(policy: &Policy, journey: &Journey, step: &OrchestrationStep, sink: &mut Sink) {
    if step.content_definition.is_some() {
        return;
    }
    for exchange in &step.exchanges {
        let Some(profile) = policy.technical_profiles.get(&exchange.profile.value) else { continue };
        let is_page =
            provider(policy, &profile.id).is_some_and(|known| known.handler == Some("SelfAssertedAttributeProvider"));
        if is_page && profile.metadata("ContentDefinitionReferenceId").is_none() {
            sink.report(codes::no_page(&profile.id, profile.span, &journey.id, step.order, step.span));
        }
    }
}
