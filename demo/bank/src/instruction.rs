//! What a person asks the bank to pay: the three fields of the form, read strictly, or a sentence for each that is wrong.

use crate::money::Money;

const LONGEST_PAYEE: usize = 70;
const ACCOUNT_LENGTH: std::ops::RangeInclusive<usize> = 8..=34;

/// Who shall be paid and how much. Exists only if every field is acceptable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Instruction {
    pub(crate) payee: String,
    pub(crate) account: String,
    pub(crate) amount: Money,
}

/// The sentences to show beside the fields that were not acceptable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldErrors {
    pub(crate) payee: Option<&'static str>,
    pub(crate) account: Option<&'static str>,
    pub(crate) amount: Option<&'static str>,
}

impl FieldErrors {
    /// The errors as (field id, sentence), in the order of the form.
    pub(crate) fn list(&self) -> Vec<(&'static str, &'static str)> {
        [("payee", self.payee), ("account", self.account), ("amount", self.amount)]
            .into_iter()
            .filter_map(|(field, error)| Some((field, error?)))
            .collect()
    }
}

impl Instruction {
    /// Reads the three fields as typed; all errors are reported together.
    pub(crate) fn parse(payee: &str, account: &str, amount: &str) -> Result<Self, FieldErrors> {
        match (parse_payee(payee), parse_account(account), Money::parse(amount)) {
            (Ok(payee), Ok(account), Ok(amount)) => Ok(Self { payee, account, amount }),
            (payee, account, amount) => {
                Err(FieldErrors { payee: payee.err(), account: account.err(), amount: amount.err() })
            }
        }
    }
}

/// The payee's name ends up in a text message and on pages of others: it must not be able to rearrange or extend them.
fn parse_payee(text: &str) -> Result<String, &'static str> {
    let name = text.trim_matches(' ');
    if name.is_empty() {
        return Err("Enter the payee's name.");
    }
    if name.chars().count() > LONGEST_PAYEE {
        return Err("Enter a payee name of at most 70 characters.");
    }
    if name.chars().any(is_invisible) {
        return Err("Enter the payee's name without line breaks or invisible characters.");
    }
    if name.contains("://") {
        return Err("Enter the payee's name, not a web address.");
    }
    Ok(name.to_owned())
}

/// Controls, line and paragraph separators, unusual spaces, and the format characters that reorder or hide text.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// Account numbers are stored as the bank compares them: no spaces, capital letters.
fn parse_account(text: &str) -> Result<String, &'static str> {
    let account: String = text.chars().filter(|c| *c != ' ').collect::<String>().to_ascii_uppercase();
    if account.is_empty() {
        return Err("Enter the account number.");
    }
    if !account.bytes().all(|b| b.is_ascii_alphanumeric()) || !ACCOUNT_LENGTH.contains(&account.len()) {
        return Err("Enter an account number of 8 to 34 letters and digits.");
    }
    Ok(account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_is_acceptable() {
        let read = Instruction::parse(" <b>Jo & Söns</b> ", "gb33 bukb 2020 1555 5555 55", "50")
            .expect("all three fields are acceptable");
        assert_eq!(read.payee, "<b>Jo & Söns</b>");
        assert_eq!(read.account, "GB33BUKB20201555555555");
        assert_eq!(read.amount.minor(), 5000);
    }

    #[test]
    fn reports_every_wrong_field_at_once() {
        let errors = Instruction::parse("", "12", "x").expect_err("all three are wrong");
        assert_eq!(errors.list().iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["payee", "account", "amount"]);
    }

    #[test]
    fn refuses_names_that_could_rewrite_a_message() {
        for name in ["a\nYour code is 1", "a\u{202E}b", "a\u{2066}b", "a\u{200B}b", "a\tb", "a\u{2028}b", "http://x.y"]
        {
            assert!(parse_payee(name).is_err(), "{name:?}");
        }
        assert!(parse_payee(&"ü".repeat(70)).is_ok());
        assert!(parse_payee(&"ü".repeat(71)).is_err());
    }
}
