//! Texts that must not be seen: client secrets, codes, tokens, hints.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::digest;

/// A text that is never printed and never compared byte by byte.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text. Whoever calls this is responsible for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether a presented text is this one. How long it takes tells nothing about either.
    pub fn matches(&self, presented: &str) -> bool {
        digest::equal(self.0.as_bytes(), presented.as_bytes())
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.matches(&other.0)
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn is_compared_but_not_printed() {
        let secret = Secret::new("correct horse");
        for (presented, expected) in
            [("correct horse", true), ("correct hors", false), ("correct horse ", false), ("", false)]
        {
            assert_eq!(secret.matches(presented), expected, "{presented:?}");
        }
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
