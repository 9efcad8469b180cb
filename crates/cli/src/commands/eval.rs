//! `journeyman eval`: runs one claims transformation of a policy set, as a journey would.

mod surroundings;

use std::io::Write;
use std::sync::Arc;

use clap::builder::NonEmptyStringValueParser;
use jiff::Timestamp;
use journeyman_claims::transformations::{self, Fault, Part, TransformError};
use journeyman_claims::{Bag, ClaimValue, DataType, Name};
use journeyman_engine::{Program, usage};
use journeyman_policy::model::{ClaimsTransformation, Policy};
use journeyman_policy::{PolicySet, nearest_word};
use serde_json::{Map, Value, json};

use crate::Failure;
use crate::commands::find_policy;
use crate::inputs::{Inputs, pair};
use surroundings::Given;

/// Arguments of `eval`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The transformation's id
    transformation: String,
    #[command(flatten)]
    inputs: Inputs,
    /// Claims that have a value: {"claimTypeId": value}, dates as ISO 8601
    #[arg(long, value_name = "JSON", value_parser = claims_object)]
    claims: Map<String, Value>,
    /// The policy, where several of the set have the transformation
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    policy: Option<String>,
    /// The time that the transformation sees, as ISO 8601; otherwise it is now
    #[arg(long, value_name = "T")]
    now: Option<Timestamp>,
    /// The language of the journey; otherwise the policy's default language
    #[arg(long, value_name = "L")]
    ui_locale: Option<String>,
    /// The value of a policy key
    #[arg(long, value_name = "NAME=VALUE")]
    key: Vec<String>,
    /// The tenant's name; otherwise the one that the policy names
    #[arg(long, value_name = "ID")]
    tenant: Option<String>,
    /// The technical profile that runs the transformation
    #[arg(long, value_name = "ID")]
    profile: Option<String>,
    /// Makes what is random the same each time
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

fn claims_object(text: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(claims)) => Ok(claims),
        Ok(_) => Err("it must be an object: {\"claimTypeId\": value}".to_owned()),
        Err(error) => Err(format!("it is not JSON: {error}")),
    }
}

/// Runs it, and refuses if it does.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    let set = args.inputs.compile()?;
    let id = Name::new(&args.transformation);
    let policy = choose(&set, &id, args.policy.as_deref())?;
    let transformation = &policy.transformations[&id];
    let mut bag = claims(policy, &args.claims)?;
    // What else is wrong with the policy is for `check` to say.
    let (program, _) = Program::compile(Arc::clone(policy), set.digest(policy));
    let given = args.surroundings(&program, transformation)?;
    let answer = match misused(policy, transformation) {
        Some(why) => refusal("policy-validation", &why),
        None => match given.evaluate(&mut bag, args.seed.unwrap_or_else(rand::random)) {
            Ok(()) => {
                writeln!(out, "{}", json!({ "claims": outcome(transformation, &bag) }))?;
                return Ok(());
            }
            Err(TransformError::Assertion(key)) => json!({ "error": key }),
            Err(TransformError::Runtime(why)) => refusal("runtime", &why),
        },
    };
    writeln!(out, "{answer}")?;
    Err(Failure::Refused)
}

/// Of errors that have no message key of the language's.
fn refusal(error: &str, why: &str) -> Value {
    json!({ "error": error, "message": why })
}

impl Args {
    fn surroundings<'a>(
        &'a self,
        program: &'a Program,
        transformation: &'a ClaimsTransformation,
    ) -> Result<Given<'a>, Failure> {
        let policy = program.policy();
        let default = policy.localization.default_language.as_ref().map_or("en", |language| &language.value);
        Ok(Given {
            program,
            transformation,
            now: self.now.unwrap_or_else(Timestamp::now),
            tenant: self.tenant.as_deref().unwrap_or(&policy.tenant),
            profile: self.profile.as_deref().unwrap_or_default(),
            language: self.ui_locale.as_deref().unwrap_or(default),
            keys: self.key.iter().map(|text| pair("--key", text)).collect::<Result<_, _>>()?,
        })
    }
}

/// The policy to evaluate in: the one named, or a leaf of those that have the transformation, if it is the same in all.
fn choose<'a>(set: &'a PolicySet, id: &Name, named: Option<&str>) -> Result<&'a Arc<Policy>, Failure> {
    let having: Vec<_> = match named {
        Some(named) => vec![find_policy(set, named)?],
        None => set.policies.iter().collect(),
    };
    let having: Vec<_> = having.into_iter().filter(|policy| policy.transformations.contains_key(id)).collect();
    let built_on = |policy: &Policy| {
        having.iter().any(|other| other.chain.iter().rev().skip(1).any(|file| Some(file) == policy.chain.last()))
    };
    let leaves: Vec<_> = having.iter().copied().filter(|policy| !built_on(policy)).collect();
    let Some(&first) = leaves.first() else { return Err(unknown(set, id)) };
    let same = |policy: &&Arc<Policy>| policy.transformations[id].span == first.transformations[id].span;
    if leaves.iter().all(same) {
        return Ok(first);
    }
    let names: Vec<_> = leaves.iter().map(|policy| policy.id.as_str()).collect();
    let message =
        format!("several policies have a transformation `{id}`, name one with --policy: {}", names.join(", "));
    Err(Failure::Usage(message))
}

fn unknown(set: &PolicySet, id: &Name) -> Failure {
    let all = set.policies.iter().flat_map(|policy| policy.transformations.keys());
    let known: Vec<_> = all.map(Name::as_str).collect();
    let near = nearest_word(id.as_str(), &known).map(|near| format!("; did you mean `{near}`?"));
    Failure::Usage(format!("there is no transformation `{id}`{}", near.unwrap_or_default()))
}

/// The claims given, each read as the type that the policy declares.
fn claims(policy: &Policy, given: &Map<String, Value>) -> Result<Bag, Failure> {
    let mut bag = Bag::new();
    for (id, value) in given.iter().filter(|(_, value)| !value.is_null()) {
        let name = Name::new(id);
        if !policy.claim_types.contains_key(&name) {
            let policy = &policy.id;
            return Err(Failure::Usage(format!("--claims: claim type `{id}` is not declared in `{policy}`")));
        }
        let value = ClaimValue::from_json(value, data_type(policy, &name))
            .map_err(|error| Failure::Usage(format!("--claims: `{id}`: {error}")))?;
        bag.set(name, value);
    }
    Ok(bag)
}

fn data_type(policy: &Policy, claim: &Name) -> DataType {
    let declared = policy.claim_types.get(claim).and_then(|claim| claim.data_type.as_ref());
    declared.map_or(DataType::String, |declared| declared.value)
}

/// Why the service refuses to take such a use of the method. What it only finds when the transformation runs is found so
/// here, too.
fn misused(policy: &Policy, transformation: &ClaimsTransformation) -> Option<String> {
    let Some(method) = transformations::find(&transformation.method.value) else {
        return Some(format!("`{}` is not a transformation method", transformation.method.value));
    };
    let refused = |fault: &&Fault<'_>| match fault {
        // A result that nobody takes: whether an assertion holds can still be seen.
        Fault::Missing { part: Part::Output, .. } | Fault::Value { .. } => false,
        fault => !fault.is_harmless(),
    };
    method.faults(&usage(policy, transformation)).iter().find(refused).map(ToString::to_string)
}

/// The output claims that have a value now, by id.
fn outcome(transformation: &ClaimsTransformation, bag: &Bag) -> Map<String, Value> {
    let claims = transformation.outputs.iter().map(|output| &output.claim.value);
    claims.filter_map(|claim| Some((claim.as_str().to_owned(), bag.get(claim)?.to_json()))).collect()
}
