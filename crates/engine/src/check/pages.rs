//! Pages where there is no browser.

use std::ptr;

use journeyman_claims::Name;
use journeyman_policy::diagnostic::Sink;
use journeyman_policy::model::{Journey, OrchestrationStep, Policy, StepType, TechnicalProfile};

use crate::codes;
use crate::program::Program;
use crate::providers::Bound;

/// Journeys that run in an answer to a program, or that say of themselves that they show no page.
pub(super) fn check(program: &Program, sink: &mut Sink) {
    let Some(party) = program.relying_party() else { return };
    let silent = program.policy().started().into_iter().filter_map(|journey| {
        let endpoint = party.endpoints.iter().find(|(_, id)| id.value == journey.id);
        let default = party.default_journey.as_ref().is_some_and(|id| id.value == journey.id);
        match endpoint {
            Some((endpoint, id)) if !default => {
                Some((journey, id.span, format!("the endpoint `{}` runs it", endpoint.value)))
            }
            _ if journey.non_interactive => Some((journey, journey.span, "it is `NonInteractive`".to_owned())),
            _ => None,
        }
    });
    for (journey, at, why) in silent {
        for inner in reached(program.policy(), vec![journey]) {
            let page = |step: &&OrchestrationStep| shows_page(program, step);
            for step in inner.steps.iter().filter(page) {
                sink.report(codes::page_without_browser(journey, step, at, &why));
            }
        }
    }
}

fn shows_page(program: &Program, step: &OrchestrationStep) -> bool {
    let page = |id: &Name| matches!(program.bound(id), Some(Bound::Page(_)));
    let leaves = |profile: &TechnicalProfile| {
        let bound = program.bound(&profile.id);
        let Some(protocol) = profile.protocol.as_ref().filter(|_| matches!(bound, Some(Bound::Unsupported(_)))) else {
            return false;
        };
        let named = protocol.value.name.as_str();
        let phone = protocol.value.handler.as_deref().is_some_and(|it| it.to_ascii_lowercase().contains("phonefactor"));
        phone || ["OpenIdConnect", "OAuth1", "OAuth2", "SAML2"].iter().any(|it| it.eq_ignore_ascii_case(named))
    };
    match step.step_type.value {
        StepType::CombinedSignInAndSignUp | StepType::ClaimsProviderSelection => true,
        StepType::ClaimsExchange => step.exchanges.iter().any(|exchange| {
            let id = &exchange.profile.value;
            page(id) || program.profile(id).is_some_and(leaves)
        }),
        _ => false,
    }
}

/// The journeys and every sub journey that they lead to.
fn reached<'p>(policy: &'p Policy, mut found: Vec<&'p Journey>) -> Vec<&'p Journey> {
    let mut at = 0;
    while let Some(journey) = found.get(at).copied() {
        at += 1;
        let called = journey.steps.iter().flat_map(|step| &step.candidates);
        for sub in called.filter_map(|target| policy.sub_journeys.get(&target.value)) {
            if !found.iter().any(|known| ptr::eq(*known, sub)) {
                found.push(sub);
            }
        }
    }
    found
}
