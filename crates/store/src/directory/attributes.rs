//! The attributes of a user that the directory knows: what they may hold, and by which a user can be found.

use indexmap::IndexMap;
use journeyman_claims::ClaimValue;
use serde_json::Value;

/// What the directory knows of an attribute.
#[derive(Debug, Clone, Copy)]
pub struct Attribute {
    /// Its name, as the directory writes it. Names are compared without case.
    pub name: &'static str,
    /// Most characters of a text, or of each text of a collection.
    pub longest: usize,
    /// Who sets it.
    pub access: Access,
    /// What a text may not contain.
    pub rule: Rule,
}

/// Who sets an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Policies.
    Policy,
    /// The directory itself; a policy that persists it is refused.
    Directory,
    /// The directory itself; a policy may persist it, as the key of an update, without effect.
    Key,
}

/// What a text may not contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Anything goes.
    Any,
    /// No angle brackets.
    NoMarkup,
    /// No accented letters.
    NoAccents,
    /// It must look like `name@domain`.
    PrincipalName,
}

/// Unless an attribute says otherwise.
const LONGEST: usize = 250;
/// A sign-in name, whatever its type.
const LONGEST_SIGN_IN_NAME: usize = 100;
const LONGEST_EXTENSION: usize = 256;
/// Extension attributes of one user.
pub(crate) const MOST_EXTENSIONS: usize = 100;

pub(crate) const OBJECT_ID: &str = "objectId";
pub(crate) const PRINCIPAL_NAME: &str = "userPrincipalName";
pub(crate) const DISPLAY_NAME: &str = "displayName";
pub(crate) const ACCOUNT_ENABLED: &str = "accountEnabled";
pub(crate) const CREATED: &str = "createdDateTime";
pub(crate) const CREATION_TYPE: &str = "creationType";
pub(crate) const TOKENS_VALID_FROM: &str = "refreshTokensValidFromDateTime";
pub(crate) const USER_TYPE: &str = "userType";
pub(crate) const FORCE_CHANGE: &str = "passwordProfile.forceChangePasswordNextLogin";
pub(crate) const SIGN_IN_NAMES: &str = "signInNames";
const SIGN_IN_NAME: &str = "signInNames.";
const ALTERNATIVE_SECURITY_ID: &str = "alternativeSecurityId";
const ALTERNATIVE_SECURITY_IDS: &str = "alternativeSecurityIds";
const USER_IDENTITIES: &str = "userIdentities";
/// The space of keys that these three share: each names accounts at identity providers.
const IDENTITIES: &str = "identities";
const EXTENSION: &str = "extension_";

const fn text(name: &'static str, longest: usize) -> Attribute {
    Attribute { name, longest, access: Access::Policy, rule: Rule::Any }
}

const fn ruled(name: &'static str, longest: usize, rule: Rule) -> Attribute {
    Attribute { name, longest, access: Access::Policy, rule }
}

const fn own(name: &'static str) -> Attribute {
    Attribute { name, longest: LONGEST, access: Access::Directory, rule: Rule::Any }
}

/// Every attribute but the extension attributes and sign-in names of a policy's own type.
pub const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: OBJECT_ID, longest: LONGEST, access: Access::Key, rule: Rule::Any },
    own(CREATED),
    own(CREATION_TYPE),
    own(TOKENS_VALID_FROM),
    own(USER_TYPE),
    own("legalAgeGroupClassification"),
    ruled(PRINCIPAL_NAME, LONGEST, Rule::PrincipalName),
    ruled("signInNames.emailAddress", LONGEST_SIGN_IN_NAME, Rule::Any),
    ruled("signInNames.userName", LONGEST_SIGN_IN_NAME, Rule::NoAccents),
    ruled("signInNames.phoneNumber", LONGEST_SIGN_IN_NAME, Rule::Any),
    text(ALTERNATIVE_SECURITY_ID, 1024),
    text(ALTERNATIVE_SECURITY_IDS, 1024),
    text(USER_IDENTITIES, 1024),
    text(ACCOUNT_ENABLED, LONGEST),
    text("ageGroup", LONGEST),
    text("city", 128),
    text("consentProvidedForMinor", LONGEST),
    text("country", 128),
    text("dateOfBirth", LONGEST),
    text("department", 64),
    ruled(DISPLAY_NAME, 256, Rule::NoMarkup),
    text("facsimileTelephoneNumber", LONGEST),
    text("givenName", 64),
    text("immutableId", LONGEST),
    text("jobTitle", 128),
    text("legalCountry", LONGEST),
    text("mailNickName", 64),
    text("mobile", 64),
    text("netId", LONGEST),
    ruled("otherMails", LONGEST, Rule::NoAccents),
    text("passwordPolicies", LONGEST),
    text(FORCE_CHANGE, LONGEST),
    text("physicalDeliveryOfficeName", 128),
    text("postalCode", 40),
    text("preferredLanguage", LONGEST),
    text("state", 128),
    text("streetAddress", 1024),
    text("strongAuthenticationAlternativePhoneNumber", LONGEST),
    text("strongAuthenticationEmailAddress", LONGEST),
    text("strongAuthenticationPhoneNumber", LONGEST),
    text("surname", 64),
    text("telephoneNumber", LONGEST),
    text("usageLocation", 2),
];

/// An attribute that a policy named, with the directory's spelling of it.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) name: String,
    pub(crate) longest: usize,
    pub(crate) access: Access,
    rule: Rule,
}

/// What the directory knows of a name.
pub(crate) fn known(name: &str) -> Option<Known> {
    if let Some(a) = ATTRIBUTES.iter().find(|a| a.name.eq_ignore_ascii_case(name)) {
        return Some(Known { name: a.name.to_owned(), longest: a.longest, access: a.access, rule: a.rule });
    }
    let own = |name, longest| Some(Known { name, longest, access: Access::Policy, rule: Rule::Any });
    if let Some(kind) = after(name, SIGN_IN_NAME) {
        return own(format!("{SIGN_IN_NAME}{kind}"), LONGEST_SIGN_IN_NAME);
    }
    after(name, EXTENSION).and_then(|_| own(name.to_owned(), LONGEST_EXTENSION))
}

fn after<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = name.split_at_checked(prefix.len())?;
    (start.eq_ignore_ascii_case(prefix) && !rest.is_empty()).then_some(rest)
}

pub(crate) fn is_sign_in_name(name: &str) -> bool {
    after(name, SIGN_IN_NAME).is_some()
}

pub(crate) fn is_extension(name: &str) -> bool {
    after(name, EXTENSION).is_some()
}

impl Known {
    /// Why a value is refused.
    pub(crate) fn fault(&self, value: &ClaimValue) -> Option<String> {
        texts(value).iter().find_map(|text| {
            if text.chars().count() > self.longest {
                return Some(format!("it is longer than {} characters", self.longest));
            }
            let fault = match self.rule {
                Rule::Any => None,
                Rule::NoMarkup => text.contains(['<', '>']).then_some("it contains an angle bracket"),
                Rule::NoAccents => (!text.is_ascii()).then_some("it contains an accented letter"),
                Rule::PrincipalName => {
                    let parts = text.split_once('@');
                    let well = parts.is_some_and(|(user, domain)| !user.is_empty() && !domain.is_empty());
                    (!well).then_some("it does not look like `name@domain`")
                }
            };
            fault.map(str::to_owned)
        })
    }
}

/// The texts of a value, one by one where it is a collection.
fn texts(value: &ClaimValue) -> Vec<String> {
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    match value.to_json() {
        Value::Array(items) => items.into_iter().map(text).collect(),
        one => vec![text(one)],
    }
}

/// How a user is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lookup {
    Id(String),
    /// By a value that belongs to one user of the tenant. With an attribute, only if it is this one that has it.
    Key {
        key: Key,
        attribute: Option<String>,
    },
}

/// A value that belongs to one user of a tenant. All types of sign-in names share a space, as they do where people type
/// them: a user name cannot be somebody else's e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) space: &'static str,
    pub(crate) value: String,
}

impl Key {
    /// What people type is compared without case; what providers issue is compared as it is.
    pub(crate) fn new(space: &'static str, value: &str) -> Self {
        let value = value.trim();
        let value = if space == IDENTITIES { identity(value) } else { lower(value) };
        Self { space, value }
    }
}

/// In lower case. A letter outside of ASCII never becomes one of it: to a mail server the Kelvin sign is no `k`, so a code
/// that reaches the one address must not open the account of the other.
fn lower(text: &str) -> String {
    let mut lower = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_ascii() && c.to_lowercase().any(|c| c.is_ascii()) {
            lower.push(c);
        } else {
            lower.extend(c.to_lowercase());
        }
    }
    lower
}

/// An account at an identity provider in one form, whichever claim holds it and however its JSON is written.
fn identity(text: &str) -> String {
    let parsed = match serde_json::from_str(text) {
        Ok(Value::Array(items)) => items.into_iter().next(),
        Ok(other) => Some(other),
        Err(_) => None,
    };
    let part = |names: [&str; 2]| {
        let object = parsed.as_ref()?.as_object()?;
        names.iter().find_map(|name| object.get(*name)).and_then(Value::as_str)
    };
    match (part(["issuer", "identityProvider"]), part(["issuerUserId", "key"])) {
        (Some(issuer), Some(user)) => format!("{issuer}\n{user}"),
        _ => text.to_owned(),
    }
}

/// How to find a user by an attribute; `None` for one that users are not found by.
pub(crate) fn lookup(attribute: &str, value: &str) -> Option<Lookup> {
    if attribute.eq_ignore_ascii_case(OBJECT_ID) {
        return Some(Lookup::Id(value.trim().to_lowercase()));
    }
    let exact = is_sign_in_name(attribute).then(|| known(attribute)).flatten().map(|known| known.name);
    Some(Lookup::Key { key: Key::new(space(attribute)?, value), attribute: exact })
}

fn space(attribute: &str) -> Option<&'static str> {
    let is = |name: &&str| attribute.eq_ignore_ascii_case(name);
    if is(&SIGN_IN_NAMES) || is_sign_in_name(attribute) {
        return Some(SIGN_IN_NAMES);
    }
    let identities = [ALTERNATIVE_SECURITY_ID, ALTERNATIVE_SECURITY_IDS, USER_IDENTITIES];
    if identities.iter().any(is) {
        return Some(IDENTITIES);
    }
    is(&PRINCIPAL_NAME).then_some(PRINCIPAL_NAME)
}

/// Everything that a user with these attributes can be found by, each once.
pub(crate) fn keys(attributes: &IndexMap<String, ClaimValue>) -> Vec<Key> {
    let mut keys: Vec<_> = attributes
        .iter()
        .filter_map(|(name, value)| Some((space(name)?, value)))
        .flat_map(|(space, value)| texts(value).into_iter().map(move |text| Key::new(space, &text)))
        .filter(|key| !key.value.is_empty())
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use journeyman_engine::providers::{self, USER_ATTRIBUTES};

    use super::{ATTRIBUTES, Access, Key, SIGN_IN_NAMES};

    #[test]
    fn attributes_are_those_that_check_knows() {
        // The password is no attribute; these two are ways of speaking of a lookup and of a write.
        let spoken = ["password", "signInNames", "newClaimsPrincipalCreated"];
        let checked = USER_ATTRIBUTES.iter().map(|attribute| attribute.name).filter(|name| !spoken.contains(name));
        let stored = ATTRIBUTES.iter().map(|attribute| attribute.name);
        assert_eq!(checked.collect::<BTreeSet<_>>(), stored.collect::<BTreeSet<_>>());
    }

    #[test]
    fn what_the_directory_sets_itself_is_for_reading() {
        for attribute in ATTRIBUTES.iter().filter(|attribute| attribute.access == Access::Directory) {
            let known = USER_ATTRIBUTES.iter().find(|known| known.name == attribute.name);
            let allows = known.map(|known| known.allows);
            assert_eq!(allows, Some(&[providers::Access::Read][..]), "{}", attribute.name);
        }
    }

    #[test]
    fn sign_in_names_are_compared_without_case_and_without_look_alikes() {
        for (one, other, same) in [
            ("Mike@Example.com", " mike@example.com ", true),
            ("MÜLLER", "müller", true),
            ("mi\u{212A}e@example.com", "mike@example.com", false),
            ("m\u{130}ke@example.com", "mike@example.com", false),
        ] {
            assert_eq!(Key::new(SIGN_IN_NAMES, one) == Key::new(SIGN_IN_NAMES, other), same, "{one} {other}");
        }
    }
}
