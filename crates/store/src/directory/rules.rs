//! What a write to the directory does, as pure functions.

use indexmap::IndexMap;
use jiff::Timestamp;
use journeyman_claims::ClaimValue;
use journeyman_engine::effect::{DirectoryKey, DirectoryReply};
use uuid::Builder;

use super::attributes::{self as names, Access, Key, Known};
use super::{Credential, Tenant, UserWrite};
use crate::entropy::Entropy;
use crate::error::Result;

type Attributes = IndexMap<String, ClaimValue>;

/// A user as it is stored.
#[derive(Clone, PartialEq)]
pub(crate) struct User {
    pub(crate) object_id: String,
    /// By the directory's names; without what has a field of its own here.
    pub(crate) attributes: Attributes,
    pub(crate) password_hash: Option<String>,
    pub(crate) password_set_at: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    pub(crate) tokens_valid_from: Timestamp,
}

/// What a change comes to.
pub(crate) enum Plan {
    /// Write this user.
    Write { user: User, created: bool },
    /// Write nothing.
    Answer(DirectoryReply),
}

impl User {
    /// All attributes, as policies read them.
    pub(crate) fn visible(&self) -> Attributes {
        let mut all = Attributes::new();
        all.insert(names::OBJECT_ID.to_owned(), ClaimValue::String(self.object_id.clone()));
        all.extend(self.attributes.clone());
        all.insert(names::CREATED.to_owned(), ClaimValue::DateTime(self.created_at));
        all.insert(names::TOKENS_VALID_FROM.to_owned(), ClaimValue::DateTime(self.tokens_valid_from));
        all.insert(names::USER_TYPE.to_owned(), ClaimValue::String("Member".to_owned()));
        if self.attributes.keys().any(|name| names::is_sign_in_name(name)) {
            all.insert(names::CREATION_TYPE.to_owned(), ClaimValue::String("LocalAccount".to_owned()));
        }
        all
    }

    pub(crate) fn reply(&self, created: bool) -> DirectoryReply {
        DirectoryReply::User { attributes: self.visible(), created }
    }

    pub(crate) fn keys(&self) -> Vec<Key> {
        names::keys(&self.attributes)
    }

    /// Whether it is this attribute that the user was found by.
    pub(crate) fn has(&self, attribute: &str, key: &Key) -> bool {
        self.attributes.get(attribute).is_some_and(|value| Key::new(key.space, &value.to_text()) == *key)
    }

    pub(crate) fn credential(&self) -> Credential {
        let is = |name: &str, text: &str| {
            self.attributes.get(name).is_some_and(|value| value.to_text().eq_ignore_ascii_case(text))
        };
        Credential {
            object_id: self.object_id.clone(),
            password_hash: self.password_hash.clone(),
            password_set_at: self.password_set_at,
            enabled: is(names::ACCOUNT_ENABLED, "true"),
            must_change_password: is(names::FORCE_CHANGE, "true"),
            attributes: self.visible(),
        }
    }

    fn set_password(&mut self, hash: Option<&str>, now: Timestamp) {
        if let Some(hash) = hash {
            self.password_hash = Some(hash.to_owned());
            self.password_set_at = Some(now);
            self.tokens_valid_from = now;
        }
    }

    fn without(&mut self, name: &str) {
        self.attributes.shift_remove(name);
    }
}

/// Decides what a write does to the user that was found.
pub(crate) fn write(
    found: Option<User>,
    write: UserWrite<'_>,
    tenant: Tenant<'_>,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<Plan> {
    let incoming = match check(write.attributes) {
        Ok(incoming) => incoming,
        Err(refused) => return Ok(Plan::Answer(refused)),
    };
    Ok(match found {
        Some(_) if write.must_not_exist => Plan::Answer(DirectoryReply::AlreadyExists),
        None if write.must_exist => Plan::Answer(DirectoryReply::NotFound),
        Some(user) => update(user, incoming, write, now),
        None => create(incoming, write, tenant, entropy, now)?,
    })
}

/// The attributes to store, by the directory's names; or why they are refused.
fn check(attributes: &Attributes) -> Result<Vec<(Known, ClaimValue)>, DirectoryReply> {
    let mut checked = Vec::with_capacity(attributes.len());
    for (name, value) in attributes {
        let known = names::known(name).ok_or_else(|| refused(name, "the directory has no such attribute"))?;
        match known.access {
            Access::Policy => {}
            Access::Key => continue,
            Access::Directory => return Err(refused(name, "only the directory itself sets it")),
        }
        if let Some(reason) = known.fault(value) {
            return Err(refused(name, &reason));
        }
        checked.push((known, value.clone()));
    }
    Ok(checked)
}

fn refused(attribute: &str, reason: &str) -> DirectoryReply {
    DirectoryReply::Refused { attribute: attribute.to_owned(), reason: reason.to_owned() }
}

/// The name under which the user has the attribute: extension attributes keep the spelling of their first write.
fn spelling(attributes: &Attributes, name: String) -> String {
    attributes.keys().find(|there| there.eq_ignore_ascii_case(&name)).cloned().unwrap_or(name)
}

fn update(mut user: User, incoming: Vec<(Known, ClaimValue)>, write: UserWrite<'_>, now: Timestamp) -> Plan {
    replace_sign_in_names(&mut user, &incoming);
    for (known, value) in incoming {
        let name = spelling(&user.attributes, known.name);
        let there = user.attributes.get(&name);
        if there.is_some() && write.keep.iter().any(|keep| keep.eq_ignore_ascii_case(&name)) {
            continue;
        }
        if name == names::PRINCIPAL_NAME
            && there.is_some_and(|there| !there.to_text().eq_ignore_ascii_case(&value.to_text()))
        {
            return Plan::Answer(refused(&name, "it cannot be changed"));
        }
        user.attributes.insert(name, value);
    }
    if let Some(refused) = too_many_extensions(&user.attributes) {
        return Plan::Answer(refused);
    }
    user.set_password(write.password_hash, now);
    Plan::Write { user, created: false }
}

/// A write that persists a sign-in name of one type replaces the sign-in names of all types.
fn replace_sign_in_names(user: &mut User, incoming: &[(Known, ClaimValue)]) {
    if !incoming.iter().any(|(known, _)| names::is_sign_in_name(&known.name)) {
        return;
    }
    let named = |name: &str| incoming.iter().any(|(known, _)| known.name.eq_ignore_ascii_case(name));
    user.attributes.retain(|name, _| !names::is_sign_in_name(name) || named(name));
}

fn create(
    incoming: Vec<(Known, ClaimValue)>,
    write: UserWrite<'_>,
    tenant: Tenant<'_>,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<Plan> {
    let mut attributes = Attributes::new();
    for (known, value) in incoming {
        let name = spelling(&attributes, known.name);
        attributes.insert(name, value);
    }
    // A user who cannot be found by what was looked for would be created again by the next write.
    if let Some(key) = names::known(&write.key.attribute).filter(|known| known.access == Access::Policy) {
        attributes.entry(key.name).or_insert_with(|| ClaimValue::String(write.key.value.trim().to_owned()));
    }
    if let Some(refused) = incomplete(&attributes, write.password_hash).or_else(|| too_many_extensions(&attributes)) {
        return Ok(Plan::Answer(refused));
    }
    let object_id = random_id(entropy)?;
    if !attributes.contains_key(names::PRINCIPAL_NAME) {
        let principal_name = format!("{}@{}", random_id(entropy)?, tenant.domain);
        attributes.insert(names::PRINCIPAL_NAME.to_owned(), ClaimValue::String(principal_name));
    }
    attributes.entry(names::ACCOUNT_ENABLED.to_owned()).or_insert(ClaimValue::Boolean(true));
    let mut user = User {
        object_id,
        attributes,
        password_hash: None,
        password_set_at: None,
        created_at: now,
        tokens_valid_from: now,
    };
    user.set_password(write.password_hash, now);
    Ok(Plan::Write { user, created: true })
}

/// What a new user lacks.
fn incomplete(attributes: &Attributes, password_hash: Option<&str>) -> Option<DirectoryReply> {
    let named = attributes.get(names::DISPLAY_NAME).is_some_and(|name| !name.to_text().trim().is_empty());
    if !named {
        return Some(refused(names::DISPLAY_NAME, "a new user needs one"));
    }
    let local = attributes.keys().any(|name| names::is_sign_in_name(name));
    (local && password_hash.is_none()).then(|| refused("password", "a new local account needs one"))
}

fn too_many_extensions(attributes: &Attributes) -> Option<DirectoryReply> {
    let mut extensions = attributes.keys().filter(|name| names::is_extension(name));
    let first_too_many = extensions.nth(names::MOST_EXTENSIONS)?;
    Some(refused(first_too_many, "the user has too many extension attributes"))
}

fn random_id(entropy: &dyn Entropy) -> Result<String> {
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes)?;
    Ok(Builder::from_random_bytes(bytes).into_uuid().to_string())
}

/// Decides what removing attributes does to the user that was found.
pub(crate) fn delete_attributes(found: Option<User>, attributes: &[String]) -> Plan {
    let Some(mut user) = found else {
        return Plan::Answer(DirectoryReply::NotFound);
    };
    for name in attributes {
        let Some(known) = names::known(name) else {
            return Plan::Answer(refused(name, "the directory has no such attribute"));
        };
        if known.access != Access::Policy || [names::PRINCIPAL_NAME, names::DISPLAY_NAME].contains(&known.name.as_str())
        {
            return Plan::Answer(refused(name, "it cannot be removed"));
        }
        let name = spelling(&user.attributes, known.name);
        user.without(&name);
    }
    Plan::Write { user, created: false }
}

/// Why a key does not find users.
pub(crate) fn not_a_key(key: &DirectoryKey) -> DirectoryReply {
    refused(&key.attribute, "users cannot be found by it")
}
