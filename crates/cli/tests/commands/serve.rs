//! `serve` as an operator meets it: what stops it from starting, and that it says so.

use crate::support::{code, complained, folder, journeyman, policy, said};

fn configuration(port: u16) -> String {
    format!(
        "public_urls = [\"http://localhost:{port}\"]\nlisten = \"127.0.0.1:{port}\"\ndevelopment = true\n\
         key_encryption_key = {{ file = \"key\" }}\n\n[database]\nurl = \"sqlite://data.db\"\n\n[[tenant]]\n\
         name = \"contoso.onmicrosoft.com\"\nid = \"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"\npolicies = \"policies\"\n\n[policy_keys]\n\
         B2C_1A_Signing = {{ generated = true }}\nB2C_1A_Encryption = {{ generated = true }}\n"
    )
}

fn leaf(journey: &str) -> String {
    policy(
        "B2C_1A_Leaf",
        None,
        &format!(
            "<BuildingBlocks><ClaimsSchema><ClaimType Id=\"sub\"><DataType>string</DataType></ClaimType></ClaimsSchema>\
             </BuildingBlocks><ClaimsProviders><ClaimsProvider><DisplayName>Tokens</DisplayName><TechnicalProfiles>\
             <TechnicalProfile Id=\"Issuer\"><DisplayName>Issuer</DisplayName><Protocol Name=\"None\" />\
             <OutputTokenFormat>JWT</OutputTokenFormat><Metadata>\
             <Item Key=\"issuer_refresh_token_user_identity_claim_type\">sub</Item></Metadata><CryptographicKeys>\
             <Key Id=\"issuer_secret\" StorageReferenceId=\"B2C_1A_Signing\" />\
             <Key Id=\"issuer_refresh_token_key\" StorageReferenceId=\"B2C_1A_Encryption\" /></CryptographicKeys>\
             </TechnicalProfile></TechnicalProfiles></ClaimsProvider></ClaimsProviders>\
             <UserJourneys><UserJourney Id=\"J\"><OrchestrationSteps>\
             <OrchestrationStep Order=\"1\" Type=\"SendClaims\" CpimIssuerTechnicalProfileReferenceId=\"Issuer\" />\
             </OrchestrationSteps></UserJourney></UserJourneys>\
             <RelyingParty><DefaultUserJourney ReferenceId=\"{journey}\" /><TechnicalProfile Id=\"P\"><OutputClaims>\
             <OutputClaim ClaimTypeReferenceId=\"sub\" DefaultValue=\"x\" /></OutputClaims></TechnicalProfile></RelyingParty>"
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

#[cfg(unix)]
#[test]
fn a_hangup_compiles_the_policies_anew_and_a_loss_is_refused() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    let port =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let root = deployment(configuration(port), leaf("J"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_journeyman"));
    command.current_dir(root.path()).args(["serve", "--config", "journeyman.toml"]).env("RUST_LOG", "info");
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    let mut out = BufReader::new(server.stdout.take().expect("it is piped")).lines();
    let mut log = BufReader::new(server.stderr.take().expect("it is piped")).lines().map_while(Result::ok);
    let send = |signal: &str, process: u32| {
        let sent = Command::new("kill").args([signal, &process.to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "{signal}");
    };

    let ready = out.next().and_then(Result::ok).unwrap_or_default();
    assert_eq!(ready, format!("listening on 127.0.0.1:{port} for http://localhost:{port}"));
    send("-HUP", server.id());
    assert!(log.any(|line| line.contains("policies reloaded")));
    std::fs::write(root.path().join("policies/Leaf.xml"), leaf("K")).expect("the file can be written");
    send("-HUP", server.id());
    let refused = log.find(|line| line.contains("policies not reloaded")).unwrap_or_default();
    assert!(refused.contains("contoso.onmicrosoft.com/B2C_1A_Leaf"), "{refused}");
    send("-TERM", server.id());
    assert_eq!(server.wait().expect("it ends").code(), Some(0));
}
