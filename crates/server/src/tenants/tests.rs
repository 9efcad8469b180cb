//! Policies on a disk, served, changed, and found again by digest.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use journeyman_policy::diagnostic::Severity;
use journeyman_store::Store;
use tempfile::TempDir;

use super::{ProgramError, Tenants, TenantsError};
use crate::clock::Clock;
use crate::config::{Config, PolicyKey};
use crate::testing::{self, POLICY, TENANT};

/// A folder of policies, and a configuration that serves it.
struct Stage {
    folder: TempDir,
    config: Config,
    store: Store,
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut config = testing::config();
        config.tenants[0].policies = vec![folder.path().to_owned()];
        config.development = false;
        config.policy_keys.insert("B2C_1A_Signing".into(), PolicyKey::Generated { rotate_after: None });
        let stage = Self { folder, config, store: testing::store() };
        stage.write("test.xml", POLICY);
        stage
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("a file can be written");
    }

    async fn load(&self) -> Result<Tenants, TenantsError> {
        Tenants::load(Arc::new(self.config.clone()), self.store.clone(), Clock::manual(testing::now())).await
    }

    /// Whether the policy is served.
    async fn serves(&self) -> bool {
        let served = self.load().await.expect("the folder is there").served();
        let tenant = served.tenant(TENANT).expect("it is configured");
        let refused = tenant.refused.iter().any(|policy| *policy == "B2C_1A_Test");
        assert_ne!(tenant.program("B2C_1A_Test").is_some(), refused);
        !refused
    }
}

fn broken() -> String {
    POLICY.replace(r#"ReferenceId="Test""#, r#"ReferenceId="Tset""#)
}

fn changed() -> String {
    POLICY.replace("8 to 64 characters, please.", "Other words.")
}

#[tokio::test]
async fn tenants_and_policies_are_found_in_any_case() {
    let tenants = Stage::new().load().await.expect("the policy is in order");
    let served = tenants.served();
    for tenant in ["contoso.onmicrosoft.com", "CONTOSO.OnMicrosoft.com", TENANT, &TENANT.to_uppercase()] {
        let tenant = served.tenant(tenant).expect("it is configured");
        for policy in ["B2C_1A_Test", "b2c_1a_test"] {
            assert!(tenant.program(policy).is_some(), "{policy}: {:?}", tenant.findings);
        }
        assert!(tenant.program("B2C_1A_Other").is_none());
    }
    assert!(served.tenant("fabrikam.onmicrosoft.com").is_none());
}

#[tokio::test]
async fn a_policy_with_errors_is_refused_and_the_others_are_served() {
    let stage = Stage::new();
    stage.write("broken.xml", &broken().replace("B2C_1A_Test", "B2C_1A_Broken"));
    assert!(stage.serves().await);
    let served = stage.load().await.expect("the folder is there").served();
    let tenant = served.tenant(TENANT).expect("it is configured");
    assert_eq!(tenant.refused, ["B2C_1A_Broken"]);
    assert!(tenant.findings.iter().any(|found| found.severity == Severity::Error));
}

#[tokio::test]
async fn a_folder_with_policies_of_several_tenants_gives_each_its_own() {
    let mut stage = Stage::new();
    let mut other = stage.config.tenants[0].clone();
    other.name = "fabrikam.onmicrosoft.com".to_owned();
    other.id = "11111111-2222-3333-4444-555555555555".to_owned();
    stage.config.tenants.push(other);
    let theirs = |policy: &str| policy.replace("contoso.onmicrosoft.com", "Fabrikam.onmicrosoft.com");
    fs::create_dir(stage.folder.path().join("theirs")).expect("a folder can be made");
    stage.write("theirs/test.xml", &theirs(&changed()));
    stage.write("theirs/broken.xml", &theirs(&broken()).replace("B2C_1A_Test", "B2C_1A_Broken"));

    let tenants = stage.load().await.expect("the folder is there");
    let served = tenants.served();
    let [ours, theirs] = &served.tenants[..] else { panic!("two are configured") };
    assert!(ours.refused.is_empty() && ours.findings.is_empty(), "{:?}", ours.findings);
    assert_eq!(theirs.refused, ["B2C_1A_Broken"]);
    let digest = |tenant: &super::Tenant| tenant.program("B2C_1A_Test").expect("it is served").digest().to_owned();
    assert_ne!(digest(ours), digest(theirs), "the same id, two policies");
    // Each version is kept under its own digest.
    stage.write("test.xml", &POLICY.replace("8 to 64 characters, please.", "Ours."));
    stage.write("theirs/test.xml", &POLICY.replace("8 to 64 characters, please.", "Theirs."));
    let later = stage.load().await.expect("the folder is there");
    for tenant in [ours, theirs] {
        assert_eq!(later.program(&digest(tenant)).await.expect("it is in the store").digest(), digest(tenant));
    }
}

#[tokio::test]
async fn a_folder_that_names_only_another_tenant_can_be_served_all_the_same() {
    let mut stage = Stage::new();
    let mut other = stage.config.tenants[0].clone();
    other.name = "test.onmicrosoft.com".to_owned();
    other.id = "11111111-2222-3333-4444-555555555555".to_owned();
    stage.config.tenants.push(other);
    let served = stage.load().await.expect("the policy is in order").served();
    assert!(served.tenants.iter().all(|tenant| tenant.program("B2C_1A_Test").is_some()));
}

#[tokio::test]
async fn what_is_not_run_yet_needs_to_be_allowed_by_name() {
    let mut stage = Stage::new();
    let consent = r#"<OrchestrationStep Order="1" Type="ConsentScreen" />
        <OrchestrationStep Order="2" Type="SendClaims""#;
    stage.write("test.xml", &POLICY.replace(r#"<OrchestrationStep Order="1" Type="SendClaims""#, consent));
    assert!(!stage.serves().await, "strict");
    stage.config.development = true;
    assert!(stage.serves().await, "development mode");
    stage.config.development = false;
    stage.config.tenants[0].allow_unsupported = vec!["b2c_1a_other".into()];
    assert!(!stage.serves().await, "another policy is allowed");
    stage.config.tenants[0].allow_unsupported = vec!["b2c_1a_test".into()];
    assert!(stage.serves().await, "allowed by name");
    stage.write("test.xml", &broken());
    assert!(!stage.serves().await, "other errors are not");
}

#[tokio::test]
async fn a_policy_key_without_a_value_is_an_error_where_it_is_named() {
    let mut stage = Stage::new();
    stage.config.policy_keys.clear();
    assert!(!stage.serves().await);
    let served = stage.load().await.expect("the folder is there").served();
    let tenant = served.tenant(TENANT).expect("it is configured");
    let found = tenant.findings.iter().find(|found| found.code.id == "JM2001").expect("it is reported");
    assert_eq!(found.reference.as_deref(), Some("B2C_1A_Signing"));
    assert!(tenant.set.sources.text(found.primary.span).contains("B2C_1A_Signing"));
}

#[tokio::test]
async fn a_journey_finds_its_version_after_a_reload_and_on_another_node() {
    let stage = Stage::new();
    let tenants = stage.load().await.expect("the policy is in order");
    let digest = |tenants: &Tenants| {
        let served = tenants.served();
        let program = served.tenant(TENANT).and_then(|tenant| tenant.program("B2C_1A_Test")).expect("it is served");
        program.digest().to_owned()
    };
    let before = digest(&tenants);
    stage.write("test.xml", &changed());
    tenants.reload().await.expect("the policy is in order");
    let after = digest(&tenants);
    assert_ne!(before, after);

    let other_node = stage.load().await.expect("the policy is in order");
    for node in [&tenants, &other_node] {
        for wanted in [&before, &after] {
            let program = node.program(wanted).await.expect("its sources are kept");
            assert_eq!(program.digest(), wanted);
            let again = node.program(wanted).await.expect("it is compiled");
            assert!(Arc::ptr_eq(&program, &again), "compiled once");
        }
    }
    let text = |program: &journeyman_engine::Program| format!("{:?}", program.policy().claim_types);
    assert!(text(&other_node.program(&before).await.expect("it is kept")).contains("8 to 64 characters"));
    assert!(matches!(tenants.program("none").await, Err(ProgramError::Unknown { .. })));
}

#[tokio::test]
async fn sources_that_are_not_what_their_digest_names_are_not_run() {
    let stage = Stage::new();
    let tenants = stage.load().await.expect("the policy is in order");
    let digest = testing::program().digest().to_owned();
    let bundle = stage.store.programs.program(&digest).await.expect("the store answers").expect("it is kept");
    for (named, sources) in [("0123", bundle.as_slice()), ("4567", b"nonsense")] {
        stage.store.programs.put_program(named, sources, testing::now()).await.expect("the store answers");
        assert!(matches!(tenants.program(named).await, Err(ProgramError::Damaged { .. })), "{named}");
    }
}

#[tokio::test]
async fn a_reload_that_would_lose_a_policy_changes_nothing() {
    let stage = Stage::new();
    let tenants = stage.load().await.expect("the policy is in order");
    let before = tenants.served();
    stage.write("test.xml", &broken());
    match tenants.reload().await {
        Err(TenantsError::WouldLose { policies }) => assert_eq!(policies, ["contoso.onmicrosoft.com/B2C_1A_Test"]),
        other => panic!("{other:?}"),
    }
    assert!(Arc::ptr_eq(&before, &tenants.served()));
    // Removing a policy on purpose is another matter.
    fs::remove_file(stage.folder.path().join("test.xml")).expect("it is there");
    stage.write("other.xml", &POLICY.replace("B2C_1A_Test", "B2C_1A_Other"));
    tenants.reload().await.expect("the policy is in order");
    assert!(tenants.served().tenant(TENANT).is_some_and(|tenant| tenant.program("B2C_1A_Test").is_none()));
}

#[tokio::test]
async fn settings_fill_placeholders() {
    let mut stage = Stage::new();
    stage.write("test.xml", &POLICY.replace("B2C_1A_Test", "B2C_1A_{Settings:Name}"));
    stage.write(
        "appsettings.json",
        r#"{"Environments":[{"Name":"Dev","PolicySettings":{"Name":"FromFile","Other":"x"}}]}"#,
    );
    let served = async |stage: &Stage| -> Vec<String> {
        let served = stage.load().await.expect("the folder is there").served();
        served.tenants[0].programs.keys().map(|policy| policy.as_str().to_owned()).collect()
    };
    assert_eq!(served(&stage).await, Vec::<String>::new());
    stage.config.tenants[0].environment = Some("dev".to_owned());
    assert_eq!(served(&stage).await, ["B2C_1A_FromFile"]);
    stage.config.tenants[0].settings.set("name", "ByHand");
    assert_eq!(served(&stage).await, ["B2C_1A_ByHand"]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_read_stops_the_start() {
    let mut stage = Stage::new();
    stage.config.tenants[0].policies = vec![PathBuf::from("/no/such/folder")];
    let error = stage.load().await.expect_err("there is no such folder");
    assert!(error.to_string().contains("there is no such file or folder"), "{error}");
}

/// The public starter pack, where it is.
fn starter_pack() -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    let shared = std::env::var_os("JOURNEYMAN_SHARED").map_or_else(beside, PathBuf::from);
    let pack = shared.join("corpus/starterpack/LocalAccounts");
    pack.is_dir().then_some(pack)
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a test that was left out says so")]
async fn the_starter_pack_is_served_as_it_is() {
    let Some(pack) = starter_pack() else {
        eprintln!("skipped: shared/ is absent");
        return;
    };
    let mut stage = Stage::new();
    stage.config.tenants[0].policies = vec![pack];
    for key in ["B2C_1A_TokenSigningKeyContainer", "B2C_1A_TokenEncryptionKeyContainer"] {
        stage.config.policy_keys.insert(key.into(), PolicyKey::Generated { rotate_after: None });
    }
    let served = stage.load().await.expect("the pack is there").served();
    let tenant = &served.tenants[0];
    let why: Vec<_> = tenant.findings.iter().filter(|f| f.severity == Severity::Error).map(|f| &f.message).collect();
    let policies: Vec<_> = tenant.programs.keys().map(|policy| policy.as_str()).collect();
    assert_eq!(policies, ["B2C_1A_PasswordReset", "B2C_1A_ProfileEdit", "B2C_1A_signup_signin"], "{why:?}");
}
