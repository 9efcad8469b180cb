//! `serve` as an operator meets it: what stops it from starting, and that it says so.

use crate::support::{code, complained, folder, journeyman, policy, said};

fn configuration(port: u16) -> String {
    format!(
        "public_urls = [\"http://localhost:{port}\"]\nlisten = \"127.0.0.1:{port}\"\ndevelopment = true\n\
         key_encryption_key = {{ file = \"key\" }}\n\n[database]\nurl = \"sqlite://data.db\"\n\n[[tenant]]\n\
         name = \"contoso.onmicrosoft.com\"\nid = \"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"\npolicies = \"policies\"\n"
    )
}

fn leaf(journey: &str) -> String {
    policy(
        "B2C_1A_Leaf",
        None,
        &format!(
            "<BuildingBlocks><ClaimsSchema><ClaimType Id=\"sub\"><DataType>string</DataType></ClaimType></ClaimsSchema>\
             </BuildingBlocks><UserJourneys><UserJourney Id=\"J\"><OrchestrationSteps>\
             <OrchestrationStep Order=\"1\" Type=\"SendClaims\" /></OrchestrationSteps></UserJourney></UserJourneys>\
             <RelyingParty><DefaultUserJourney ReferenceId=\"{journey}\" /><TechnicalProfile Id=\"P\"><OutputClaims>\
             <OutputClaim ClaimTypeReferenceId=\"sub\" /></OutputClaims></TechnicalProfile></RelyingParty>"
        ),
    )
}

fn deployment(configuration: String, policy: String) -> tempfile::TempDir {
    folder(&[("journeyman.toml", configuration), ("key", "00".repeat(32)), ("policies/Leaf.xml", policy)])
}

#[test]
fn a_missing_file_is_a_wrong_command() {
    let output = journeyman(folder(&[]).path(), &["serve", "--config", "nowhere.toml"]);
    assert_eq!(code(&output), 2);
    assert!(complained(&output).contains("there is no file nowhere.toml"), "{}", complained(&output));
}

#[test]
fn a_configuration_that_is_not_right_is_refused_with_reasons() {
    let root = deployment(configuration(4000).replace("public_urls", "public_url"), leaf("J"));
    let output = journeyman(root.path(), &["serve", "--config", "journeyman.toml"]);
    assert_eq!(code(&output), 1);
    assert!(complained(&output).contains("did you mean `public_urls`?"), "{}", complained(&output));
}

#[test]
fn a_policy_with_an_error_stops_it_and_is_shown() {
    let root = deployment(configuration(4000), leaf("K"));
    let output = journeyman(root.path(), &["serve", "--config", "journeyman.toml"]);
    assert_eq!(code(&output), 1, "{}", complained(&output));
    let text = said(&output);
    assert!(text.contains("`K`"), "{text}");
    assert!(text.contains("tenant contoso.onmicrosoft.com: `B2C_1A_Leaf` cannot be served"), "{text}");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("it has an address").port();
    let root = deployment(configuration(port), leaf("J"));
    let output = journeyman(root.path(), &["serve", "--config", "journeyman.toml"]);
    assert_eq!(code(&output), 1);
    assert!(complained(&output).contains(&format!("port {port} is taken")), "{}", complained(&output));
}
