//! User journeys, sub journeys and their steps.

use super::preconditions;
use crate::document::{JourneyLayer, StepLayer};
use crate::model::{ClaimsExchange, JourneyKind, Ref, Selection, StepType};
use crate::source::Spanned;
use crate::xml::{Node, Reader, child, children, items};

/// `Type` of a step, as it is written.
pub(crate) const STEP_TYPES: &[(&str, StepType)] = &[
    ("ClaimsProviderSelection", StepType::ClaimsProviderSelection),
    ("CombinedSignInAndSignUp", StepType::CombinedSignInAndSignUp),
    ("ClaimsExchange", StepType::ClaimsExchange),
    ("GetClaims", StepType::GetClaims),
    ("InvokeSubJourney", StepType::InvokeSubJourney),
    ("SendClaims", StepType::SendClaims),
    ("ConsentScreen", StepType::ConsentScreen),
    ("ReviewScreen", StepType::ReviewScreen),
    ("UserDialog", StepType::UserDialog),
    ("Noop", StepType::Noop),
];

/// `UserJourney`, with its id.
pub(super) fn user_journey(reader: &mut Reader<'_>, node: Node<'_>) -> Option<(Ref, JourneyLayer)> {
    let id = reader.need_reference(node, "Id")?;
    Some((id, journey(reader, node, Some(JourneyKind::User))))
}

/// `SubJourney`, with its id.
pub(super) fn sub_journey(reader: &mut Reader<'_>, node: Node<'_>) -> Option<(Ref, JourneyLayer)> {
    const TYPES: &[(&str, JourneyKind)] = &[("Call", JourneyKind::Call), ("Transfer", JourneyKind::Transfer)];
    let id = reader.need_reference(node, "Id")?;
    let kind = reader.attr(node, "Type").and_then(|kind| reader.choice(&kind, TYPES));
    Some((id, journey(reader, node, kind)))
}

fn journey(reader: &mut Reader<'_>, node: Node<'_>, kind: Option<JourneyKind>) -> JourneyLayer {
    let written = items(node, "OrchestrationSteps", "OrchestrationStep").count();
    let steps = steps(reader, node);
    JourneyLayer {
        span: reader.span(node),
        kind,
        default_issuer: reader.reference(node, "DefaultCpimIssuerTechnicalProfileReferenceId"),
        non_interactive: reader.flag(node, "NonInteractive"),
        authorization: authorization(reader, node),
        numbered: steps.len() == written,
        steps,
    }
}

/// Documents spell the attribute in two ways.
fn authorization(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<Ref> {
    children(node, "Authorization")
        .flat_map(|node| items(node, "AuthorizationTechnicalProfiles", "AuthorizationTechnicalProfile"))
        .filter_map(|item| {
            let other = reader.reference(item, "TechnicalProfileReferenceId");
            other.or_else(|| reader.need_reference(item, "ReferenceId"))
        })
        .collect()
}

fn steps(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<StepLayer> {
    let mut steps: Vec<StepLayer> = Vec::new();
    for item in items(node, "OrchestrationSteps", "OrchestrationStep") {
        let Some(order) = reader.attr(item, "Order") else { continue };
        let Some(step) = step(reader, item, &order) else { continue };
        steps.push(step);
    }
    steps.sort_by_key(|step| step.order);
    steps
}

fn step(reader: &mut Reader<'_>, node: Node<'_>, order: &Spanned<String>) -> Option<StepLayer> {
    let order = reader.number(order)?;
    let choices = child(node, "ClaimsProviderSelections");
    Some(StepLayer {
        order,
        span: reader.span(node),
        step_type: step_type(reader, node),
        content_definition: reader.reference(node, "ContentDefinitionReferenceId"),
        issuer: reader.reference(node, "CpimIssuerTechnicalProfileReferenceId"),
        preconditions: preconditions(reader, node, super::SKIP_STEP),
        selections: items(node, "ClaimsProviderSelections", "ClaimsProviderSelection")
            .filter_map(|item| selection(reader, item))
            .collect(),
        show_single_provider: choices.and_then(|choices| reader.attr(choices, "DisplayOption")).and_then(|option| {
            reader.choice(&option, &[("ShowSingleProvider", true), ("DoNotShowSingleProvider", false)])
        }),
        exchanges: items(node, "ClaimsExchanges", "ClaimsExchange")
            .filter_map(|item| {
                let id = reader.need_reference(item, "Id")?;
                Some(ClaimsExchange { id, profile: reader.need_reference(item, "TechnicalProfileReferenceId")? })
            })
            .collect(),
        candidates: items(node, "JourneyList", "Candidate")
            .filter_map(|item| reader.need_reference(item, "SubJourneyReferenceId"))
            .collect(),
    })
}

fn step_type(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Spanned<StepType>> {
    let written = reader.attr(node, "Type")?;
    let known = STEP_TYPES.iter().find(|(name, _)| name.eq_ignore_ascii_case(written.value.trim()));
    // The step stays, so that what it refers to is still checked.
    Some(Spanned::new(known.map_or(StepType::Noop, |(_, step_type)| *step_type), written.span))
}

fn selection(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Selection> {
    if let Some(target) = reader.reference(node, "TargetClaimsExchangeId") {
        return Some(Selection::Target(target));
    }
    if let Some(validation) = reader.reference(node, "ValidationClaimsExchangeId") {
        return Some(Selection::Validation(validation));
    }
    None
}
