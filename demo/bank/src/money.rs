//! Amounts as whole minor units, read from what people type and written in one way only.

use std::fmt;

/// The most that one payment may move: 1,000,000.00.
const LARGEST_MINOR: i64 = 100_000_000;

/// A positive amount in minor units (pence), of a currency with two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Money(i64);

impl Money {
    /// Reads an amount that a person typed. The error is the sentence to show.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("Enter an amount.");
        }
        if text.contains(',') {
            return Err("Enter the amount without commas, with a full stop before the pence, for example 1000.00.");
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "00"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return Err("Enter the amount as a number, for example 50.00.");
        }
        if fraction.len() > 2 {
            return Err("Enter the amount with at most two decimals, for example 50.00.");
        }
        let minor = format!("{whole}{fraction:0<2}");
        // Too long for the integer is also too large for a payment.
        let minor = minor.parse::<i64>().unwrap_or(i64::MAX);
        Self::from_minor(minor)
    }

    /// An amount from minor units. The error is the sentence to show.
    pub(crate) fn from_minor(minor: i64) -> Result<Self, &'static str> {
        match minor {
            ..=0 => Err("Enter an amount greater than zero."),
            1..=LARGEST_MINOR => Ok(Self(minor)),
            _ => Err("Enter an amount of at most 1000000.00."),
        }
    }

    /// The amount in minor units.
    pub(crate) fn minor(self) -> i64 {
        self.0
    }

    /// The one rendering of an amount with its currency: on pages, in hints, in the comparison of tokens.
    pub(crate) fn with_currency(self, currency: &str) -> String {
        format!("{self} {currency}")
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_and_decimal_amounts() {
        for (text, minor) in [("50", 5000), ("50.0", 5000), (" 0.01 ", 1), ("007.5", 750), ("1000000.00", 100_000_000)]
        {
            assert_eq!(Money::parse(text).map(Money::minor), Ok(minor), "{text}");
        }
    }

    #[test]
    fn refuses_everything_ambiguous() {
        for text in [
            "",
            "0",
            "0.00",
            "-1",
            "+1",
            "1.000,00",
            "1,000.00",
            "1.005",
            "5O",
            "1e3",
            ".5",
            "5.",
            "٥",
            "1 000",
            "1000000.01",
            "99999999999999999999999",
            "£5",
        ] {
            assert!(Money::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_thousands_separators() {
        assert!(Money::parse("1.000,00").is_err_and(|sentence| sentence.contains("without commas")));
    }

    #[test]
    fn has_one_rendering() {
        assert_eq!(Money::parse("50").map(|money| money.with_currency("GBP")), Ok("50.00 GBP".to_owned()));
    }
}
