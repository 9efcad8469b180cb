//! The directory.

use std::collections::HashSet;

use async_trait::async_trait;
use jiff::Timestamp;
use journeyman_engine::effect::{DirectoryKey, DirectoryReply};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Sqlite as Engine, Transaction};

use super::Sqlite;
use super::row::{At, Read, at, millis};
use crate::directory::rules::{self, Plan, User};
use crate::directory::{Credential, Directory, Key, Lookup, Tenant, UserWrite, lookup};
use crate::error::Result;
use crate::seal::Digest;

/// What a sealed user is bound to.
fn row_id(tenant: Tenant<'_>, object_id: &str) -> Vec<u8> {
    format!("{}/{object_id}", tenant.id).into_bytes()
}

impl Sqlite {
    fn key_digest(&self, tenant: Tenant<'_>, key: &Key) -> Digest {
        self.index.digest(&["users", tenant.id, key.space, &key.value])
    }

    fn user_of(&self, at: At, tenant: Tenant<'_>, row: &SqliteRow) -> Result<User> {
        let object_id = at.text(row, "object_id")?;
        let attributes = self.open_sealed(at, &row_id(tenant, &object_id), &at.bytes(row, "attributes")?)?;
        Ok(User {
            attributes: serde_json::from_slice(&attributes).map_err(|source| at.malformed(&source))?,
            object_id,
            password_hash: at.text_or_none(row, "password_hash")?,
            password_set_at: at.time_or_none(row, "password_set_at")?,
            created_at: at.time(row, "created_at")?,
            tokens_valid_from: at.time(row, "tokens_valid_from")?,
        })
    }

    async fn user(
        &self,
        at: At,
        connection: &mut SqliteConnection,
        tenant: Tenant<'_>,
        lookup: &Lookup,
    ) -> Result<Option<User>> {
        let select = match lookup {
            Lookup::Id(id) => sqlx::query(
                "SELECT object_id, attributes, password_hash, password_set_at, created_at, tokens_valid_from
                 FROM users WHERE tenant = ? AND object_id = ?",
            )
            .bind(tenant.id)
            .bind(id),
            Lookup::Key { key, .. } => sqlx::query(
                "SELECT u.object_id, u.attributes, u.password_hash, u.password_set_at, u.created_at,
                        u.tokens_valid_from
                 FROM user_keys k JOIN users u ON u.tenant = k.tenant AND u.object_id = k.object_id
                 WHERE k.tenant = ? AND k.space = ? AND k.digest = ?",
            )
            .bind(tenant.id)
            .bind(key.space)
            .bind(self.key_digest(tenant, key).to_vec()),
        };
        let Some(row) = at.done(select.fetch_optional(connection).await)? else {
            return Ok(None);
        };
        let user = self.user_of(at, tenant, &row)?;
        Ok(match lookup {
            Lookup::Key { key, attribute: Some(attribute) } if !user.has(attribute, key) => None,
            _ => Some(user),
        })
    }

    /// Writes what a change comes to and ends the transaction.
    async fn carry_out(
        &self,
        at: At,
        mut transaction: Transaction<'_, Engine>,
        tenant: Tenant<'_>,
        intent: &str,
        (before, plan): (Option<User>, Plan),
        now: Timestamp,
    ) -> Result<DirectoryReply> {
        let (user, created) = match plan {
            Plan::Answer(reply) => return Ok(reply),
            Plan::Write { user, created } => (user, created),
        };
        self.put_user(at, &mut transaction, tenant, &user, created).await?;
        let keys = user.keys();
        if before.is_none_or(|before| before.keys() != keys)
            && !self.replace_keys(at, &mut transaction, tenant, &user.object_id, &keys).await?
        {
            // Dropping the transaction undoes what was written.
            return Ok(DirectoryReply::AlreadyExists);
        }
        let reply = user.reply(created);
        self.note(at, &mut transaction, intent, &reply, now).await?;
        at.done(transaction.commit().await)?;
        Ok(reply)
    }

    async fn put_user(
        &self,
        at: At,
        connection: &mut SqliteConnection,
        tenant: Tenant<'_>,
        user: &User,
        created: bool,
    ) -> Result<()> {
        let attributes = serde_json::to_vec(&user.attributes).map_err(|source| at.malformed(&source))?;
        let sealed = self.seal(at, &row_id(tenant, &user.object_id), &attributes)?;
        let statement = if created {
            sqlx::query(
                "INSERT INTO users (attributes, password_hash, password_set_at, tokens_valid_from, tenant, object_id,
                                    created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )
        } else {
            sqlx::query(
                "UPDATE users SET attributes = ?1, password_hash = ?2, password_set_at = ?3, tokens_valid_from = ?4
                 WHERE tenant = ?5 AND object_id = ?6 AND created_at = ?7",
            )
        };
        let statement = statement
            .bind(sealed)
            .bind(&user.password_hash)
            .bind(user.password_set_at.map(millis))
            .bind(millis(user.tokens_valid_from))
            .bind(tenant.id)
            .bind(&user.object_id)
            .bind(millis(user.created_at));
        at.one(statement.execute(connection).await)
    }

    /// False when one of the keys belongs to somebody else.
    async fn replace_keys(
        &self,
        at: At,
        connection: &mut SqliteConnection,
        tenant: Tenant<'_>,
        object_id: &str,
        keys: &[Key],
    ) -> Result<bool> {
        let at = At { table: "user_keys", ..at };
        let delete = sqlx::query("DELETE FROM user_keys WHERE tenant = ? AND object_id = ?");
        at.touched(delete.bind(tenant.id).bind(object_id).execute(&mut *connection).await)?;
        let distinct: HashSet<_> = keys.iter().map(|key| (key.space, self.key_digest(tenant, key))).collect();
        for (space, digest) in distinct {
            let insert = sqlx::query(
                "INSERT INTO user_keys (tenant, space, digest, object_id) VALUES (?, ?, ?, ?)
                 ON CONFLICT (tenant, space, digest) DO NOTHING",
            )
            .bind(tenant.id)
            .bind(space)
            .bind(digest.to_vec())
            .bind(object_id);
            if at.touched(insert.execute(&mut *connection).await)? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

#[async_trait]
impl Directory for Sqlite {
    async fn read(&self, tenant: Tenant<'_>, key: &DirectoryKey) -> Result<DirectoryReply> {
        let at = at("users", "read");
        let Some(lookup) = lookup(&key.attribute, &key.value) else {
            return Ok(rules::not_a_key(key));
        };
        let mut connection = at.done(self.reader.acquire().await)?;
        let found = self.user(at, &mut connection, tenant, &lookup).await?;
        Ok(found.map_or(DirectoryReply::NotFound, |user| user.reply(false)))
    }

    async fn write(
        &self,
        tenant: Tenant<'_>,
        intent: &str,
        write: UserWrite<'_>,
        now: Timestamp,
    ) -> Result<DirectoryReply> {
        let at = at("users", "write");
        let Some(lookup) = lookup(&write.key.attribute, &write.key.value) else {
            return Ok(rules::not_a_key(write.key));
        };
        let mut transaction = self.begin(at).await?;
        if let Some(answered) = self.outcome(at, &mut transaction, intent).await? {
            return Ok(answered);
        }
        let found = self.user(at, &mut transaction, tenant, &lookup).await?;
        let plan = rules::write(found.clone(), write, tenant, &*self.entropy, now)?;
        self.carry_out(at, transaction, tenant, intent, (found, plan), now).await
    }

    async fn delete_attributes(
        &self,
        tenant: Tenant<'_>,
        intent: &str,
        key: &DirectoryKey,
        attributes: &[String],
        now: Timestamp,
    ) -> Result<DirectoryReply> {
        let at = at("users", "delete_attributes");
        let Some(lookup) = lookup(&key.attribute, &key.value) else {
            return Ok(rules::not_a_key(key));
        };
        let mut transaction = self.begin(at).await?;
        if let Some(answered) = self.outcome(at, &mut transaction, intent).await? {
            return Ok(answered);
        }
        let found = self.user(at, &mut transaction, tenant, &lookup).await?;
        let plan = rules::delete_attributes(found.clone(), attributes);
        self.carry_out(at, transaction, tenant, intent, (found, plan), now).await
    }

    async fn delete_user(
        &self,
        tenant: Tenant<'_>,
        intent: &str,
        key: &DirectoryKey,
        now: Timestamp,
    ) -> Result<DirectoryReply> {
        let at = at("users", "delete_user");
        let Some(lookup) = lookup(&key.attribute, &key.value) else {
            return Ok(rules::not_a_key(key));
        };
        let mut transaction = self.begin(at).await?;
        if let Some(answered) = self.outcome(at, &mut transaction, intent).await? {
            return Ok(answered);
        }
        let Some(user) = self.user(at, &mut transaction, tenant, &lookup).await? else {
            return Ok(DirectoryReply::NotFound);
        };
        // The keys go with the user, by the foreign key.
        let delete = sqlx::query("DELETE FROM users WHERE tenant = ? AND object_id = ?");
        at.one(delete.bind(tenant.id).bind(&user.object_id).execute(&mut *transaction).await)?;
        self.note(at, &mut transaction, intent, &DirectoryReply::Deleted, now).await?;
        at.done(transaction.commit().await)?;
        Ok(DirectoryReply::Deleted)
    }

    async fn credential(&self, tenant: Tenant<'_>, username: &str) -> Result<Option<Credential>> {
        let at = at("users", "credential");
        let mut connection = at.done(self.reader.acquire().await)?;
        for attribute in ["signInNames", "userPrincipalName"] {
            let Some(lookup) = lookup(attribute, username) else {
                continue;
            };
            if let Some(user) = self.user(at, &mut connection, tenant, &lookup).await? {
                return Ok(Some(user.credential()));
            }
        }
        Ok(None)
    }

    async fn revoke_tokens(&self, tenant: Tenant<'_>, object_id: &str, now: Timestamp) -> Result<bool> {
        let update = sqlx::query("UPDATE users SET tokens_valid_from = ? WHERE tenant = ? AND object_id = ?")
            .bind(millis(now))
            .bind(tenant.id)
            .bind(object_id);
        Ok(at("users", "revoke_tokens").touched(update.execute(&self.writer).await)? == 1)
    }
}
