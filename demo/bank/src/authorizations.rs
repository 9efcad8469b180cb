//! Requests that went to the engine and have not come back: what was asked, from which browser, and with which secrets.
//!
//! The callback takes such a request out of the table, so an answer can be used once, by the browser that asked.

use jiff::SignedDuration;
use sqlx::{Row as _, SqlitePool};
use uuid::Uuid;

use crate::{config::Clock, database::millis, random};

/// How long a person may stay at the engine: after that the answer is not accepted any more.
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);
/// How long the request is remembered, so that whoever comes too late is told so.
const MEMORY: SignedDuration = SignedDuration::from_hours(24);

/// Why a person is sent to the engine; each has a policy of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    SignIn,
    StepUp,
    ProfileEdit,
    PasswordReset,
}

impl Purpose {
    const ALL: [Self; 4] = [Self::SignIn, Self::StepUp, Self::ProfileEdit, Self::PasswordReset];

    fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::StepUp => "step-up",
            Self::ProfileEdit => "profile-edit",
            Self::PasswordReset => "password-reset",
        }
    }
}

/// A request that waits for its answer.
pub(crate) struct Authorization {
    pub(crate) purpose: Purpose,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    pub(crate) return_to: String,
    /// The payment to approve, and the id of the hint that described it; for a step-up only.
    pub(crate) step_up: Option<(Uuid, String)>,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
}

/// The table of waiting requests.
pub(crate) struct Authorizations {
    pub(crate) pool: SqlitePool,
    pub(crate) clock: Clock,
}

impl Authorizations {
    /// Remembers a request under its state, for one session.
    pub(crate) async fn put(&self, state: &str, session: &str, request: &Authorization) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM authorizations WHERE created_at <= ?").bind(self.oldest()).execute(&self.pool).await?;
        sqlx::query(
            "INSERT INTO authorizations (state, session, purpose, nonce, verifier, return_to, payment, hint_id, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(random::fingerprint(state))
        .bind(session)
        .bind(request.purpose.code())
        .bind(&request.nonce)
        .bind(&request.verifier)
        .bind(&request.return_to)
        .bind(request.step_up.as_ref().map(|(payment, _)| payment.to_string()))
        .bind(request.step_up.as_ref().map(|(_, hint)| hint.as_str()))
        .bind(request.created_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Takes the request that an answer belongs to, if this session asked for it.
    pub(crate) async fn take(&self, state: &str, session: &str) -> Result<Option<Authorization>, sqlx::Error> {
        let row =
            sqlx::query("DELETE FROM authorizations WHERE state = ? AND session = ? AND created_at > ? RETURNING *")
                .bind(random::fingerprint(state))
                .bind(session)
                .bind(self.oldest())
                .fetch_optional(&self.pool)
                .await?;
        let Some(row) = row else { return Ok(None) };
        let code: String = row.try_get("purpose")?;
        let payment: Option<String> = row.try_get("payment")?;
        let hint_id: Option<String> = row.try_get("hint_id")?;
        Ok(Some(Authorization {
            purpose: Purpose::ALL
                .into_iter()
                .find(|purpose| purpose.code() == code)
                .ok_or_else(|| sqlx::Error::Decode("unknown purpose".into()))?,
            nonce: row.try_get("nonce")?,
            verifier: row.try_get("verifier")?,
            return_to: row.try_get("return_to")?,
            step_up: payment.and_then(|payment| Uuid::parse_str(&payment).ok()).zip(hint_id),
            created_at: row.try_get("created_at")?,
        }))
    }

    /// Whether the person stayed away for too long.
    pub(crate) fn is_late(&self, request: &Authorization) -> bool {
        request.created_at <= millis((self.clock)() - LIFETIME)
    }

    fn oldest(&self) -> i64 {
        millis((self.clock)() - MEMORY)
    }
}
