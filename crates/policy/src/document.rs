//! What one file says, before inheritance: everything optional, every part with its place.
//!
//! A layer differs from its counterpart in [`crate::model`] only in knowing what was left out, since that is what a base
//! policy supplies. Items that a child replaces whole need no layer and are the model's own.

use indexmap::IndexMap;
use journeyman_claims::Name;

use crate::include::Inclusions;
use crate::model::{
    Behaviors, ClaimType, ClaimsExchange, ClaimsTransformation, ContentDefinition, ControlAction, DeploymentMode,
    EnabledFor, JourneyKind, LocalizedResources, Precondition, Predicate, PredicateValidation, Protocol, Ref,
    Selection, StepType, SubjectNaming, Validation,
};
use crate::source::{FileId, Span, Spanned};

/// One policy file.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) file: FileId,
    /// The root element.
    pub(crate) span: Span,
    pub(crate) id: Ref,
    pub(crate) tenant: Option<Spanned<String>>,
    pub(crate) tenant_object_id: Option<String>,
    pub(crate) public_policy_uri: Option<String>,
    pub(crate) deployment_mode: DeploymentMode,
    pub(crate) journey_recorder: Option<Spanned<String>>,
    /// `BasePolicy/PolicyId`.
    pub(crate) base: Option<Ref>,
    /// `BasePolicy/TenantId`.
    pub(crate) base_tenant: Option<Spanned<String>>,
    pub(crate) layers: Layers,
    pub(crate) relying_party: Option<RelyingPartyLayer>,
}

/// Everything that is inherited.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layers {
    pub(crate) claim_types: IndexMap<Name, ClaimTypeLayer>,
    pub(crate) predicates: IndexMap<Name, Predicate>,
    pub(crate) predicate_validations: IndexMap<Name, PredicateValidation>,
    pub(crate) transformations: IndexMap<Name, ClaimsTransformation>,
    pub(crate) content_definitions: IndexMap<Name, ContentDefinitionLayer>,
    pub(crate) localization: LocalizationLayer,
    pub(crate) display_controls: IndexMap<Name, DisplayControlLayer>,
    pub(crate) technical_profiles: IndexMap<Name, TechnicalProfileLayer>,
    pub(crate) user_journeys: IndexMap<Name, JourneyLayer>,
    pub(crate) sub_journeys: IndexMap<Name, JourneyLayer>,
}

/// `MergeBehavior`: what a child's list does to its parent's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum MergeBehavior {
    Append,
    Prepend,
    #[default]
    ReplaceAll,
}

#[derive(Clone, Debug)]
pub(crate) struct ClaimTypeLayer {
    pub(crate) claim_type: ClaimType,
    /// Of the restriction, where there is one.
    pub(crate) restriction: MergeBehavior,
}

#[derive(Clone, Debug)]
pub(crate) struct ContentDefinitionLayer {
    pub(crate) definition: ContentDefinition,
    /// Absent: the layer has no `LocalizedResourcesReferences`.
    pub(crate) localized: Option<MergeBehavior>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct LocalizationLayer {
    pub(crate) enabled: Option<bool>,
    pub(crate) default_language: Option<Spanned<String>>,
    pub(crate) supported: Option<(MergeBehavior, Vec<Spanned<String>>)>,
    pub(crate) resources: IndexMap<Name, LocalizedResources>,
}

#[derive(Clone, Debug)]
pub(crate) struct DisplayControlLayer {
    pub(crate) span: Span,
    pub(crate) control_type: Option<Spanned<String>>,
    pub(crate) input_claims: Vec<ClaimUseLayer>,
    pub(crate) display_claims: Vec<DisplayClaimLayer>,
    pub(crate) output_claims: Vec<ClaimUseLayer>,
    pub(crate) actions: Vec<ControlAction>,
}

#[derive(Clone, Debug)]
pub(crate) struct ClaimUseLayer {
    pub(crate) claim: Ref,
    pub(crate) partner: Option<Spanned<String>>,
    pub(crate) default: Option<Spanned<String>>,
    pub(crate) always_use_default: Option<bool>,
    pub(crate) required: Option<bool>,
    pub(crate) overwrite_if_exists: Option<bool>,
    pub(crate) control_claim_type: Option<Spanned<String>>,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum DisplayClaimLayer {
    Claim(ClaimUseLayer),
    Control(Ref),
}

#[derive(Clone, Debug)]
pub(crate) struct TechnicalProfileLayer {
    pub(crate) span: Span,
    pub(crate) domain: Option<String>,
    /// Of the claims provider around it.
    pub(crate) provider_domain: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) protocol: Option<Spanned<Protocol>>,
    pub(crate) input_token_format: Option<Spanned<String>>,
    pub(crate) output_token_format: Option<Spanned<String>>,
    pub(crate) metadata: IndexMap<Name, Spanned<String>>,
    /// Where the keys of the items stand.
    pub(crate) metadata_keys: IndexMap<Name, Span>,
    pub(crate) keys: IndexMap<Name, Ref>,
    pub(crate) include_in_sso: Option<bool>,
    pub(crate) input_transformations: Vec<Ref>,
    pub(crate) input_claims: Vec<ClaimUseLayer>,
    pub(crate) display_claims: Vec<DisplayClaimLayer>,
    pub(crate) persisted_claims: Vec<ClaimUseLayer>,
    pub(crate) output_claims: Vec<ClaimUseLayer>,
    pub(crate) output_transformations: Vec<Ref>,
    pub(crate) validations: Vec<Validation>,
    pub(crate) subject_naming: Option<SubjectNaming>,
    pub(crate) inclusions: Inclusions,
    pub(crate) session_profile: Option<Ref>,
    pub(crate) enabled_for: Option<EnabledFor>,
}

#[derive(Clone, Debug)]
pub(crate) struct JourneyLayer {
    pub(crate) span: Span,
    /// Absent: a sub journey that does not say.
    pub(crate) kind: Option<JourneyKind>,
    pub(crate) default_issuer: Option<Ref>,
    pub(crate) non_interactive: Option<bool>,
    pub(crate) authorization: Vec<Ref>,
    /// Whether every step has a number: one without is reported, and not among the steps.
    pub(crate) numbered: bool,
    pub(crate) steps: Vec<StepLayer>,
}

#[derive(Clone, Debug)]
pub(crate) struct StepLayer {
    pub(crate) order: u32,
    pub(crate) span: Span,
    pub(crate) step_type: Option<Spanned<StepType>>,
    pub(crate) content_definition: Option<Ref>,
    pub(crate) issuer: Option<Ref>,
    /// Absent: the layer has no `Preconditions`, so the parent's hold.
    pub(crate) preconditions: Option<Vec<Precondition>>,
    pub(crate) selections: Vec<Selection>,
    pub(crate) show_single_provider: Option<bool>,
    pub(crate) exchanges: Vec<ClaimsExchange>,
    pub(crate) candidates: Vec<Ref>,
}

#[derive(Clone, Debug)]
pub(crate) struct RelyingPartyLayer {
    pub(crate) span: Span,
    pub(crate) default_journey: Option<Ref>,
    pub(crate) endpoints: Vec<(Spanned<String>, Ref)>,
    pub(crate) behaviors: Behaviors,
    pub(crate) profile_id: Name,
    pub(crate) profile: TechnicalProfileLayer,
}
