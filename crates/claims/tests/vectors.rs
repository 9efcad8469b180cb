//! Runs the project's collection of test vectors for claims transformations, which is kept outside the repository.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::Timestamp;
use journeyman_claims::pattern::Pattern;
use journeyman_claims::transformations::{
    self, Call, Env, Fault, Given, Input, Output, Part, Surroundings, TransformError, Transformation, Usage,
};
use journeyman_claims::{ClaimValue, DataType, Name};
use serde::Deserialize;
use serde_json::Value;

/// Vectors that are judged wrong: id and reason. One that passes all the same does not belong here.
const JUDGED_WRONG: &[(&str, &str)] = &[];

#[derive(Deserialize)]
struct File {
    vector: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    id: String,
    method: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "basis")]
    _basis: String,
    #[serde(rename = "note", default)]
    _note: String,
    deterministic: bool,
    #[serde(default)]
    property: Option<String>,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    error_kind: Option<String>,
    input_parameters: Vec<InputParameter>,
    input_claims: BTreeMap<String, Claim>,
    #[serde(default)]
    input_claim_order: Vec<String>,
    #[serde(default)]
    initial_output_claims: BTreeMap<String, Claim>,
    output_claims: BTreeMap<String, Expected>,
    #[serde(default)]
    context: Context,
}

#[derive(Deserialize)]
struct InputParameter {
    id: String,
    #[serde(rename = "type")]
    data_type: DataType,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    #[serde(rename = "type")]
    data_type: DataType,
    #[serde(default)]
    value: Option<Value>,
    #[serde(rename = "null", default)]
    _null: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(rename = "type")]
    data_type: DataType,
    #[serde(default)]
    value: Option<Value>,
    #[serde(default)]
    null: bool,
    #[serde(default)]
    compare: Option<String>,
    #[serde(default)]
    pattern: Option<String>,
    #[serde(default)]
    decoded_pattern: Option<String>,
    #[serde(default)]
    int_min: Option<i64>,
    #[serde(default)]
    int_max: Option<i64>,
    #[serde(default)]
    token_value: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Context {
    now: Option<String>,
    #[serde(rename = "RelyingPartyTenantId", default)]
    relying_party_tenant: String,
    #[serde(rename = "TrustFrameworkTenantId", default)]
    trust_framework_tenant: String,
    #[serde(rename = "TechnicalProfileId", default)]
    technical_profile: String,
    #[serde(rename = "AuthenticatorIssuer", default)]
    authenticator_issuer: String,
    culture: Option<String>,
    #[serde(rename = "default_culture")]
    _default_culture: Option<String>,
    #[serde(default)]
    localized_strings: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    restriction: Vec<Item>,
    #[serde(default)]
    localized_restriction: BTreeMap<String, Vec<Item>>,
    output_claim_predicate_regex: Option<String>,
    #[serde(default)]
    policy_keys: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Item {
    text: String,
    value: String,
}

impl Surroundings for Vector {
    fn tenant(&self) -> &str {
        &self.context.relying_party_tenant
    }

    fn trust_framework_tenant(&self) -> &str {
        &self.context.trust_framework_tenant
    }

    fn authenticator_issuer(&self) -> &str {
        &self.context.authenticator_issuer
    }

    fn technical_profile(&self) -> &str {
        &self.context.technical_profile
    }

    fn language(&self) -> &str {
        self.context.culture.as_deref().unwrap_or("en")
    }

    fn localized(&self, string_id: &str) -> Option<String> {
        self.context.localized_strings.get(string_id)?.get(self.language()).cloned()
    }

    fn options(&self, _: &Name) -> Vec<(String, String)> {
        let localized = self.context.localized_restriction.get(self.language());
        let items = localized.unwrap_or(&self.context.restriction);
        items.iter().map(|item| (item.text.clone(), item.value.clone())).collect()
    }

    fn pattern(&self, _: &Name) -> Option<String> {
        self.context.output_claim_predicate_regex.clone()
    }

    fn parameter_type(&self, id: &str) -> Option<DataType> {
        self.input_parameters.iter().find(|parameter| parameter.id == id).map(|parameter| parameter.data_type)
    }

    fn policy_key(&self, name: &str) -> Option<String> {
        self.context.policy_keys.get(name).cloned()
    }
}

/// What the output claims hold afterwards; no value: null.
type After = BTreeMap<String, Option<ClaimValue>>;

impl Vector {
    fn transformation(&self) -> Result<&'static Transformation, String> {
        transformations::find(&self.method).ok_or_else(|| "no such method".to_owned())
    }

    fn inputs(&self) -> impl Iterator<Item = (&str, &Claim)> {
        let ordered = self.input_claim_order.iter();
        let rest = self.input_claims.keys().filter(|role| !self.input_claim_order.contains(role));
        ordered.chain(rest).map(|role| (role.as_str(), &self.input_claims[role]))
    }

    fn faults(&self) -> Result<Vec<Fault<'_>>, String> {
        let inputs = self.inputs().map(|(role, claim)| (role, Some(claim.data_type)));
        let parameters = self.input_parameters.iter().map(|parameter| {
            let given = Given { text: Some(&parameter.value), data_type: Some(parameter.data_type) };
            (parameter.id.as_str(), given)
        });
        let outputs = self.output_claims.iter().map(|(role, claim)| (role.as_str(), Some(claim.data_type)));
        let usage = Usage { inputs: inputs.collect(), parameters: parameters.collect(), outputs: outputs.collect() };
        Ok(self.transformation()?.faults(&usage))
    }

    fn run(&self, seed: u64) -> Result<Result<After, TransformError>, String> {
        let names: Vec<Name> = self.inputs().map(|(role, _)| Name::new(role)).collect();
        let output_names: Vec<Name> = self.output_claims.keys().map(|role| Name::new(role)).collect();
        let mut before = BTreeMap::new();
        for (role, claim) in &self.initial_output_claims {
            before.insert(role.as_str(), value(claim)?);
        }
        let mut inputs = Vec::new();
        for ((role, claim), name) in self.inputs().zip(&names) {
            inputs.push(Input { role, claim: name, data_type: claim.data_type, value: value(claim)? });
        }
        let parameters = self.input_parameters.iter();
        let outputs = self.output_claims.iter().zip(&output_names).map(|((role, expected), claim)| {
            let before = before.get(role.as_str()).cloned().flatten();
            Output { role, claim, data_type: expected.data_type, before }
        });
        let call = Call {
            inputs,
            parameters: parameters.map(|p| (p.id.as_str(), p.value.as_str())).collect(),
            outputs: outputs.collect(),
        };
        let state = Cell::new(seed);
        let random = || splitmix(&state);
        let now = self.context.now.as_deref().unwrap_or("2024-06-15T12:00:00.5Z");
        let now: Timestamp = now.parse().map_err(|error| format!("now: {error}"))?;
        let outputs = match (self.transformation()?.apply)(&call, &Env { now, random: &random, surroundings: self }) {
            Ok(outputs) => outputs,
            Err(error) => return Ok(Err(error)),
        };
        let mut after = After::new();
        for output in call.outputs {
            let value = match outputs.get(output.role) {
                Some(Some(value)) => {
                    let converted = value.clone().convert(output.data_type);
                    Some(converted.map_err(|error| format!("{}: {error}", output.role))?)
                }
                Some(None) => None,
                None => output.before,
            };
            after.insert(output.role.to_owned(), value);
        }
        Ok(Ok(after))
    }

    fn check(&self, all: &[Vector]) -> Result<(), String> {
        let mut faults = self.faults()?;
        // A parameter that cannot be read fails a call, and one that is not known does not.
        let (values, refusals): (Vec<_>, Vec<_>) = faults
            .drain(..)
            .filter(|fault| !fault.is_harmless())
            .partition(|fault| matches!(fault, Fault::Value { .. }));
        if let (Some(fault), None) = (values.first(), &self.error_kind) {
            return Err(format!("the policy is refused: {fault}"));
        }
        match (self.error_kind.as_deref(), refusals.first()) {
            (Some("policy-validation"), Some(_)) => return Ok(()),
            (Some("policy-validation"), None) => return Err("the policy is accepted".to_owned()),
            // Vectors of failing calls leave the output claims out.
            (Some(_), Some(Fault::Missing { part: Part::Output, .. })) | (_, None) => {}
            (_, Some(fault)) => return Err(format!("the policy is refused: {fault}")),
        }
        match (self.error_kind.as_deref(), self.run(1)?) {
            (None, Ok(after)) => self.check_outputs(&after)?,
            (Some("assertion"), Err(TransformError::Assertion(key))) if Some(key) == self.error.as_deref() => {}
            (Some("runtime"), Err(TransformError::Runtime(_))) | (Some("any"), Err(_)) => {}
            (_, outcome) => return Err(format!("gave {outcome:?}")),
        }
        if self.deterministic { Ok(()) } else { self.check_property(all) }
    }

    fn check_outputs(&self, after: &After) -> Result<(), String> {
        for (role, expected) in &self.output_claims {
            let found = after.get(role).and_then(Option::as_ref);
            expected.check(found).map_err(|why| format!("{role} is {found:?}: {why}"))?;
        }
        Ok(())
    }

    /// What must hold of several draws.
    fn check_property(&self, all: &[Vector]) -> Result<(), String> {
        let property = self.property.as_deref().ok_or("a nondeterministic vector without a property")?;
        let draws: Vec<After> =
            (0..64).map(|seed| self.run(seed)?.map_err(|error| error.to_string())).collect::<Result<_, String>>()?;
        draws.iter().try_for_each(|draw| self.check_outputs(draw))?;
        let other = |id: &str| -> Result<After, String> {
            let vector = all.iter().find(|vector| vector.id == id).ok_or("the vector to compare with is missing")?;
            vector.run(0)?.map_err(|error| error.to_string())
        };
        let mut distinct: Vec<&After> = Vec::new();
        for draw in &draws {
            if !distinct.contains(&draw) {
                distinct.push(draw);
            }
        }
        let holds = match self.id.as_str() {
            "Hash/repeatable" | "CreateRandomString/seed-repeats" => distinct.len() == 1,
            "Hash/salt-changes-result" | "Hash/plaintext-changes-result" | "Hash/secret-changes-result" => {
                *distinct[0] != other("Hash/docs-shape")?
            }
            "CreateRandomString/wild-maximum-is-exclusive" => distinct.len() == 2,
            id if id.ends_with("unique") => distinct.len() == draws.len(),
            // The shape is in the vector's patterns and bounds; the clock stands still here.
            _ => true,
        };
        if holds { Ok(()) } else { Err(format!("does not hold: {property}")) }
    }
}

impl Expected {
    fn check(&self, found: Option<&ClaimValue>) -> Result<(), String> {
        let text = found.map(ClaimValue::to_text);
        let matches = |pattern: &str, text: &str| Pattern::new(pattern).and_then(|p| p.is_match(text)) == Ok(true);
        if let Some(pattern) = &self.pattern {
            ensure(text.as_deref().is_some_and(|text| matches(pattern, text)), pattern)?;
        }
        if let Some(pattern) = &self.decoded_pattern {
            let decoded = text.as_deref().and_then(|text| BASE64_STANDARD.decode(text).ok());
            let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
            ensure(decoded.is_some_and(|text| matches(pattern, &text)), pattern)?;
        }
        if self.int_min.is_some() || self.int_max.is_some() {
            let digits: String = text.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
            let number: i64 = digits.parse().map_err(|_| "no number in it")?;
            let bounds = self.int_min.unwrap_or(i64::MIN)..=self.int_max.unwrap_or(i64::MAX);
            ensure(bounds.contains(&number), "out of bounds")?;
        }
        if let Some(seconds) = self.token_value {
            ensure(found.map(ClaimValue::to_token_json) == Some(seconds.into()), "another value in a token")?;
        }
        if self.null {
            return ensure(found.is_none(), "expected null");
        }
        match (self.compare.as_deref(), &self.value) {
            (Some("empty"), _) => ensure(found.is_none_or(ClaimValue::is_empty), "expected nothing"),
            (_, None) => Ok(()),
            (compare, Some(wanted)) => self.compare(compare.unwrap_or("exact"), wanted, found.ok_or("no value")?),
        }
    }

    fn compare(&self, how: &str, wanted: &Value, found: &ClaimValue) -> Result<(), String> {
        let differs = || format!("expected {wanted}");
        match how {
            "exact" if self.data_type == DataType::DateTime => ensure(found.to_json() == *wanted, &differs()),
            "exact" | "instant" => {
                let wanted = ClaimValue::from_json(wanted, self.data_type).map_err(|error| error.to_string())?;
                ensure(*found == wanted, &differs())
            }
            "json" => {
                let parse = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
                ensure(parse(&found.to_text())? == parse(wanted.as_str().ok_or("no text")?)?, &differs())
            }
            "set" => ensure(sorted(&found.to_json()) == sorted(wanted), &differs()),
            "subset" => {
                let found = found.to_json();
                let members = wanted.as_object().ok_or("no object")?;
                ensure(members.iter().all(|(name, value)| found.get(name) == Some(value)), &differs())
            }
            other => Err(format!("unknown comparison {other}")),
        }
    }
}

fn sorted(array: &Value) -> Vec<String> {
    let mut all: Vec<_> = array.as_array().into_iter().flatten().map(Value::to_string).collect();
    all.sort();
    all
}

fn ensure(holds: bool, why: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why.to_owned()) }
}

fn value(claim: &Claim) -> Result<Option<ClaimValue>, String> {
    let value = claim.value.as_ref().map(|value| ClaimValue::from_json(value, claim.data_type));
    value.transpose().map_err(|error| format!("the vector's own claim: {error}"))
}

fn splitmix(state: &Cell<u64>) -> u64 {
    state.set(state.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
    let bits = (state.get() ^ (state.get() >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

#[expect(clippy::disallowed_methods, reason = "a test may look for its own data")]
fn shared(path: &str) -> Option<String> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("JOURNEYMAN_SHARED").map_or_else(beside, PathBuf::from);
    std::fs::read_to_string(root.join(path)).ok()
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn vectors() -> Option<Vec<Vector>> {
    let Some(text) = shared("reference/claims-transformations.toml") else {
        eprintln!("skipped: shared/ is absent");
        return None;
    };
    let file: File = toml::from_str(&text).expect("the vectors have the form that their head describes");
    Some(file.vector)
}

#[test]
fn every_vector_holds() {
    let Some(vectors) = vectors() else { return };
    assert!(vectors.len() > 400, "only {} vectors", vectors.len());
    let mut wrong = Vec::new();
    for vector in &vectors {
        let judged_wrong = JUDGED_WRONG.iter().any(|(id, _)| *id == vector.id);
        match vector.check(&vectors) {
            Ok(()) if judged_wrong => wrong.push(format!("{}: passes, take it off the list", vector.id)),
            Err(why) if !judged_wrong => wrong.push(format!("{}: {why}", vector.id)),
            _ => {}
        }
    }
    let unknown = JUDGED_WRONG.iter().filter(|(id, _)| vectors.iter().all(|vector| vector.id != *id));
    wrong.extend(unknown.map(|(id, _)| format!("{id}: on the list, but there is no such vector")));
    assert!(wrong.is_empty(), "{} of {} vectors do not hold:\n{}", wrong.len(), vectors.len(), wrong.join("\n"));
}

#[test]
fn every_method_has_a_vector() {
    let Some(vectors) = vectors() else { return };
    let has_vector = |method: &str| vectors.iter().any(|vector| vector.method.eq_ignore_ascii_case(method));
    let without: Vec<_> = transformations::ALL.iter().map(|t| t.method).filter(|method| !has_vector(method)).collect();
    assert!(without.is_empty(), "{without:?}");
}
