//! Every kind of answer, held against the description that its vendor publishes: no property missing, none extra.

mod common;

use std::{fs, path::Path};

use common::{PHONE, Running, shared, verify_path};
use journeyman_sandbox::{DEMO_ACCOUNT_SID, DEMO_SENDGRID_KEY};
use reqwest::Method;
use serde_json::{Value, json};

/// A vendor's description, in the dialect that the validator reads.
struct Contract(Value);

impl Contract {
    fn read(folder: &Path, file: &str) -> Self {
        let text = fs::read_to_string(folder.join(file)).expect("a readable description");
        let mut document = serde_json::from_str(&text).expect("a JSON description");
        translate(&mut document);
        Self(document)
    }

    /// The schema of an answer.
    fn answer(&self, path: &str, method: &str, status: &str) -> Value {
        let content = &self.0["paths"][path][method]["responses"][status]["content"]["application/json"]["schema"];
        assert!(content.is_object(), "{method} {path} declares no {status}");
        content.clone()
    }

    fn component(&self, name: &str) -> Value {
        let schema = &self.0["components"]["schemas"][name];
        assert!(schema.is_object(), "no schema {name}");
        schema.clone()
    }

    /// What is wrong with `body` by `schema`, when neither may have a property that the other has not.
    fn problems(&self, schema: &Value, body: &Value) -> Vec<String> {
        let mut schema = schema.clone();
        if let Some(name) = schema["$ref"].as_str().and_then(|link| link.strip_prefix("#/components/schemas/")) {
            schema = self.component(name);
        }
        let names: Vec<String> = schema["properties"].as_object().expect("properties").keys().cloned().collect();
        schema["required"] = json!(names);
        schema["additionalProperties"] = json!(false);
        schema["components"] = json!({ "schemas": self.0["components"]["schemas"] });
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
        validator.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    fn check(&self, schema: &Value, body: &Value) {
        let problems = self.problems(schema, body);
        assert!(problems.is_empty(), "{problems:#?}\n{body:#}");
    }
}

/// `nullable` of OpenAPI 3.0, said as JSON Schema says it; and addresses may be relative, as the vendor's own examples
/// of a property declared `uri` are.
fn translate(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(translate),
        Value::Object(object) => {
            if object.get("nullable") == Some(&Value::Bool(true)) {
                if let Some(Value::String(kind)) = object.get("type").cloned() {
                    object.insert("type".into(), json!([kind, "null"]));
                }
                if let Some(Value::Array(values)) = object.get_mut("enum") {
                    values.push(Value::Null);
                }
            }
            if object.get("format") == Some(&json!("uri")) {
                object.insert("format".into(), json!("uri-reference"));
            }
            object.values_mut().for_each(translate);
        }
        _ => {}
    }
}

const START: &str = "/v2/Services/{ServiceSid}/Verifications";
const ONE: &str = "/v2/Services/{ServiceSid}/Verifications/{Sid}";
const CHECK: &str = "/v2/Services/{ServiceSid}/VerificationCheck";

#[test]
fn the_check_finds_what_is_wrong() {
    let Some(folder) = shared("openapi") else { return };
    let contract = Contract::read(&folder, "twilio_verify_v2.json");
    let schema = contract.answer(CHECK, "post", "200");
    let example = contract.0["paths"][CHECK]["post"]["responses"]["200"]["content"]["application/json"]["examples"]
        ["verificationChecks200"]["value"]
        .clone();
    contract.check(&schema, &example);
    for (name, value) in
        [("sid", json!("VE1")), ("valid", json!("true")), ("extra", json!(1)), ("date_created", json!("now"))]
    {
        let mut wrong = example.clone();
        wrong[name] = value;
        assert!(!contract.problems(&schema, &wrong).is_empty(), "{name}");
    }
    let mut missing = example;
    missing.as_object_mut().expect("an object").shift_remove("payee");
    assert!(!contract.problems(&schema, &missing).is_empty());
}

#[tokio::test]
async fn verify_answers_as_described() {
    let Some(folder) = shared("openapi") else { return };
    let contract = Contract::read(&folder, "twilio_verify_v2.json");
    let sandbox = Running::start().await;
    let (_, service) = sandbox.post("/twilio-verify/v2/Services", &[("FriendlyName", "Shop")]).await;
    contract.check(&contract.answer("/v2/Services", "post", "201"), &service);
    let one_service = format!("/twilio-verify/v2/Services/{}", service["sid"].as_str().expect("an id"));
    let (_, fetched) = sandbox.ask(Method::GET, &one_service).await;
    contract.check(&contract.answer("/v2/Services/{Sid}", "get", "200"), &fetched);

    let payment = [("To", PHONE), ("Channel", "sms"), ("Amount", "£50.00"), ("Payee", "Ann")];
    let (_, started) = sandbox.verify("Verifications", &payment).await;
    contract.check(&contract.answer(START, "post", "201"), &started);
    let one = format!("Verifications/{}", started["sid"].as_str().expect("an id"));
    let (_, fetched) = sandbox.ask(Method::GET, &verify_path(&one)).await;
    contract.check(&contract.answer(ONE, "get", "200"), &fetched);

    let code = sandbox.newest().await["code"].as_str().expect("a code").to_owned();
    for code in ["0000", &code] {
        let form = [("To", PHONE), ("Code", code), ("Amount", "£50.00"), ("Payee", "Ann")];
        let (_, checked) = sandbox.verify("VerificationCheck", &form).await;
        contract.check(&contract.answer(CHECK, "post", "200"), &checked);
    }
    let (_, started) = sandbox.verify("Verifications", &payment).await;
    let one = format!("Verifications/{}", started["sid"].as_str().expect("an id"));
    let (_, cancelled) = sandbox.verify(&one, &[("Status", "canceled")]).await;
    contract.check(&contract.answer(ONE, "post", "200"), &cancelled);
}

#[tokio::test]
async fn twilio_errors_answer_as_described() {
    let Some(folder) = shared("openapi") else { return };
    let contract = Contract::read(&folder, "twilio_verify_v2.json");
    let error = contract.answer(START, "post", "429");
    let sandbox = Running::start().await;
    let (_, not_found) = sandbox.ask(Method::GET, &verify_path("Verifications/none")).await;
    let (_, invalid) = sandbox.verify("Verifications", &[]).await;
    let fault = json!({ "provider": "twilio-api", "status": 500 });
    sandbox.api(Method::POST, "/api/faults", Some(fault)).await;
    let (_, failed) = sandbox.ask(Method::GET, "/twilio-api/anything").await;
    for body in [not_found, invalid, failed] {
        contract.check(&error, &body);
    }
}

#[tokio::test]
async fn messages_answer_as_described() {
    let Some(folder) = shared("openapi") else { return };
    let contract = Contract::read(&folder, "twilio_api_v2010.json");
    let sandbox = Running::start().await;
    let path = format!("/twilio-api/2010-04-01/Accounts/{DEMO_ACCOUNT_SID}/Messages");
    let form = [("To", PHONE), ("From", "+15005550006"), ("Body", "Hi")];
    let (_, sent) = sandbox.post(&format!("{path}.json"), &form).await;
    let declared = "/2010-04-01/Accounts/{AccountSid}/Messages";
    contract.check(&contract.answer(&format!("{declared}.json"), "post", "201"), &sent);
    let one = format!("{path}/{}.json", sent["sid"].as_str().expect("an id"));
    let (_, fetched) = sandbox.ask(Method::GET, &one).await;
    contract.check(&contract.answer(&format!("{declared}/{{Sid}}.json"), "get", "200"), &fetched);
    let (_, page) = sandbox.ask(Method::GET, &format!("{path}.json")).await;
    contract.check(&contract.answer(&format!("{declared}.json"), "get", "200"), &page);
}

#[tokio::test]
async fn sendgrid_errors_answer_as_described() {
    let Some(folder) = shared("openapi") else { return };
    let contract = Contract::read(&folder, "tsg_mail_v3.json");
    let sandbox = Running::start().await;
    let request = sandbox.client.post(format!("{}/sendgrid/v3/mail/send", sandbox.url)).json(&json!({}));
    let (status, body) = common::answer(request.bearer_auth(DEMO_SENDGRID_KEY).send().await.expect("answered")).await;
    assert_eq!(status, 400);
    contract.check(&contract.component("ErrorResponse"), &body);
}
