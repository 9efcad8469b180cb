//! Single sign-on: the session that a browser brings to a journey, and what a journey leaves for the next one.
//!
//! A session has a cookie of its own for each partition (tenant, application or policy, as the policy's scope says), so
//! that a new sign-in can have a new handle: one that was planted before it is worth nothing.

use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use jiff::{SignedDuration, Timestamp};
use journeyman_engine::event::Session;
use journeyman_policy::model::{Behaviors, SsoScope};
use journeyman_store::{Entropy, Handle, Partition, Session as Stored, Sessions};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::front::browser::{Transport, cookie};
use crate::front::fault::Fault;

/// A session that is used again and again still ends then.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How often an update that met another one is tried.
const TRIES: usize = 4;

/// The sessions that one policy shares.
pub(crate) struct Sso<'a> {
    sessions: &'a dyn Sessions,
    behaviors: &'a Behaviors,
    partition: Partition,
    transport: Transport,
}

/// A session that a browser brought.
#[derive(Debug)]
pub(crate) struct Found {
    handle: Handle,
    stored: Stored,
    record: Record,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Record {
    session: Session,
    /// The person wants to stay signed in.
    keep: bool,
}

impl Found {
    /// What it remembers.
    pub(crate) fn session(&self) -> &Session {
        &self.record.session
    }

    /// Seconds since the person proved who they are.
    pub(crate) fn age(&self, now: Timestamp) -> Option<u64> {
        let since = self.record.session.authenticated_at?;
        u64::try_from(now.duration_since(since).as_secs()).ok()
    }
}

impl<'a> Sso<'a> {
    /// The sessions of a policy for an application; `None` where single sign-on is suppressed.
    pub(crate) fn of(
        sessions: &'a dyn Sessions,
        behaviors: &'a Behaviors,
        tenant: &str,
        policy: &str,
        client: &str,
        transport: Transport,
    ) -> Option<Self> {
        let scope = match behaviors.sso_scope {
            SsoScope::Suppressed => return None,
            SsoScope::Tenant | SsoScope::TrustFramework => String::new(),
            SsoScope::Application => format!("app:{client}"),
            SsoScope::Policy => format!("policy:{}", policy.to_lowercase()),
        };
        Some(Self { sessions, behaviors, partition: Partition { tenant: tenant.to_owned(), scope }, transport })
    }

    fn cookie_name(&self) -> String {
        let Partition { tenant, scope } = &self.partition;
        let digest = Sha256::new().chain_update(tenant).chain_update("\0").chain_update(scope).finalize();
        let short: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        self.transport.name(&format!("journeyman-sso-{short}"))
    }

    /// The session that the browser brings, if it lives.
    pub(crate) async fn read(&self, headers: &HeaderMap, now: Timestamp) -> Result<Option<Found>, Fault> {
        let Some(handle) = cookie(headers, &self.cookie_name()).and_then(Handle::parse) else { return Ok(None) };
        let Some(stored) = self.sessions.read(&handle, &self.partition, now).await? else { return Ok(None) };
        // A session that an older version wrote differently counts as none: the person signs in again.
        let record = serde_json::from_slice(&stored.payload).ok();
        Ok(record.map(|record| Found { handle, stored, record }))
    }

    /// Keeps what a journey left, and tells the browser.
    pub(crate) async fn keep(
        &self,
        session: Session,
        remember_me: bool,
        sent: &HeaderMap,
        answer: &mut HeaderMap,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let found = self.read(sent, now).await?;
        let kept = found.as_ref().is_some_and(|found| found.record.keep && is_of_the_same(found.session(), &session));
        let keep = self.behaviors.keep_alive_days > 0 && (remember_me || kept);
        let handle = match found {
            Some(found) if is_same_sign_in(found.session(), &session) => self.renew(found, session, keep, now).await?,
            other => self.replace(other, session, keep, entropy, now).await?,
        };
        let age = keep.then(|| i64::from(self.behaviors.keep_alive_days) * 86_400);
        answer.append(SET_COOKIE, self.transport.set(&self.cookie_name(), handle.expose(), age));
        Ok(())
    }

    async fn renew(&self, mut found: Found, session: Session, keep: bool, now: Timestamp) -> Result<Handle, Fault> {
        let record = Record { session, keep };
        let longer = self.stored(&record, Some(&found.stored), now);
        if record == found.record && !self.is_worth_writing(&found.stored, &longer, now) {
            return Ok(found.handle);
        }
        for _ in 0..TRIES {
            let stored = Stored { version: found.stored.version, ..self.stored(&record, Some(&found.stored), now) };
            if self.sessions.update(&found.handle, &self.partition, &stored).await? {
                return Ok(found.handle);
            }
            match self.sessions.read(&found.handle, &self.partition, now).await? {
                Some(newer) => found.stored = newer,
                // Signed out meanwhile, in another tab: that stands.
                None => break,
            }
        }
        Ok(found.handle)
    }

    /// Whether a session that says the same gets noticeably longer: sign-ins that follow one another closely write once.
    fn is_worth_writing(&self, before: &Stored, after: &Stored, now: Timestamp) -> bool {
        let gained = after.idle_expires_at.duration_since(before.idle_expires_at).as_secs();
        let life = after.idle_expires_at.duration_since(now).as_secs();
        gained < 0 || gained > life / 60
    }

    async fn replace(
        &self,
        old: Option<Found>,
        session: Session,
        keep: bool,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Handle, Fault> {
        let handle = Handle::random(entropy)?;
        let stored = self.stored(&Record { session, keep }, None, now);
        self.sessions.create(&handle, &self.partition, &stored).await?;
        if let Some(old) = old {
            self.sessions.delete(&old.handle, &self.partition).await?;
        }
        Ok(handle)
    }

    fn stored(&self, record: &Record, before: Option<&Stored>, now: Timestamp) -> Stored {
        let life = if record.keep {
            SignedDuration::from_hours(24 * i64::from(self.behaviors.keep_alive_days))
        } else {
            SignedDuration::from_secs(i64::from(self.behaviors.session_seconds))
        };
        let end = if self.behaviors.absolute_expiry && !record.keep { life } else { LONGEST };
        Stored {
            version: 0,
            idle_expires_at: now + life,
            absolute_expires_at: before.map_or(now + end, |before| before.absolute_expires_at),
            payload: serde_json::to_vec(record).expect("claims and texts always serialize"),
        }
    }

    /// Ends the browser's session.
    pub(crate) async fn end(&self, sent: &HeaderMap, answer: &mut HeaderMap) -> Result<(), Fault> {
        let name = self.cookie_name();
        if let Some(handle) = cookie(sent, &name).and_then(Handle::parse) {
            self.sessions.delete(&handle, &self.partition).await?;
        }
        answer.append(SET_COOKIE, self.transport.set(&name, "", Some(0)));
        Ok(())
    }
}

/// Whether a session goes on: nobody proved anew who they are.
fn is_same_sign_in(before: &Session, after: &Session) -> bool {
    before.authenticated_at == after.authenticated_at && before.person == after.person
}

/// Whether a session is about the same person, as far as can be told. What one person chose at a browser does not bind
/// the next.
fn is_of_the_same(before: &Session, after: &Session) -> bool {
    is_same_sign_in(before, after) || (before.person.is_some() && before.person == after.person)
}
