//! Nothing of the demo is known to the engine: with every id of its policies changed, everything goes as before.

mod names;

use std::collections::BTreeMap;
use std::process::Command;

use journeyman_bank::Policies;
use journeyman_tests::client::Dialect;
use journeyman_tests::demo::binary;
use journeyman_tests::inside::{Inside, Wishes, demo_tenant};
use journeyman_tests::person::{Customer, Payment};
use serde_json::Value;
use tempfile::TempDir;

use crate::names::{Kind, Names, rename};

/// What differs from run to run, and what names a policy.
const OWN: [&str; 15] = [
    "iss",
    "acr",
    "sub",
    "aud",
    "exp",
    "nbf",
    "iat",
    "auth_time",
    "nonce",
    "at_hash",
    "c_hash",
    "jti",
    "hintId",
    "transactionId",
    "tfp",
];

fn renamed() -> (TempDir, Names) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let names = rename(&demo_tenant(), folder.path());
    (folder, names)
}

/// What a run of the flagship comes to: what providers were asked, and what tokens say.
#[derive(Debug, PartialEq)]
struct Outcome {
    calls: Vec<(String, String, Value, Value)>,
    signed_in: BTreeMap<String, String>,
    approved: BTreeMap<String, String>,
    receipt: String,
}

/// The flagship: sign up, sign in again, reset the password, edit the profile, approve a payment.
async fn flagship(wishes: Wishes, claims: BTreeMap<String, String>, dialect: Dialect) -> Outcome {
    let inside = Inside::start(wishes).await;
    let mut ann = Customer::new(&inside.sites, dialect, "Ann");
    ann.claims = claims;
    ann.sign_up().await.expect("Hello, Ann");
    let home = ann.bank("").await;
    let page = ann.press(&home, "form[action='/profile'] button", &[]).await;
    ann.press(&page, "#continue", &[("surname", "Other")]).await.expect("Hello, Ann");
    let home = ann.bank("").await;
    ann.press(&home, "form[action='/sign-out'] button", &[]).await.expect("You are signed out");
    ann.sign_in().await.expect("Hello, Ann");
    let signed_in = own_removed(ann.bank("claims").await.rows("table.claims"));

    let page = ann.send_money(&Payment::of("50.00", "Jo Bloggs")).await;
    let page = ann.hand_over(&page).await;
    let page = ann.approve(&page).await;
    let receipt = ann.confirm(&page).await.text_of("dl.three");
    let approved = own_removed(ann.bank("claims").await.rows("section[aria-labelledby=evidence] table"));
    let calls = ann.sites.sandbox.calls().await;
    let calls = calls.into_iter().map(|call| (call.provider, call.path, bare(call.form), bare(call.json))).collect();
    Outcome { calls, signed_in, approved, receipt }
}

fn own_removed(mut claims: BTreeMap<String, String>) -> BTreeMap<String, String> {
    claims.retain(|name, _| !OWN.contains(&name.as_str()));
    claims
}

/// Without codes, which are drawn anew.
fn bare(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.split(' ').map(without_code).collect::<Vec<_>>().join(" ")),
        Value::Array(values) => values.into_iter().map(bare).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, bare(value))).collect(),
        other => other,
    }
}

fn without_code(word: &str) -> &str {
    if word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()) { "******" } else { word }
}

#[tokio::test]
async fn with_every_id_renamed_all_goes_as_before() {
    let (folder, names) = renamed();
    assert!(names.len() > 150, "{names:?}");
    let policy = |id: &str| names.of(Kind::Policy, id).to_owned();
    let wishes = Wishes {
        policies: Some(folder.path().to_owned()),
        bank_policies: Some(Policies {
            sign_up_sign_in: policy("B2C_1A_PSD2_SUSI"),
            step_up: policy("B2C_1A_PSD2_StepUp"),
            profile_edit: policy("B2C_1A_PSD2_ProfileEdit"),
            password_reset: policy("B2C_1A_PSD2_PasswordReset"),
        }),
        key_names: ["B2C_1A_SendGridSecret", "B2C_1A_B2cRestTwilioClientId", "B2C_1A_B2cRestTwilioClientSecret"]
            .map(|key| (key.to_owned(), names.of(Kind::Key, key).to_owned()))
            .into(),
        ..Wishes::default()
    };
    let fields = [
        "email",
        "verificationCode",
        "newPassword",
        "reenterPassword",
        "givenName",
        "surname",
        "displayName",
        "newPhoneNumber",
        "signInName",
        "password",
    ];
    let claims = fields.map(|claim| (claim.to_owned(), names.of(Kind::Claim, claim).to_owned()));
    let as_before = flagship(Wishes::default(), BTreeMap::new(), Dialect::Script).await;
    let renamed = flagship(wishes, claims.into(), Dialect::Script).await;
    assert_eq!(renamed, as_before);
    assert_eq!(renamed.approved["amount"], "50.00 GBP", "{renamed:?}");
}

/// Ids of claims are left out: many are called as the world outside calls them.
#[test]
fn no_id_of_the_demo_is_left() {
    let (folder, names) = renamed();
    for entry in std::fs::read_dir(folder.path()).expect("the copy") {
        let text = std::fs::read_to_string(entry.expect("a file").path()).expect("a policy");
        let document = roxmltree::Document::parse(&text).expect("well-formed");
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let texts = node.attributes().map(|attribute| attribute.value()).chain(node.text());
            let old = |text: &str| Kind::BUT_CLAIMS.into_iter().any(|kind| names.has(kind, text.trim()));
            let left: Vec<_> = texts.filter(|text| old(text)).collect();
            assert!(left.is_empty(), "{left:?} is left in {node:?}");
        }
    }
}

#[test]
fn check_finds_nothing_in_renamed_policies() {
    let (folder, _) = renamed();
    let output = Command::new(binary()).arg("check").arg(folder.path()).output().expect("the binary runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
