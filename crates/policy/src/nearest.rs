//! "Did you mean": the declared name that looks most like a mistyped one.

use journeyman_claims::Name;

use crate::source::Span;

/// A declared name, and where it is declared.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    pub(crate) name: String,
    pub(crate) span: Span,
}

/// The most similar name, if any is similar enough to be meant: a third of its letters may differ.
pub(crate) fn nearest<'a>(wanted: &Name, declared: impl Iterator<Item = (&'a Name, Span)>) -> Option<Near> {
    let wanted = wanted.as_str().to_lowercase();
    let most = (wanted.chars().count() / 3).max(1);
    declared
        .filter(|(name, _)| name.as_str().len().abs_diff(wanted.len()) <= most)
        .map(|(name, span)| (strsim::damerau_levenshtein(&wanted, &name.as_str().to_lowercase()), name, span))
        .filter(|(distance, ..)| *distance <= most)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(_, name, span)| Near { name: name.as_str().to_owned(), span })
}

/// The most similar of a fixed set of words.
pub fn nearest_word<'a>(wanted: &str, words: &[&'a str]) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    let most = (wanted.chars().count() / 3).max(1);
    words
        .iter()
        .map(|word| (strsim::damerau_levenshtein(&wanted, &word.to_lowercase()), *word))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// The word that must be meant: one slip of the pen away, and the only one. Short words are a slip away from anything.
pub(crate) fn only_near_word<'a>(wanted: &str, words: &[&'a str]) -> Option<&'a str> {
    const SHORTEST: usize = 4;
    let slip = |word: &&&str| word.len() >= SHORTEST && strsim::damerau_levenshtein(wanted, word) == 1;
    let mut near = words.iter().filter(slip);
    near.next().copied().filter(|_| near.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn a_slip_is_recognised_and_a_stranger_is_not() {
        let span = Span { file: FileId(0), start: 0, end: 0 };
        let declared = [Name::new("email"), Name::new("givenName"), Name::new("objectId")];
        let near = |wanted: &str| nearest(&Name::new(wanted), declared.iter().map(|n| (n, span))).map(|near| near.name);
        assert_eq!(near("emial").as_deref(), Some("email"));
        assert_eq!(near("GivenNmae").as_deref(), Some("givenName"));
        assert_eq!(near("otp"), None);
        assert_eq!(nearest_word("SendClaim", &["GetClaims", "SendClaims"]), Some("SendClaims"));
        assert_eq!(nearest_word("x", &["SendClaims"]), None);
    }

    #[test]
    fn only_one_slip_to_only_one_word_decides() {
        assert_eq!(only_near_word("SendClaim", &["GetClaims", "SendClaims"]), Some("SendClaims"));
        assert_eq!(only_near_word("strnig", &["string", "long"]), Some("string"));
        assert_eq!(only_near_word("datTime", &["dateTime", "daTime"]), None);
        assert_eq!(only_near_word("in", &["int"]), None);
        assert_eq!(only_near_word("SndClams", &["SendClaims"]), None);
    }
}
