//! The table itself, from the root down: an element stands above what it holds.
//!
//! `maybe` is an element that may be absent, `one` one that may not; of `any` there may be several or none, of `some` at
//! least one. Reasons say why something is not read.

use super::types::{
    is_guid, is_language, is_not_empty, is_page_address, is_policy_id, is_policy_id_pattern, is_schema_version,
    is_short_text, is_telemetry_version,
};
use super::{Attribute, Child, Content, Element, Form, Twice, Type, Unique, Usage, Words};
use crate::diagnostic::Kind;

const fn element(name: &'static str) -> Element {
    Element { name, attributes: &[], one_of: &[], content: Content::Nothing, unique: &[], usage: Usage::Read }
}

/// An element that is a plain text.
const fn text(name: &'static str) -> Element {
    Element { content: Content::Text(Type::Text), ..element(name) }
}

/// An element that says one of some words, a number, or the like.
const fn value(name: &'static str, value: Type) -> Element {
    Element { content: Content::Text(value), ..element(name) }
}

/// A list of elements of one kind.
const fn list(name: &'static str, items: &'static [Child]) -> Element {
    Element { content: Content::Sequence(items), ..element(name) }
}

impl Element {
    const fn with(self, attributes: &'static [Attribute]) -> Self {
        Self { attributes, ..self }
    }

    const fn one_of(self, one_of: &'static [&'static str]) -> Self {
        Self { one_of, ..self }
    }

    const fn holds(self, children: &'static [Child]) -> Self {
        Self { content: Content::Sequence(children), ..self }
    }

    const fn either(self, children: &'static [Child]) -> Self {
        Self { content: Content::Choice(children), ..self }
    }

    const fn unique(self, unique: &'static [Unique]) -> Self {
        Self { unique, ..self }
    }

    const fn ignored(self, why: &'static str) -> Self {
        Self { usage: Usage::Ignored(why), ..self }
    }

    const fn not_run(self, what: &'static str) -> Self {
        Self { usage: Usage::NotRun(what), ..self }
    }
}

impl Attribute {
    const fn ignored(self, why: &'static str) -> Self {
        Self { usage: Usage::Ignored(why), ..self }
    }

    const fn not_run(self, what: &'static str) -> Self {
        Self { usage: Usage::NotRun(what), ..self }
    }
}

const fn must(name: &'static str, value: Type) -> Attribute {
    Attribute { name, value, required: true, usage: Usage::Read }
}

const fn may(name: &'static str, value: Type) -> Attribute {
    Attribute { name, value, required: false, usage: Usage::Read }
}

const fn maybe(element: &'static Element) -> Child {
    Child { element, required: false, repeated: false }
}

const fn one(element: &'static Element) -> Child {
    Child { element, required: true, repeated: false }
}

const fn any(element: &'static Element) -> Child {
    Child { element, required: false, repeated: true }
}

const fn some(element: &'static Element) -> Child {
    Child { element, required: true, repeated: true }
}

const fn declared(item: &'static [&'static str], what: &'static str, kind: Kind) -> Unique {
    Unique { path: item, key: "Id", twice: Twice::Declared(what, kind) }
}

const fn listed(path: &'static [&'static str], key: &'static str, what: &'static str, of: &'static str) -> Unique {
    Unique { path, key, twice: Twice::Listed(what, of) }
}

macro_rules! words {
    ($what:literal: $($word:literal)+) => {
        Type::Words(&Words { what: $what, words: &[$($word),+] })
    };
}

// The vocabularies that several places share, or that code asks for.

/// `OrchestrationStep@Type`.
pub(crate) static STEP_TYPE: Words = Words {
    what: "type of step",
    words: &[
        "ConsentScreen",
        "ClaimsProviderSelection",
        "CombinedSignInAndSignUp",
        "ClaimsExchange",
        "ReviewScreen",
        "SendClaims",
        "GetClaims",
        "UserDialog",
        "InvokeSubJourney",
        "Noop",
    ],
};

const DATA_TYPE: Type = words!("data type": "boolean" "date" "dateTime" "duration" "int" "long" "string" "stringCollection"
    "alternativeSecurityIdCollection" "userIdentityCollection" "userIdentity" "phoneNumber" "objectIdentityCollection"
    "objectIdentity");
const PROTOCOL_NAME: Type = words!("protocol": "None" "OAuth1" "OAuth2" "SAML2" "OpenIdConnect" "WsFed" "WsTrust"
    "UProve11" "Proprietary");
const TOKEN_FORMAT: Type =
    words!("token format": "JSON" "JWT" "SAML11" "SAML2" "CpimUnsigned" "UProve11" "OAuth2Error");
const MERGE_BEHAVIOR: Type = words!("merge behavior": "Append" "Prepend" "ReplaceAll");

const LANGUAGE: Type = Type::Form(&Form { what: "language tag", example: "en-US", accepts: is_language });
const POLICY_ID: Type =
    Type::Form(&Form { what: "policy id", example: "B2C_1A_SignUpOrSignIn", accepts: is_policy_id });
const PAGE_ADDRESS: Type =
    Type::Form(&Form { what: "page address", example: "~/common/default_page_error.html", accepts: is_page_address });
const SHORT_TEXT: Type = Type::Form(&Form { what: "domain", example: "contoso.com", accepts: is_short_text });

// Why something is not read.

const LEGACY: &str = "legacy: documents do not mention it, and no published policy uses it";
const INFORMATIVE: &str = "informative: it changes nothing that runs";
const SAML_ONLY: &str = "only for the subject of a SAML assertion, and SAML is not run";
const TELEMETRY: &str = "telemetry: where the vendor's service sends its record of a journey; it changes no journey";
const UPLOAD_ONLY: &str = "decides at upload who may build on the policy; it changes nothing that runs";

// The root.

/// `TrustFrameworkPolicy`: the root of every file.
pub static POLICY: Element = element("TrustFrameworkPolicy")
    .with(&[
        must(
            "PolicySchemaVersion",
            Type::Form(&Form { what: "schema version", example: "0.3.0.0", accepts: is_schema_version }),
        )
        .ignored("there is only one version"),
        must("TenantId", Type::Text),
        may("TenantObjectId", Type::Text),
        must("PolicyId", POLICY_ID),
        must("PublicPolicyUri", Type::Text),
        may("StateTableName", Type::Text).ignored(LEGACY),
        may("DeploymentMode", words!("deployment mode": "Development" "Production" "Debugging")),
        may("UserJourneyRecorderEndpoint", words!("journey recorder": "urn:journeyrecorder:applicationinsights")),
    ])
    .holds(&[
        maybe(&BASE_POLICY),
        maybe(&POLICY_CONSTRAINTS),
        maybe(&CONTACTS),
        maybe(&DOCUMENT_REFERENCES),
        maybe(&BUILDING_BLOCKS),
        maybe(&CLAIMS_PROVIDERS),
        maybe(&USER_JOURNEYS),
        maybe(&SUB_JOURNEYS),
        maybe(&RELYING_PARTY),
    ]);

static BASE_POLICY: Element = element("BasePolicy").holds(&[one(&BASE_TENANT), one(&BASE_ID)]);
static BASE_TENANT: Element = text("TenantId");
static BASE_ID: Element = value("PolicyId", POLICY_ID);

static POLICY_CONSTRAINTS: Element =
    element("PolicyConstraints").holds(&[maybe(&INHERITANCE), maybe(&REROUTE_RULES)]).ignored(UPLOAD_ONLY);
static INHERITANCE: Element = element("Inheritance")
    .with(&[must("DerivingPolicies", Type::Text).ignored(UPLOAD_ONLY)])
    .either(&[maybe(&TENANTS), maybe(&CONSTRAINT_HANDLER)])
    .ignored(UPLOAD_ONLY);
static TENANTS: Element = list("Tenants", &[some(&TENANT)]).ignored(UPLOAD_ONLY);
static TENANT: Element = element("Tenant")
    .with(&[must(
        "ReferenceId",
        Type::Form(&Form {
            what: "tenant object id",
            example: "00000000-0000-0000-0000-000000000000",
            accepts: is_guid,
        }),
    )
    .ignored(UPLOAD_ONLY)])
    .ignored(UPLOAD_ONLY);
static CONSTRAINT_HANDLER: Element = element("ConstraintHandler")
    .with(&[must("Id", Type::Text).ignored(UPLOAD_ONLY), must("Handler", Type::Text).ignored(UPLOAD_ONLY)])
    .ignored(UPLOAD_ONLY);
static REROUTE_RULES: Element = element("RerouteRules")
    .with(&[must("Type", Type::Text).ignored(LEGACY)])
    .holds(&[any(&REROUTE_RULE)])
    .ignored(LEGACY);
static REROUTE_RULE: Element = element("RerouteRule")
    .with(&[
        must("PolicyId", Type::Form(&Form { what: "policy id", example: "B2C_1A_{x}", accepts: is_policy_id_pattern }))
            .ignored(LEGACY),
        may("Weight", Type::Number).ignored(LEGACY),
        may("Match", Type::Form(&Form { what: "text to match", example: "x", accepts: is_not_empty })).ignored(LEGACY),
    ])
    .ignored(LEGACY);

static CONTACTS: Element = list("Contacts", &[any(&CONTACT)]).ignored(INFORMATIVE);
static CONTACT: Element = element("Contact")
    .with(&[must("Id", Type::Text).ignored(INFORMATIVE)])
    .holds(&[one(&NOTED_NAME), one(&TELEPHONE), one(&EMAIL), one(&ROLE)])
    .ignored(INFORMATIVE);
static NOTED_NAME: Element = text("DisplayName").ignored(INFORMATIVE);
static TELEPHONE: Element = text("TelephoneNumber").ignored(INFORMATIVE);
static EMAIL: Element = text("Email").ignored(INFORMATIVE);
static ROLE: Element = text("Role").ignored(INFORMATIVE);
static DOCUMENT_REFERENCES: Element = list("DocumentReferences", &[any(&DOCUMENT_REFERENCE)])
    .unique(&[declared(&["DocumentReference"], "document reference", Kind::Syntax)])
    .ignored(INFORMATIVE);
static DOCUMENT_REFERENCE: Element = element("DocumentReference")
    .with(&[must("Id", Type::Text).ignored(INFORMATIVE)])
    .holds(&[one(&NOTED_NAME), one(&URL)])
    .ignored(INFORMATIVE);
static URL: Element = text("Url").ignored(INFORMATIVE);

// Building blocks.

static BUILDING_BLOCKS: Element = element("BuildingBlocks").holds(&[
    maybe(&CLAIMS_SCHEMA),
    maybe(&PREDICATES),
    maybe(&INPUT_VALIDATIONS),
    maybe(&PREDICATE_VALIDATIONS),
    maybe(&CLAIMS_TRANSFORMATIONS),
    maybe(&CLIENT_DEFINITIONS),
    maybe(&CONTENT_DEFINITIONS),
    maybe(&LOCALIZATION),
    maybe(&DISPLAY_CONTROLS),
]);

static CLAIMS_SCHEMA: Element =
    list("ClaimsSchema", &[some(&CLAIM_TYPE)]).unique(&[declared(&["ClaimType"], "claim type", Kind::Claim)]);
static CLAIM_TYPE: Element = element("ClaimType")
    .with(&[
        must("Id", Type::Text),
        may("StatementType", words!("type of statement": "Attribute" "Authentication" "Subject")).ignored(LEGACY),
    ])
    .holds(&[
        maybe(&DISPLAY_NAME),
        maybe(&CLAIM_DATA_TYPE),
        any(&DEFAULT_PARTNER_CLAIM_TYPES),
        maybe(&MASK),
        maybe(&ADMIN_HELP_TEXT),
        maybe(&USER_HELP_TEXT),
        maybe(&USER_INPUT_TYPE),
        maybe(&RESTRICTION),
        maybe(&INPUT_VALIDATION_REFERENCE),
        maybe(&PREDICATE_VALIDATION_REFERENCE),
    ]);
static DISPLAY_NAME: Element = text("DisplayName");
static CLAIM_DATA_TYPE: Element = value("DataType", DATA_TYPE);
static DEFAULT_PARTNER_CLAIM_TYPES: Element = list("DefaultPartnerClaimTypes", &[any(&PARTNER_PROTOCOL)]);
static PARTNER_PROTOCOL: Element = element("Protocol").with(&[
    must("Name", PROTOCOL_NAME),
    may("Handler", Type::Text).ignored(LEGACY),
    must("PartnerClaimType", Type::Text),
]);
static MASK: Element =
    text("Mask").with(&[must("Type", words!("type of mask": "Simple" "Regex")), may("Regex", Type::Text)]);
static ADMIN_HELP_TEXT: Element = text("AdminHelpText");
static USER_HELP_TEXT: Element = text("UserHelpText");
static USER_INPUT_TYPE: Element = value(
    "UserInputType",
    words!("input type": "TextBox" "EmailBox" "DateTimeDropdown"
    "RadioSingleSelect" "DropdownSingleSelect" "CheckboxMultiSelect" "Password" "Readonly" "Button" "Paragraph"),
);
static RESTRICTION: Element =
    element("Restriction").with(&[may("MergeBehavior", MERGE_BEHAVIOR)]).either(&[any(&ENUMERATION), maybe(&PATTERN)]);
static ENUMERATION: Element = text("Enumeration").with(ENUMERATION_ITEM);
const ENUMERATION_ITEM: &[Attribute] =
    &[must("Text", Type::Text), must("Value", Type::Text), may("SelectByDefault", Type::Boolean)];
static PATTERN: Element =
    element("Pattern").with(&[must("RegularExpression", Type::Text), may("HelpText", Type::Text)]);
static INPUT_VALIDATION_REFERENCE: Element = element("InputValidationReference").with(&[must("Id", Type::Text)]);
static PREDICATE_VALIDATION_REFERENCE: Element =
    element("PredicateValidationReference").with(&[must("Id", Type::Text)]);

static PREDICATES: Element =
    list("Predicates", &[any(&PREDICATE)]).unique(&[declared(&["Predicate"], "predicate", Kind::Predicate)]);
static PREDICATE: Element = element("Predicate")
    .with(&[must("Id", Type::Text), must("Method", Type::Text), may("HelpText", Type::Text)])
    .holds(&[maybe(&USER_HELP_TEXT), maybe(&PARAMETERS)]);
static PARAMETERS: Element = list("Parameters", &[any(&PARAMETER)]);
static PARAMETER: Element = text("Parameter").with(&[must("Id", Type::Text)]);

static INPUT_VALIDATIONS: Element = list("InputValidations", &[any(&INPUT_VALIDATION)]).unique(&[declared(
    &["InputValidation"],
    "input validation",
    Kind::PredicateValidation,
)]);
static INPUT_VALIDATION: Element =
    element("InputValidation").with(&[must("Id", Type::Text)]).holds(&[any(&PREDICATE_REFERENCES)]);
static PREDICATE_REFERENCES: Element = list("PredicateReferences", &[some(&PREDICATE_REFERENCE)]).with(&[
    may("Id", Type::Text),
    may("HelpText", Type::Text),
    may("MatchAtLeast", Type::Number),
    may("Reject", Type::Boolean).not_run("the value is refused when the predicates hold"),
]);
static PREDICATE_REFERENCE: Element = element("PredicateReference").with(&[must("Id", Type::Text)]);

static PREDICATE_VALIDATIONS: Element = list("PredicateValidations", &[any(&PREDICATE_VALIDATION)])
    .unique(&[declared(&["PredicateValidation"], "predicate validation", Kind::PredicateValidation)]);
static PREDICATE_VALIDATION: Element =
    element("PredicateValidation").with(&[must("Id", Type::Text)]).holds(&[any(&PREDICATE_GROUPS)]);
static PREDICATE_GROUPS: Element = list("PredicateGroups", &[some(&PREDICATE_GROUP)]);
static PREDICATE_GROUP: Element = element("PredicateGroup")
    .with(&[must("Id", Type::Text)])
    .holds(&[maybe(&USER_HELP_TEXT), any(&PREDICATE_REFERENCES)]);

static CLAIMS_TRANSFORMATIONS: Element = list("ClaimsTransformations", &[any(&CLAIMS_TRANSFORMATION)])
    .unique(&[declared(&["ClaimsTransformation"], "claims transformation", Kind::Transformation)]);
static CLAIMS_TRANSFORMATION: Element = element("ClaimsTransformation")
    .with(&[must("Id", Type::Text), must("TransformationMethod", Type::Text)])
    .holds(&[maybe(&OPERAND_INPUTS), maybe(&INPUT_PARAMETERS), maybe(&OPERAND_OUTPUTS)]);
static OPERAND_INPUTS: Element = list("InputClaims", &[any(&OPERAND_INPUT)]);
static OPERAND_INPUT: Element = element("InputClaim").with(OPERAND);
const OPERAND: &[Attribute] = &[must("ClaimTypeReferenceId", Type::Text), may("TransformationClaimType", Type::Text)];
static INPUT_PARAMETERS: Element = list("InputParameters", &[some(&INPUT_PARAMETER)]);
static INPUT_PARAMETER: Element =
    element("InputParameter").with(&[must("Id", Type::Text), must("DataType", DATA_TYPE), must("Value", Type::Text)]);
static OPERAND_OUTPUTS: Element = list("OutputClaims", &[some(&OPERAND_OUTPUT)]);
static OPERAND_OUTPUT: Element = element("OutputClaim").with(OPERAND);

const OLD_CLIENT: &str = "legacy: it filtered what very old browsers were sent";
static CLIENT_DEFINITIONS: Element = list("ClientDefinitions", &[any(&CLIENT_DEFINITION)])
    .unique(&[declared(&["ClientDefinition"], "client definition", Kind::Syntax)])
    .ignored(OLD_CLIENT);
static CLIENT_DEFINITION: Element = element("ClientDefinition")
    .with(&[must("Id", Type::Text).ignored(OLD_CLIENT)])
    .holds(&[one(&CLIENT_UI_FILTER_FLAGS)])
    .ignored(OLD_CLIENT);
static CLIENT_UI_FILTER_FLAGS: Element = text("ClientUIFilterFlags").ignored(OLD_CLIENT);

static CONTENT_DEFINITIONS: Element = list("ContentDefinitions", &[any(&CONTENT_DEFINITION)]).unique(&[declared(
    &["ContentDefinition"],
    "content definition",
    Kind::Content,
)]);
static CONTENT_DEFINITION: Element = element("ContentDefinition").with(&[must("Id", Type::Text)]).holds(&[
    maybe(&LOAD_URI),
    maybe(&RECOVERY_URI),
    maybe(&DATA_URI),
    maybe(&METADATA),
    maybe(&LOCALIZED_RESOURCES_REFERENCES),
]);
static LOAD_URI: Element = text("LoadUri");
static RECOVERY_URI: Element = value("RecoveryUri", PAGE_ADDRESS);
static DATA_URI: Element = value("DataUri", PAGE_ADDRESS);
static METADATA: Element =
    list("Metadata", &[some(&METADATA_ITEM)]).unique(&[listed(&["Item"], "Key", "metadata item", "list")]);
static METADATA_ITEM: Element = text("Item").with(&[must("Key", Type::Text)]);
static LOCALIZED_RESOURCES_REFERENCES: Element =
    list("LocalizedResourcesReferences", &[any(&LOCALIZED_RESOURCES_REFERENCE)])
        .with(&[may("MergeBehavior", MERGE_BEHAVIOR)]);
static LOCALIZED_RESOURCES_REFERENCE: Element = element("LocalizedResourcesReference").with(&[
    must("Language", LANGUAGE),
    may("Url", Type::Text).ignored(LEGACY),
    may("LocalizedResourcesReferenceId", Type::Text),
]);

static LOCALIZATION: Element = element("Localization")
    .with(&[may("Enabled", Type::Boolean)])
    .holds(&[maybe(&SUPPORTED_LANGUAGES), any(&LOCALIZED_RESOURCES)])
    .unique(&[declared(&["LocalizedResources"], "localized resources", Kind::Localization)]);
static SUPPORTED_LANGUAGES: Element = list("SupportedLanguages", &[any(&SUPPORTED_LANGUAGE)]).with(&[
    may("DefaultLanguage", LANGUAGE),
    may("PolicyLanguage", LANGUAGE).ignored("informative: the language that the texts of the policy itself are in"),
    may("MergeBehavior", MERGE_BEHAVIOR),
]);
static SUPPORTED_LANGUAGE: Element = value("SupportedLanguage", LANGUAGE);
static LOCALIZED_RESOURCES: Element = element("LocalizedResources")
    .with(&[
        may("Culture", LANGUAGE).ignored("the content definition that refers to the resources says for which language"),
        must("Id", Type::Text),
    ])
    .holds(&[maybe(&LOCALIZED_COLLECTIONS), maybe(&LOCALIZED_STRINGS)]);
static LOCALIZED_COLLECTIONS: Element = list("LocalizedCollections", &[any(&LOCALIZED_COLLECTION)]);
static LOCALIZED_COLLECTION: Element = list("LocalizedCollection", &[some(&COLLECTION_ITEM)]).with(&[
    must("ElementType", Type::Text).ignored("always `ClaimType`"),
    must("ElementId", Type::Text),
    must("TargetCollection", Type::Text).ignored("always `Restriction`"),
]);
static COLLECTION_ITEM: Element = text("Item").with(ENUMERATION_ITEM);
static LOCALIZED_STRINGS: Element = list("LocalizedStrings", &[any(&LOCALIZED_STRING)]);
static LOCALIZED_STRING: Element = text("LocalizedString").with(&[
    must("ElementType", Type::Text),
    may("ElementId", Type::Text),
    must("StringId", Type::Text),
]);

static DISPLAY_CONTROLS: Element = list("DisplayControls", &[any(&DISPLAY_CONTROL)]).unique(&[declared(
    &["DisplayControl"],
    "display control",
    Kind::Control,
)]);
static DISPLAY_CONTROL: Element = element("DisplayControl")
    .with(&[
        must("Id", Type::Text),
        must(
            "UserInterfaceControlType",
            words!("type of control": "VerificationControl" "QrCodeControl"
            "AuthenticatorInfoControl" "AuthenticatorAppIconControl"),
        ),
    ])
    .holds(&[maybe(&CONTROL_INPUTS), maybe(&CONTROL_FIELDS), maybe(&CONTROL_OUTPUTS), maybe(&ACTIONS)]);
static CONTROL_INPUTS: Element = list("InputClaims", &[any(&CONTROL_INPUT)]);
static CONTROL_INPUT: Element = element("InputClaim").with(CONTROL_CLAIM);
const CONTROL_CLAIM: &[Attribute] = &[
    must("ClaimTypeReferenceId", Type::Text),
    may("Required", Type::Boolean),
    may("DefaultValue", Type::Text),
    may("AlwaysUseDefaultValue", Type::Boolean),
];
static CONTROL_FIELDS: Element = list("DisplayClaims", &[any(&CONTROL_FIELD)]);
static CONTROL_FIELD: Element = element("DisplayClaim").with(&[
    must("ClaimTypeReferenceId", Type::Text),
    may("ControlClaimType", Type::Text),
    may("Required", Type::Boolean),
]);
static CONTROL_OUTPUTS: Element = list("OutputClaims", &[any(&CONTROL_OUTPUT)]);
static CONTROL_OUTPUT: Element = element("OutputClaim").with(CONTROL_CLAIM);
static ACTIONS: Element = list("Actions", &[any(&CONTROL_ACTION)]);
static CONTROL_ACTION: Element =
    element("Action").with(&[must("Id", Type::Text)]).holds(&[one(&VALIDATION_CLAIMS_EXCHANGE)]);
static VALIDATION_CLAIMS_EXCHANGE: Element =
    list("ValidationClaimsExchange", &[some(&VALIDATION_CLAIMS_EXCHANGE_PROFILE)]);
static VALIDATION_CLAIMS_EXCHANGE_PROFILE: Element = element("ValidationClaimsExchangeTechnicalProfile")
    .with(&[
        must("TechnicalProfileReferenceId", Type::Text),
        may("ContinueOnSuccess", Type::Boolean),
        may("ContinueOnError", Type::Boolean),
    ])
    .holds(&[any(&PRECONDITIONS)]);

// Preconditions, of steps and of validations.

static PRECONDITIONS: Element = list("Preconditions", &[some(&PRECONDITION)]);
static PRECONDITION: Element = element("Precondition")
    .with(&[
        must("Type", words!("type of precondition": "ClaimsExist" "ClaimEquals")),
        must("ExecuteActionsIf", Type::Boolean),
    ])
    .holds(&[some(&PRECONDITION_VALUE), some(&PRECONDITION_ACTION)]);
static PRECONDITION_VALUE: Element = text("Value");
static PRECONDITION_ACTION: Element =
    value("Action", words!("action": "SkipThisOrchestrationStep" "SkipThisValidationTechnicalProfile"))
        .ignored("a step's precondition can only skip the step, a validation's only the validation");

// Claims providers.

static CLAIMS_PROVIDERS: Element = list("ClaimsProviders", &[some(&CLAIMS_PROVIDER)]).unique(&[declared(
    &["ClaimsProvider", "TechnicalProfiles", "TechnicalProfile"],
    "technical profile",
    Kind::Profile,
)]);
static CLAIMS_PROVIDER: Element = element("ClaimsProvider").holds(&[
    maybe(&DOMAINS),
    maybe(&DOMAIN),
    maybe(&PROVIDER_NAME),
    one(&TECHNICAL_PROFILES),
]);
static DOMAINS: Element = list("Domains", &[some(&LISTED_DOMAIN)]);
static LISTED_DOMAIN: Element = value("Domain", SHORT_TEXT);
static DOMAIN: Element = text("Domain");
static PROVIDER_NAME: Element = text("DisplayName").ignored("informative: buttons show the technical profile's name");
static TECHNICAL_PROFILES: Element = list("TechnicalProfiles", &[any(&TECHNICAL_PROFILE)]);

static TECHNICAL_PROFILE: Element = element("TechnicalProfile").with(&[must("Id", Type::Text)]).holds(&[
    maybe(&DOMAINS),
    maybe(&DOMAIN),
    maybe(&DISPLAY_NAME),
    maybe(&DESCRIPTION),
    maybe(&PROTOCOL),
    maybe(&INPUT_TOKEN_FORMAT),
    maybe(&OUTPUT_TOKEN_FORMAT),
    maybe(&ASSURANCE_LEVEL_OF_OUTPUT_CLAIMS),
    maybe(&REQUIRED_ASSURANCE_LEVELS),
    maybe(&SUBJECT_AUTHENTICATION_REQUIREMENTS),
    maybe(&METADATA),
    maybe(&CRYPTOGRAPHIC_KEYS),
    maybe(&SUPPRESSIONS),
    maybe(&PREFERRED_BINDING),
    maybe(&INCLUDE_IN_SSO),
    maybe(&INPUT_TOKEN_SOURCES),
    any(&INPUT_CLAIMS_TRANSFORMATIONS),
    maybe(&INPUT_CLAIMS),
    maybe(&DISPLAY_CLAIMS),
    maybe(&PERSISTED_CLAIMS),
    maybe(&OUTPUT_CLAIMS),
    any(&OUTPUT_CLAIMS_TRANSFORMATIONS),
    any(&VALIDATION_TECHNICAL_PROFILES),
    maybe(&SUBJECT_NAMING_INFO),
    maybe(&EXTENSIONS),
    maybe(&INCLUDE_CLAIMS_FROM),
    maybe(&INCLUDE_TECHNICAL_PROFILE),
    maybe(&SESSION_MANAGEMENT),
    maybe(&ERROR_HANDLERS),
    maybe(&ENABLED_FOR_USER_JOURNEYS),
]);
static DESCRIPTION: Element = text("Description");
static PROTOCOL: Element = element("Protocol").with(&[must("Name", PROTOCOL_NAME), may("Handler", Type::Text)]);
static INPUT_TOKEN_FORMAT: Element = value("InputTokenFormat", TOKEN_FORMAT);
static OUTPUT_TOKEN_FORMAT: Element = value("OutputTokenFormat", TOKEN_FORMAT);
static ASSURANCE_LEVEL_OF_OUTPUT_CLAIMS: Element = text("AssuranceLevelOfOutputClaims").ignored(LEGACY);
static REQUIRED_ASSURANCE_LEVELS: Element =
    list("RequiredAssuranceLevelsOfInputClaims", &[any(&REQUIRED_ASSURANCE_LEVEL)]).ignored(LEGACY);
static REQUIRED_ASSURANCE_LEVEL: Element = text("RequiredAssuranceLevelOfInputClaims").ignored(LEGACY);
static SUBJECT_AUTHENTICATION_REQUIREMENTS: Element = element("SubjectAuthenticationRequirements")
    .with(&[
        must("TimeToLive", Type::Number).ignored(LEGACY),
        may("ResetExpiryWhenTokenIssued", Type::Boolean).ignored(LEGACY),
    ])
    .ignored(LEGACY);
static CRYPTOGRAPHIC_KEYS: Element = list("CryptographicKeys", &[some(&KEY)]);
static KEY: Element = element("Key").with(&[must("Id", Type::Text), must("StorageReferenceId", Type::Text)]);
static SUPPRESSIONS: Element = list("Suppressions", &[some(&SUPPRESSION)]).ignored(LEGACY);
static SUPPRESSION: Element = element("Item")
    .with(&[must("Key", Type::Text).ignored(LEGACY), must("Value", Type::Text).ignored(LEGACY)])
    .ignored(LEGACY);
static PREFERRED_BINDING: Element = text("PreferredBinding").ignored(LEGACY);
static INCLUDE_IN_SSO: Element = value("IncludeInSso", Type::Boolean);
static INPUT_TOKEN_SOURCES: Element = list("InputTokenSources", &[some(&TOKEN_SOURCE)]).ignored(LEGACY);
static TOKEN_SOURCE: Element =
    element("TechnicalProfile").with(&[must("Id", Type::Text).ignored(LEGACY)]).ignored(LEGACY);
static INPUT_CLAIMS_TRANSFORMATIONS: Element =
    list("InputClaimsTransformations", &[some(&INPUT_CLAIMS_TRANSFORMATION)]);
static INPUT_CLAIMS_TRANSFORMATION: Element =
    element("InputClaimsTransformation").with(&[must("ReferenceId", Type::Text)]);
static INPUT_CLAIMS: Element = list("InputClaims", &[any(&INPUT_CLAIM)]);
static INPUT_CLAIM: Element = element("InputClaim").with(CLAIM_USE).holds(&[any(&FROM)]);
const CLAIM_USE: &[Attribute] = &[
    must("ClaimTypeReferenceId", Type::Text),
    may("PartnerClaimType", Type::Text),
    may("Required", Type::Boolean),
    may("DefaultValue", Type::Text),
    may("AlwaysUseDefaultValue", Type::Boolean),
];
static FROM: Element =
    element("From").with(&[must("TechnicalProfileReferenceId", Type::Text).ignored(LEGACY)]).ignored(LEGACY);
static DISPLAY_CLAIMS: Element = list("DisplayClaims", &[any(&DISPLAY_CLAIM)]);
static DISPLAY_CLAIM: Element = element("DisplayClaim")
    .with(&[
        may("ClaimTypeReferenceId", Type::Text),
        may("DisplayControlReferenceId", Type::Text),
        may("Required", Type::Boolean),
    ])
    .one_of(&["ClaimTypeReferenceId", "DisplayControlReferenceId"]);
static PERSISTED_CLAIMS: Element = list("PersistedClaims", &[any(&PERSISTED_CLAIM)]);
static PERSISTED_CLAIM: Element = element("PersistedClaim").with(&[
    must("ClaimTypeReferenceId", Type::Text),
    may("PartnerClaimType", Type::Text),
    may("DefaultValue", Type::Text),
    may("OverwriteIfExists", Type::Boolean),
    may("AlwaysUseDefaultValue", Type::Boolean),
]);
static OUTPUT_CLAIMS: Element = list("OutputClaims", &[any(&OUTPUT_CLAIM)]);
static OUTPUT_CLAIM: Element = element("OutputClaim").with(CLAIM_USE).holds(&[any(&FROM)]);
static OUTPUT_CLAIMS_TRANSFORMATIONS: Element =
    list("OutputClaimsTransformations", &[some(&OUTPUT_CLAIMS_TRANSFORMATION)]);
static OUTPUT_CLAIMS_TRANSFORMATION: Element =
    element("OutputClaimsTransformation").with(&[must("ReferenceId", Type::Text)]);
static VALIDATION_TECHNICAL_PROFILES: Element = list(
    "ValidationTechnicalProfiles",
    &[some(&VALIDATION_TECHNICAL_PROFILE)],
)
.unique(&[listed(&["ValidationTechnicalProfile"], "ReferenceId", "validation technical profile", "list")]);
static VALIDATION_TECHNICAL_PROFILE: Element = element("ValidationTechnicalProfile")
    .with(&[
        must("ReferenceId", Type::Text),
        may("ContinueOnSuccess", Type::Boolean),
        may("ContinueOnError", Type::Boolean),
    ])
    .holds(&[any(&PRECONDITIONS)]);
static SUBJECT_NAMING_INFO: Element = element("SubjectNamingInfo").with(&[
    must("ClaimType", Type::Text),
    may("NameQualifier", Type::Text).ignored(SAML_ONLY),
    may("SPNameQualifier", Type::Text).ignored(SAML_ONLY),
    may("Format", Type::Text),
    may("SPProvidedID", Type::Text).ignored(SAML_ONLY),
    may("ExcludeAsClaim", Type::Boolean),
]);
static EXTENSIONS: Element =
    Element { content: Content::Anything, ..element("Extensions") }.ignored("room for other programs' notes");
static INCLUDE_CLAIMS_FROM: Element = text("IncludeClaimsFromTechnicalProfile");
static INCLUDE_TECHNICAL_PROFILE: Element = element("IncludeTechnicalProfile").with(&[must("ReferenceId", Type::Text)]);
static SESSION_MANAGEMENT: Element =
    element("UseTechnicalProfileForSessionManagement").with(&[must("ReferenceId", Type::Text)]);
const ERROR_HANDLING: &str = "an answer of the other side that matches begins the sign-in anew, or blames the client";
static ERROR_HANDLERS: Element = list("ErrorHandlers", &[any(&ERROR_HANDLER)]).not_run(ERROR_HANDLING);
static ERROR_HANDLER: Element = element("ErrorHandler")
    .holds(&[
        maybe(&ERROR_RESPONSE_FORMAT),
        one(&RESPONSE_MATCH),
        one(&ERROR_ACTION),
        any(&ADDITIONAL_REQUEST_PARAMETERS),
    ])
    .not_run(ERROR_HANDLING);
static ERROR_RESPONSE_FORMAT: Element =
    value("ErrorResponseFormat", words!("format of error": "json")).not_run(ERROR_HANDLING);
static RESPONSE_MATCH: Element = text("ResponseMatch").not_run(ERROR_HANDLING);
static ERROR_ACTION: Element =
    value("Action", words!("action": "Reauthenticate" "InvalidClient")).not_run(ERROR_HANDLING);
static ADDITIONAL_REQUEST_PARAMETERS: Element = text("AdditionalRequestParameters")
    .with(&[must("Key", Type::Text).not_run(ERROR_HANDLING)])
    .not_run(ERROR_HANDLING);
static ENABLED_FOR_USER_JOURNEYS: Element = value(
    "EnabledForUserJourneys",
    words!("condition": "true" "false"
    "OnClaimsExistence" "Always" "Never" "OnItemExistenceInStringCollectionClaim"
    "OnItemAbsenceInStringCollectionClaim"),
);

// Journeys.

static USER_JOURNEYS: Element =
    list("UserJourneys", &[some(&USER_JOURNEY)]).unique(&[declared(&["UserJourney"], "journey", Kind::Journey)]);
static USER_JOURNEY: Element = element("UserJourney")
    .with(&[
        must("Id", Type::Text),
        may("NonInteractive", Type::Boolean),
        may("DefaultCpimIssuerTechnicalProfileReferenceId", Type::Text),
    ])
    .holds(&[
        maybe(&ASSURANCE_LEVEL),
        maybe(&PRESERVE_ORIGINAL_ASSERTION),
        maybe(&AUTHORIZATION),
        maybe(&ORCHESTRATION_STEPS),
        maybe(&CLIENT_DEFINITION_REFERENCE),
        maybe(&JOURNEY_KEYS),
    ]);
static ASSURANCE_LEVEL: Element = text("AssuranceLevel").ignored(LEGACY);
static PRESERVE_ORIGINAL_ASSERTION: Element = value("PreserveOriginalAssertion", Type::Boolean)
    .ignored("legacy: it kept a provider's assertion beside the token; published policies say `false`");
static AUTHORIZATION: Element = element("Authorization").holds(&[maybe(&AUTHORIZATION_TECHNICAL_PROFILES)]);
static AUTHORIZATION_TECHNICAL_PROFILES: Element = list(
    "AuthorizationTechnicalProfiles",
    &[some(&AUTHORIZATION_TECHNICAL_PROFILE)],
)
.unique(&[listed(&["AuthorizationTechnicalProfile"], "ReferenceId", "authorization technical profile", "list")]);
static AUTHORIZATION_TECHNICAL_PROFILE: Element = element("AuthorizationTechnicalProfile")
    .with(&[may("ReferenceId", Type::Text), may("TechnicalProfileReferenceId", Type::Text)])
    .one_of(&["ReferenceId", "TechnicalProfileReferenceId"]);
static CLIENT_DEFINITION_REFERENCE: Element =
    element("ClientDefinition").with(&[may("ReferenceId", Type::Text).ignored(OLD_CLIENT)]).ignored(OLD_CLIENT);
static JOURNEY_KEYS: Element = list("CryptographicKeys", &[some(&JOURNEY_KEY)]).ignored(LEGACY);
static JOURNEY_KEY: Element = element("Key")
    .with(&[must("Id", Type::Text).ignored(LEGACY), must("StorageReferenceId", Type::Text).ignored(LEGACY)])
    .ignored(LEGACY);

static ORCHESTRATION_STEPS: Element = list("OrchestrationSteps", &[some(&ORCHESTRATION_STEP)]).unique(&[
    Unique { path: &["OrchestrationStep"], key: "Order", twice: Twice::Step },
    listed(&["OrchestrationStep", "ClaimsExchanges", "ClaimsExchange"], "Id", "claims exchange", "journey"),
]);
static ORCHESTRATION_STEP: Element = element("OrchestrationStep")
    .with(&[
        must("Order", Type::Number),
        must("Type", Type::Words(&STEP_TYPE)),
        may("ContentDefinitionReferenceId", Type::Text),
        may("CpimIssuerTechnicalProfileReferenceId", Type::Text),
    ])
    .holds(&[any(&PRECONDITIONS), any(&CLAIMS_PROVIDER_SELECTIONS), any(&CLAIMS_EXCHANGES), any(&JOURNEY_LIST)]);
static CLAIMS_PROVIDER_SELECTIONS: Element = list("ClaimsProviderSelections", &[some(&CLAIMS_PROVIDER_SELECTION)])
    .with(&[may("DisplayOption", words!("display option": "DoNotShowSingleProvider" "ShowSingleProvider"))]);
static CLAIMS_PROVIDER_SELECTION: Element = element("ClaimsProviderSelection")
    .with(&[may("TargetClaimsExchangeId", Type::Text), may("ValidationClaimsExchangeId", Type::Text)])
    .one_of(&["TargetClaimsExchangeId", "ValidationClaimsExchangeId"]);
static CLAIMS_EXCHANGES: Element =
    list("ClaimsExchanges", &[any(&CLAIMS_EXCHANGE)])
        .with(&[may("UserIdentity", Type::Boolean).ignored("informative: it marked where a person is identified")]);
static CLAIMS_EXCHANGE: Element =
    element("ClaimsExchange").with(&[must("Id", Type::Text), must("TechnicalProfileReferenceId", Type::Text)]);
static JOURNEY_LIST: Element = list("JourneyList", &[some(&CANDIDATE)]);
static CANDIDATE: Element = element("Candidate").with(&[must("SubJourneyReferenceId", Type::Text)]);

static SUB_JOURNEYS: Element =
    list("SubJourneys", &[some(&SUB_JOURNEY)]).unique(&[declared(&["SubJourney"], "sub journey", Kind::Subjourney)]);
static SUB_JOURNEY: Element = element("SubJourney")
    .with(&[must("Id", Type::Text), must("Type", words!("type of sub journey": "Transfer" "Call"))])
    .holds(&[maybe(&ORCHESTRATION_STEPS)]);

// The relying party.

static RELYING_PARTY: Element = element("RelyingParty").holds(&[
    maybe(&DEFAULT_USER_JOURNEY),
    maybe(&ENDPOINTS),
    maybe(&USER_JOURNEY_BEHAVIORS),
    one(&TECHNICAL_PROFILE),
]);
static DEFAULT_USER_JOURNEY: Element = element("DefaultUserJourney").with(&[must("ReferenceId", Type::Text)]);
static ENDPOINTS: Element =
    list("Endpoints", &[some(&ENDPOINT)]).unique(&[listed(&["Endpoint"], "Id", "endpoint", "list")]);
static ENDPOINT: Element =
    element("Endpoint").with(&[must("Id", Type::Text), must("UserJourneyReferenceId", Type::Text)]);
static USER_JOURNEY_BEHAVIORS: Element = element("UserJourneyBehaviors").holds(&[
    maybe(&SINGLE_SIGN_ON),
    maybe(&SESSION_EXPIRY_TYPE),
    maybe(&SESSION_EXPIRY_IN_SECONDS),
    maybe(&AZURE_APPLICATION_INSIGHTS),
    maybe(&JOURNEY_INSIGHTS),
    maybe(&CONTENT_DEFINITION_PARAMETERS),
    maybe(&JOURNEY_FRAMING),
    maybe(&SCRIPT_EXECUTION),
    maybe(&ON_ERROR),
]);
static SINGLE_SIGN_ON: Element = element("SingleSignOn").with(&[
    must("Scope", words!("scope": "Suppressed" "TrustFramework" "Tenant" "Application" "Policy")),
    may("KeepAliveInDays", Type::Number),
    may("EnforceIdTokenHintOnLogout", Type::Boolean),
]);
static SESSION_EXPIRY_TYPE: Element = value("SessionExpiryType", words!("type of expiry": "Rolling" "Absolute"));
static SESSION_EXPIRY_IN_SECONDS: Element = value("SessionExpiryInSeconds", Type::Number);
static AZURE_APPLICATION_INSIGHTS: Element = element("AzureApplicationInsights")
    .with(&[must("InstrumentationKey", Type::Text).ignored(TELEMETRY)])
    .ignored(TELEMETRY);
static JOURNEY_INSIGHTS: Element = element("JourneyInsights").with(&[
    must("InstrumentationKey", Type::Text),
    must("TelemetryEngine", words!("telemetry engine": "ApplicationInsights")).ignored(TELEMETRY),
    may("DeveloperMode", Type::Boolean),
    may("ClientEnabled", Type::Boolean),
    may("ServerEnabled", Type::Boolean),
    may(
        "TelemetryVersion",
        Type::Form(&Form { what: "version of telemetry", example: "1.0.0", accepts: is_telemetry_version }),
    )
    .ignored(TELEMETRY),
]);
static CONTENT_DEFINITION_PARAMETERS: Element = list("ContentDefinitionParameters", &[some(&CONTENT_PARAMETER)])
    .unique(&[listed(&["Parameter"], "Name", "parameter", "list")]);
static CONTENT_PARAMETER: Element = text("Parameter").with(&[must("Name", Type::Text)]);
static JOURNEY_FRAMING: Element =
    element("JourneyFraming").with(&[must("Enabled", Type::Boolean), must("Sources", Type::Text)]);
static SCRIPT_EXECUTION: Element = value("ScriptExecution", words!("permission": "Disallow" "Allow"));
static ON_ERROR: Element = element("OnError")
    .with(&[must("Mode", words!("mode": "ReturnToRequestor" "DisplayInService")).ignored(ON_ERROR_IGNORED)])
    .ignored(ON_ERROR_IGNORED);
const ON_ERROR_IGNORED: &str = "an error always goes back to the application that asked";
