//! Payments: the record made when the form is sent, its way from draft to executed, the ledger, and the audit trail.
//!
//! Every move is one `UPDATE … WHERE state = …`, so that of two browsers, two tabs or two clicks one wins. What is paid
//! is the stored record; nothing that a form, a hint or a token says changes it.

use jiff::Timestamp;
use serde_json::{Map, Value};
use sqlx::{Row as _, Sqlite, SqlitePool, Transaction, sqlite::SqliteRow};
use uuid::Uuid;

use crate::{
    approval::APPROVAL_LIFETIME,
    config::Clock,
    database::{millis, time},
    instruction::Instruction,
    money::Money,
    problem::{Failure, Problem},
    token_claims::TokenClaims,
};

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaymentState {
    /// Written down; nothing has been asked of the customer yet.
    Draft,
    /// Sent to the step-up at least once, and not approved.
    Pending,
    /// Approved by a step-up; waits for Confirm.
    Approved,
    /// Paid.
    Executed,
    /// Given up by the customer.
    Cancelled,
}

impl PaymentState {
    const ALL: [Self; 5] = [Self::Draft, Self::Pending, Self::Approved, Self::Executed, Self::Cancelled];

    /// The name in the database.
    fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Executed => "executed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The name that people read.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Draft => "Not approved yet",
            Self::Pending => "Waiting for approval",
            Self::Approved => "Approved, waiting for Confirm",
            Self::Executed => "Paid",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// One payment, as stored.
#[derive(Clone, Debug)]
pub(crate) struct Payment {
    pub(crate) id: Uuid,
    pub(crate) subject: String,
    pub(crate) payee: String,
    pub(crate) account: String,
    pub(crate) amount: Money,
    pub(crate) currency: String,
    pub(crate) state: PaymentState,
    pub(crate) created_at: Timestamp,
    pub(crate) approved_at: Option<Timestamp>,
    pub(crate) executed_at: Option<Timestamp>,
    /// The claims of the last hint that described this payment, for the Claims page.
    pub(crate) hint: Option<TokenClaims>,
    /// The claims of the step-up token that approved it.
    pub(crate) evidence: Option<TokenClaims>,
    /// Why the last attempt to approve or confirm came to nothing.
    pub(crate) refusal: Option<Failure>,
}

impl Payment {
    /// The amount as it is written everywhere.
    pub(crate) fn amount_text(&self) -> String {
        self.amount.with_currency(&self.currency)
    }

    /// A short name for receipts.
    pub(crate) fn reference(&self) -> String {
        self.id.simple().to_string()[..12].to_uppercase()
    }
}

/// The tables of payments, of money that moved, and of what happened.
pub(crate) struct Payments {
    pub(crate) pool: SqlitePool,
    pub(crate) clock: Clock,
}

impl Payments {
    /// Writes a new payment down as a draft.
    pub(crate) async fn create(&self, subject: &str, wish: &Instruction, currency: &str) -> Result<Uuid, sqlx::Error> {
        let id = Uuid::new_v4();
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO payments (id, subject, payee, account, amount_minor, currency, state, created_at)
             VALUES (?, ?, ?, ?, ?, ?, 'draft', ?)",
        )
        .bind(id.to_string())
        .bind(subject)
        .bind(&wish.payee)
        .bind(&wish.account)
        .bind(wish.amount.minor())
        .bind(currency)
        .bind(self.now())
        .execute(&mut *tx)
        .await?;
        self.audit(&mut tx, id, subject, "created", &wish.amount.with_currency(currency), None).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// A payment of that person; other people's payments do not exist.
    pub(crate) async fn find(&self, id: Uuid, subject: &str) -> Result<Option<Payment>, sqlx::Error> {
        sqlx::query("SELECT * FROM payments WHERE id = ? AND subject = ?")
            .bind(id.to_string())
            .bind(subject)
            .fetch_optional(&self.pool)
            .await?
            .map(|row| read(&row))
            .transpose()
    }

    /// That person's payments, newest first.
    pub(crate) async fn history(&self, subject: &str, limit: u32) -> Result<Vec<Payment>, sqlx::Error> {
        sqlx::query("SELECT * FROM payments WHERE subject = ? ORDER BY created_at DESC, rowid DESC LIMIT ?")
            .bind(subject)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// The newest payment of that person that a hint has described.
    pub(crate) async fn last_described(&self, subject: &str) -> Result<Option<Payment>, sqlx::Error> {
        sqlx::query(
            "SELECT * FROM payments WHERE subject = ? AND hint IS NOT NULL ORDER BY created_at DESC, rowid DESC LIMIT 1",
        )
        .bind(subject)
        .fetch_optional(&self.pool)
        .await?
        .map(|row| read(&row))
        .transpose()
    }

    /// Notes that the customer is being sent to the step-up with that hint. False if the payment no longer waits.
    pub(crate) async fn begin_step_up(
        &self,
        payment: &Payment,
        hint: &Map<String, Value>,
    ) -> Result<bool, sqlx::Error> {
        let mut tx = self.pool.begin().await?;
        let moved = sqlx::query(
            "UPDATE payments SET state = 'pending', hint = ?, refusal = NULL, refusal_correlation = NULL
             WHERE id = ? AND subject = ? AND state IN ('draft', 'pending')",
        )
        .bind(Value::Object(hint.clone()).to_string())
        .bind(payment.id.to_string())
        .bind(&payment.subject)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if moved == 1 {
            let hint_id = hint.get("jti").and_then(Value::as_str).unwrap_or_default();
            let detail = format!("hint {hint_id}");
            self.audit(&mut tx, payment.id, &payment.subject, "step-up started", &detail, None).await?;
        }
        tx.commit().await?;
        Ok(moved == 1)
    }

    /// Approves exactly the payment that was compared with the token. False if it does not wait for approval any more.
    pub(crate) async fn approve(&self, payment: &Payment, evidence: &TokenClaims) -> Result<bool, sqlx::Error> {
        let mut tx = self.pool.begin().await?;
        let moved = sqlx::query(
            "UPDATE payments SET state = 'approved', evidence = ?, approved_at = ?, refusal = NULL, refusal_correlation = NULL
             WHERE id = ? AND subject = ? AND state = 'pending'
               AND payee = ? AND account = ? AND amount_minor = ? AND currency = ?",
        )
        .bind(evidence.to_json())
        .bind(self.now())
        .bind(payment.id.to_string())
        .bind(&payment.subject)
        .bind(&payment.payee)
        .bind(&payment.account)
        .bind(payment.amount.minor())
        .bind(&payment.currency)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if moved == 1 {
            let detail = format!("policy {}", evidence.policy().unwrap_or_default());
            self.audit(&mut tx, payment.id, &payment.subject, "approved", &detail, None).await?;
        }
        tx.commit().await?;
        Ok(moved == 1)
    }

    /// Executes an approved payment: moves it on and books it, both or neither. False if somebody was faster, or the
    /// approval has become too old.
    pub(crate) async fn execute(&self, payment: &Payment) -> Result<bool, sqlx::Error> {
        let now = (self.clock)();
        let mut tx = self.pool.begin().await?;
        let moved = sqlx::query(
            "UPDATE payments SET state = 'executed', executed_at = ?, refusal = NULL, refusal_correlation = NULL
             WHERE id = ? AND subject = ? AND state = 'approved' AND approved_at >= ?",
        )
        .bind(millis(now))
        .bind(payment.id.to_string())
        .bind(&payment.subject)
        .bind(millis(now - APPROVAL_LIFETIME))
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if moved == 1 {
            sqlx::query(
                "INSERT INTO ledger (payment, subject, payee, account, amount_minor, currency, executed_at)
                 SELECT id, subject, payee, account, amount_minor, currency, executed_at FROM payments WHERE id = ?",
            )
            .bind(payment.id.to_string())
            .execute(&mut *tx)
            .await?;
            self.audit(&mut tx, payment.id, &payment.subject, "executed", &payment.reference(), None).await?;
        }
        tx.commit().await?;
        Ok(moved == 1)
    }

    /// Takes an approval back that cannot be used any more, so that the customer can approve again. Nothing happens to a
    /// payment that was executed, cancelled or approved anew in the meantime.
    pub(crate) async fn withdraw_approval(&self, payment: &Payment, failure: Failure) -> Result<(), sqlx::Error> {
        let moved = sqlx::query(
            "UPDATE payments SET state = 'draft', evidence = NULL, approved_at = NULL
             WHERE id = ? AND subject = ? AND state = 'approved' AND approved_at = ?",
        )
        .bind(payment.id.to_string())
        .bind(&payment.subject)
        .bind(payment.approved_at.map(millis))
        .execute(&self.pool)
        .await?
        .rows_affected();
        if moved == 1 { self.refuse(payment.id, &payment.subject, failure).await } else { Ok(()) }
    }

    /// Gives a payment up that has not been executed. False if it has been.
    pub(crate) async fn cancel(&self, id: Uuid, subject: &str) -> Result<bool, sqlx::Error> {
        let mut tx = self.pool.begin().await?;
        let moved = sqlx::query(
            "UPDATE payments SET state = 'cancelled', evidence = NULL, approved_at = NULL
             WHERE id = ? AND subject = ? AND state IN ('draft', 'pending', 'approved')",
        )
        .bind(id.to_string())
        .bind(subject)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if moved == 1 {
            self.audit(&mut tx, id, subject, "cancelled", "by the customer", None).await?;
        }
        tx.commit().await?;
        Ok(moved == 1)
    }

    /// Writes down why an attempt came to nothing; the payment itself does not move.
    pub(crate) async fn refuse(&self, id: Uuid, subject: &str, failure: Failure) -> Result<(), sqlx::Error> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "UPDATE payments SET refusal = ?, refusal_correlation = ?
             WHERE id = ? AND subject = ? AND state IN ('draft', 'pending')",
        )
        .bind(failure.problem.code())
        .bind(failure.correlation.to_string())
        .bind(id.to_string())
        .bind(subject)
        .execute(&mut *tx)
        .await?;
        self.audit(&mut tx, id, subject, "refused", failure.problem.code(), Some(failure.correlation)).await?;
        tx.commit().await
    }

    async fn audit(
        &self,
        tx: &mut Transaction<'_, Sqlite>,
        payment: Uuid,
        subject: &str,
        event: &str,
        detail: &str,
        correlation: Option<Uuid>,
    ) -> Result<(), sqlx::Error> {
        sqlx::query("INSERT INTO audit (payment, subject, at, event, detail, correlation) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(payment.to_string())
            .bind(subject)
            .bind(self.now())
            .bind(event)
            .bind(detail)
            .bind(correlation.map(|id| id.to_string()))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }

    fn now(&self) -> i64 {
        millis((self.clock)())
    }
}

fn read(row: &SqliteRow) -> Result<Payment, sqlx::Error> {
    let decode = |message: &'static str| sqlx::Error::Decode(message.into());
    let id: String = row.try_get("id")?;
    let state: String = row.try_get("state")?;
    let moment = |column: &str| row.try_get::<Option<i64>, _>(column)?.map(time).transpose();
    let claims = |column: &str| -> Result<_, sqlx::Error> {
        Ok(row.try_get::<Option<String>, _>(column)?.map(|json| TokenClaims::from_json(&json)))
    };
    let refusal: Option<String> = row.try_get("refusal")?;
    let correlation: Option<String> = row.try_get("refusal_correlation")?;
    Ok(Payment {
        id: Uuid::parse_str(&id).map_err(|_| decode("payment id"))?,
        subject: row.try_get("subject")?,
        payee: row.try_get("payee")?,
        account: row.try_get("account")?,
        amount: Money::from_minor(row.try_get("amount_minor")?).map_err(decode)?,
        currency: row.try_get("currency")?,
        state: PaymentState::ALL
            .into_iter()
            .find(|known| known.code() == state)
            .ok_or_else(|| decode("payment state"))?,
        created_at: time(row.try_get("created_at")?)?,
        approved_at: moment("approved_at")?,
        executed_at: moment("executed_at")?,
        hint: claims("hint")?,
        evidence: claims("evidence")?,
        refusal: refusal
            .and_then(|code| Problem::from_code(&code))
            .zip(correlation.and_then(|id| Uuid::parse_str(&id).ok()))
            .map(|(problem, correlation)| Failure { problem, correlation }),
    })
}
