//! The binary as scripts and people use it: exit codes, JSON to the letter, reports with places.

use serde_json::{Value, json};

use crate::support::{code, complained, folder, journeyman, journeyman_with, policy, said};

const CLAIMS: &str = "  <BuildingBlocks>\n    <ClaimsSchema>\n      <ClaimType Id=\"email\"><DataType>string</DataType></ClaimType>\n    \
                      </ClaimsSchema>\n  </BuildingBlocks><ClaimsProviders><ClaimsProvider><DisplayName>x</DisplayName><TechnicalProfiles><TechnicalProfile Id=\"Issuer\"><DisplayName>x</DisplayName><Protocol Name=\"None\" /><OutputTokenFormat>JWT</OutputTokenFormat><Metadata><Item Key=\"issuer_refresh_token_user_identity_claim_type\">email</Item></Metadata><CryptographicKeys><Key Id=\"issuer_secret\" StorageReferenceId=\"B2C_1A_S\" /><Key Id=\"issuer_refresh_token_key\" StorageReferenceId=\"B2C_1A_E\" /></CryptographicKeys></TechnicalProfile></TechnicalProfiles></ClaimsProvider></ClaimsProviders>";
const JOURNEY: &str = "  <UserJourneys>\n    <UserJourney Id=\"J\">\n      <OrchestrationSteps>\n        \
                       <OrchestrationStep Order=\"1\" Type=\"SendClaims\" CpimIssuerTechnicalProfileReferenceId=\"Issuer\" />\n      </OrchestrationSteps>\n    </UserJourney>\n  </UserJourneys>";

fn leaf(claim: &str) -> String {
    format!(
        "{JOURNEY}\n  <RelyingParty>\n    <DefaultUserJourney ReferenceId=\"J\" />\n    <TechnicalProfile Id=\"P\">\n      \
         <OutputClaims>\n        <OutputClaim ClaimTypeReferenceId=\"{claim}\" DefaultValue=\"x\" />\n      </OutputClaims>\n    \
         </TechnicalProfile>\n  </RelyingParty>"
    )
}

fn broken() -> tempfile::TempDir {
    folder(&[
        ("Base.xml", policy("B2C_1A_Base", None, CLAIMS)),
        ("Leaf.xml", policy("B2C_1A_Leaf", Some("b2c_1a_base"), &leaf("emial"))),
        ("Other.xml", policy("B2C_1A_Other", Some("B2C_1A_Base"), &leaf("Email"))),
    ])
}

#[test]
fn a_mistake_is_shown_with_its_place_and_the_declaration_that_was_meant() {
    let output = journeyman(broken().path(), &["check", "."]);
    let expected = "\
error[JM0101]: claim type `emial` is not declared
  --> Leaf.xml:16:44
   |
16 |         <OutputClaim ClaimTypeReferenceId=\"emial\" DefaultValue=\"x\" />
   |                                            ^^^^^ not in this policy or any base policy
   |
  ::: Base.xml:4:7
   |
 4 |       <ClaimType Id=\"email\"><DataType>string</DataType></ClaimType>
   |       ---------------------- `email` is declared here
   |
   = help: did you mean `email`?

1 error in 3 policies
`journeyman explain JM0101` says more
";
    assert_eq!(said(&output), expected);
    assert_eq!(code(&output), 1);
}

#[test]
fn what_lies_between_two_far_places_of_a_file_is_not_drawn() {
    let between = format!("  <!--{}-->", "\n".repeat(200));
    let files = [("Leaf.xml", policy("B2C_1A_Leaf", None, &format!("{CLAIMS}\n{between}\n{}", leaf("emial"))))];
    let said = said(&journeyman(folder(&files).path(), &["check", "."]));
    assert!(said.contains("--> Leaf.xml:219:44"), "{said}");
    assert!(said.contains("  4 |       <ClaimType Id=\"email\">"), "{said}");
    assert!(said.lines().count() < 20, "{said}");
}

#[test]
fn a_name_that_is_unresolved_in_many_places_is_one_mistake() {
    let profile = |id: &str| {
        format!(
            "<TechnicalProfile Id=\"{id}\"><InputClaims>\n<InputClaim ClaimTypeReferenceId=\"phone\" /></InputClaims></TechnicalProfile>"
        )
    };
    let beside = format!("<TechnicalProfiles>{}{}", profile("A"), profile("B"));
    let inside = format!("{}\n{}", CLAIMS.replace("<TechnicalProfiles>", &beside), leaf("email"));
    let root = folder(&[("Leaf.xml", policy("B2C_1A_Leaf", None, &inside))]);
    let text = said(&journeyman(root.path(), &["check", "."]));
    assert!(text.contains("= note: also in line 8\n"), "{text}");
    assert!(text.contains("\n1 error in 1 policy\n"), "{text}");
}

#[test]
fn what_repeats_itself_is_told_in_a_line_each_unless_everything_is_wanted() {
    let claims: String = (0..30).map(|at| format!("<OutputClaim ClaimTypeReferenceId=\"c{at}\" />\n")).collect();
    let many = leaf("email").replace("<OutputClaims>", &format!("<OutputClaims>{claims}"));
    let root = folder(&[("Leaf.xml", policy("B2C_1A_Leaf", None, &format!("{CLAIMS}\n{many}")))]);
    let text = said(&journeyman(root.path(), &["check", "."]));
    assert!(
        text.contains("error[JM0101]: 25 more: reference to a claim type that is not declared\n  --> Leaf.xml:"),
        "{text}"
    );
    assert!(text.contains("  and 10 more\n") && text.contains("\n30 errors in 1 policy\n"), "{text}");
    let all = said(&journeyman(root.path(), &["check", ".", "--verbose"]));
    assert!(!all.contains(" more: ") && all.contains("claim type `c29` is not declared"), "{all}");
}

#[test]
fn colours_are_for_those_who_ask() {
    let root = broken();
    assert!(!said(&journeyman(root.path(), &["check", "."])).contains('\u{1b}'));
    let forced = journeyman_with(root.path(), &["check", "."], &[("CLICOLOR_FORCE", "1")]);
    assert!(said(&forced).contains("\u{1b}[1m"), "{}", said(&forced));
    let refused = journeyman_with(root.path(), &["check", "."], &[("NO_COLOR", "1")]);
    assert!(!said(&refused).contains('\u{1b}'), "{}", said(&refused));
}

#[test]
fn json_says_the_same_to_programs() {
    let output = journeyman(broken().path(), &["check", "Base.xml", "Leaf.xml", "Other.xml", "--format", "json"]);
    let read: Value = serde_json::from_str(&said(&output)).expect("it is JSON");
    let expected = json!({
        "policies": [
            {"id": "B2C_1A_Base", "file": "Base.xml", "ok": true},
            {"id": "B2C_1A_Leaf", "file": "Leaf.xml", "ok": false},
            {"id": "B2C_1A_Other", "file": "Other.xml", "ok": true},
        ],
        "diagnostics": [{
            "code": "JM0101",
            "severity": "error",
            "message": "claim type `emial` is not declared",
            "help": "did you mean `email`?",
            "file": "Leaf.xml",
            "line": 16,
            "column": 44,
            "end_line": 16,
            "end_column": 49,
            "label": "not in this policy or any base policy",
            "policy": "B2C_1A_Leaf",
            "kind": "claim",
            "reference": "emial",
            "related": [{"file": "Base.xml", "line": 4, "column": 7, "end_line": 4, "end_column": 29, "label": "`email` is declared here"}],
            "fix": null,
        }],
    });
    assert_eq!(read, expected);
    assert_eq!(code(&output), 1);
}

#[test]
fn what_follows_from_a_missing_base_is_not_told_one_by_one() {
    let root = folder(&[("Leaf.xml", policy("B2C_1A_Leaf", Some("B2C_1A_Base"), &leaf("email")))]);
    let output = journeyman(root.path(), &["check", "Leaf.xml"]);
    let text = said(&output);
    assert!(text.contains("no file is the policy `B2C_1A_Base`"), "{text}");
    assert!(text.contains("not found until then: `Issuer`, `email`"), "{text}");
    assert!(text.contains("\n1 error in 1 policy\n"), "{text}");
    let output = journeyman(root.path(), &["check", "Leaf.xml", "--format", "json"]);
    let read: Value = serde_json::from_str(&said(&output)).expect("it is JSON");
    let kinds: Vec<_> = read["diagnostics"].as_array().expect("a list").iter().map(|found| &found["kind"]).collect();
    assert_eq!(kinds, ["policy", "profile", "claim"]);
}

#[test]
fn a_base_is_sought_in_the_own_folder_then_near_by_and_never_guessed() {
    let base = || policy("B2C_1A_Base", None, CLAIMS);
    let root = folder(&[
        ("a/Base.xml", base()),
        ("a/Leaf.xml", policy("B2C_1A_Leaf", Some("B2C_1A_Base"), &leaf("email"))),
        ("b/Base.xml", base()),
        ("c/Leaf.xml", policy("B2C_1A_Far", Some("B2C_1A_Base"), &leaf("email"))),
    ]);
    assert_eq!(code(&journeyman(root.path(), &["check", "a"])), 0);
    assert_eq!(code(&journeyman(root.path(), &["check", "c", "b"])), 0);
    let output = journeyman(root.path(), &["check", "."]);
    let text = said(&output);
    assert_eq!(code(&output), 1);
    assert!(text.contains("2 files are the policy `B2C_1A_Base`"), "{text}");
    assert!(text.contains("a/Base.xml") && text.contains("b/Base.xml"), "{text}");
    assert!(text.contains("\n1 error in 4 policies\n"), "{text}");
}

#[test]
fn placeholders_take_their_values_from_the_environment_or_by_hand() {
    let settings = r#"{"Environments":[{"Name":"Dev","Tenant":"t","PolicySettings":{"Claim":"email"}}]}"#;
    let root = folder(&[
        ("appsettings.json", settings.to_owned()),
        ("p/Base.xml", policy("B2C_1A_Base", None, CLAIMS)),
        ("p/Leaf.xml", policy("B2C_1A_{{stage}}", Some("B2C_1A_Base"), &leaf("{Settings:Claim}"))),
    ]);
    let bare = journeyman(root.path(), &["check", "p", "--format", "json"]);
    let read: Value = serde_json::from_str(&said(&bare)).expect("it is JSON");
    assert!(read["diagnostics"].as_array().expect("a list").iter().any(|found| found["kind"] == "placeholder"));
    assert_eq!(code(&bare), 1);
    let filled = journeyman(root.path(), &["check", "p", "--environment", "dev", "--set", "stage=X"]);
    assert_eq!((code(&filled), said(&filled).as_str()), (0, "nothing wrong in 2 policies\n"));
    let unknown = journeyman(root.path(), &["check", "p", "--environment", "Test"]);
    assert_eq!(code(&unknown), 2);
    assert!(complained(&unknown).contains("has no environment `Test`, only: Dev"), "{}", complained(&unknown));
}

#[test]
fn what_is_not_there_is_a_wrong_command() {
    let root = folder(&[("note.txt", String::new())]);
    for arguments in
        [&["check"][..], &["check", "missing"], &["check", "."], &["check", "note.txt", "--format", "yaml"]]
    {
        let output = journeyman(root.path(), arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", complained(&output));
        assert!(!complained(&output).is_empty());
    }
}

#[test]
fn show_gives_the_merged_policy_in_each_form() {
    let root = broken();
    let xml = said(&journeyman(root.path(), &["show", "b2c_1a_other", "."]));
    assert!(xml.contains("  Base   Base.xml\n  Other  Other.xml\n"), "{xml}");
    assert!(xml.contains("<!-- Base:4   -->       <ClaimType Id=\"email\">"), "{xml}");
    let read: Value =
        serde_json::from_str(&said(&journeyman(root.path(), &["show", "B2C_1A_Other", ".", "--format", "json"])))
            .expect("it is JSON");
    assert_eq!(read["files"], json!(["Base.xml", "Other.xml"]));
    let claim = &read["policy"]["children"][0]["children"][0]["children"][0];
    assert_eq!(claim["attributes"]["Id"], json!({"value": "email", "file": "Base.xml", "line": 4}));
    let graph = said(&journeyman(root.path(), &["show", "B2C_1A_Other", ".", "--format", "mermaid"]));
    assert!(graph.contains("j0s0[\"1 SendClaims") && graph.contains("rp --> j0s0"), "{graph}");
    let unknown = journeyman(root.path(), &["show", "B2C_1A_None", "."]);
    assert_eq!(code(&unknown), 2);
    assert!(complained(&unknown).contains("only: B2C_1A_Base, B2C_1A_Leaf, B2C_1A_Other"));
}

/// A journey whose second step reaches the profile `TP`.
fn reaching(profile: &str) -> String {
    format!(
        "{}\n  <UserJourneys>\n    <UserJourney Id=\"J\">\n      \
         <OrchestrationSteps>\n        <OrchestrationStep Order=\"1\" Type=\"ClaimsExchange\"><ClaimsExchanges>\
         <ClaimsExchange Id=\"E\" TechnicalProfileReferenceId=\"TP\" /></ClaimsExchanges></OrchestrationStep>\n        \
         <OrchestrationStep Order=\"2\" Type=\"SendClaims\" CpimIssuerTechnicalProfileReferenceId=\"Issuer\" />\n      </OrchestrationSteps>\n    </UserJourney>\n  \
         </UserJourneys>",
        CLAIMS.replace("<TechnicalProfiles>", &format!("<TechnicalProfiles>{profile}"))
    )
}

fn relying_party() -> &'static str {
    "  <RelyingParty>\n    <DefaultUserJourney ReferenceId=\"J\" />\n    <TechnicalProfile Id=\"P\">\n      <OutputClaims>\n        \
     <OutputClaim ClaimTypeReferenceId=\"email\" DefaultValue=\"x\" />\n      </OutputClaims>\n    </TechnicalProfile>\n  </RelyingParty>"
}

fn unsupported() -> tempfile::TempDir {
    let federated =
        "<TechnicalProfile Id=\"TP\"><DisplayName>x</DisplayName><Protocol Name=\"WsFed\" /></TechnicalProfile>";
    folder(&[
        ("Base.xml", policy("B2C_1A_Base", None, &reaching(federated))),
        ("One.xml", policy("B2C_1A_One", Some("B2C_1A_Base"), relying_party())),
        ("Two.xml", policy("B2C_1A_Two", Some("B2C_1A_Base"), relying_party())),
    ])
}

#[test]
fn what_is_not_run_yet_is_an_error_for_each_policy_that_reaches_it() {
    let output = journeyman(unsupported().path(), &["check", ".", "--format", "json"]);
    let read: Value = serde_json::from_str(&said(&output)).expect("it is JSON");
    let found = read["diagnostics"].as_array().expect("a list");
    let unsupported: Vec<_> = found.iter().filter(|found| found["kind"] == "unsupported").collect();
    let policies: Vec<_> = unsupported.iter().map(|found| &found["policy"]).collect();
    assert_eq!(policies, ["B2C_1A_One", "B2C_1A_Two"], "{read:#}");
    assert!(unsupported.iter().all(|found| found["severity"] == "error" && found["file"] == "Base.xml"), "{read:#}");
    let ok: Vec<_> = read["policies"].as_array().expect("a list").iter().map(|policy| &policy["ok"]).collect();
    assert_eq!(ok, [true, false, false]);
    assert_eq!(code(&output), 1);
}

#[test]
fn people_are_told_once_and_by_whom_it_is_reached() {
    let output = journeyman(unsupported().path(), &["check", "."]);
    let text = said(&output);
    assert!(text.contains("\n1 error in 3 policies\n"), "{text}");
    assert!(text.contains("found in `B2C_1A_One`, `B2C_1A_Two`"), "{text}");
}

#[test]
fn causes_come_before_what_may_follow_from_them() {
    let root = folder(&[
        ("A.xml", policy("B2C_1A_A", Some("B2C_1A_Base"), &leaf("emial"))),
        ("Base.xml", policy("B2C_1A_Base", None, &CLAIMS.replace("</BuildingBlocks>", "<Nothing /></BuildingBlocks>"))),
    ]);
    let text = said(&journeyman(root.path(), &["check", "."]));
    let codes: Vec<_> =
        text.lines().filter_map(|line| line.get(..13)).filter(|line| line.starts_with("error[")).collect();
    assert_eq!(codes, ["error[JM0006]", "error[JM0101]"], "{text}");
}

#[test]
fn what_follows_from_a_base_that_is_hidden_is_not_told_one_by_one() {
    let base = policy("B2C_1A_Base", None, CLAIMS);
    let whole = policy("B2C_1A_Leaf", Some("B2C_1A_Base"), &leaf("email"));
    let id = "<PolicyId>B2C_1A_Base</PolicyId>";
    for (code, base, leaf) in [
        ("JM0025", base.clone(), whole.replace(id, "<PolicyId>B2C_1_susi</PolicyId>")),
        ("JM0006", base.clone(), whole.replace("BasePolicy>", "BasePolicies>")),
        ("JM0006", base.replace("BuildingBlocks>", "BuildingBlock>"), whole.clone()),
        ("JM0006", base.replace("ClaimsSchema>", "ClaimSchema>"), whole.clone()),
        ("JM0007", base.clone(), whole.replace(id, "")),
        ("JM0008", base.clone(), whole.replace(id, "<PolicyId></PolicyId>")),
        ("JM0001", base.replace("</BuildingBlocks>", ""), whole),
    ] {
        let root = folder(&[("Base.xml", base), ("Leaf.xml", leaf)]);
        let text = said(&journeyman(root.path(), &["check", "."]));
        assert!(text.starts_with(&format!("error[{code}]")) && text.contains("\n1 error"), "{code}: {text}");
        assert!(text.contains("not found until then: ") && text.contains("`email`"), "{code}: {text}");
    }
}

#[test]
fn where_no_policy_is_there_is_nothing_to_check() {
    let root = folder(&[("a.xml", "<a/>".into())]);
    let output = journeyman(root.path(), &["check", "."]);
    assert_eq!((code(&output), complained(&output).as_str()), (2, "error: no policy in .\n"));
    assert!(said(&output).contains("a.xml:1:"), "{}", said(&output));
}

#[test]
fn a_file_is_read_once_however_it_is_called() {
    let root = folder(&[("p/Base.xml", policy("B2C_1A_Base", None, CLAIMS))]);
    let whole = root.path().join("p").to_string_lossy().into_owned();
    let text = said(&journeyman(root.path(), &["check", "p", &whole, "p/../p/Base.xml", "--format", "json"]));
    let read: Value = serde_json::from_str(&text).expect("it is JSON");
    let files: Vec<_> = read["policies"].as_array().expect("a list").iter().map(|policy| &policy["file"]).collect();
    assert_eq!(files, ["p/Base.xml"], "{read:#}");
}

#[test]
fn a_diff_is_not_for_programs() {
    let output = journeyman(broken().path(), &["check", ".", "--fix", "--dry-run", "--format", "json"]);
    assert_eq!((code(&output), said(&output).as_str()), (2, ""));
    assert!(complained(&output).contains("--dry-run"), "{}", complained(&output));
}

#[test]
fn a_mistake_is_as_bad_as_in_the_worst_policy_that_has_it() {
    let unknown = "<TechnicalProfile Id=\"TP\"><DisplayName>x</DisplayName><Protocol Name=\"Proprietary\" \
                   Handler=\"Web.TPEngine.Providers.SelfAssertedAttributProvider, Web.TPEngine\" /></TechnicalProfile>";
    let root = folder(&[
        // Reaches the profile in none of its journeys.
        ("A.xml", policy("B2C_1A_A", Some("B2C_1A_Base"), &leaf("email").replace("\"J\"", "\"K\""))),
        ("Base.xml", policy("B2C_1A_Base", None, &reaching(unknown))),
        ("C.xml", policy("B2C_1A_C", Some("B2C_1A_Base"), relying_party())),
    ]);
    let levels = said(&journeyman(root.path(), &["check", ".", "--format", "json"]));
    assert!(levels.contains("\"warning\"") && levels.contains("\"error\""), "{levels}");
    let output = journeyman(root.path(), &["check", "."]);
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("error[JM1001]"), "{}", said(&output));
    let sarif = said(&journeyman(root.path(), &["check", ".", "--format", "sarif"]));
    let read: Value = serde_json::from_str(&sarif).expect("it is JSON");
    let results = read["runs"][0]["results"].as_array().expect("a list");
    let levels: Vec<_> = results.iter().filter(|one| one["ruleId"] == "JM1001").map(|one| &one["level"]).collect();
    assert_eq!(levels, ["error"], "{sarif}");
}
