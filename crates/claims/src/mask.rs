//! Masks: how a claim is shown on a page when its whole value must not be.

use crate::pattern::{Pattern, PatternError};

/// How a claim is hidden in part. The claim itself is untouched.
#[derive(Clone, Debug, PartialEq)]
pub enum Mask {
    /// A text that lies over the leading characters, one for one.
    Simple(String),
    /// Every occurrence of a pattern is replaced.
    Regex {
        /// What is hidden.
        pattern: Pattern,
        /// What is shown in its place.
        replacement: String,
    },
}

impl Mask {
    /// A mask by pattern.
    ///
    /// # Errors
    /// The pattern cannot be used.
    pub fn regex(pattern: &str, replacement: &str) -> Result<Self, PatternError> {
        Ok(Self::Regex { pattern: Pattern::new(pattern)?, replacement: replacement.to_owned() })
    }

    /// The text as it may be shown. Where the pattern cannot be searched within its limits, nothing of it is.
    pub fn apply(&self, text: &str) -> String {
        match self {
            Self::Simple(cover) => cover.chars().chain(text.chars().skip(cover.chars().count())).collect(),
            Self::Regex { pattern, replacement } => match pattern.replace_all(text, replacement) {
                Ok(shown) => shown.into_owned(),
                Err(_) => "*".repeat(text.chars().count()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_masks_cover_the_beginning() {
        let mask = Mask::Simple("XXX-XXX-".into());
        assert_eq!(mask.apply("425-555-0100"), "XXX-XXX-0100");
        assert_eq!(mask.apply("425"), "XXX-XXX-", "a short value is covered whole");
        assert_eq!(Mask::Simple("**".into()).apply("Zoë"), "**ë");
    }

    #[test]
    fn pattern_masks_replace() {
        let mask = Mask::regex("(?<=.).(?=.*@)", "*").expect("a valid pattern");
        assert_eq!(mask.apply("emily@contoso.com"), "e****@contoso.com");
        let digits = Mask::regex(r"\d(?=\d{4})", "•").expect("a valid pattern");
        assert_eq!(digits.apply("+14255550100"), "+•••••••0100");
    }

    #[test]
    fn a_pattern_that_runs_away_shows_nothing() {
        let mask = Mask::regex(r"^(?:(a+)\1?)+$", "*").expect("a valid pattern");
        let text = format!("{}!", "a".repeat(5_000));
        assert_eq!(mask.apply(&text), "*".repeat(5_001));
    }
}
