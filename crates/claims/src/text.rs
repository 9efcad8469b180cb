//! Text comparison and case mapping as .NET does them, because policies were written against its rules.
//!
//! Both mappings are one character to one character and know no culture: `É` pairs with `é`, while `ß`, which has no
//! single upper-case partner, stays itself. The dotless and dotted `i` and the long `s` have no partner either.

/// One character, upper case.
pub fn upper(c: char) -> char {
    if matches!(c, '\u{131}' | '\u{17f}') { c } else { single(c, c.to_uppercase()) }
}

/// One character, lower case.
pub fn lower(c: char) -> char {
    if c == '\u{130}' { c } else { single(c, c.to_lowercase()) }
}

fn single(c: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

/// The text in upper case.
pub fn to_upper(text: &str) -> String {
    text.chars().map(upper).collect()
}

/// The text in lower case.
pub fn to_lower(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// Whether two texts differ in case at most.
pub fn eq_ignore_case(a: &str, b: &str) -> bool {
    a.chars().map(upper).eq(b.chars().map(upper))
}

/// How two texts are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Character by character.
    Ordinal,
    /// Character by character, case ignored.
    OrdinalIgnoreCase,
}

impl Comparison {
    /// The comparison that an `ignoreCase` setting asks for.
    pub fn ignoring_case(yes: bool) -> Self {
        if yes { Self::OrdinalIgnoreCase } else { Self::Ordinal }
    }

    /// Whether two texts are equal.
    pub fn equal(self, a: &str, b: &str) -> bool {
        match self {
            Self::Ordinal => a == b,
            Self::OrdinalIgnoreCase => eq_ignore_case(a, b),
        }
    }

    /// Whether `part` occurs in `whole`.
    pub fn contains(self, whole: &str, part: &str) -> bool {
        match self {
            Self::Ordinal => whole.contains(part),
            Self::OrdinalIgnoreCase => to_upper(whole).contains(&to_upper(part)),
        }
    }
}

/// The length in UTF-16 code units, which is what policies count.
pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_pairs_are_one_to_one() {
        for (a, b, equal) in [
            ("École", "éCOLE", true),
            ("straße", "STRASSE", false),
            ("ı", "I", false),
            ("İ", "i", false),
            ("ſ", "s", false),
            ("e\u{301}", "é", false),
            ("ПРИВЕТ", "привет", true),
            ("Σ", "ς", true),
        ] {
            assert_eq!(eq_ignore_case(a, b), equal, "{a} and {b}");
        }
        assert_eq!(to_upper("straße"), "STRAßE");
        assert_eq!(to_lower("ΟΔΟΣ"), "οδοσ", "no final sigma");
    }

    #[test]
    fn length_counts_utf16_units() {
        assert_eq!(utf16_len("a😀b"), 4);
    }
}
