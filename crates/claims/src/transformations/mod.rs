//! Every claims transformation of the language: a file and a row of [`ALL`] each.
//!
//! A declaration says what a method takes and gives, and holds the function that does it. The checker compares policies
//! with it, the interpreter runs it, and the reference page is printed from it.
//!
//! To add one: a file with a `DECLARATION`, a line in [`ALL`], and its vectors.

use jiff::Timestamp;

use crate::name::Name;
use crate::value::{ClaimValue, DataType};

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

/// A claim that a method takes or gives.
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

/// Results: a value, or none, by `TransformationClaimType`. What is not named keeps its value.
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
    /// The list to choose from that a claim has, in the journey's language: text and value.
    fn options(&self, _claim: &Name) -> Vec<(String, String)> {
        Vec::new()
    }
    /// The pattern that a claim's values must match, from its `MatchesRegex` predicate or restriction.
    fn pattern(&self, _claim: &Name) -> Option<String> {
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

/// Every method, in the order of the reference.
pub const ALL: &[&Transformation] = &[];

/// A method by name, without regard to case.
pub fn find(method: &str) -> Option<&'static Transformation> {
    let method = method.trim();
    ALL.iter().copied().find(|t| t.method.eq_ignore_ascii_case(method))
}
