//! Merged layers to the effective policy: defaults filled in, and what only inheritance needed left behind.

use indexmap::IndexMap;
use journeyman_claims::Name;

use crate::codes;
use crate::diagnostic::Sink;
use crate::document::{
    ClaimUseLayer, DisplayClaimLayer, DisplayControlLayer, Document, JourneyLayer, Layers, LocalizationLayer,
    MergeBehavior, RelyingPartyLayer, StepLayer, TechnicalProfileLayer,
};
use crate::model::{
    ClaimUse, DisplayClaim, DisplayControl, Journey, JourneyKind, Localization, OrchestrationStep, Policy, Ref,
    RelyingParty, StepType, TechnicalProfile,
};
use crate::source::{FileId, Spanned};

/// The policy of a leaf whose chain, root first, was merged and whose inclusions were applied.
pub(crate) fn policy(chain: &[&Document], complete: bool, layers: Layers, sink: &mut Sink) -> Policy {
    let leaf = chain.last().expect("a chain ends in its leaf");
    let nearest = |part: fn(&Document) -> Option<String>| chain.iter().rev().find_map(|document| part(document));
    Policy {
        id: leaf.id.value.clone(),
        span: leaf.span,
        tenant: nearest(|document| document.tenant.as_ref().map(|tenant| tenant.value.trim().to_owned()))
            .unwrap_or_default(),
        tenant_object_id: nearest(|document| document.tenant_object_id.clone()),
        public_policy_uri: leaf.public_policy_uri.clone(),
        deployment_mode: leaf.deployment_mode,
        journey_recorder: leaf.journey_recorder.clone(),
        chain: chain.iter().map(|document| document.file).collect::<Vec<FileId>>(),
        complete,
        claim_types: each(layers.claim_types, |id, layer| crate::model::ClaimType { id, ..layer.claim_type }),
        predicates: layers.predicates,
        predicate_validations: layers.predicate_validations,
        transformations: layers.transformations,
        content_definitions: each(layers.content_definitions, |_, layer| layer.definition),
        localization: localization(layers.localization),
        display_controls: each(layers.display_controls, |id, layer| display_control(id, layer, sink)),
        technical_profiles: each(layers.technical_profiles, technical_profile),
        user_journeys: each(layers.user_journeys, |id, layer| journey(id, layer, sink)),
        sub_journeys: each(layers.sub_journeys, |id, layer| journey(id, layer, sink)),
        relying_party: leaf.relying_party.clone().map(|own| relying_party(own, chain)),
    }
}

fn each<L, T>(layers: IndexMap<Name, L>, mut finish: impl FnMut(Name, L) -> T) -> IndexMap<Name, T> {
    layers.into_iter().map(|(id, layer)| (id.clone(), finish(id, layer))).collect()
}

fn localization(layer: LocalizationLayer) -> Localization {
    Localization {
        enabled: layer.enabled.unwrap_or(false),
        default_language: layer.default_language,
        and_built_in: layer.supported.as_ref().is_none_or(|(behavior, _)| *behavior != MergeBehavior::ReplaceAll),
        supported: layer.supported.map(|(_, languages)| languages).unwrap_or_default(),
        resources: layer.resources,
    }
}

fn display_control(id: Name, layer: DisplayControlLayer, sink: &mut Sink) -> DisplayControl {
    let control_type = layer.control_type.unwrap_or_else(|| {
        let attribute = "UserInterfaceControlType";
        sink.report(codes::missing_attribute::missing_attribute(layer.span, "DisplayControl", attribute));
        Spanned::new(String::new(), layer.span)
    });
    DisplayControl {
        id,
        span: layer.span,
        control_type,
        input_claims: claims(layer.input_claims, true),
        display_claims: layer.display_claims.into_iter().map(|layer| display_claim(layer, true)).collect(),
        output_claims: claims(layer.output_claims, true),
        actions: layer.actions,
    }
}

fn technical_profile(id: Name, layer: TechnicalProfileLayer) -> TechnicalProfile {
    let fills_in = fills_in(&layer);
    TechnicalProfile {
        id,
        span: layer.span,
        domain: layer.domain.or(layer.provider_domain),
        display_name: layer.display_name,
        description: layer.description,
        protocol: layer.protocol,
        includes_unknown: layer.inclusions.unresolved,
        input_token_format: layer.input_token_format,
        output_token_format: layer.output_token_format,
        metadata: layer.metadata,
        metadata_keys: layer.metadata_keys,
        keys: layer.keys,
        include_in_sso: layer.include_in_sso,
        input_transformations: layer.input_transformations,
        input_claims: claims(layer.input_claims, fills_in),
        display_claims: layer.display_claims.into_iter().map(|layer| display_claim(layer, fills_in)).collect(),
        persisted_claims: claims(layer.persisted_claims, fills_in),
        output_claims: claims(layer.output_claims, fills_in),
        output_transformations: layer.output_transformations,
        validations: layer.validations,
        subject_naming: layer.subject_naming,
        session_profile: layer.session_profile,
        enabled_for: layer.enabled_for.unwrap_or_default(),
    }
}

/// Whether claim resolvers in defaults of a profile are filled in. Application Insights does so unasked.
fn fills_in(layer: &TechnicalProfileLayer) -> bool {
    const UNASKED: &str = "AzureApplicationInsightsProvider";
    let asked = layer.metadata.get(&Name::new("IncludeClaimResolvingInClaimsHandling"));
    let handler = layer.protocol.as_ref().and_then(|protocol| protocol.value.handler.as_deref()).unwrap_or_default();
    asked.is_some_and(|asked| matches!(asked.value.trim().to_ascii_lowercase().as_str(), "true" | "1"))
        || handler.rsplit('.').next().is_some_and(|class| class.trim().eq_ignore_ascii_case(UNASKED))
}

fn claims(layers: Vec<ClaimUseLayer>, fills_in: bool) -> Vec<ClaimUse> {
    layers.into_iter().map(|layer| claim_use(layer, fills_in)).collect()
}

fn claim_use(layer: ClaimUseLayer, fills_in: bool) -> ClaimUse {
    ClaimUse {
        claim: layer.claim,
        partner: layer.partner,
        default: layer.default,
        always_use_default: layer.always_use_default.unwrap_or(false),
        required: layer.required.unwrap_or(false),
        fills_in,
        overwrite_if_exists: layer.overwrite_if_exists.unwrap_or(true),
        control_claim_type: layer.control_claim_type,
        span: layer.span,
    }
}

fn display_claim(layer: DisplayClaimLayer, fills_in: bool) -> DisplayClaim {
    match layer {
        DisplayClaimLayer::Claim(claim) => DisplayClaim::Claim(claim_use(claim, fills_in)),
        DisplayClaimLayer::Control(control) => DisplayClaim::Control(control),
    }
}

fn journey(id: Name, layer: JourneyLayer, sink: &mut Sink) -> Journey {
    Journey {
        id,
        span: layer.span,
        kind: layer.kind.unwrap_or(JourneyKind::Call),
        default_issuer: layer.default_issuer,
        non_interactive: layer.non_interactive.unwrap_or(false),
        authorization: layer.authorization,
        numbered: layer.numbered,
        steps: layer.steps.into_iter().map(|layer| step(layer, sink)).collect(),
    }
}

fn step(layer: StepLayer, sink: &mut Sink) -> OrchestrationStep {
    let step_type = layer.step_type.unwrap_or_else(|| {
        sink.report(codes::missing_attribute::missing_attribute(layer.span, "OrchestrationStep", "Type"));
        Spanned::new(StepType::Noop, layer.span)
    });
    OrchestrationStep {
        order: layer.order,
        span: layer.span,
        step_type,
        content_definition: layer.content_definition,
        issuer: layer.issuer,
        preconditions: layer.preconditions.unwrap_or_default(),
        selections: layer.selections,
        show_single_provider: layer.show_single_provider.unwrap_or(false),
        exchanges: layer.exchanges,
        candidates: layer.candidates,
    }
}

/// The leaf's element; only the default journey is inherited.
fn relying_party(own: RelyingPartyLayer, chain: &[&Document]) -> RelyingParty {
    let inherited = |document: &&Document| document.relying_party.as_ref()?.default_journey.clone();
    let default_journey: Option<Ref> = chain.iter().rev().find_map(inherited);
    let mut profile = technical_profile(own.profile_id, own.profile);
    profile.input_claims.iter_mut().chain(&mut profile.output_claims).for_each(|claim| claim.fills_in = true);
    RelyingParty { span: own.span, default_journey, endpoints: own.endpoints, behaviors: own.behaviors, profile }
}
