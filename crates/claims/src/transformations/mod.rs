//! Every claims transformation of the language: a file and a row of [`ALL`] each.
//!
//! A declaration says what a method takes and gives, and holds the function that does it. The checker compares policies
//! with it, the interpreter runs it, and the reference page is printed from it.
//!
//! To add one: a file with a `DECLARATION`, its row in [`ALL`], and an example in the tests. What several methods share
//! is in `parts`.

use std::fmt;

use jiff::Timestamp;

use crate::name::Name;
use crate::pattern::Pattern;
use crate::value::{ClaimValue, DataType};

mod parts;
mod prelude;
mod signature;

mod add_item_to_alternative_security_id_collection;
mod add_item_to_string_collection;
mod add_item_to_user_identity_collection;
mod add_parameter_to_string_collection;
mod adjust_number;
mod and_claims;
mod assert_boolean_claim_is_equal_to_value;
mod assert_date_time_is_greater_than;
mod assert_number;
mod assert_string_claims_are_equal;
mod build_uri;
mod change_case;
mod compare_boolean_claim_to_value;
mod compare_claim_to_value;
mod compare_claims;
mod convert_date_time_to_date_claim;
mod convert_date_to_date_time_claim;
mod convert_number_to_string_claim;
mod convert_phone_number_claim_to_string;
mod convert_string_to_phone_number_claim;
mod copy_claim;
mod copy_claim_if_predicate_match;
mod create_alternative_security_id;
mod create_json_array;
mod create_otp_secret;
mod create_random_string;
mod create_string_claim;
mod create_user_identity;
mod date_time_comparison;
mod does_claim_exist;
mod format_localized_string;
mod format_string_claim;
mod format_string_multiple_claims;
mod generate_json;
mod get_age_group_and_consent_provided;
mod get_age_group_consent_provided_and_requires_consent;
mod get_claim_from_json;
mod get_claims_from_json_array;
mod get_claims_from_json_array_v2;
mod get_current_date_time;
mod get_identity_providers_from_alternative_security_id_collection_transformation;
mod get_issuers_from_user_identity_collection_transformation;
mod get_localized_strings_transformation;
mod get_mapped_value_from_localized_collection;
mod get_national_number_and_country_code_from_phone_number_string;
mod get_numeric_claim_from_json;
mod get_single_item_from_json;
mod get_single_item_from_string_collection;
mod get_single_value_from_json_array;
mod guid_and_random_generator;
mod hash;
mod is_terms_of_use_consent_required;
mod lookup_value;
mod not_claims;
mod null_claim;
mod or_claims;
mod parse_domain;
mod remove_alternative_security_id_by_identity_provider;
mod remove_user_identity_from_collection_by_issuer;
mod set_claim_if_booleans_match;
mod set_claims_if_regex_match;
mod set_claims_if_strings_are_equal;
mod set_claims_if_strings_match;
mod string_collection_contains;
mod string_collection_contains_claim;
mod string_contains;
mod string_join;
mod string_replace;
mod string_split;
mod string_substring;
mod xml_string_to_json_string;

pub use hash::keyed_digest;
pub use signature::{Fault, Given, Part, Usage, one_of};

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
    /// Whether a policy must name it or another one of which the same is said.
    pub either: bool,
    /// Whether a policy may name it several times, or under names of its own.
    pub many: bool,
    /// The input claim whose type it must have.
    pub like: Option<&'static str>,
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
    /// What its text must be.
    pub reads: Reads,
}

/// What the text of a parameter must be.
#[derive(Debug, Clone, Copy)]
pub enum Reads {
    /// A value of the parameter's type.
    Typed,
    /// One of these, in any case.
    Words(&'static [&'static str]),
    /// `true` or `false`, but of the data type string: the service fails on any other.
    TextFlag,
    /// A regular expression.
    Pattern,
    /// A format that inserts so many texts.
    Format(usize),
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
#[derive(Default, Clone, PartialEq)]
pub struct Outputs(pub Vec<(String, Option<ClaimValue>)>);

// Values may be secrets: what is printed of a call says of which type they are.

impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value.as_ref().map(ClaimValue::data_type);
        f.debug_struct("Input").field("role", &self.role).field("claim", &self.claim).field("value", &value).finish()
    }
}

impl fmt::Debug for Output<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = self.before.as_ref().map(ClaimValue::data_type);
        f.debug_struct("Output").field("role", &self.role).field("claim", &self.claim).field("before", &before).finish()
    }
}

impl fmt::Debug for Outputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let types = self.0.iter().map(|(role, value)| (role, value.as_ref().map(ClaimValue::data_type)));
        f.debug_map().entries(types).finish()
    }
}

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
    /// The text of a policy key, where it is at hand.
    fn policy_key(&self, _name: &str) -> Option<String> {
        None
    }
    /// What [`keyed_digest`] gives with a policy key, for those who are told the digest and never the key.
    fn keyed_digest(&self, key: &str, salt: &str, plaintext: &str) -> Option<String> {
        self.policy_key(key).map(|secret| keyed_digest(&secret, salt, plaintext))
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

/// Every method, in the order of the reference.
pub const ALL: &[&Transformation] = &[
    // Boolean
    &and_claims::DECLARATION,
    &assert_boolean_claim_is_equal_to_value::DECLARATION,
    &compare_boolean_claim_to_value::DECLARATION,
    &not_claims::DECLARATION,
    &or_claims::DECLARATION,
    // Date
    &assert_date_time_is_greater_than::DECLARATION,
    &convert_date_time_to_date_claim::DECLARATION,
    &convert_date_to_date_time_claim::DECLARATION,
    &date_time_comparison::DECLARATION,
    &is_terms_of_use_consent_required::DECLARATION,
    &get_current_date_time::DECLARATION,
    // General
    &copy_claim::DECLARATION,
    &does_claim_exist::DECLARATION,
    &hash::DECLARATION,
    // Integer
    &adjust_number::DECLARATION,
    &assert_number::DECLARATION,
    &convert_number_to_string_claim::DECLARATION,
    // JSON
    &create_json_array::DECLARATION,
    &generate_json::DECLARATION,
    &get_claim_from_json::DECLARATION,
    &get_claims_from_json_array::DECLARATION,
    &get_claims_from_json_array_v2::DECLARATION,
    &get_numeric_claim_from_json::DECLARATION,
    &get_single_item_from_json::DECLARATION,
    &get_single_value_from_json_array::DECLARATION,
    &xml_string_to_json_string::DECLARATION,
    // Phone number
    &convert_phone_number_claim_to_string::DECLARATION,
    &convert_string_to_phone_number_claim::DECLARATION,
    &get_national_number_and_country_code_from_phone_number_string::DECLARATION,
    // Social accounts
    &add_item_to_alternative_security_id_collection::DECLARATION,
    &create_alternative_security_id::DECLARATION,
    &get_identity_providers_from_alternative_security_id_collection_transformation::DECLARATION,
    &remove_alternative_security_id_by_identity_provider::DECLARATION,
    // String
    &assert_string_claims_are_equal::DECLARATION,
    &build_uri::DECLARATION,
    &change_case::DECLARATION,
    &compare_claims::DECLARATION,
    &compare_claim_to_value::DECLARATION,
    &copy_claim_if_predicate_match::DECLARATION,
    &create_otp_secret::DECLARATION,
    &create_random_string::DECLARATION,
    &create_string_claim::DECLARATION,
    &format_localized_string::DECLARATION,
    &format_string_claim::DECLARATION,
    &format_string_multiple_claims::DECLARATION,
    &get_localized_strings_transformation::DECLARATION,
    &get_mapped_value_from_localized_collection::DECLARATION,
    &lookup_value::DECLARATION,
    &null_claim::DECLARATION,
    &parse_domain::DECLARATION,
    &set_claim_if_booleans_match::DECLARATION,
    &set_claims_if_regex_match::DECLARATION,
    &set_claims_if_strings_are_equal::DECLARATION,
    &set_claims_if_strings_match::DECLARATION,
    &string_contains::DECLARATION,
    &string_substring::DECLARATION,
    &string_replace::DECLARATION,
    &string_join::DECLARATION,
    &string_split::DECLARATION,
    // String collection
    &add_item_to_string_collection::DECLARATION,
    &add_parameter_to_string_collection::DECLARATION,
    &get_single_item_from_string_collection::DECLARATION,
    &string_collection_contains::DECLARATION,
    &string_collection_contains_claim::DECLARATION,
    // In use, not documented
    &create_user_identity::DECLARATION,
    &add_item_to_user_identity_collection::DECLARATION,
    &remove_user_identity_from_collection_by_issuer::DECLARATION,
    &get_issuers_from_user_identity_collection_transformation::DECLARATION,
    &guid_and_random_generator::DECLARATION,
    &get_age_group_consent_provided_and_requires_consent::DECLARATION,
    &get_age_group_and_consent_provided::DECLARATION,
];

/// A method by name, without regard to case.
pub fn find(method: &str) -> Option<&'static Transformation> {
    let method = method.trim();
    ALL.iter().copied().find(|t| t.method.eq_ignore_ascii_case(method))
}
