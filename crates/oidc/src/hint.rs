//! `id_token_hint`: claims that an application signed, checked before a journey believes them.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::codes::Code;
use crate::jws::{self, Claims, Fault, VerificationKeys, audience_is, seconds};
use crate::secret::Secret;

const LARGEST: usize = 16 * 1024;

/// What a hint may be verified with. A profile has one family, so that a public key can never serve as an HMAC secret.
#[derive(Clone, Copy, Debug)]
pub enum HintKeys<'a> {
    /// Published keys: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, chosen by `kid`.
    Published(&'a VerificationKeys),
    /// A shared secret of at least 16 bytes, the bytes of its text: HS256, HS384, HS512.
    Shared(&'a Secret),
}

/// What a hint must say.
#[derive(Clone, Copy, Debug)]
pub struct HintExpectation<'a> {
    /// `iss`, exactly.
    pub issuer: &'a str,
    /// `aud` must name one of these.
    pub audiences: &'a [&'a str],
    /// By how much the clocks may differ.
    pub leeway: SignedDuration,
}

/// A hint that counts. How old it may be at most is for the caller to say.
#[derive(Clone, PartialEq)]
pub struct Hint {
    /// What it says.
    pub claims: Claims,
    /// When it was made, if it says so.
    pub issued_at: Option<Timestamp>,
    /// Since when it is valid.
    pub not_before: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Hint {
    /// Without what it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hint").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Why a hint does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HintRefusal {
    /// It is not a signed token of a kind that is accepted, or it is too long.
    #[error("it is not a token that is signed in an accepted way")]
    Malformed,
    /// No key of that `kid` and algorithm is known. The issuer may have changed its keys since they were fetched.
    #[error("no key of its kid and algorithm is known")]
    UnknownKey,
    /// Somebody else signed it, or it was changed.
    #[error("its signature is wrong")]
    Signature,
    /// Another `iss`, or none.
    #[error("its issuer is not the expected one")]
    Issuer,
    /// Another `aud`, or none.
    #[error("its audience is not an accepted one")]
    Audience,
    /// It has ended.
    #[error("it has expired")]
    Expired,
    /// It has not begun, or was made in the future.
    #[error("it is not valid yet")]
    NotYetValid,
    /// `exp` or `nbf` is missing, or a time is not a number.
    #[error("a time is missing or is not a number")]
    Times,
}

impl HintRefusal {
    /// The number of the catalogue.
    pub const fn code(self) -> Code {
        match self {
            Self::Malformed | Self::UnknownKey | Self::Times => Code::HintInvalid,
            Self::Signature => Code::HintSignature,
            Self::Issuer => Code::HintIssuer,
            Self::Audience => Code::HintAudience,
            Self::Expired => Code::HintExpired,
            Self::NotYetValid => Code::HintNotYetValid,
        }
    }
}

impl From<Fault> for HintRefusal {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Malformed => Self::Malformed,
            Fault::UnknownKey => Self::UnknownKey,
            Fault::Signature => Self::Signature,
        }
    }
}

impl Hint {
    /// Checks a hint: signature first, then who made it, for whom, and when.
    pub fn verify(
        token: &str,
        keys: HintKeys<'_>,
        expected: &HintExpectation<'_>,
        now: Timestamp,
    ) -> Result<Self, HintRefusal> {
        if token.len() > LARGEST {
            return Err(HintRefusal::Malformed);
        }
        let claims = match keys {
            HintKeys::Published(keys) => keys.verify(token)?,
            HintKeys::Shared(secret) => jws::verify_shared(token, secret)?,
        };
        if claims.get("iss").and_then(Value::as_str) != Some(expected.issuer) {
            return Err(HintRefusal::Issuer);
        }
        if !audience_is(&claims, expected.audiences) {
            return Err(HintRefusal::Audience);
        }
        Self::timely(claims, expected.leeway, now)
    }

    fn timely(claims: Claims, leeway: SignedDuration, now: Timestamp) -> Result<Self, HintRefusal> {
        let time = |name| match seconds(&claims, name) {
            Ok(Some(seconds)) => Timestamp::from_second(seconds).map(Some).map_err(|_| HintRefusal::Times),
            Ok(None) => Ok(None),
            Err(_) => Err(HintRefusal::Times),
        };
        let expires_at = time("exp")?.ok_or(HintRefusal::Times)?;
        let not_before = time("nbf")?.ok_or(HintRefusal::Times)?;
        let issued_at = time("iat")?;
        if now.duration_since(expires_at) >= leeway {
            return Err(HintRefusal::Expired);
        }
        let ahead = |time: Timestamp| time.duration_since(now) > leeway;
        if ahead(not_before) || issued_at.is_some_and(ahead) {
            return Err(HintRefusal::NotYetValid);
        }
        Ok(Self { claims, issued_at, not_before, expires_at })
    }
}

#[cfg(test)]
mod tests;
