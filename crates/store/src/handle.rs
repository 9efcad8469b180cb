//! Unguessable names: what a browser or an application holds, and the store keeps only as a digest.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::entropy::Entropy;
use crate::error::Result;
use crate::seal::{Digest, sha256};

const BYTES: usize = 32;

/// 256 random bits in base64url: names a journey, a browser, a session, an authorization code or a refresh token.
///
/// Whoever holds it has what it names, so it is not printed, and a copy of the database does not contain it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Handle(String);

impl Handle {
    /// Draws a new one.
    pub fn random(entropy: &dyn Entropy) -> Result<Self> {
        let mut bytes = [0; BYTES];
        entropy.fill(&mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Reads one that came from outside; `None` if it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == BYTES).then(|| Self(text.to_owned()))
    }

    /// The text to hand out. Whoever calls this is responsible for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the store keeps instead. The value is random, so no key is needed to keep it from being guessed.
    pub(crate) fn digest(&self) -> Digest {
        sha256(&[&self.0])
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handle(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Handle;
    use crate::entropy::SystemEntropy;

    #[test]
    fn survives_the_wire_and_nothing_else_passes() {
        let handle = Handle::random(&SystemEntropy).expect("draws");
        assert_eq!(Handle::parse(handle.expose()), Some(handle.clone()));
        assert_ne!(handle, Handle::random(&SystemEntropy).expect("draws"));
        assert_eq!(format!("{handle:?}"), "Handle(…)");
        for wrong in ["", "abc", &handle.expose()[1..], &format!("{}=", handle.expose()), "../../../../etc/passwd"] {
            assert_eq!(Handle::parse(wrong), None, "{wrong}");
        }
    }
}
