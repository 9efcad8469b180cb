//! The effective policy: what a chain of files means once inheritance and inclusion are applied.
//!
//! Every node keeps the span of the element that it came from, so that a finding can name the file of the chain where a
//! thing was declared or overridden. Nothing here runs; the engine binds it to providers.

use std::collections::HashSet;

use indexmap::IndexMap;
use journeyman_claims::{DataType, Name};
use serde::{Deserialize, Serialize};

use crate::source::{FileId, Span, Spanned};

/// A reference to something by its id: the spelling of the reference is kept, comparison ignores case.
pub type Ref = Spanned<Name>;

/// One policy after its whole chain was merged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Policy {
    /// `PolicyId` of the leaf.
    pub id: Name,
    /// The leaf's root element.
    pub span: Span,
    /// `TenantId`: a domain such as `contoso.onmicrosoft.com`.
    pub tenant: String,
    /// `TenantObjectId`, where a file of the chain has one.
    pub tenant_object_id: Option<String>,
    /// `PublicPolicyUri`; informative.
    pub public_policy_uri: Option<String>,
    /// `DeploymentMode` of the leaf.
    pub deployment_mode: DeploymentMode,
    /// `UserJourneyRecorderEndpoint` of the leaf.
    pub journey_recorder: Option<Spanned<String>>,
    /// The files merged, root first, leaf last.
    pub chain: Vec<FileId>,
    /// Whether the chain begins with a file that has no base; otherwise part of the policy is not known.
    #[serde(skip)]
    pub complete: bool,
    /// Claim types.
    pub claim_types: IndexMap<Name, ClaimType>,
    /// Predicates.
    pub predicates: IndexMap<Name, Predicate>,
    /// Predicate validations, and the legacy input validations.
    pub predicate_validations: IndexMap<Name, PredicateValidation>,
    /// Claims transformations.
    pub transformations: IndexMap<Name, ClaimsTransformation>,
    /// Content definitions.
    pub content_definitions: IndexMap<Name, ContentDefinition>,
    /// Languages and texts.
    pub localization: Localization,
    /// Display controls.
    pub display_controls: IndexMap<Name, DisplayControl>,
    /// Technical profiles, with what they include already laid under them.
    pub technical_profiles: IndexMap<Name, TechnicalProfile>,
    /// User journeys.
    pub user_journeys: IndexMap<Name, Journey>,
    /// Sub journeys.
    pub sub_journeys: IndexMap<Name, Journey>,
    /// What applications call; absent from base files.
    pub relying_party: Option<RelyingParty>,
}

impl Policy {
    /// A user journey or sub journey by id.
    pub fn journey(&self, id: &Name) -> Option<&Journey> {
        self.user_journeys.get(id).or_else(|| self.sub_journeys.get(id))
    }

    /// The journeys that can be started: by applications, as the relying party says, and for a refresh token, as the issuer of
    /// one of these says.
    pub fn started(&self) -> Vec<&Journey> {
        let Some(party) = &self.relying_party else { return Vec::new() };
        let named = party.default_journey.iter().chain(party.endpoints.iter().map(|(_, journey)| journey));
        let mut waiting: Vec<Name> = named.rev().map(|journey| journey.value.clone()).collect();
        let (mut started, mut seen) = (Vec::new(), HashSet::new());
        while let Some(id) = waiting.pop() {
            let Some(journey) = self.journey(&id).filter(|journey| seen.insert(&journey.id)) else { continue };
            if self.user_journeys.contains_key(&journey.id) {
                started.push(journey);
            }
            waiting.extend(journey.steps.iter().flat_map(|step| &step.candidates).map(|sub| sub.value.clone()));
            let issuers =
                journey.default_issuer.iter().chain(journey.steps.iter().filter_map(|step| step.issuer.as_ref()));
            let issuers = issuers.filter_map(|issuer| self.technical_profiles.get(&issuer.value));
            waiting.extend(issuers.filter_map(|issuer| issuer.metadata("RefreshTokenUserJourneyId")).map(Name::new));
        }
        started
    }
}

/// `DeploymentMode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the variants are the attribute's values")]
pub enum DeploymentMode {
    #[default]
    Production,
    Development,
    Debugging,
}

/// `ClaimType`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClaimType {
    /// The id, in its first spelling.
    pub id: Name,
    /// The declaring element nearest to the leaf.
    pub span: Span,
    /// Label on pages.
    pub display_name: Option<String>,
    /// May be missing in a broken policy; run as a string then.
    pub data_type: Option<Spanned<DataType>>,
    /// Whether it has a `DataType`, be it one that is none.
    pub says_data_type: bool,
    /// Outside names by protocol.
    pub default_partner_names: Vec<DefaultPartnerName>,
    /// How the value is veiled on pages.
    pub mask: Option<Mask>,
    /// Hint shown on pages.
    pub user_help_text: Option<String>,
    /// Never shown.
    pub admin_help_text: Option<String>,
    /// How it is asked for; absent: it never is.
    pub input_type: Option<Spanned<UserInputType>>,
    /// What values are allowed.
    pub restriction: Option<Restriction>,
    /// The rules that a typed value must keep.
    pub predicate_validation: Option<Ref>,
}

/// `DefaultPartnerClaimTypes/Protocol`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DefaultPartnerName {
    /// `Protocol@Name`.
    pub protocol: String,
    /// The outside name under that protocol.
    pub partner: String,
}

/// `Mask`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Mask {
    /// The text covers as many leading characters.
    Simple(String),
    /// Every match is replaced.
    Regex {
        /// The pattern.
        pattern: Spanned<String>,
        /// What a match becomes.
        replacement: String,
    },
}

/// `UserInputType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the variants are the element's values")]
pub enum UserInputType {
    TextBox,
    EmailBox,
    Password,
    DateTimeDropdown,
    RadioSingleSelect,
    DropdownSingleSelect,
    CheckboxMultiSelect,
    Readonly,
    Paragraph,
    Button,
}

/// `Restriction`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Restriction {
    /// A list to choose from.
    Enumeration(Vec<EnumerationItem>),
    /// A pattern searched for in the value.
    Pattern {
        /// The pattern, .NET flavoured.
        expression: Spanned<String>,
        /// What to say when it is not found.
        help_text: Option<String>,
    },
}

/// `Enumeration`, or `Item` of a localized collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnumerationItem {
    /// What is shown.
    pub text: String,
    /// What the claim becomes.
    pub value: String,
    /// Chosen at first.
    pub select_by_default: bool,
}

/// `Predicate`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Predicate {
    /// The id.
    pub id: Name,
    /// The element.
    pub span: Span,
    /// `IsLengthRange`, `MatchesRegex`, `IncludesCharacters`, `IsDateRange`.
    pub method: Spanned<String>,
    /// What to say when it fails.
    pub help_text: Option<String>,
    /// Parameters by id.
    pub parameters: IndexMap<Name, Spanned<String>>,
}

/// `PredicateValidation`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PredicateValidation {
    /// The id.
    pub id: Name,
    /// The element.
    pub span: Span,
    /// All groups must hold.
    pub groups: Vec<PredicateGroup>,
}

/// `PredicateGroup`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PredicateGroup {
    /// Names the group for localization.
    pub id: Option<Name>,
    /// Said before the failed predicates.
    pub user_help_text: Option<String>,
    /// How many must hold; absent: all.
    pub match_at_least: Option<u32>,
    /// The predicates.
    pub predicates: Vec<Ref>,
}

/// `ClaimsTransformation`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClaimsTransformation {
    /// The id.
    pub id: Name,
    /// The element.
    pub span: Span,
    /// `TransformationMethod`.
    pub method: Spanned<String>,
    /// `InputClaim`s in order.
    pub inputs: Vec<TransformationClaim>,
    /// `InputParameter`s in order.
    pub parameters: Vec<TransformationParameter>,
    /// `OutputClaim`s in order.
    pub outputs: Vec<TransformationClaim>,
}

/// A claim in a transformation, with the role that it plays.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TransformationClaim {
    /// The claim.
    pub claim: Ref,
    /// `TransformationClaimType`, or the claim's id.
    pub role: String,
    /// Where that is written.
    pub role_span: Span,
    /// The element.
    pub span: Span,
}

/// `InputParameter`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TransformationParameter {
    /// The id.
    pub id: String,
    /// Where that is written.
    pub id_span: Span,
    /// The declared type.
    pub data_type: Option<DataType>,
    /// The literal.
    pub value: Spanned<String>,
}

/// `ContentDefinition`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ContentDefinition {
    /// The id.
    pub id: Name,
    /// The element nearest to the leaf.
    pub span: Span,
    /// The page template.
    pub load_uri: Option<Spanned<String>>,
    /// Not used by anybody.
    pub recovery_uri: Option<String>,
    /// Page kind and version.
    pub data_uri: Option<Spanned<String>>,
    /// Metadata items.
    pub metadata: IndexMap<Name, Spanned<String>>,
    /// Texts by language.
    pub localized: Vec<LocalizedReference>,
}

/// `LocalizedResourcesReference`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LocalizedReference {
    /// The element.
    pub span: Span,
    /// A language tag.
    pub language: Spanned<String>,
    /// The resources for it.
    pub resources: Ref,
}

/// `Localization`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Localization {
    /// Whether texts are chosen by language at all.
    pub enabled: bool,
    /// The language of last resort.
    pub default_language: Option<Spanned<String>>,
    /// Language tags on offer.
    pub supported: Vec<Spanned<String>>,
    /// The languages of built-in texts are on offer too: the policy adds to them, or says nothing about languages.
    pub and_built_in: bool,
    /// Texts by resource id.
    pub resources: IndexMap<Name, LocalizedResources>,
}

/// `LocalizedResources`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LocalizedResources {
    /// The id.
    pub id: Name,
    /// The element nearest to the leaf.
    pub span: Span,
    /// Strings.
    pub strings: Vec<LocalizedString>,
    /// Lists to choose from.
    pub collections: Vec<LocalizedCollection>,
}

impl LocalizedResources {
    /// A string by its three names; ids compare without case, an absent element id only matches an absent one.
    pub fn string(&self, element_type: &str, element_id: Option<&str>, string_id: &str) -> Option<&str> {
        self.strings
            .iter()
            .find(|s| {
                s.element_type.value.eq_ignore_ascii_case(element_type)
                    && s.string_id.value.eq_ignore_ascii_case(string_id)
                    && match (&s.element_id, element_id) {
                        (Some(a), Some(b)) => a.value.eq_ignore_ascii_case(b),
                        (None, None) => true,
                        _ => false,
                    }
            })
            .map(|s| s.text.as_str())
    }
}

/// `LocalizedString`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LocalizedString {
    /// `ClaimType`, `UxElement`, `ErrorMessage`, …
    pub element_type: Spanned<String>,
    /// For example a claim's id.
    pub element_id: Option<Spanned<String>>,
    /// For example `DisplayName`.
    pub string_id: Spanned<String>,
    /// The text.
    pub text: String,
    /// The element.
    pub span: Span,
}

/// `LocalizedCollection`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LocalizedCollection {
    /// The claim whose list this is.
    pub claim: Ref,
    /// The list.
    pub items: Vec<EnumerationItem>,
}

/// `DisplayControl`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DisplayControl {
    /// The id.
    pub id: Name,
    /// The element nearest to the leaf.
    pub span: Span,
    /// `UserInterfaceControlType`: `VerificationControl`, `QrCodeControl`, …
    pub control_type: Spanned<String>,
    /// What prefills it.
    pub input_claims: Vec<ClaimUse>,
    /// What it shows and asks.
    pub display_claims: Vec<DisplayClaim>,
    /// What it keeps.
    pub output_claims: Vec<ClaimUse>,
    /// `SendCode`, `VerifyCode`, …
    pub actions: Vec<ControlAction>,
}

impl DisplayControl {
    /// An action by id, without regard to case.
    pub fn action(&self, id: &str) -> Option<&ControlAction> {
        self.actions.iter().find(|a| a.id.value == Name::new(id))
    }
}

/// `Action` of a display control.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ControlAction {
    /// The id.
    pub id: Ref,
    /// The profiles that it runs, in order.
    pub validations: Vec<Validation>,
}

/// A claim as a profile or control refers to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClaimUse {
    /// The claim, spelt as here: outside parties may see this spelling.
    pub claim: Ref,
    /// `PartnerClaimType`.
    pub partner: Option<Spanned<String>>,
    /// `DefaultValue`.
    pub default: Option<Spanned<String>>,
    /// `AlwaysUseDefaultValue`.
    pub always_use_default: bool,
    /// `Required`.
    pub required: bool,
    /// Whether claim resolvers in the default are filled in: of a technical profile's claims only where its metadata asks
    /// for it, of others always.
    pub fills_in: bool,
    /// `OverwriteIfExists` of a persisted claim; absent: true.
    pub overwrite_if_exists: bool,
    /// `ControlClaimType` of a display claim.
    pub control_claim_type: Option<Spanned<String>>,
    /// The element.
    pub span: Span,
}

impl ClaimUse {
    /// The outside name: `PartnerClaimType`, else the claim id as it is spelt here.
    pub fn partner_or_id(&self) -> &str {
        self.partner.as_ref().map_or(self.claim.value.as_str(), |p| p.value.as_str())
    }
}

/// `DisplayClaim`: a claim, or a whole control.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum DisplayClaim {
    /// `ClaimTypeReferenceId`.
    Claim(ClaimUse),
    /// `DisplayControlReferenceId`.
    Control(Ref),
}

/// `TechnicalProfile`, after merge and inclusion.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TechnicalProfile {
    /// The id.
    pub id: Name,
    /// The element nearest to the leaf.
    pub span: Span,
    /// `Domain` of the profile, else of its claims provider.
    pub domain: Option<String>,
    /// Caption of the provider's button.
    pub display_name: Option<String>,
    /// Informative.
    pub description: Option<String>,
    /// `Protocol`; absent in profiles that a tenant was meant to supply.
    pub protocol: Option<Spanned<Protocol>>,
    /// Whether it, or what it includes, includes a profile that is not there or leads back to it, which is reported: what
    /// seems to be missing may be meant to come from there.
    #[serde(skip)]
    pub includes_unknown: bool,
    /// `InputTokenFormat`.
    pub input_token_format: Option<Spanned<String>>,
    /// `OutputTokenFormat`.
    pub output_token_format: Option<Spanned<String>>,
    /// `Metadata/Item` by key; the span is the value's.
    pub metadata: IndexMap<Name, Spanned<String>>,
    /// Where the keys of these items stand.
    #[serde(skip)]
    pub metadata_keys: IndexMap<Name, Span>,
    /// `CryptographicKeys/Key` by id; the value is the storage reference.
    pub keys: IndexMap<Name, Ref>,
    /// `IncludeInSso`.
    pub include_in_sso: Option<bool>,
    /// `InputClaimsTransformations`.
    pub input_transformations: Vec<Ref>,
    /// `InputClaims`.
    pub input_claims: Vec<ClaimUse>,
    /// `DisplayClaims`.
    pub display_claims: Vec<DisplayClaim>,
    /// `PersistedClaims`.
    pub persisted_claims: Vec<ClaimUse>,
    /// `OutputClaims`.
    pub output_claims: Vec<ClaimUse>,
    /// `OutputClaimsTransformations`.
    pub output_transformations: Vec<Ref>,
    /// `ValidationTechnicalProfiles`.
    pub validations: Vec<Validation>,
    /// `SubjectNamingInfo`.
    pub subject_naming: Option<SubjectNaming>,
    /// `UseTechnicalProfileForSessionManagement`.
    pub session_profile: Option<Ref>,
    /// `EnabledForUserJourneys`.
    pub enabled_for: EnabledFor,
}

impl TechnicalProfile {
    /// A metadata value by key, without regard to case, trimmed.
    pub fn metadata(&self, key: &str) -> Option<&str> {
        self.metadata.get(&Name::new(key)).map(|v| v.value.trim())
    }

    /// A metadata value read as a boolean: `true`, `True`, `1`; anything else that is written is false.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.metadata(key).map(|v| v.eq_ignore_ascii_case("true") || v == "1")
    }
}

/// `Protocol`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protocol {
    /// `Name`: `None`, `OpenIdConnect`, `Proprietary`, …
    pub name: String,
    /// The type name of `Handler`, before its first comma.
    pub handler: Option<String>,
}

/// `ValidationTechnicalProfile`, or `ValidationClaimsExchangeTechnicalProfile` of a control's action.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Validation {
    /// The profile to run.
    pub profile: Ref,
    /// Go on after a failure.
    pub continue_on_error: bool,
    /// Go on after a success.
    pub continue_on_success: bool,
    /// When to leave it out.
    pub preconditions: Vec<Precondition>,
}

/// `Precondition`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Precondition {
    /// What is looked at.
    pub test: PreconditionTest,
    /// `ExecuteActionsIf`.
    pub execute_if: bool,
    /// The element.
    pub span: Span,
}

/// What a precondition looks at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum PreconditionTest {
    /// Whether a claim has a value.
    ClaimsExist(Ref),
    /// Whether a claim's text equals a literal.
    ClaimEquals(Ref, Spanned<String>),
}

/// `EnabledForUserJourneys`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the variants are the element's values")]
pub enum EnabledFor {
    #[default]
    Always,
    Never,
    OnClaimsExistence,
    OnItemExistenceInStringCollectionClaim,
    OnItemAbsenceInStringCollectionClaim,
}

/// `UserJourney` or `SubJourney`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Journey {
    /// The id.
    pub id: Name,
    /// The element nearest to the leaf.
    pub span: Span,
    /// Which of the two it is, and how it returns.
    pub kind: JourneyKind,
    /// `DefaultCpimIssuerTechnicalProfileReferenceId`.
    pub default_issuer: Option<Ref>,
    /// `NonInteractive`.
    pub non_interactive: bool,
    /// `AuthorizationTechnicalProfile`s, run first.
    pub authorization: Vec<Ref>,
    /// Whether every step has a number: one without is reported, and left out.
    pub numbered: bool,
    /// Sorted by order; two of the same order keep the order of the file.
    pub steps: Vec<OrchestrationStep>,
}

/// How a journey is entered and left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JourneyKind {
    /// A `UserJourney`.
    User,
    /// A `SubJourney` that returns to its caller.
    Call,
    /// A `SubJourney` that does not return.
    Transfer,
}

/// `OrchestrationStep`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrchestrationStep {
    /// `Order`.
    pub order: u32,
    /// The element nearest to the leaf.
    pub span: Span,
    /// `Type`.
    pub step_type: Spanned<StepType>,
    /// `ContentDefinitionReferenceId`.
    pub content_definition: Option<Ref>,
    /// `CpimIssuerTechnicalProfileReferenceId`.
    pub issuer: Option<Ref>,
    /// When to skip it.
    pub preconditions: Vec<Precondition>,
    /// `ClaimsProviderSelection`s, in the order of their buttons.
    pub selections: Vec<Selection>,
    /// `DisplayOption="ShowSingleProvider"`.
    pub show_single_provider: bool,
    /// `ClaimsExchange`s.
    pub exchanges: Vec<ClaimsExchange>,
    /// `JourneyList/Candidate`.
    pub candidates: Vec<Ref>,
}

/// `Type` of an orchestration step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the variants are the attribute's values")]
pub enum StepType {
    ClaimsProviderSelection,
    CombinedSignInAndSignUp,
    ClaimsExchange,
    GetClaims,
    InvokeSubJourney,
    SendClaims,
    ConsentScreen,
    ReviewScreen,
    UserDialog,
    Noop,
}

/// `ClaimsProviderSelection`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Selection {
    /// `TargetClaimsExchangeId`: runs in the next step.
    Target(Ref),
    /// `ValidationClaimsExchangeId`: runs in this step.
    Validation(Ref),
}

/// `ClaimsExchange`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClaimsExchange {
    /// The id that selections name.
    pub id: Ref,
    /// The profile to run.
    pub profile: Ref,
}

/// `SubjectNamingInfo`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SubjectNaming {
    /// The outgoing name of the output claim that names the subject.
    pub claim: Spanned<String>,
    /// `Format`.
    pub format: Option<String>,
    /// `ExcludeAsClaim`.
    pub exclude_as_claim: bool,
}

/// `RelyingParty`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RelyingParty {
    /// The element.
    pub span: Span,
    /// `DefaultUserJourney`; `check` reports its absence.
    pub default_journey: Option<Ref>,
    /// `Endpoint`s: id and journey.
    pub endpoints: Vec<(Spanned<String>, Ref)>,
    /// `UserJourneyBehaviors`.
    pub behaviors: Behaviors,
    /// What comes in with the request and goes out with the token.
    pub profile: TechnicalProfile,
}

impl RelyingParty {
    /// The journey of an endpoint such as `Token`, without regard to case.
    pub fn endpoint(&self, id: &str) -> Option<&Ref> {
        self.endpoints.iter().find(|(name, _)| name.value.eq_ignore_ascii_case(id)).map(|(_, journey)| journey)
    }
}

/// `UserJourneyBehaviors`, with the language's defaults.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Behaviors {
    /// `SingleSignOn@Scope`.
    pub sso_scope: SsoScope,
    /// `SingleSignOn@KeepAliveInDays`; 0: none.
    pub keep_alive_days: u32,
    /// `SingleSignOn@EnforceIdTokenHintOnLogout`.
    pub enforce_id_token_hint_on_logout: bool,
    /// `SessionExpiryType` is `Absolute`.
    pub absolute_expiry: bool,
    /// `SessionExpiryInSeconds`.
    pub session_seconds: u32,
    /// `ContentDefinitionParameters`: name and value, which may hold resolvers.
    pub content_parameters: Vec<(String, Spanned<String>)>,
    /// `JourneyFraming@Sources`, when enabled.
    pub framing: Option<Vec<String>>,
    /// `ScriptExecution` is `Allow`.
    pub allow_scripts: bool,
    /// `JourneyInsights`.
    pub journey_insights: Option<JourneyInsights>,
}

/// `JourneyInsights`: where the vendor's service would record each journey, and how. Nothing is recorded here; what a policy
/// would give away is worth knowing all the same.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JourneyInsights {
    /// The element.
    pub span: Span,
    /// `InstrumentationKey`: whose records.
    pub instrumentation_key: String,
    /// `DeveloperMode`: at once and in full, which the documentation keeps for development.
    pub developer_mode: bool,
    /// `ClientEnabled`: in the browser too.
    pub client_enabled: bool,
    /// `ServerEnabled`.
    pub server_enabled: bool,
}

impl Default for Behaviors {
    fn default() -> Self {
        Self {
            sso_scope: SsoScope::Tenant,
            keep_alive_days: 0,
            enforce_id_token_hint_on_logout: false,
            absolute_expiry: false,
            session_seconds: 86_400,
            content_parameters: Vec::new(),
            framing: None,
            allow_scripts: false,
            journey_insights: None,
        }
    }
}

/// `SingleSignOn@Scope`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the variants are the attribute's values")]
pub enum SsoScope {
    Suppressed,
    TrustFramework,
    Tenant,
    Application,
    Policy,
}
