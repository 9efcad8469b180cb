//! The directory.

use async_trait::async_trait;
use jiff::Timestamp;
use journeyman_engine::effect::{DirectoryKey, DirectoryReply};

use super::{Memory, State};
use crate::directory::rules::{self, Plan, User};
use crate::directory::{Credential, Directory, Key, Lookup, Tenant, UserWrite, lookup};
use crate::error::Result;

impl State {
    fn user(&self, tenant: Tenant<'_>, lookup: &Lookup) -> Option<&User> {
        let by_id = |id: &str| self.users.get(&(tenant.id.to_owned(), id.to_owned()));
        match lookup {
            Lookup::Id(id) => by_id(id),
            Lookup::Key { key, attribute } => {
                let user = by_id(self.user_keys.get(&(tenant.id.to_owned(), key.clone()))?)?;
                attribute.as_deref().is_none_or(|attribute| user.has(attribute, key)).then_some(user)
            }
        }
    }

    fn carry_out(&mut self, tenant: Tenant<'_>, intent: &str, plan: Plan, now: Timestamp) -> Result<DirectoryReply> {
        let (user, created) = match plan {
            Plan::Answer(reply) => return Ok(reply),
            Plan::Write { user, created } => (user, created),
        };
        let keys = user.keys();
        let taken = |key: &Key| {
            let owner = self.user_keys.get(&(tenant.id.to_owned(), key.clone()));
            owner.is_some_and(|owner| *owner != user.object_id)
        };
        if keys.iter().any(taken) {
            return Ok(DirectoryReply::AlreadyExists);
        }
        let reply = user.reply(created);
        self.note("users", intent, &reply, now)?;
        self.user_keys.retain(|(of, _), owner| of != tenant.id || *owner != user.object_id);
        for key in keys {
            self.user_keys.insert((tenant.id.to_owned(), key), user.object_id.clone());
        }
        self.users.insert((tenant.id.to_owned(), user.object_id.clone()), user);
        Ok(reply)
    }
}

#[async_trait]
impl Directory for Memory {
    async fn read(&self, tenant: Tenant<'_>, key: &DirectoryKey) -> Result<DirectoryReply> {
        let Some(lookup) = lookup(&key.attribute, &key.value) else {
            return Ok(rules::not_a_key(key));
        };
        Ok(self.state().user(tenant, &lookup).map_or(DirectoryReply::NotFound, |user| user.reply(false)))
    }

    async fn write(
        &self,
        tenant: Tenant<'_>,
        intent: &str,
        write: UserWrite<'_>,
        now: Timestamp,
    ) -> Result<DirectoryReply> {
        let mut state = self.state();
        if let Some(answered) = state.outcome("users", intent)? {
            return Ok(answered);
        }
        let Some(lookup) = lookup(&write.key.attribute, &write.key.value) else {
            return Ok(rules::not_a_key(write.key));
        };
        let found = state.user(tenant, &lookup).cloned();
        let plan = rules::write(found, write, tenant, &*self.entropy, now)?;
        state.carry_out(tenant, intent, plan, now)
    }

    async fn delete_attributes(
        &self,
        tenant: Tenant<'_>,
        intent: &str,
        key: &DirectoryKey,
        attributes: &[String],
        now: Timestamp,
    ) -> Result<DirectoryReply> {
        let mut state = self.state();
        if let Some(answered) = state.outcome("users", intent)? {
            return Ok(answered);
        }
        let Some(lookup) = lookup(&key.attribute, &key.value) else {
            return Ok(rules::not_a_key(key));
        };
        let plan = rules::delete_attributes(state.user(tenant, &lookup).cloned(), attributes);
        state.carry_out(tenant, intent, plan, now)
    }

    async fn delete_user(
        &self,
        tenant: Tenant<'_>,
        intent: &str,
        key: &DirectoryKey,
        now: Timestamp,
    ) -> Result<DirectoryReply> {
        let mut state = self.state();
        if let Some(answered) = state.outcome("users", intent)? {
            return Ok(answered);
        }
        let Some(lookup) = lookup(&key.attribute, &key.value) else {
            return Ok(rules::not_a_key(key));
        };
        let Some(object_id) = state.user(tenant, &lookup).map(|user| user.object_id.clone()) else {
            return Ok(DirectoryReply::NotFound);
        };
        state.note("users", intent, &DirectoryReply::Deleted, now)?;
        state.user_keys.retain(|(of, _), owner| of != tenant.id || *owner != object_id);
        state.users.remove(&(tenant.id.to_owned(), object_id));
        Ok(DirectoryReply::Deleted)
    }

    async fn credential(&self, tenant: Tenant<'_>, username: &str) -> Result<Option<Credential>> {
        let state = self.state();
        let by = |attribute| lookup(attribute, username).and_then(|lookup| state.user(tenant, &lookup));
        Ok(by("signInNames").or_else(|| by("userPrincipalName")).map(User::credential))
    }

    async fn revoke_tokens(&self, tenant: Tenant<'_>, object_id: &str, now: Timestamp) -> Result<bool> {
        let mut state = self.state();
        let user = state.users.get_mut(&(tenant.id.to_owned(), object_id.to_owned()));
        Ok(user.map(|user| user.tokens_valid_from = now).is_some())
    }
}
