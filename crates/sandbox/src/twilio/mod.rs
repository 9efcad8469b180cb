//! What Twilio's APIs have in common: accounts, forms, identifiers, times and errors.

mod auth;
mod error;
mod form;
pub(crate) mod messages;
mod segments;
pub(crate) mod verify;

use jiff::Timestamp;

pub(crate) use self::{auth::Account, error::TwilioError, form::Form};

/// A fresh identifier: two letters that say of what, and 32 hexadecimal digits.
fn new_sid(prefix: &str) -> String {
    format!("{prefix}{:032x}", rand::random::<u128>())
}

/// Whether this is an identifier of that kind.
fn is_sid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Strict E.164: a plus and up to fifteen digits, without spaces. A plus that arrived as a space was not encoded by the
/// caller, and is not repaired.
fn is_phone_number(text: &str) -> bool {
    if text.starts_with(' ') {
        tracing::warn!("a phone number begins with a space: its plus was not sent as %2B");
    }
    text.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A time as Verify writes it.
fn iso_8601(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A time as Messages writes it.
fn rfc_2822(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_are_strict() {
        for (text, valid) in [
            ("+447700900123", true),
            ("+15005550006", true),
            (" 447700900123", false),
            ("447700900123", false),
            ("+44 7700 900123", false),
            ("+0447700900123", false),
            ("+1234567890123456", false),
            ("+4", false),
            ("+", false),
            ("", false),
        ] {
            assert_eq!(is_phone_number(text), valid, "{text:?}");
        }
    }

    #[test]
    fn identifiers_have_their_kind() {
        assert!(is_sid(&new_sid("VE"), "VE"));
        assert!(!is_sid(&new_sid("AC"), "VA"));
        assert!(!is_sid("VA123", "VA"));
    }

    #[test]
    fn times_are_written_both_ways() {
        let time: Timestamp = "2023-08-24T05:01:45.9Z".parse().expect("a time");
        assert_eq!(iso_8601(time), "2023-08-24T05:01:45Z");
        assert_eq!(rfc_2822(time), "Thu, 24 Aug 2023 05:01:45 +0000");
    }
}
