//! The directory.

use std::sync::atomic::{AtomicU64, Ordering};

use indexmap::IndexMap;
use jiff::Timestamp;
use journeyman_claims::{ClaimValue, SocialIdentity};
use journeyman_engine::effect::{DirectoryCall, DirectoryKey, DirectoryReply, Secret};
use journeyman_store::{Store, Tenant};

use crate::{World, at, at_once};

const CONTOSO: Tenant<'static> = Tenant { id: "contoso", domain: "contoso.example" };
const FABRIKAM: Tenant<'static> = Tenant { id: "fabrikam", domain: "fabrikam.example" };
const EMAIL: &str = "signInNames.emailAddress";
const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";

type Attributes = IndexMap<String, ClaimValue>;

fn intent() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("intent/{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn key(attribute: &str, value: &str) -> DirectoryKey {
    DirectoryKey { attribute: attribute.to_owned(), value: value.to_owned() }
}

fn attributes(pairs: &[(&str, &str)]) -> Attributes {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), ClaimValue::String((*value).to_owned()))).collect()
}

/// A write as a profile asks for it; tests change what they are about.
struct Write {
    key: DirectoryKey,
    attributes: Attributes,
    keep: Vec<String>,
    hash: Option<&'static str>,
    must_exist: bool,
    must_not_exist: bool,
}

impl Write {
    /// Creates or updates, by e-mail address, with a password.
    fn local(email: &str, more: &[(&str, &str)]) -> Self {
        let mut all = attributes(&[(EMAIL, email), ("displayName", "Ada")]);
        all.extend(attributes(more));
        Self { hash: Some(HASH), ..Self::by(key(EMAIL, email), all) }
    }

    /// Updates by object id.
    fn update(id: &str, changes: &[(&str, &str)]) -> Self {
        Self { must_exist: true, ..Self::by(key("objectId", id), attributes(changes)) }
    }

    fn by(key: DirectoryKey, attributes: Attributes) -> Self {
        Self { key, attributes, keep: Vec::new(), hash: None, must_exist: false, must_not_exist: false }
    }

    fn call(self) -> (DirectoryCall, Option<&'static str>) {
        let Self { key, attributes, keep, hash, must_exist, must_not_exist } = self;
        let password = hash.map(|_| Secret::new("typed"));
        (DirectoryCall::Write { key, attributes, keep, password, must_exist, must_not_exist }, hash)
    }

    async fn on(self, store: &Store, now: Timestamp) -> DirectoryReply {
        let (call, hash) = self.call();
        store.directory.perform(CONTOSO, &intent(), &call, hash, now).await.expect("answers")
    }
}

async fn create(store: &Store, email: &str, more: &[(&str, &str)]) -> String {
    let user = user(Write::local(email, more).on(store, at(0)).await);
    assert!(user.created);
    user.text("objectId")
}

async fn read(store: &Store, attribute: &str, value: &str) -> DirectoryReply {
    store.directory.read(CONTOSO, &key(attribute, value)).await.expect("answers")
}

struct User {
    attributes: Attributes,
    created: bool,
}

impl User {
    fn get(&self, name: &str) -> Option<String> {
        self.attributes.get(name).map(ClaimValue::to_text)
    }

    fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_else(|| panic!("{name} is missing"))
    }
}

fn user(reply: DirectoryReply) -> User {
    match reply {
        DirectoryReply::User { attributes, created } => User { attributes, created },
        other => panic!("expected a user, got {other:?}"),
    }
}

fn refused(reply: DirectoryReply) -> String {
    match reply {
        DirectoryReply::Refused { attribute, .. } => attribute,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

pub(crate) async fn a_written_user_is_read(world: &World) {
    let id = create(&world.store, "Ada@Example.com", &[("givenName", "Ada"), ("extension_tier", "gold")]).await;
    for (attribute, value) in
        [("objectId", id.as_str()), (EMAIL, "ada@example.COM"), ("signInNames", " ada@example.com")]
    {
        let found = user(read(&world.second_node, attribute, value).await);
        assert!(!found.created);
        assert_eq!(found.text("objectId"), id);
        assert_eq!(found.text(EMAIL), "Ada@Example.com");
        assert_eq!(found.text("givenName"), "Ada");
        assert_eq!(found.text("extension_tier"), "gold");
        assert_eq!(found.text("creationType"), "LocalAccount");
        assert!(found.text("accountEnabled").eq_ignore_ascii_case("true"));
        assert!(found.text("userPrincipalName").ends_with("@contoso.example"));
        assert!(found.get("createdDateTime").is_some() && found.get("refreshTokensValidFromDateTime").is_some());
        assert!(!format!("{:?}", found.attributes).contains("argon2"), "a read gives no password");
    }
    let by_name = user(read(&world.store, EMAIL, "ada@example.com").await).text("userPrincipalName");
    assert_eq!(user(read(&world.store, "userPrincipalName", &by_name).await).text("objectId"), id);
    assert_eq!(read(&world.store, EMAIL, "bob@example.com").await, DirectoryReply::NotFound);
    assert_eq!(read(&world.store, "signInNames.userName", "ada@example.com").await, DirectoryReply::NotFound);
}

pub(crate) async fn the_decision_table(world: &World) {
    let must_exist = || Write { must_exist: true, ..Write::local("ada@example.com", &[]) };
    let must_not_exist = || Write { must_not_exist: true, ..Write::local("ada@example.com", &[]) };
    assert_eq!(must_exist().on(&world.store, at(0)).await, DirectoryReply::NotFound);
    assert!(user(must_not_exist().on(&world.store, at(0)).await).created);
    assert_eq!(must_not_exist().on(&world.store, at(1)).await, DirectoryReply::AlreadyExists);
    assert!(!user(must_exist().on(&world.store, at(1)).await).created);
    assert!(!user(Write::local("ada@example.com", &[]).on(&world.store, at(1)).await).created);
    assert!(user(Write::local("bob@example.com", &[]).on(&world.store, at(1)).await).created);
}

pub(crate) async fn a_sign_in_name_belongs_to_one(world: &World) {
    create(&world.store, "ada@example.com", &[]).await;
    let bob = create(&world.store, "bob@example.com", &[]).await;
    let stolen = Write::update(&bob, &[(EMAIL, "ADA@example.com")]).on(&world.store, at(1)).await;
    assert_eq!(stolen, DirectoryReply::AlreadyExists);
    assert_eq!(user(read(&world.store, "objectId", &bob).await).text(EMAIL), "bob@example.com");
    assert_eq!(user(read(&world.store, EMAIL, "bob@example.com").await).text("objectId"), bob);
}

pub(crate) async fn sign_in_names_of_all_types_share(world: &World) {
    create(&world.store, "ada@example.com", &[]).await;
    let write = Write {
        hash: Some(HASH),
        ..Write::by(
            key("signInNames.userName", "ada@example.com"),
            attributes(&[("signInNames.userName", "ada@example.com"), ("displayName", "Mallory")]),
        )
    };
    assert_eq!(write.on(&world.store, at(1)).await, DirectoryReply::AlreadyExists);
    // One's own names may be equal.
    let own = &[("signInNames.userName", "Bob@example.com")];
    create(&world.store, "bob@example.com", own).await;
}

pub(crate) async fn of_many_creations_one_counts(world: &World) {
    let replies = at_once(world, 50, |store, _| async move {
        Write { must_not_exist: true, ..Write::local("ada@example.com", &[]) }.on(&store, at(0)).await
    })
    .await;
    let created = replies.iter().filter(|reply| matches!(reply, DirectoryReply::User { created: true, .. })).count();
    let refused = replies.iter().filter(|reply| **reply == DirectoryReply::AlreadyExists).count();
    assert_eq!((created, refused), (1, 49));
}

pub(crate) async fn a_refused_write_leaves_nothing(world: &World) {
    create(&world.store, "ada@example.com", &[("signInNames.userName", "ada")]).await;
    // The new user's own name is free, its second one is not.
    let write = Write::local("eve@example.com", &[("signInNames.userName", "ADA"), ("city", "Rome")]);
    assert_eq!(write.on(&world.store, at(1)).await, DirectoryReply::AlreadyExists);
    assert_eq!(read(&world.store, EMAIL, "eve@example.com").await, DirectoryReply::NotFound);
    assert!(user(Write::local("eve@example.com", &[]).on(&world.store, at(2)).await).created);
}

pub(crate) async fn a_repeated_intent_answers_the_same(world: &World) {
    let create = || Write { must_not_exist: true, ..Write::local("ada@example.com", &[]) }.call();
    let (call, hash) = create();
    let first = world.store.directory.perform(CONTOSO, "j/1", &call, hash, at(0)).await.expect("answers");
    let again = world.second_node.directory.perform(CONTOSO, "j/1", &call, hash, at(5)).await.expect("answers");
    assert_eq!(first, again);
    let created = user(again);
    assert!(created.created, "the answer was lost, not the account");
    let delete = DirectoryCall::DeleteUser { key: key("objectId", &created.text("objectId")) };
    for node in [&world.store, &world.second_node] {
        let reply = node.directory.perform(CONTOSO, "j/2", &delete, None, at(6)).await.expect("answers");
        assert_eq!(reply, DirectoryReply::Deleted);
    }
    let unhashed = world.store.directory.perform(CONTOSO, "j/3", &call, None, at(7)).await;
    assert!(unhashed.is_err(), "a password must not be dropped silently");
}

pub(crate) async fn tenants_are_apart(world: &World) {
    let id = create(&world.store, "ada@example.com", &[]).await;
    for key in [key(EMAIL, "ada@example.com"), key("objectId", &id)] {
        let reply = world.store.directory.read(FABRIKAM, &key).await.expect("answers");
        assert_eq!(reply, DirectoryReply::NotFound);
    }
    assert!(world.store.directory.credential(FABRIKAM, "ada@example.com").await.expect("answers").is_none());
    let (call, hash) = Write::local("ada@example.com", &[]).call();
    let reply = world.store.directory.perform(FABRIKAM, &intent(), &call, hash, at(0)).await.expect("answers");
    assert!(user(reply).created);
}

pub(crate) async fn persisting_a_sign_in_name_replaces_the_others(world: &World) {
    let id = create(&world.store, "ada@example.com", &[("signInNames.userName", "ada")]).await;
    let changed = Write::update(&id, &[("city", "Rome")]).on(&world.store, at(1)).await;
    assert_eq!(user(changed).text("signInNames.userName"), "ada", "other attributes replace nothing");
    let changed = user(Write::update(&id, &[(EMAIL, "ada@new.example")]).on(&world.store, at(2)).await);
    assert_eq!((changed.text(EMAIL), changed.get("signInNames.userName")), ("ada@new.example".to_owned(), None));
    for gone in ["ada", "ada@example.com"] {
        assert_eq!(read(&world.store, "signInNames", gone).await, DirectoryReply::NotFound, "{gone}");
    }
    create(&world.store, "ada@example.com", &[("signInNames.userName", "ada")]).await;
}

pub(crate) async fn an_existing_value_is_kept(world: &World) {
    let id = create(&world.store, "ada@example.com", &[("city", "Rome")]).await;
    let write = Write { keep: vec!["City".to_owned(), "country".to_owned()], ..Write::update(&id, &[]) };
    let write =
        Write { attributes: attributes(&[("city", "Oslo"), ("country", "Italy"), ("state", "Lazio")]), ..write };
    let changed = user(write.on(&world.store, at(1)).await);
    assert_eq!(changed.text("city"), "Rome");
    assert_eq!(changed.text("country"), "Italy");
    assert_eq!(changed.text("state"), "Lazio");
}

pub(crate) async fn a_password_moves_the_token_date(world: &World) {
    let id = create(&world.store, "ada@example.com", &[]).await;
    let date = |reply| user(reply).text("refreshTokensValidFromDateTime");
    let before = date(read(&world.store, "objectId", &id).await);
    assert_eq!(date(Write::update(&id, &[("city", "Rome")]).on(&world.store, at(60)).await), before);
    let write = Write { hash: Some("$argon2id$new"), ..Write::update(&id, &[]) };
    assert_ne!(date(write.on(&world.store, at(60)).await), before);
    let credential = world.store.directory.credential(CONTOSO, "ada@example.com").await.expect("answers");
    let credential = credential.expect("there is one");
    assert_eq!(credential.password_hash.as_deref(), Some("$argon2id$new"));
    assert_eq!(credential.password_set_at, Some(at(60)));
}

pub(crate) async fn a_credential_is_found_by_any_name(world: &World) {
    let names =
        &[("signInNames.userName", "ada"), ("signInNames.phoneNumber", "+4912345"), ("signInNames.badge", "B-7")];
    let id = create(&world.store, "ada@example.com", names).await;
    let principal_name = user(read(&world.store, "objectId", &id).await).text("userPrincipalName");
    for name in ["ADA@example.com", "ada", "+4912345", "b-7", &principal_name] {
        let credential = world.store.directory.credential(CONTOSO, name).await.expect("answers");
        let credential = credential.unwrap_or_else(|| panic!("{name} finds nobody"));
        assert_eq!((credential.object_id.as_str(), credential.password_hash.as_deref()), (id.as_str(), Some(HASH)));
        assert!(credential.enabled && !credential.must_change_password);
        assert!(!format!("{credential:?}").contains("argon2"));
    }
    assert!(world.store.directory.credential(CONTOSO, "nobody").await.expect("answers").is_none());
    assert!(world.store.directory.credential(CONTOSO, &id).await.expect("answers").is_none());
    let flags = &[("accountEnabled", "False"), ("passwordProfile.forceChangePasswordNextLogin", "true")];
    Write::update(&id, flags).on(&world.store, at(1)).await;
    let credential = world.store.directory.credential(CONTOSO, "ada").await.expect("answers").expect("there is one");
    assert!(!credential.enabled && credential.must_change_password);
}

pub(crate) async fn principal_names_do_not_change(world: &World) {
    let id = create(&world.store, "ada@example.com", &[("userPrincipalName", "cpim_1@contoso.example")]).await;
    let same = Write::update(&id, &[("userPrincipalName", "CPIM_1@contoso.example")]).on(&world.store, at(1)).await;
    assert!(!user(same).created);
    let other = Write::update(&id, &[("userPrincipalName", "cpim_2@contoso.example")]).on(&world.store, at(1)).await;
    assert_eq!(refused(other), "userPrincipalName");
}

pub(crate) async fn values_are_checked(world: &World) {
    let long = |count| "x".repeat(count);
    let id = create(&world.store, "ada@example.com", &[("givenName", &long(64)), ("streetAddress", &long(1024))]).await;
    let cases = [
        ("givenName", long(65)),
        ("city", long(129)),
        ("extension_notes", long(257)),
        ("displayName", "<b>Ada".to_owned()),
        ("signInNames.userName", "adà".to_owned()),
        ("createdDateTime", "2020-01-01".to_owned()),
        ("shoeSize", "39".to_owned()),
        ("password", "secret".to_owned()),
    ];
    for (name, value) in &cases {
        let reply = Write::update(&id, &[(name, value), ("country", "Italy")]).on(&world.store, at(1)).await;
        assert_eq!(refused(reply), *name);
    }
    assert_eq!(user(read(&world.store, "objectId", &id).await).get("country"), None, "a refused write leaves nothing");
    let unnamed = Write { hash: Some(HASH), ..Write::by(key(EMAIL, "bob@example.com"), Attributes::new()) };
    assert_eq!(refused(unnamed.on(&world.store, at(1)).await), "displayName");
    let unprotected = Write { hash: None, ..Write::local("bob@example.com", &[]) };
    assert_eq!(refused(unprotected.on(&world.store, at(1)).await), "password");
    let shapeless = Write::local("bob@example.com", &[("userPrincipalName", "bob")]);
    assert_eq!(refused(shapeless.on(&world.store, at(1)).await), "userPrincipalName");
    let many: Vec<_> = (0..101).map(|n| format!("extension_{n}")).collect();
    let many: Vec<_> = many.iter().map(|name| (name.as_str(), "x")).collect();
    assert_eq!(refused(Write::update(&id, &many).on(&world.store, at(1)).await), "extension_100");
    assert!(!user(Write::update(&id, &many[..100]).on(&world.store, at(1)).await).created);
}

pub(crate) async fn attributes_are_removed(world: &World) {
    let more = &[("signInNames.userName", "ada"), ("strongAuthenticationPhoneNumber", "+491"), ("extension_Tier", "x")];
    let id = create(&world.store, "ada@example.com", more).await;
    let delete = |names: &[&str]| DirectoryCall::DeleteAttributes {
        key: key("objectId", &id),
        attributes: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    let call = delete(&["StrongAuthenticationPhoneNumber", "signInNames.userName", "extension_tier", "city"]);
    let reply = world.store.directory.perform(CONTOSO, "j/1", &call, None, at(1)).await.expect("answers");
    let left = user(reply);
    for gone in ["strongAuthenticationPhoneNumber", "signInNames.userName", "extension_Tier"] {
        assert_eq!(left.get(gone), None, "{gone}");
    }
    assert_eq!(left.text(EMAIL), "ada@example.com");
    assert_eq!(read(&world.store, "signInNames", "ada").await, DirectoryReply::NotFound);
    for fixed in ["objectId", "userPrincipalName", "displayName", "createdDateTime", "nonsense"] {
        let call = delete(&[fixed]);
        let reply = world.store.directory.perform(CONTOSO, &intent(), &call, None, at(2)).await.expect("answers");
        assert_eq!(refused(reply), fixed);
    }
    let nobody = DirectoryCall::DeleteAttributes { key: key("objectId", "nobody"), attributes: vec![] };
    let reply = world.store.directory.perform(CONTOSO, &intent(), &nobody, None, at(2)).await.expect("answers");
    assert_eq!(reply, DirectoryReply::NotFound);
}

pub(crate) async fn a_deleted_user_is_gone(world: &World) {
    let id = create(&world.store, "ada@example.com", &[]).await;
    let delete = DirectoryCall::DeleteUser { key: key(EMAIL, "ada@example.com") };
    let perform = |intent: String| {
        let (store, delete) = (&world.store, &delete);
        async move { store.directory.perform(CONTOSO, &intent, delete, None, at(1)).await.expect("answers") }
    };
    assert_eq!(perform(intent()).await, DirectoryReply::Deleted);
    assert_eq!(perform(intent()).await, DirectoryReply::NotFound);
    assert_eq!(read(&world.store, "objectId", &id).await, DirectoryReply::NotFound);
    assert!(world.store.directory.credential(CONTOSO, "ada@example.com").await.expect("answers").is_none());
    assert_ne!(create(&world.store, "ada@example.com", &[]).await, id);
}

pub(crate) async fn federated_users_are_found(world: &World) {
    let identity = r#"{"type":6,"identityProvider":"facebook.com","key":"S2V5"}"#;
    let by = |value: &str| {
        let all = attributes(&[("AlternativeSecurityId", value), ("displayName", "Ada")]);
        Write { must_not_exist: true, ..Write::by(key("alternativeSecurityId", value), all) }
    };
    let created = user(by(identity).on(&world.store, at(0)).await);
    assert!(created.created && created.get("creationType").is_none());
    assert_eq!(by(identity).on(&world.store, at(1)).await, DirectoryReply::AlreadyExists);
    assert!(user(by(&identity.replace("S2V5", "s2v5")).on(&world.store, at(1)).await).created, "keys have case");
    let found = user(read(&world.second_node, "alternativeSecurityId", identity).await);
    assert_eq!(found.text("objectId"), created.text("objectId"));
    let credential = world.store.directory.credential(CONTOSO, &created.text("userPrincipalName")).await;
    assert!(credential.expect("answers").expect("there is one").password_hash.is_none());
}

pub(crate) async fn a_linked_identity_finds_its_user(world: &World) {
    let linked = SocialIdentity { issuer: "google.com".to_owned(), issuer_user_id: "R29v".to_owned() };
    let id = create(&world.store, "ada@example.com", &[]).await;
    let mut write = Write::update(&id, &[]);
    write.attributes.insert("userIdentities".to_owned(), ClaimValue::UserIdentityCollection(vec![linked]));
    assert!(!user(write.on(&world.store, at(1)).await).created);
    for text in [
        r#"{"type":6,"identityProvider":"google.com","key":"R29v"}"#,
        r#"{ "issuerUserId": "R29v", "issuer": "google.com" }"#,
    ] {
        let found = user(read(&world.second_node, "alternativeSecurityId", text).await);
        assert_eq!(found.text("objectId"), id);
        let second = Write::by(key("userIdentities", text), attributes(&[("displayName", "Eve")]));
        let second = Write { must_not_exist: true, ..second };
        assert_eq!(second.on(&world.store, at(2)).await, DirectoryReply::AlreadyExists);
    }
}

pub(crate) async fn users_are_found_by_keys_only(world: &World) {
    create(&world.store, "ada@example.com", &[("city", "Rome")]).await;
    assert_eq!(refused(read(&world.store, "city", "Rome").await), "city");
    let write = Write::by(key("city", "Rome"), attributes(&[("displayName", "Eve")]));
    assert_eq!(refused(write.on(&world.store, at(1)).await), "city");
}

pub(crate) async fn an_object_id_cannot_be_chosen(world: &World) {
    let wanted = "11111111-2222-4333-8444-555555555555";
    let all = attributes(&[("objectId", wanted), ("displayName", "Ada")]);
    let created = user(Write::by(key("objectId", wanted), all).on(&world.store, at(0)).await);
    assert!(created.created);
    assert_ne!(created.text("objectId"), wanted);
}

pub(crate) async fn revoking_tokens(world: &World) {
    let id = create(&world.store, "ada@example.com", &[]).await;
    let before = user(read(&world.store, "objectId", &id).await).text("refreshTokensValidFromDateTime");
    assert!(world.store.directory.revoke_tokens(CONTOSO, &id, at(99)).await.expect("answers"));
    let after = user(read(&world.second_node, "objectId", &id).await).text("refreshTokensValidFromDateTime");
    assert_ne!(before, after);
    assert!(!world.store.directory.revoke_tokens(FABRIKAM, &id, at(99)).await.expect("answers"));
}
