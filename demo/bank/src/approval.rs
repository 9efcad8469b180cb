//! Whether a token approves a payment: the comparison of every field, and the same facts laid out for people to see.
//!
//! Signature, issuer, audience, nonce and expiry have been checked by the relying party before a token gets here.

use jiff::{SignedDuration, Timestamp};

use crate::{payments::Payment, problem::Problem, sessions::LONGEST_SESSION, token_claims::TokenClaims};

/// How long an approval may wait for Confirm, and how old a step-up token may be when it arrives.
pub(crate) const APPROVAL_LIFETIME: SignedDuration = SignedDuration::from_mins(5);
/// How far the clocks of engine and bank may differ.
pub(crate) const CLOCK_SKEW: SignedDuration = SignedDuration::from_secs(60);

/// What the bank knows about the step-up that it asked for.
pub(crate) struct Expected<'a> {
    /// The exact issuer of the step-up policy.
    pub(crate) issuer: &'a str,
    /// The step-up policy's id.
    pub(crate) policy: &'a str,
    /// The id of the hint that described the payment.
    pub(crate) hint_id: &'a str,
    /// When the customer was sent to the engine.
    pub(crate) asked_at: Timestamp,
}

/// The names under which hint and token carry the payment, with the stored values. One list for both directions.
pub(crate) fn bound_fields(payment: &Payment) -> [(&'static str, String); 5] {
    [
        ("transactionId", payment.id.to_string()),
        ("amount", payment.amount_text()),
        ("currency", payment.currency.clone()),
        ("payee", payment.payee.clone()),
        ("accountnumber", payment.account.clone()),
    ]
}

/// Whether the claims name exactly this payment, in every field. An absent field is a difference.
pub(crate) fn names_payment(claims: &TokenClaims, payment: &Payment) -> bool {
    bound_fields(payment).iter().all(|(name, stored)| claims.text(name) == Some(stored.as_str()))
}

/// Judges a verified step-up token against the stored payment.
pub(crate) fn judge(
    claims: &TokenClaims,
    payment: &Payment,
    expected: &Expected<'_>,
    now: Timestamp,
) -> Result<(), Problem> {
    if claims.text("sub") != Some(payment.subject.as_str()) {
        return Err(Problem::DifferentUser);
    }
    if claims.text("iss") != Some(expected.issuer) || !claims.issued_by_policy(expected.policy) {
        return Err(Problem::TokenRefused);
    }
    if !names_payment(claims, payment) || claims.text("hintId") != Some(expected.hint_id) {
        return Err(Problem::PaymentDiffers);
    }
    is_fresh(claims, expected.asked_at, now)
}

/// The token was issued for this request, just now; the sign-in beneath it is no older than a session may be.
fn is_fresh(claims: &TokenClaims, asked_at: Timestamp, now: Timestamp) -> Result<(), Problem> {
    let moment = |claim| {
        let seconds = claims.seconds(claim).ok_or(Problem::TokenRefused)?;
        Timestamp::from_second(seconds).map_err(|_| Problem::TokenRefused)
    };
    let issued = moment("iat")?;
    let signed_in = moment("auth_time")?;
    if issued > now + CLOCK_SKEW || signed_in > now + CLOCK_SKEW {
        return Err(Problem::TokenRefused);
    }
    if issued < asked_at - CLOCK_SKEW || issued < now - APPROVAL_LIFETIME || signed_in < now - LONGEST_SESSION {
        return Err(Problem::Expired);
    }
    Ok(())
}

/// Whether a payment still needs a step-up, with the facts that decide it.
pub(crate) struct Decision {
    /// Issuer, policy and transaction of the token.
    pub(crate) facts: [Fact; 3],
}

/// One thing that was looked at: what the token says, what is required, whether they agree.
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) found: String,
    pub(crate) required: String,
    pub(crate) holds: bool,
}

impl Decision {
    /// Looks at the current token; `payment` is `None` for a payment that does not exist yet, which no token can name.
    pub(crate) fn about(token: &TokenClaims, payment: Option<&Payment>, issuer: &str, policy: &str) -> Self {
        let fact = |name, found: Option<&str>, required: String, holds: bool| Fact {
            name,
            found: found.unwrap_or("none").to_owned(),
            required,
            holds,
        };
        let transaction =
            payment.map_or_else(|| "that of the new payment".to_owned(), |payment| payment.id.to_string());
        Self {
            facts: [
                fact("Issuer", token.text("iss"), issuer.to_owned(), token.text("iss") == Some(issuer)),
                fact("Policy", token.policy(), policy.to_owned(), token.issued_by_policy(policy)),
                fact(
                    "Transaction",
                    token.text("transactionId"),
                    transaction,
                    payment.is_some_and(|payment| names_payment(token, payment)),
                ),
            ],
        }
    }

    /// The decision: anything that does not hold asks for a step-up.
    pub(crate) fn step_up_needed(&self) -> bool {
        !self.facts.iter().all(|fact| fact.holds)
    }
}
