//! Finding the code in a message, for the button that copies it.

/// Codes have this many digits.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=10;

/// The first word of the text that can be a code: four to ten digits and nothing else, apart from punctuation around them.
/// An amount, a year after a copyright sign, a phone number, a date and part of an address are none.
pub(crate) fn first_code(text: &str) -> Option<&str> {
    let mut before = "";
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_matches(|c: char| ".,;:!?()[]{}<>*_\"'“”„‘’‚«»=–—-".contains(c));
        // `G-123456` and `code:123456` are codes with a label.
        let digits = bare.rsplit(['-', ':', '=']).next().unwrap_or(bare);
        let label = &bare[..bare.len() - digits.len()];
        if is_code(digits) && !label.contains(|c: char| c.is_ascii_digit()) && !is_label_of_money_or_year(before) {
            let after = words.peek().copied().unwrap_or_default();
            if !is_currency(after) {
                return Some(digits);
            }
        }
        before = word;
    }
    None
}

/// Whether the whole text is a code.
pub(crate) fn is_code(text: &str) -> bool {
    LENGTH.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_label_of_money_or_year(word: &str) -> bool {
    is_currency(word) || matches!(word.to_ascii_lowercase().as_str(), "©" | "(c)" | "copyright" | "&copy;")
}

fn is_currency(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| ".,;:!?()".contains(c));
    matches!(bare, "€" | "£" | "$" | "¥" | "EUR" | "GBP" | "USD" | "CHF" | "SEK" | "NOK" | "DKK" | "PLN" | "JPY")
}

#[cfg(test)]
mod tests {
    use super::first_code;

    #[test]
    fn the_first_plausible_code_is_found() {
        for (text, code) in [
            ("Your code is 482913.", Some("482913")),
            ("482913 is your code, valid for 10 minutes", Some("482913")),
            ("Code: 4829, then press 12345", Some("4829")),
            ("code:482913", Some("482913")),
            ("Google: G-482913 is your code", Some("482913")),
            ("<#> Your code is: 482913 He42w354ol9", Some("482913")),
            ("Transfer of 5000 EUR, code 482913", Some("482913")),
            ("Transfer of £ 5000, code 482913", Some("482913")),
            ("Transfer of 1234.50, code 482913", Some("482913")),
            ("© 2026 Contoso. Code 482913", Some("482913")),
            ("Call +447700900123 or type 482913", Some("482913")),
            ("On 2026-11-24 user12345@example.com asked for 482913", Some("482913")),
            ("https://example.com/123456 then 482913", Some("482913")),
            ("Der Code lautet „482913“", Some("482913")),
            ("Your number 123", None),
            ("12345678901", None),
            ("", None),
        ] {
            assert_eq!(first_code(text), code, "{text}");
        }
    }
}
