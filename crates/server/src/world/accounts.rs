//! Local accounts: passwords checked against guessing, and hashed before they are stored.

use journeyman_engine::effect::{
    DirectoryCall, DirectoryKey, DirectoryReply, LimitPurpose, LimitReply, PasswordReply, Secret,
};
use journeyman_store::{Credential, Tenant};

use super::{Place, Trouble, World};
use crate::limits;

/// Characters of a password that the directory takes.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=64;
/// Longer than that no password is, whatever rules a policy makes.
const LONGEST: usize = 256;
/// Of lower case, upper case, digits and symbols a strong password has three.
const KINDS: usize = 3;
const PASSWORD_POLICIES: &str = "passwordPolicies";
const NO_STRENGTH: &str = "DisableStrongPassword";

impl Place {
    fn directory(&self) -> Tenant<'_> {
        Tenant { id: &self.tenant, domain: &self.domain }
    }
}

impl World {
    /// Reads or changes the directory.
    pub(super) async fn directory(
        &self,
        at: &Place,
        intent: &str,
        call: &DirectoryCall,
    ) -> Result<DirectoryReply, Trouble> {
        let password = match call {
            DirectoryCall::Write { password, .. } => password.as_ref(),
            _ => None,
        };
        let Some(password) = password else {
            return Ok(self.store.directory.perform(at.directory(), intent, call, None, at.now).await?);
        };
        if let Some(reason) = self.weakness(at, call, password).await? {
            return Ok(DirectoryReply::Refused { attribute: "password".to_owned(), reason: reason.to_owned() });
        }
        let hash = self.passwords.hash(password).await?;
        let reply = self.store.directory.perform(at.directory(), intent, call, Some(&hash), at.now).await?;
        if let DirectoryReply::User { attributes, created: false } = &reply
            && let Some(person) = attributes.get("objectId")
        {
            // Whoever may set a new password is let in with it: old guesses count no more.
            let subject = limits::subject(&at.tenant, &person_subject(&person.to_text()));
            self.store.limits.succeeded(&subject, LimitPurpose::Password).await?;
        }
        Ok(reply)
    }

    /// Why the directory does not take a password. A policy that makes its own rules says so in `passwordPolicies`, with
    /// this write or an earlier one.
    async fn weakness(
        &self,
        at: &Place,
        call: &DirectoryCall,
        password: &Secret,
    ) -> Result<Option<&'static str>, Trouble> {
        let DirectoryCall::Write { key, attributes, .. } = call else { return Ok(None) };
        if password.expose().chars().count() > LONGEST {
            return Ok(Some("the password is too long"));
        }
        if is_strong(password.expose()) {
            return Ok(None);
        }
        let written = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(PASSWORD_POLICIES));
        let policies = match written {
            Some((_, policies)) => policies.to_text(),
            None => self.stored_password_policies(at, key).await?,
        };
        let lifted = policies.split(',').any(|policy| policy.trim().eq_ignore_ascii_case(NO_STRENGTH));
        Ok((!lifted).then_some("the password must have 8 to 64 characters, of three kinds"))
    }

    async fn stored_password_policies(&self, at: &Place, key: &DirectoryKey) -> Result<String, Trouble> {
        let found = self.store.directory.read(at.directory(), key).await?;
        let DirectoryReply::User { attributes, .. } = found else { return Ok(String::new()) };
        Ok(attributes.get(PASSWORD_POLICIES).map(|policies| policies.to_text()).unwrap_or_default())
    }

    /// Checks the password of a local account. Whatever is wrong, it takes one lookup, one hash and one count.
    pub(super) async fn check_password(
        &self,
        at: &Place,
        intent: &str,
        username: &str,
        password: &Secret,
    ) -> Result<PasswordReply, Trouble> {
        let found = self.store.directory.credential(at.directory(), username).await?;
        // Guesses at names that nobody has are counted as well: a lock must not tell who has an account.
        let of = found.as_ref().map_or_else(|| format!("name:{username}"), |found| person_subject(&found.object_id));
        let subject = limits::subject(&at.tenant, &of);
        let hash = found.as_ref().and_then(|found| found.password_hash.as_deref());
        // Compared first: what could not be compared in a crowd is no failed attempt. Nobody hears the outcome before the
        // attempt is counted.
        let right = self.passwords.verify(password, hash).await?;
        let rules = self.limits.rules(LimitPurpose::Password);
        let attempt = self.store.limits.attempt(intent, &subject, LimitPurpose::Password, rules, at.now).await?;
        if matches!(attempt, LimitReply::Blocked { .. }) {
            return Ok(PasswordReply::Locked);
        }
        let Some(found) = found else { return Ok(PasswordReply::Wrong { known: false }) };
        if !right {
            return Ok(PasswordReply::Wrong { known: true });
        }
        self.store.limits.succeeded(&subject, LimitPurpose::Password).await?;
        Ok(admitted(found))
    }
}

/// Only who knows the password hears what is wrong with the account.
fn admitted(found: Credential) -> PasswordReply {
    match found {
        Credential { enabled: false, .. } => PasswordReply::Disabled,
        Credential { must_change_password: true, .. } => PasswordReply::Expired,
        Credential { attributes, .. } => PasswordReply::Correct { attributes },
    }
}

/// The subject of a person, as the engine names it.
fn person_subject(object_id: &str) -> String {
    format!("user:{object_id}")
}

fn is_strong(password: &str) -> bool {
    let kinds: [fn(char) -> bool; 4] =
        [char::is_lowercase, char::is_uppercase, |c| c.is_ascii_digit(), |c| !c.is_alphanumeric()];
    let present = kinds.iter().filter(|kind| password.chars().any(kind)).count();
    LENGTH.contains(&password.chars().count()) && present >= KINDS
}
