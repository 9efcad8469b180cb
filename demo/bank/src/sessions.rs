//! Sessions: who a browser is signed in as, for how long, and the token that guards its forms.
//!
//! A session is made when one is needed (starting a sign-in), replaced at sign-in, and idle five minutes after the
//! last request. An idle session shows nothing and can do nothing until its owner has signed in again.

use jiff::{SignedDuration, Timestamp};
use sqlx::{Row as _, SqlitePool, sqlite::SqliteRow};
use uuid::Uuid;

use crate::{
    config::Clock,
    database::{millis, time},
    problem::{Failure, Problem},
    random,
    token_claims::TokenClaims,
};

/// How long a customer may do nothing before having to sign in again.
pub(crate) const IDLE_LIMIT: SignedDuration = SignedDuration::from_mins(5);
/// How long a session lasts at most, and so how old the password behind an approval may be.
pub(crate) const LONGEST_SESSION: SignedDuration = SignedDuration::from_hours(8);

/// One browser's session.
#[derive(Clone)]
pub(crate) struct Session {
    /// The fingerprint of the cookie.
    pub(crate) key: String,
    /// What every form of this session must carry.
    pub(crate) csrf: String,
    /// Who is signed in; look at [`Session::active`] before showing or doing anything for them.
    pub(crate) identity: Option<Identity>,
    /// Whether the last request is too long ago.
    pub(crate) idle: bool,
    /// Something to say on the next page.
    pub(crate) notice: Option<Notice>,
}

/// The person a session belongs to, by the sign-in policy's token.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) subject: String,
    pub(crate) claims: TokenClaims,
    /// Kept for one purpose: telling the engine at sign-out whose session ends.
    pub(crate) id_token: String,
}

impl Identity {
    /// What to call the person in the menu.
    pub(crate) fn name(&self) -> &str {
        ["name", "given_name", "email"]
            .into_iter()
            .find_map(|claim| self.claims.text(claim).filter(|name| !name.trim().is_empty()))
            .unwrap_or("Your account")
    }
}

impl Session {
    /// The person signed in, unless the session is idle.
    pub(crate) fn active(&self) -> Option<&Identity> {
        self.identity.as_ref().filter(|_| !self.idle)
    }
}

/// A sentence for the next page that the browser sees.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Notice {
    /// Something went wrong, or was cancelled.
    Problem(Failure),
    /// The profile was saved.
    ProfileSaved,
    /// The password was changed.
    PasswordChanged,
}

impl Notice {
    fn to_stored(self) -> String {
        match self {
            Self::Problem(Failure { problem, correlation }) => format!("{} {correlation}", problem.code()),
            Self::ProfileSaved => "profile-saved".to_owned(),
            Self::PasswordChanged => "password-changed".to_owned(),
        }
    }

    fn from_stored(stored: &str) -> Option<Self> {
        match stored {
            "profile-saved" => Some(Self::ProfileSaved),
            "password-changed" => Some(Self::PasswordChanged),
            other => {
                let (code, correlation) = other.split_once(' ')?;
                let correlation = Uuid::parse_str(correlation).ok()?;
                Some(Self::Problem(Failure { problem: Problem::from_code(code)?, correlation }))
            }
        }
    }
}

/// The table of sessions.
pub(crate) struct Sessions {
    pub(crate) pool: SqlitePool,
    pub(crate) clock: Clock,
}

impl Sessions {
    /// The session of a cookie. A session in use is marked as seen now; an idle one stays idle.
    pub(crate) async fn find(&self, cookie: &str) -> Result<Option<Session>, sqlx::Error> {
        let now = (self.clock)();
        let row = sqlx::query("SELECT * FROM sessions WHERE key = ? AND created_at > ?")
            .bind(random::fingerprint(cookie))
            .bind(millis(now - LONGEST_SESSION))
            .fetch_optional(&self.pool)
            .await?;
        let Some(session) = row.map(|row| read(&row, now)).transpose()? else { return Ok(None) };
        if session.active().is_some() {
            self.touch(&session.key).await?;
        }
        Ok(Some(session))
    }

    /// Marks a session as in use now.
    pub(crate) async fn touch(&self, key: &str) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE sessions SET last_seen = ? WHERE key = ?")
            .bind(millis((self.clock)()))
            .bind(key)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// A new session that nobody is signed in to; answers the cookie's value.
    pub(crate) async fn start(&self) -> Result<(String, Session), sqlx::Error> {
        self.insert(None).await
    }

    /// Replaces a session by a new one that belongs to `identity`; answers the new cookie's value.
    pub(crate) async fn sign_in(&self, old_key: &str, identity: Identity) -> Result<String, sqlx::Error> {
        self.end(old_key).await?;
        Ok(self.insert(Some(identity)).await?.0)
    }

    async fn insert(&self, identity: Option<Identity>) -> Result<(String, Session), sqlx::Error> {
        let now = (self.clock)();
        let cookie = random::token();
        let session =
            Session { key: random::fingerprint(&cookie), csrf: random::token(), identity, idle: false, notice: None };
        sqlx::query("DELETE FROM sessions WHERE created_at <= ?")
            .bind(millis(now - LONGEST_SESSION))
            .execute(&self.pool)
            .await?;
        sqlx::query(
            "INSERT INTO sessions (key, csrf, created_at, last_seen, subject, claims, id_token)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&session.key)
        .bind(&session.csrf)
        .bind(millis(now))
        .bind(millis(now))
        .bind(session.identity.as_ref().map(|identity| identity.subject.as_str()))
        .bind(session.identity.as_ref().map(|identity| identity.claims.to_json()))
        .bind(session.identity.as_ref().map(|identity| identity.id_token.as_str()))
        .execute(&self.pool)
        .await?;
        Ok((cookie, session))
    }

    /// Takes over newer claims about the same person; who is signed in does not change.
    pub(crate) async fn refresh_claims(&self, key: &str, claims: &TokenClaims) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE sessions SET claims = ? WHERE key = ?")
            .bind(claims.to_json())
            .bind(key)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Leaves something to say on the next page; `None` once it has been said.
    pub(crate) async fn notice(&self, key: &str, notice: Option<Notice>) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE sessions SET notice = ? WHERE key = ?")
            .bind(notice.map(Notice::to_stored))
            .bind(key)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Ends a session.
    pub(crate) async fn end(&self, key: &str) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM sessions WHERE key = ?").bind(key).execute(&self.pool).await?;
        Ok(())
    }
}

fn read(row: &SqliteRow, now: Timestamp) -> Result<Session, sqlx::Error> {
    let subject: Option<String> = row.try_get("subject")?;
    let claims: Option<String> = row.try_get("claims")?;
    let id_token: Option<String> = row.try_get("id_token")?;
    let identity = match (subject, claims, id_token) {
        (Some(subject), Some(claims), Some(id_token)) => {
            Some(Identity { subject, claims: TokenClaims::from_json(&claims), id_token })
        }
        _ => None,
    };
    let notice: Option<String> = row.try_get("notice")?;
    Ok(Session {
        key: row.try_get("key")?,
        csrf: row.try_get("csrf")?,
        identity,
        idle: now - IDLE_LIMIT > time(row.try_get("last_seen")?)?,
        notice: notice.and_then(|stored| Notice::from_stored(&stored)),
    })
}
