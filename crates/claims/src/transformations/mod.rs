//! Every claims transformation of the language: a file and a row of [`ALL`] each.
//!
//! A declaration says what a method takes and gives, and holds the function that does it. The checker compares policies
//! with it, the interpreter runs it, and the reference page is printed from it.
//!
//! To add one: a file with a `DECLARATION`, a line in [`ALL`], and its row in the tests. What several methods share is in
//! `parts`.

use jiff::Timestamp;

use crate::name::Name;
use crate::pattern::Pattern;
use crate::value::{ClaimValue, DataType};

mod parts;
mod prelude;
mod signature;

pub use signature::Fault;

/// One transformation method.
#[derive(Debug)]
pub struct Transformation {
    /// `TransformationMethod`; compared without regard to case.
    pub method: &'static str,
    /// What it does, in one clause.
    pub summary: &'static str,
    /// Input claims by `TransformationClaimType`.
    pub inputs: &'static [Role],
    /// Input parameters.
    pub parameters: &'static [Parameter],
    /// Output claims by `TransformationClaimType`.
    pub outputs: &'static [Role],
    /// Does it.
    pub apply: fn(&Call<'_>, &Env<'_>) -> Result<Outputs, TransformError>,
}

/// A claim that a method takes or gives. The name of one that goes by names of the policy's own says what those are.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    /// `TransformationClaimType`.
    pub name: &'static str,
    /// Types that it may have; empty: any.
    pub types: &'static [DataType],
    /// Whether a policy must name it.
    pub required: bool,
    /// Whether a policy may name it several times, or under names of its own.
    pub many: bool,
}

/// An input parameter that a method takes.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// `Id`.
    pub name: &'static str,
    /// How its text is read.
    pub data_type: DataType,
    /// Whether a policy must give it.
    pub required: bool,
    /// Whether a policy may give others, under names of its own.
    pub many: bool,
}

/// One use of a method.
#[derive(Debug)]
pub struct Call<'a> {
    /// Input claims in the order of the policy.
    pub inputs: Vec<Input<'a>>,
    /// Input parameters in the order of the policy: id and text.
    pub parameters: Vec<(&'a str, &'a str)>,
    /// Output claims in the order of the policy.
    pub outputs: Vec<Output<'a>>,
}

/// An input claim of a call.
#[derive(Debug)]
pub struct Input<'a> {
    /// `TransformationClaimType`.
    pub role: &'a str,
    /// The claim.
    pub claim: &'a Name,
    /// Its declared type.
    pub data_type: DataType,
    /// Its value; absent when the claim has none.
    pub value: Option<ClaimValue>,
}

/// An output claim of a call.
#[derive(Debug)]
pub struct Output<'a> {
    /// `TransformationClaimType`.
    pub role: &'a str,
    /// The claim.
    pub claim: &'a Name,
    /// Its declared type: results are converted to it by the caller.
    pub data_type: DataType,
    /// The value that it has before the call.
    pub before: Option<ClaimValue>,
}

/// Results: a value, or none, by `TransformationClaimType` in any case. What is not named keeps its value.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Outputs(pub Vec<(String, Option<ClaimValue>)>);

/// What a call can see besides its claims.
pub struct Env<'a> {
    /// The time.
    pub now: Timestamp,
    /// Draws 64 random bits.
    pub random: &'a dyn Fn() -> u64,
    /// Everything else that few methods look at.
    pub surroundings: &'a dyn Surroundings,
}

/// What few methods look at.
pub trait Surroundings {
    /// `RelyingPartyTenantId`, the domain of the tenant.
    fn tenant(&self) -> &str {
        ""
    }
    /// `TrustFrameworkTenantId`, the domain of the tenant whose policy this is.
    fn trust_framework_tenant(&self) -> &str {
        self.tenant()
    }
    /// `AuthenticatorIssuer`, the name of the tenant that authenticator apps show.
    fn authenticator_issuer(&self) -> &str {
        self.tenant()
    }
    /// Id of the technical profile that runs the transformation.
    fn technical_profile(&self) -> &str {
        ""
    }
    /// Language tag of the journey, such as `en` or `pt-BR`.
    fn language(&self) -> &str {
        "en"
    }
    /// A text that the policy localizes for transformations (`GetLocalizedStringsTransformation`), by string id.
    fn localized(&self, _string_id: &str) -> Option<String> {
        None
    }
    /// A pattern that the policy localizes for `FormatLocalizedString`, by string id.
    fn localized_format(&self, string_id: &str) -> Option<String> {
        self.localized(string_id)
    }
    /// The list to choose from that a claim has, in the journey's language: text and value.
    fn options(&self, _claim: &Name) -> Vec<(String, String)> {
        Vec::new()
    }
    /// The pattern that a claim's values must match, from its `MatchesRegex` predicate or restriction.
    fn pattern(&self, _claim: &Name) -> Option<String> {
        None
    }
    /// Whether a text satisfies every predicate group that a claim's type demands of its values.
    fn accepts(&self, claim: &Name, text: &str) -> bool {
        let pattern = self.pattern(claim);
        pattern.is_none_or(|source| Pattern::new(&source).and_then(|p| p.is_match(text)).unwrap_or(false))
    }
    /// The `DataType` that the policy writes on a parameter of this call; without it a parameter is text.
    fn parameter_type(&self, _id: &str) -> Option<DataType> {
        None
    }
    /// The text of a policy key, where the engine has it at hand.
    fn policy_key(&self, _name: &str) -> Option<String> {
        None
    }
}

/// Why a transformation failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransformError {
    /// An assertion does not hold: the metadata key of the message for the person.
    #[error("the assertion does not hold ({0})")]
    Assertion(&'static str),
    /// The call cannot be carried out; for the log, never with a claim's value.
    #[error("{0}")]
    Runtime(String),
}

macro_rules! methods {
    ($($module:ident)+) => {
        $(mod $module;)+

        /// Every method, in the order of the reference.
        pub const ALL: &[&Transformation] = &[$(&$module::DECLARATION,)+];
    };
}

methods! {
    // Boolean
    and_claims
    assert_boolean_claim_is_equal_to_value
    compare_boolean_claim_to_value
    not_claims
    or_claims
    // Date
    assert_date_time_is_greater_than
    convert_date_time_to_date_claim
    convert_date_to_date_time_claim
    date_time_comparison
    is_terms_of_use_consent_required
    get_current_date_time
    // General
    copy_claim
    does_claim_exist
    hash
    // Integer
    adjust_number
    assert_number
    convert_number_to_string_claim
    // JSON
    create_json_array
    generate_json
    get_claim_from_json
    get_claims_from_json_array
    get_claims_from_json_array_v2
    get_numeric_claim_from_json
    get_single_item_from_json
    get_single_value_from_json_array
    xml_string_to_json_string
    // Phone number
    convert_phone_number_claim_to_string
    convert_string_to_phone_number_claim
    get_national_number_and_country_code_from_phone_number_string
    // Social accounts
    add_item_to_alternative_security_id_collection
    create_alternative_security_id
    get_identity_providers_from_alternative_security_id_collection_transformation
    remove_alternative_security_id_by_identity_provider
    // String
    assert_string_claims_are_equal
    build_uri
    change_case
    compare_claims
    compare_claim_to_value
    copy_claim_if_predicate_match
    create_otp_secret
    create_random_string
    create_string_claim
    format_localized_string
    format_string_claim
    format_string_multiple_claims
    get_localized_strings_transformation
    get_mapped_value_from_localized_collection
    lookup_value
    null_claim
    parse_domain
    set_claim_if_booleans_match
    set_claims_if_regex_match
    set_claims_if_strings_are_equal
    set_claims_if_strings_match
    string_contains
    string_substring
    string_replace
    string_join
    string_split
    // String collection
    add_item_to_string_collection
    add_parameter_to_string_collection
    get_single_item_from_string_collection
    string_collection_contains
    string_collection_contains_claim
    // In use, not documented
    create_user_identity
    add_item_to_user_identity_collection
    remove_user_identity_from_collection_by_issuer
    get_issuers_from_user_identity_collection_transformation
    guid_and_random_generator
    get_age_group_consent_provided_and_requires_consent
    get_age_group_and_consent_provided
}

/// A method by name, without regard to case.
pub fn find(method: &str) -> Option<&'static Transformation> {
    let method = method.trim();
    ALL.iter().copied().find(|t| t.method.eq_ignore_ascii_case(method))
}
