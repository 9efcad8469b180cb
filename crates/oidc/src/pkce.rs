//! Proof key for code exchange (RFC 7636): who asked for a code can redeem it, and nobody else.

use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::digest;
use crate::parameters::Parameters;
use crate::problem::Problem;

/// How a challenge is made of its verifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChallengeMethod {
    /// SHA-256 in base64url.
    S256,
    /// The verifier itself.
    #[serde(rename = "plain")]
    Plain,
}

/// What an application showed when it asked for a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    method: ChallengeMethod,
    value: String,
}

impl Challenge {
    /// Reads `code_challenge` and `code_challenge_method`; a method without a challenge is a mistake, a challenge without
    /// a method is plain.
    pub(crate) fn read(parameters: &Parameters) -> Result<Option<Self>, Problem> {
        let method = match parameters.get("code_challenge_method") {
            None | Some("plain") => ChallengeMethod::Plain,
            Some("S256") => ChallengeMethod::S256,
            Some(_) => return Err(Code::ChallengeMethodUnknown.into()),
        };
        match parameters.get("code_challenge") {
            None if parameters.get("code_challenge_method").is_some() => Err(Code::ChallengeMethodUnknown.into()),
            None => Ok(None),
            Some(value) if is_challenge(method, value) => Ok(Some(Self { method, value: value.to_owned() })),
            Some(_) => Err(crate::parameters::wrong("code_challenge", "its length or a character is not allowed")),
        }
    }

    /// Whether a verifier may redeem a code that was asked for with `challenge`.
    ///
    /// A verifier without a challenge is refused too: somebody stripped the challenge from the request on its way.
    pub(crate) fn check(challenge: Option<&Self>, verifier: Option<&str>) -> Result<(), Problem> {
        let invalid = |reason| Err(Problem::from(Code::VerifierInvalid).with("reason", reason));
        match (challenge, verifier) {
            (None, None) => Ok(()),
            (None, Some(_)) => invalid("the code was asked for without a code_challenge"),
            (Some(_), None) => invalid("it is missing"),
            (Some(_), Some(verifier)) if !is_verifier(verifier) => invalid("its length or a character is not allowed"),
            (Some(challenge), Some(verifier)) if challenge.matches(verifier) => Ok(()),
            (Some(_), Some(_)) => Err(Code::VerifierMismatch.into()),
        }
    }

    fn matches(&self, verifier: &str) -> bool {
        match self.method {
            ChallengeMethod::S256 => {
                digest::equal(self.value.as_bytes(), digest::sha256_base64url(verifier.as_bytes()).as_bytes())
            }
            ChallengeMethod::Plain => digest::equal(self.value.as_bytes(), verifier.as_bytes()),
        }
    }
}

fn is_challenge(method: ChallengeMethod, value: &str) -> bool {
    match method {
        ChallengeMethod::S256 => value.len() == 43 && is_verifier(value),
        ChallengeMethod::Plain => is_verifier(value),
    }
}

fn is_verifier(value: &str) -> bool {
    (43..=128).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::Challenge;
    use crate::Parameters;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn read(challenge: &str, method: &str) -> Result<Option<Challenge>, String> {
        let parameters = Parameters::new([("code_challenge", challenge), ("code_challenge_method", method)]);
        Challenge::read(&parameters.expect("bounded")).map_err(|problem| problem.reference().to_owned())
    }

    #[test]
    fn challenges_are_read_strictly() {
        let error = |number: &str| Some(format!("AADB2C{number}"));
        let cases = [
            (CHALLENGE, "S256", None),
            (VERIFIER, "plain", None),
            (VERIFIER, "", None),
            ("", "", None),
            ("", "S256", error("90184")),
            (CHALLENGE, "s256", error("90184")),
            (CHALLENGE, "none", error("90184")),
            (&CHALLENGE[1..], "S256", error("90136")),
            (&format!("{CHALLENGE}="), "S256", error("90136")),
            ("short", "plain", error("90136")),
        ];
        for (challenge, method, expected) in cases {
            assert_eq!(read(challenge, method).err(), expected, "{challenge} {method}");
        }
    }

    #[test]
    fn only_the_right_verifier_redeems() {
        let s256 = read(CHALLENGE, "S256").expect("valid");
        let plain = read(VERIFIER, "plain").expect("valid");
        let cases = [
            ("S256", &s256, Some(VERIFIER), None),
            ("plain", &plain, Some(VERIFIER), None),
            ("neither", &None, None, None),
            ("no verifier", &s256, None, Some("AADB2C90183")),
            ("the challenge itself, as if it were plain", &s256, Some(CHALLENGE), Some("AADB2C90182")),
            ("another one", &s256, Some("aBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), Some("AADB2C90182")),
            ("too short", &s256, Some("dBjftJeZ4CVP"), Some("AADB2C90183")),
            ("stripped challenge", &None, Some(VERIFIER), Some("AADB2C90183")),
        ];
        for (what, challenge, verifier, expected) in cases {
            let found = Challenge::check(challenge.as_ref(), verifier).err();
            assert_eq!(found.as_ref().map(|p| p.reference()), expected, "{what}");
        }
    }
}
