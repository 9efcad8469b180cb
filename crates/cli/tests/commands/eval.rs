//! `eval` as scripts use it: every vector of the reference through a real policy file and the binary, and what it says to
//! a wrong command.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::prelude::{BASE64_STANDARD, Engine};
use journeyman_claims::pattern::Pattern;
use serde_json::{Map, Value, json};

use crate::support::{code, complained, folder, journeyman, policy, said};

fn transformation(id: &str, method: &str, inside: &str) -> String {
    format!(
        "  <ClaimsTransformations>\n    <ClaimsTransformation Id=\"{id}\" TransformationMethod=\"{method}\">\n{inside}\n    \
         </ClaimsTransformation>\n  </ClaimsTransformations>\n"
    )
}

fn upper() -> tempfile::TempDir {
    let schema = "  <ClaimsSchema>\n    <ClaimType Id=\"name\"><DataType>string</DataType></ClaimType>\n    \
                  <ClaimType Id=\"age\"><DataType>int</DataType></ClaimType>\n    \
                  <ClaimType Id=\"code\"><DataType>string</DataType></ClaimType>\n  </ClaimsSchema>\n";
    let claims = |direction: &str, role: &str, claim: &str| {
        format!(
            "<{direction}Claims><{direction}Claim ClaimTypeReferenceId=\"{claim}\" TransformationClaimType=\"{role}\" />\
             </{direction}Claims>"
        )
    };
    let change = format!(
        "{}<InputParameters><InputParameter Id=\"toCase\" DataType=\"string\" Value=\"UPPER\" /></InputParameters>{}",
        claims("Input", "inputClaim1", "name"),
        claims("Output", "outputClaim", "name")
    );
    let random = format!(
        "<InputParameters><InputParameter Id=\"randomGeneratorType\" DataType=\"string\" Value=\"GUID\" />\
         </InputParameters>{}",
        claims("Output", "outputClaim", "code")
    );
    let all = format!(
        "{}{}",
        transformation("Upper", "ChangeCase", &change),
        transformation("Code", "CreateRandomString", &random)
    );
    let all = all.replace("  </ClaimsTransformations>\n  <ClaimsTransformations>\n", "");
    folder(&[
        ("Base.xml", policy("B2C_1A_Base", None, &format!("<BuildingBlocks>\n{schema}{all}</BuildingBlocks>"))),
        ("One.xml", policy("B2C_1A_One", Some("B2C_1A_Base"), "")),
        ("Two.xml", policy("B2C_1A_Two", Some("B2C_1A_Base"), "")),
    ])
}

#[test]
fn claims_go_in_and_out_as_json() {
    let output = journeyman(upper().path(), &["eval", "upper", ".", "--claims", r#"{"Name":"ada","age":36}"#]);
    assert_eq!((code(&output), said(&output).as_str()), (0, "{\"claims\":{\"name\":\"ADA\"}}\n"));
}

#[test]
fn a_seed_draws_the_same_again() {
    let root = upper();
    let with = |seed: &str| said(&journeyman(root.path(), &["eval", "Code", ".", "--claims", "{}", "--seed", seed]));
    assert_eq!(with("7"), with("7"));
    assert_ne!(with("7"), with("8"));
}

#[test]
fn a_wrong_command_says_what_is_wrong() {
    let root = upper();
    for (arguments, expected) in [
        (&["Uper", ".", "--claims", "{}"][..], "there is no transformation `Uper`; did you mean `Upper`?"),
        (&["Upper", ".", "--claims", "[]"], "it must be an object"),
        (&["Upper", ".", "--claims", r#"{"nam":"x"}"#], "claim type `nam` is not declared"),
        (&["Upper", ".", "--claims", r#"{"age":"x"}"#], "`age`: the value cannot be read as int"),
        (&["Upper", ".", "--claims", "{}", "--policy", "B2C_1A_None"], "there is no policy `B2C_1A_None`"),
        (&["Upper", ".", "--claims", "{}", "--key", "x"], "`--key x` is not of the form NAME=VALUE"),
        (&["Upper", ".", "--claims", "{}", "--now", "noon"], "--now"),
    ] {
        let output = journeyman(root.path(), &[&["eval"], arguments].concat());
        let complaint = complained(&output);
        assert_eq!(code(&output), 2, "{arguments:?}: {complaint}");
        assert!(complaint.contains(expected), "{arguments:?}: {complaint}");
        assert_eq!(said(&output), "");
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
fn every_vector_holds() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("JOURNEYMAN_SHARED").map_or_else(beside, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(shared.join("reference/claims-transformations.toml")) else {
        eprintln!("skipped: shared/ is absent");
        return;
    };
    let read: Value = toml::from_str(&text).expect("the vectors are TOML");
    let vectors = read["vector"].as_array().expect("a list of vectors");
    assert!(vectors.len() > 400, "only {} vectors", vectors.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        while let Some(vector) = vectors.get(next.fetch_add(1, Ordering::Relaxed)) {
            wrong.extend(Vector(vector).judge(vectors));
        }
        wrong
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a thread does not panic")).collect()
    });
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), vectors.len(), wrong.join("\n"));
}

struct Vector<'a>(&'a Value);

impl Vector<'_> {
    /// What is not as the vector says. One with several right answers is drawn several times.
    fn judge(&self, all: &[Value]) -> Option<String> {
        let root = folder(&[("Policy.xml", policy("B2C_1A_Vector", None, &self.policy()))]);
        let draws = if self.0["deterministic"] == true { 1 } else { 5 };
        let outputs: Vec<Output> = (1..=draws).map(|seed| self.run(root.path(), seed)).collect();
        let wrong = outputs.iter().find(|output| !self.agrees(output));
        if let Some(output) = wrong {
            return Some(format!("{}: {}{}", self.0["id"], said(output), complained(output)));
        }
        let told: Vec<String> = outputs.iter().map(said).collect();
        let distinct = told.iter().collect::<std::collections::BTreeSet<_>>().len();
        let other = |id: &str| {
            let other = Vector(all.iter().find(|vector| vector["id"] == id).expect("the vector to compare with"));
            let root = folder(&[("Policy.xml", policy("B2C_1A_Vector", None, &other.policy()))]);
            said(&other.run(root.path(), 1))
        };
        let holds = match self.0["id"].as_str().unwrap_or_default() {
            "Hash/repeatable" | "CreateRandomString/seed-repeats" => distinct == 1,
            "Hash/salt-changes-result" | "Hash/plaintext-changes-result" | "Hash/secret-changes-result" => {
                told[0] != other("Hash/docs-shape")
            }
            "CreateRandomString/wild-maximum-is-exclusive" => distinct == 2,
            id if id.ends_with("unique") => distinct == told.len(),
            _ => true,
        };
        (!holds).then(|| format!("{}: does not hold: {}: {told:?}", self.0["id"], self.0["property"]))
    }

    fn agrees(&self, output: &Output) -> bool {
        let answer: Value = serde_json::from_str(&said(output)).unwrap_or_default();
        match &self.0["error"] {
            Value::String(error) => {
                code(output) == 1 && (self.0["error_kind"] == "any" || answer["error"] == error.as_str())
            }
            _ => code(output) == 0 && self.expected().all(|(id, expected)| agree(expected, &answer["claims"][id])),
        }
    }

    fn run(&self, at: &Path, seed: u64) -> Output {
        let context = &self.0["context"];
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let mut arguments =
            vec!["eval".to_owned(), "T".into(), ".".into(), "--claims".into(), self.claims().to_string()];
        let mut option = |name: &str, value: Option<String>| {
            arguments.extend(value.into_iter().flat_map(|value| [name.to_owned(), value]));
        };
        option("--seed", Some(seed.to_string()));
        option("--now", text(&context["now"]));
        option("--ui-locale", text(&context["culture"]));
        option("--profile", text(&context["TechnicalProfileId"]));
        let tenants = ["RelyingPartyTenantId", "TrustFrameworkTenantId", "AuthenticatorIssuer"];
        option("--tenant", tenants.iter().find_map(|name| text(&context[*name])));
        for (name, value) in members(&context["policy_keys"]) {
            option("--key", text(value).map(|value| format!("{name}={value}")));
        }
        journeyman(at, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn claims(&self) -> Value {
        let given = self.inputs().into_iter().map(|role| (input_id(role), &self.0["input_claims"][role]["value"]));
        let before = members(&self.0["initial_output_claims"]).map(|(role, claim)| (output_id(role), &claim["value"]));
        let all: Map<String, Value> = given.chain(before).map(|(id, value)| (id, value.clone())).collect();
        Value::Object(all)
    }

    fn inputs(&self) -> Vec<&str> {
        let mut roles: Vec<_> =
            self.0["input_claim_order"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        roles.extend(
            members(&self.0["input_claims"])
                .map(|(role, _)| role)
                .filter(|role| !roles.contains(role))
                .collect::<Vec<_>>(),
        );
        roles
    }

    fn expected(&self) -> impl Iterator<Item = (String, &Value)> {
        members(&self.0["output_claims"]).map(|(role, expected)| (output_id(role), expected))
    }

    fn policy(&self) -> String {
        let method = self.0["method"].as_str().expect("a vector names its method");
        let (mut schema, mut inside) = (String::new(), String::new());
        let claim = |direction: &str, role: &str, id: &str| {
            format!("<{direction}Claim ClaimTypeReferenceId=\"{id}\" TransformationClaimType=\"{}\" />", escaped(role))
        };
        inside.push_str("<InputClaims>");
        for role in self.inputs() {
            schema.push_str(&claim_type(&input_id(role), &self.0["input_claims"][role], ""));
            inside.push_str(&claim("Input", role, &input_id(role)));
        }
        inside.push_str("</InputClaims><InputParameters>");
        for parameter in self.0["input_parameters"].as_array().into_iter().flatten() {
            let of = |key: &str| escaped(parameter[key].as_str().unwrap_or_default());
            write!(
                inside,
                "<InputParameter Id=\"{}\" DataType=\"{}\" Value=\"{}\" />",
                of("id"),
                of("type"),
                of("value")
            )
            .expect("writing to a string cannot fail");
        }
        inside.push_str("</InputParameters><OutputClaims>");
        for (role, expected) in members(&self.0["output_claims"]) {
            schema.push_str(&claim_type(&output_id(role), expected, &self.restriction()));
            inside.push_str(&claim("Output", role, &output_id(role)));
        }
        inside.push_str("</OutputClaims>");
        let transformation = transformation("T", method, &inside).replace("<InputParameters></InputParameters>", "");
        let transformation =
            transformation.replace("<InputClaims></InputClaims>", "").replace("<OutputClaims></OutputClaims>", "");
        let schema = format!("<ClaimsSchema>{schema}</ClaimsSchema>").replace("<ClaimsSchema></ClaimsSchema>", "");
        format!("<BuildingBlocks>{schema}{transformation}{}</BuildingBlocks>", self.localization())
    }

    fn restriction(&self) -> String {
        let context = &self.0["context"];
        let items: String = context["restriction"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| {
                let of = |key: &str| escaped(item[key].as_str().unwrap_or_default());
                format!("<Enumeration Text=\"{}\" Value=\"{}\" />", of("text"), of("value"))
            })
            .collect();
        let pattern = context["output_claim_predicate_regex"].as_str();
        let pattern = pattern.map(|pattern| format!("<Pattern RegularExpression=\"{}\" />", escaped(pattern)));
        let inside = pattern.unwrap_or(items);
        if inside.is_empty() { inside } else { format!("<Restriction>{inside}</Restriction>") }
    }

    /// One content definition with the resources of every language that the vector has.
    fn localization(&self) -> String {
        let context = &self.0["context"];
        let mut languages: Vec<&str> =
            members(&context["localized_restriction"]).map(|(language, _)| language).collect();
        languages.extend(members(&context["localized_strings"]).flat_map(|(_, texts)| members(texts)).map(|(l, _)| l));
        languages.sort_unstable();
        languages.dedup();
        if languages.is_empty() {
            return String::new();
        }
        let kind = format!(
            "{}TransformationClaimType",
            self.0["method"].as_str().unwrap_or_default().trim_end_matches("Transformation")
        );
        let mut references = String::new();
        let mut all = String::new();
        for language in &languages {
            let strings: String = members(&context["localized_strings"])
                .filter_map(|(id, texts)| {
                    let text = texts[*language].as_str()?;
                    Some(format!(
                        "<LocalizedString ElementType=\"{kind}\" StringId=\"{id}\">{}</LocalizedString>",
                        escaped(text)
                    ))
                })
                .collect();
            let items: String = context["localized_restriction"][*language]
                .as_array()
                .into_iter()
                .flatten()
                .map(|item| {
                    format!(
                        "<Item Text=\"{}\" Value=\"{}\" />",
                        escaped(item["text"].as_str().unwrap_or_default()),
                        escaped(item["value"].as_str().unwrap_or_default())
                    )
                })
                .collect();
            let collections = if items.is_empty() {
                String::new()
            } else {
                let (role, _) = members(&self.0["output_claims"]).next().expect("an output claim");
                format!(
                    "<LocalizedCollections><LocalizedCollection ElementType=\"ClaimType\" ElementId=\"{}\" TargetCollection=\"Restriction\">{items}</LocalizedCollection></LocalizedCollections>",
                    output_id(role)
                )
            };
            write!(
                references,
                "<LocalizedResourcesReference Language=\"{language}\" LocalizedResourcesReferenceId=\"r.{language}\" />"
            )
            .expect("writing to a string cannot fail");
            write!(all, "<LocalizedResources Id=\"r.{language}\">{collections}<LocalizedStrings>{strings}</LocalizedStrings></LocalizedResources>").expect("writing to a string cannot fail");
        }
        format!(
            "<ContentDefinitions><ContentDefinition Id=\"c\"><LoadUri>~/x</LoadUri><LocalizedResourcesReferences \
             MergeBehavior=\"Prepend\">{references}</LocalizedResourcesReferences></ContentDefinition></ContentDefinitions>\
             <Localization Enabled=\"true\"><SupportedLanguages DefaultLanguage=\"en\"><SupportedLanguage>en</SupportedLanguage>\
             </SupportedLanguages>{all}</Localization>"
        )
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn claim_type(id: &str, claim: &Value, restriction: &str) -> String {
    let data_type = claim["type"].as_str().expect("a claim has a type");
    format!(
        "<ClaimType Id=\"{id}\"><DisplayName>x</DisplayName><DataType>{data_type}</DataType>{restriction}</ClaimType>"
    )
}

fn input_id(role: &str) -> String {
    format!("in_{}", plain(role))
}

fn output_id(role: &str) -> String {
    format!("out_{}", plain(role))
}

fn plain(role: &str) -> String {
    role.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("_{:x}", u32::from(c)) })
        .collect()
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    text.replace('\n', "&#10;").replace('\r', "&#13;").replace('\t', "&#9;")
}

/// Whether a value is what a vector expects.
fn agree(expected: &Value, found: &Value) -> bool {
    let text = found.as_str().unwrap_or_default();
    let matches = |pattern: &Value, text: &str| {
        let pattern = pattern.as_str().map(|pattern| Pattern::new(pattern).expect("a pattern of the vectors"));
        pattern.is_none_or(|pattern| pattern.is_match(text) == Ok(true))
    };
    let decoded = || BASE64_STANDARD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number = digits.parse::<i64>().unwrap_or_default();
    let bounds = expected["int_min"].as_i64().unwrap_or(0)..=expected["int_max"].as_i64().unwrap_or(i64::MAX);
    if !matches(&expected["pattern"], text)
        || !matches(&expected["decoded_pattern"], &decoded().unwrap_or_default())
        || (!expected["int_max"].is_null() && !bounds.contains(&number))
    {
        return false;
    }
    let wanted = &expected["value"];
    match expected["compare"].as_str() {
        _ if expected["null"] == true => found.is_null(),
        Some("empty") => matches!(found, Value::Null) || *found == json!("") || *found == json!([]),
        Some("json") => json_of(wanted) == json_of(found),
        Some("set") => sorted(wanted) == sorted(found),
        Some("subset") => members(&json_of(wanted)).all(|(name, value)| json_of(found)[name] == *value),
        Some("instant") => instant(wanted) == instant(found),
        _ if wanted.is_null() => !found.is_null(),
        _ if expected["type"] == "dateTime" => instant(wanted) == instant(found),
        _ => wanted == found,
    }
}

fn json_of(value: &Value) -> Value {
    value.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| value.clone())
}

fn sorted(value: &Value) -> Vec<String> {
    let mut all: Vec<_> = value.as_array().into_iter().flatten().map(Value::to_string).collect();
    all.sort();
    all
}

fn instant(value: &Value) -> Option<jiff::Timestamp> {
    value.as_str()?.parse().ok()
}
