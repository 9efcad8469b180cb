//! Telephone numbers: from what people type to a plus sign, the country code and digits, and back into parts.
//!
//! The format is checked, not whether the number is assigned: numbers that a strict test would refuse, such as those of
//! test accounts, are valid claims.

use phonenumber::PhoneNumber;
use phonenumber::country::{Id, Source};
use phonenumber::metadata::{DATABASE, Metadata};

/// Characters of what people type; longer texts are no numbers.
const LONGEST: usize = 64;

/// A number in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// The country's calling code, without the plus sign.
    pub calling_code: u16,
    /// The digits that follow it.
    pub national: String,
    /// The country's two letters (ISO 3166), where the number tells.
    pub country: Option<String>,
}

/// The text is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is not a telephone number with a country code")]
pub struct PhoneError;

impl Phone {
    /// Reads an international number, or a national one of the given country (two letters).
    ///
    /// # Errors
    /// The text is no number, or has no country code and no country is given.
    pub fn parse(text: &str, country: Option<&str>) -> Result<Self, PhoneError> {
        let digits = compact(text).ok_or(PhoneError)?;
        let home = match country.map(str::trim).filter(|code| !code.is_empty()) {
            Some(code) => Some(known_country(&code.to_ascii_uppercase()).ok_or(PhoneError)?),
            None if digits.starts_with('+') => None,
            None => return Err(PhoneError),
        };
        let number = phonenumber::parse(home, &digits).map_err(|_| PhoneError)?;
        let calling_code = number.code().value();
        let country = number.country().id().map(|id| id.as_ref().to_owned()).or_else(|| main_country(calling_code));
        Ok(Self { calling_code, national: national(&number, &digits), country })
    }

    /// A plus sign, the country code and digits.
    pub fn to_e164(&self) -> String {
        format!("+{}{}", self.calling_code, self.national)
    }
}

fn known_country(code: &str) -> Option<Id> {
    DATABASE.by_id(code)?;
    code.parse().ok()
}

/// The digits after the calling code.
///
/// The library takes a national prefix or the calling code off wherever the digits begin like one, and a prefix of one
/// digit even twice. It is one only if what is left can be a number: the 1 of `123-456-7890` and the 8 of `+7 800…` are
/// none.
fn national(number: &PhoneNumber, digits: &str) -> String {
    let parsed = number.national();
    let stripped = format!("{}{}", "0".repeat(parsed.zeros().into()), parsed.value());
    let code = number.code();
    let typed = match code.source() {
        Source::Plus => digits.strip_prefix('+').and_then(|digits| digits.strip_prefix(&code.value().to_string())),
        Source::Default | Source::Number => Some(digits),
        Source::Idd => None,
    };
    let Some(typed) = typed.filter(|typed| *typed != stripped) else { return stripped };
    let countries = DATABASE.by_code(&code.value()).unwrap_or_default();
    let viable = |text: &str| countries.iter().any(|country| is_viable(country, text));
    let prefixes = countries.iter().filter_map(|country| country.national_prefix());
    let once = prefixes.filter_map(|prefix| typed.strip_prefix(prefix));
    let mut candidates = std::iter::once(stripped.as_str()).chain(once);
    let is_number = |text: &&str| {
        let possible = countries.iter().any(|country| is_possible_length(country, text.len()));
        possible && (viable(text) || !viable(typed))
    };
    candidates.find(is_number).unwrap_or(typed).to_owned()
}

/// Whether the digits have the form of the country's numbers.
fn is_viable(country: &Metadata, digits: &str) -> bool {
    let found = country.descriptors().general().national_number().find(digits);
    found.is_some_and(|found| found.range() == (0..digits.len()))
}

/// Whether some kind of the country's numbers has this length.
fn is_possible_length(country: &Metadata, length: usize) -> bool {
    let kinds = country.descriptors();
    let kinds = [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.toll_free(),
        kinds.premium_rate(),
        kinds.shared_cost(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.pager(),
        kinds.uan(),
        kinds.voicemail(),
    ];
    kinds.iter().flatten().any(|kind| kind.possible_length().iter().any(|possible| usize::from(*possible) == length))
}

/// The country that stands for a calling code which several share.
fn main_country(calling_code: u16) -> Option<String> {
    let regions = DATABASE.region(&calling_code)?;
    regions.first().map(|region| (*region).to_owned())
}

/// The digits with their plus sign, separators dropped; none if anything else is in the text.
pub fn compact(text: &str) -> Option<String> {
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => digits.push(c),
            ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{2010}' | '\u{2011}' | '\t' => {}
            _ => return None,
        }
    }
    let has_digit = digits.ends_with(|c: char| c.is_ascii_digit());
    (has_digit && digits.len() <= LONGEST).then_some(digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_brought_into_one_form() {
        for (text, country, wanted) in [
            ("033 456-7890", Some("DK"), Some("+450334567890")),
            ("+1 (123) 456-7890", None, Some("+11234567890")),
            ("123-456-7890", Some("us"), Some("+11234567890")),
            ("1 (425) 555-0100", Some("US"), Some("+14255550100")),
            ("+44 7400 123456", Some("US"), Some("+447400123456")),
            ("+44 (0)7400 123456", None, Some("+447400123456")),
            ("07400 123456", Some("GB"), Some("+447400123456")),
            ("+7 800 555-35-35", None, Some("+78005553535")),
            ("8 800 555-35-35", Some("RU"), Some("+78005553535")),
            ("+39 02 1234 5678", None, Some("+390212345678")),
            ("0049 171 1234567", Some("FR"), Some("+491711234567")),
            ("0171 1234567", Some("DE"), Some("+491711234567")),
            ("123-456-7890", None, None),
            ("bob@contoso.com", Some("US"), None),
            ("", Some("US"), None),
            ("+", None, None),
            ("+1 425 555 0100", Some("Atlantis"), None),
            ("1-800-FLOWERS", Some("US"), None),
        ] {
            let parsed = Phone::parse(text, country).ok().map(|phone| phone.to_e164());
            assert_eq!(parsed.as_deref(), wanted, "{text} in {country:?}");
        }
    }

    #[test]
    fn the_country_is_told() {
        for (text, national, country) in [
            ("+49 (123) 456-7890", "1234567890", "DE"),
            ("+44 7400 123456", "7400123456", "GB"),
            ("+1 425 555 0100", "4255550100", "US"),
            ("+1 416 555 0100", "4165550100", "CA"),
        ] {
            let phone = Phone::parse(text, None).expect("a number");
            assert_eq!((phone.national.as_str(), phone.country.as_deref()), (national, Some(country)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[+]?[-0-9 ().#;=a-z]{0,24}", country in "[A-Za-z]{0,3}") {
            let _ = Phone::parse(&text, None);
            let _ = Phone::parse(&text, Some(&country));
        }
    }
}
