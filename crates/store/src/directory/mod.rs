//! User accounts of a tenant: found by unique keys, written in one atomic step.
//!
//! What a write does is decided by the pure functions of `rules`; a backend finds the user under a lock, applies them,
//! and enforces that every key belongs to one user.

mod attributes;
pub(crate) mod rules;

use async_trait::async_trait;
use indexmap::IndexMap;
use jiff::Timestamp;
use journeyman_claims::ClaimValue;
use journeyman_engine::effect::{DirectoryCall, DirectoryKey, DirectoryReply};

pub use attributes::{ATTRIBUTES, Access, Attribute, Rule};
pub(crate) use attributes::{Key, Lookup, lookup};

use crate::error::{Result, StoreError};

/// Whose directory.
#[derive(Debug, Clone, Copy)]
pub struct Tenant<'a> {
    /// The tenant's id.
    pub id: &'a str,
    /// The domain of user principal names that the directory makes up, such as `contoso.onmicrosoft.com`.
    pub domain: &'a str,
}

/// A user to create or update.
#[derive(Clone, Copy)]
pub struct UserWrite<'a> {
    /// Who.
    pub key: &'a DirectoryKey,
    /// What to store, by the directory's names.
    pub attributes: &'a IndexMap<String, ClaimValue>,
    /// Of these an existing value stays.
    pub keep: &'a [String],
    /// Hash of the new password, in PHC format.
    pub password_hash: Option<&'a str>,
    /// Refuse when there is no such user.
    pub must_exist: bool,
    /// Refuse when there is one.
    pub must_not_exist: bool,
}

/// What it takes to check a password.
#[derive(Clone)]
pub struct Credential {
    /// The account.
    pub object_id: String,
    /// Hash of its password in PHC format; an account without one cannot sign in with a password.
    pub password_hash: Option<String>,
    /// When the password was set.
    pub password_set_at: Option<Timestamp>,
    /// Whether the account may be used.
    pub enabled: bool,
    /// Whether the password must be changed first.
    pub must_change_password: bool,
    /// Attributes, as [`Directory::read`] gives them.
    pub attributes: IndexMap<String, ClaimValue>,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential")
            .field("object_id", &self.object_id)
            .field("enabled", &self.enabled)
            .finish_non_exhaustive()
    }
}

/// The directory. Changes are recorded under their intent for a day: repeated after a crash, a write answers what it
/// answered, `created` included, and changes nothing.
#[async_trait]
pub trait Directory: Send + Sync {
    /// All attributes of a user; never the password.
    async fn read(&self, tenant: Tenant<'_>, key: &DirectoryKey) -> Result<DirectoryReply>;

    /// Creates or updates a user.
    async fn write(
        &self,
        tenant: Tenant<'_>,
        intent: &str,
        write: UserWrite<'_>,
        now: Timestamp,
    ) -> Result<DirectoryReply>;

    /// Removes attributes of a user.
    async fn delete_attributes(
        &self,
        tenant: Tenant<'_>,
        intent: &str,
        key: &DirectoryKey,
        attributes: &[String],
        now: Timestamp,
    ) -> Result<DirectoryReply>;

    /// Removes a user.
    async fn delete_user(
        &self,
        tenant: Tenant<'_>,
        intent: &str,
        key: &DirectoryKey,
        now: Timestamp,
    ) -> Result<DirectoryReply>;

    /// What it takes to check the password of an account, found by any sign-in name of any type or by its user principal
    /// name.
    async fn credential(&self, tenant: Tenant<'_>, username: &str) -> Result<Option<Credential>>;

    /// From now on refresh tokens issued earlier do not count. False if there is no such user.
    async fn revoke_tokens(&self, tenant: Tenant<'_>, object_id: &str, now: Timestamp) -> Result<bool>;

    /// Carries out what a journey asks for. The caller has hashed the password that the call may hold.
    async fn perform(
        &self,
        tenant: Tenant<'_>,
        intent: &str,
        call: &DirectoryCall,
        password_hash: Option<&str>,
        now: Timestamp,
    ) -> Result<DirectoryReply> {
        match call {
            DirectoryCall::Read { key } => self.read(tenant, key).await,
            DirectoryCall::Write { key, attributes, keep, password, must_exist, must_not_exist } => {
                if password.is_some() != password_hash.is_some() {
                    let reason = "a password and its hash go together".to_owned();
                    return Err(StoreError::Malformed { table: "users", reason });
                }
                let (must_exist, must_not_exist) = (*must_exist, *must_not_exist);
                let write = UserWrite { key, attributes, keep, password_hash, must_exist, must_not_exist };
                self.write(tenant, intent, write, now).await
            }
            DirectoryCall::DeleteAttributes { key, attributes } => {
                self.delete_attributes(tenant, intent, key, attributes, now).await
            }
            DirectoryCall::DeleteUser { key } => self.delete_user(tenant, intent, key, now).await,
        }
    }
}
