//! What only a database at rest can promise: it survives a restart, holds no secret in the clear, and is not believed
//! when it was changed.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use journeyman_engine::effect::{CodeReply, CodeSettings, DirectoryCall, DirectoryKey, DirectoryReply, Secret};
use journeyman_store::{
    Claim, Entropy, Grant, Handle, KeyRing, NewJourney, Parked, Peek, Result, SealError, Store, StoreError,
    SystemEntropy, Tenant,
};
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;

const TENANT: Tenant<'static> = Tenant { id: "contoso", domain: "contoso.example" };
const SNAPSHOT: &[u8] = b"{\"bag\":{\"amount\":\"100\",\"payee\":\"Plain Text Ltd\"}}";

fn url(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("store.db").display())
}

async fn open(folder: &Path, keys: KeyRing) -> Result<Store> {
    Store::open(&url(folder), keys, Arc::new(SystemEntropy)).await
}

fn ring() -> KeyRing {
    KeyRing::new(&[1; 32], &[])
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).expect("in range")
}

fn handle() -> Handle {
    Handle::random(&SystemEntropy).expect("draws")
}

async fn park(store: &Store, snapshot: &[u8]) -> (Handle, Handle) {
    let (handle, browser) = (handle(), handle());
    let parked = Parked { snapshot: snapshot.to_vec(), pending_intent: Some("j/1".to_owned()), expires_at: at(600) };
    let journey = NewJourney { handle: handle.clone(), browser: browser.clone(), program: "p".to_owned(), parked };
    assert!(store.journeys.park(&journey).await.expect("parks"));
    (handle, browser)
}

fn settings() -> CodeSettings {
    CodeSettings {
        expiration_seconds: 600,
        length: 30,
        characters: "0123456789".to_owned(),
        retry_attempts: 3,
        generation_attempts: 10,
        reuse_same_code: true,
    }
}

async fn code(store: &Store) -> String {
    match store.codes.generate("j/2", "j", "ada@example.com", &settings(), at(0)).await.expect("answers") {
        CodeReply::Generated(code) => code.expose().to_owned(),
        other => panic!("expected a code, got {other:?}"),
    }
}

fn sign_up() -> DirectoryCall {
    let attribute =
        |name: &str, value: &str| (name.to_owned(), journeyman_claims::ClaimValue::String(value.to_owned()));
    DirectoryCall::Write {
        key: DirectoryKey { attribute: "signInNames.emailAddress".to_owned(), value: "ada@example.com".to_owned() },
        attributes: [
            attribute("displayName", "Ada Lovelace"),
            attribute("strongAuthenticationPhoneNumber", "+4917012345"),
        ]
        .into_iter()
        .collect(),
        keep: vec![],
        password: Some(Secret::new("typed")),
        must_exist: false,
        must_not_exist: true,
    }
}

async fn execute(folder: &Path, statement: &'static str) -> u64 {
    let mut connection = SqliteConnection::connect(&url(folder)).await.expect("connects");
    sqlx::query(statement).execute(&mut connection).await.expect("runs").rows_affected()
}

#[tokio::test]
async fn everything_survives_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path(), ring()).await.expect("opens");
    let (journey, browser) = park(&store, SNAPSHOT).await;
    let drawn = code(&store).await;
    let signed_up = store.directory.perform(TENANT, "j/3", &sign_up(), Some("$hash"), at(0)).await.expect("answers");
    drop(store);

    let store = open(folder.path(), ring()).await.expect("opens again");
    let claim = store.journeys.claim(&journey, &browser, Some(1), at(40), at(10)).await.expect("claims");
    let Claim::Claimed(_, found) = claim else { panic!("expected a lease, got {claim:?}") };
    assert_eq!(found.parked.snapshot, SNAPSHOT);
    assert_eq!(found.parked.pending_intent.as_deref(), Some("j/1"));
    let repeated = store.directory.perform(TENANT, "j/3", &sign_up(), Some("$hash"), at(9)).await.expect("answers");
    assert_eq!(repeated, signed_up);
    let verified = store.codes.verify("j/4", "j", "ada@example.com", &Secret::new(drawn), at(10)).await;
    assert_eq!(verified.expect("answers"), CodeReply::Verified);
    let credential = store.directory.credential(TENANT, "ada@example.com").await.expect("answers");
    assert_eq!(credential.expect("the index key survived").password_hash.as_deref(), Some("$hash"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_can_start_together_on_a_new_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let nodes: Vec<_> = (0..8)
        .map(|_| {
            let folder = folder.path().to_owned();
            tokio::spawn(async move { open(&folder, ring()).await })
        })
        .collect();
    let mut stores = Vec::new();
    for node in nodes {
        stores.push(node.await.expect("runs").expect("opens"));
    }
    // Only nodes with the same index key find each other's users.
    let call = sign_up();
    let signed_up = stores[0].directory.perform(TENANT, "j/3", &call, Some("$hash"), at(0));
    assert!(matches!(signed_up.await, Ok(DirectoryReply::User { created: true, .. })));
    for store in &stores {
        let found = store.directory.credential(TENANT, "ada@example.com").await.expect("answers");
        assert!(found.is_some());
    }
}

#[tokio::test]
async fn nothing_secret_is_readable_in_the_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path(), ring()).await.expect("opens");
    let (journey, browser) = park(&store, SNAPSHOT).await;
    let drawn = code(&store).await;
    store.directory.perform(TENANT, "j/3", &sign_up(), Some("$hash"), at(0)).await.expect("answers");
    let request = handle();
    store.requests.put_request(&request, b"hint=eyJhbGciOi", at(600)).await.expect("stores");
    let token = handle();
    let grant = Grant {
        family: "f".to_owned(),
        tenant: "contoso".to_owned(),
        policy: "p".to_owned(),
        client: "c".to_owned(),
        program: "p".to_owned(),
        issued_at: at(0),
        expires_at: at(600),
        payload: b"claims of Ada".to_vec(),
    };
    assert!(store.grants.put_refresh(&token, &grant).await.expect("stores"));

    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder.path()).expect("lists") {
        bytes.extend(std::fs::read(entry.expect("lists").path()).expect("reads"));
    }
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("$hash"), "the files are those of the store");
    for secret in [
        journey.expose(),
        browser.expose(),
        request.expose(),
        token.expose(),
        &drawn,
        "Plain Text Ltd",
        "eyJhbGciOi",
        "claims of Ada",
        "Lovelace",
        "+4917012345",
        "ada@example.com",
    ] {
        assert!(!holds(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_changed_value_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path(), ring()).await.expect("opens");
    let (journey, browser) = park(&store, SNAPSHOT).await;
    let changed = execute(
        folder.path(),
        "UPDATE journeys SET snapshot = CAST(substr(snapshot, 1, length(snapshot) - 1)
            || CASE substr(snapshot, -1) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)",
    );
    assert_eq!(changed.await, 1);
    let peek = store.journeys.peek(&journey, &browser, at(1)).await;
    let refused = matches!(&peek, Err(StoreError::Sealed { table: "journeys", source: SealError::Tampered }));
    assert!(refused, "{peek:?}");
}

#[tokio::test]
async fn a_value_moved_to_another_row_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path(), ring()).await.expect("opens");
    let journeys = [park(&store, b"hers").await, park(&store, b"his").await];
    let copied = execute(
        folder.path(),
        "UPDATE journeys SET snapshot = (SELECT j.snapshot FROM journeys j ORDER BY j.digest LIMIT 1)",
    );
    assert_eq!(copied.await, 2);
    let mut peeks = Vec::new();
    for (journey, browser) in &journeys {
        peeks.push(store.journeys.peek(journey, browser, at(1)).await);
    }
    let refused = |peek: &&Result<Peek>| {
        matches!(peek, Err(StoreError::Sealed { table: "journeys", source: SealError::Tampered }))
    };
    assert_eq!(peeks.iter().filter(refused).count(), 1, "{peeks:?}");
    assert_eq!(peeks.iter().filter(|peek| matches!(peek, Ok(Peek::Here(_)))).count(), 1, "{peeks:?}");
}

#[tokio::test]
async fn other_keys_do_not_open_it_and_rotated_ones_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path(), ring()).await.expect("opens");
    let (journey, browser) = park(&store, SNAPSHOT).await;
    drop(store);
    let refused = open(folder.path(), KeyRing::new(&[2; 32], &[])).await;
    let unknown = matches!(&refused, Err(StoreError::Sealed { table: "keys", source: SealError::UnknownKey }));
    assert!(unknown, "{refused:?}");
    let store = open(folder.path(), KeyRing::new(&[2; 32], &[[1; 32]])).await.expect("opens");
    let peek = store.journeys.peek(&journey, &browser, at(1)).await.expect("looks");
    assert!(matches!(peek, Peek::Here(found) if found.parked.snapshot == SNAPSHOT));
}

#[tokio::test]
async fn a_parked_journey_is_small() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path(), ring()).await.expect("opens");
    // A snapshot as wordy as JSON gets: 24 kB of claims with different values.
    let claims: Vec<_> =
        (0..300).map(|n| format!("{{\"claim\":\"extension_number_{n}\",\"value\":\"{}\"}}", n * 7919)).collect();
    let snapshot = format!("[{}]", claims.join(",").repeat(2));
    assert!(snapshot.len() > 24_000);
    park(&store, snapshot.as_bytes()).await;
    let mut connection = SqliteConnection::connect(&url(folder.path())).await.expect("connects");
    let size: i64 =
        sqlx::query_scalar("SELECT length(snapshot) FROM journeys").fetch_one(&mut connection).await.expect("reads");
    assert!(size <= 8192, "{size} bytes");
}

#[derive(Debug)]
struct Zeros;

impl Entropy for Zeros {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        bytes.fill(0);
        Ok(())
    }
}

#[tokio::test]
async fn codes_and_ids_come_from_the_given_source_and_seals_do_not() {
    let store = Store::open("sqlite::memory:", ring(), Arc::new(Zeros)).await.expect("opens");
    assert_eq!(code(&store).await, "0".repeat(30));
    let reply = store.directory.perform(TENANT, "j/3", &sign_up(), Some("$hash"), at(0)).await.expect("answers");
    let DirectoryReply::User { attributes, .. } = reply else { panic!("expected a user, got {reply:?}") };
    assert_eq!(attributes["objectId"].to_text(), "00000000-0000-4000-8000-000000000000");
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = format!("sqlite://{}/no/such/folder/store.db", folder.path().display());
    for wrong in ["postgres://localhost/x", "nonsense", &missing] {
        let opened = Store::open(wrong, ring(), Arc::new(SystemEntropy)).await;
        assert!(matches!(opened, Err(StoreError::Open { .. })), "{wrong}");
    }
}
