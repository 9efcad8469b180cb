//! `journeyman check --format sarif`: what code hosts need of SARIF 2.1.0.

use serde_json::{Value, json};

use crate::support::{code, folder, journeyman, policy, said};

const PADDED: &str = "  <BuildingBlocks>\n    <ClaimsSchema>\n      <ClaimType Id=\"email \"><DataType>string</DataType></ClaimType>\n    \
                      </ClaimsSchema>\n  </BuildingBlocks>";

/// An unresolved claim whose nearest name is declared in another file, where the id has a blank too much.
fn files(leaf: &str) -> [(&'static str, String); 2] {
    let journey = "<UserJourneys><UserJourney Id=\"J\"><OrchestrationSteps>\
                   <OrchestrationStep Order=\"1\" Type=\"SendClaims\" /></OrchestrationSteps></UserJourney></UserJourneys>\
                   <RelyingParty><DefaultUserJourney ReferenceId=\"J\" /><TechnicalProfile Id=\"P\"><OutputClaims>\
                   <OutputClaim ClaimTypeReferenceId=\"emial\" /></OutputClaims></TechnicalProfile></RelyingParty>";
    let base = policy("B2C_1A_Base", None, PADDED);
    [("Base.xml", base), ("sign in/Leaf.xml", policy("B2C_1A_Leaf", Some("B2C_1A_Base"), &format!("{leaf}{journey}")))]
}

fn sarif(leaf: &str) -> Value {
    let root = folder(&files(leaf));
    let output = journeyman(root.path(), &["check", ".", "--format", "sarif"]);
    assert_eq!(code(&output), 1);
    serde_json::from_str(&said(&output)).expect("it is JSON")
}

fn result<'a>(report: &'a Value, rule: &str) -> &'a Value {
    let results = report["runs"][0]["results"].as_array().expect("a list");
    results.iter().find(|result| result["ruleId"] == rule).expect("there is such a result")
}

#[test]
fn a_result_has_its_rule_and_its_places() {
    let report = sarif("");
    assert_eq!(report["version"], "2.1.0");
    let unknown = result(&report, "JM0101");
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().expect("a list");
    let rule = &rules[usize::try_from(unknown["ruleIndex"].as_u64().expect("a number")).expect("a small one")];
    assert_eq!((&rule["id"], &rule["defaultConfiguration"]["level"]), (&json!("JM0101"), &json!("error")));
    for field in ["name", "shortDescription", "fullDescription", "help"] {
        assert!(!rule[field].is_null(), "{field}");
    }
    assert_eq!(unknown["level"], "error");
    let place = &unknown["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "sign%20in/Leaf.xml");
    assert_eq!(unknown["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"], "Base.xml");
}

#[test]
fn a_fix_says_what_goes_and_what_comes() {
    let report = sarif("");
    let expected = json!([{
        "description": { "text": "write `email`" },
        "artifactChanges": [{
            "artifactLocation": { "uri": "Base.xml" },
            "replacements": [{
                "deletedRegion": { "startLine": 4, "startColumn": 27, "endLine": 4, "endColumn": 28 },
                "insertedContent": { "text": "" },
            }],
        }],
    }]);
    assert_eq!(result(&report, "JM0012")["fixes"], expected);
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let print = |report: &Value| result(report, "JM0101")["partialFingerprints"].clone();
    let (before, after) = (sarif(""), sarif("\n<!-- one\nmore -->\n"));
    assert_ne!(result(&before, "JM0101")["locations"], result(&after, "JM0101")["locations"]);
    assert_eq!(print(&before), print(&after));
    assert!(print(&before)["primaryLocationLineHash"].is_string());
}
