//! What a text or an attribute may say.

/// What a value must look like.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Any text.
    Text,
    /// `true` or `false`, or the digits for them.
    Boolean,
    /// A whole number that is not negative, of at most 31 bits.
    Number,
    /// One of some words, in exactly this case.
    Words(&'static Words),
    /// A text of some form.
    Form(&'static Form),
}

/// A fixed vocabulary.
#[derive(Debug)]
pub struct Words {
    /// What each of them is: "data type".
    pub what: &'static str,
    /// The words.
    pub words: &'static [&'static str],
}

/// A text that must have some form.
#[derive(Debug)]
pub struct Form {
    /// What it is: "language tag".
    pub what: &'static str,
    /// One that is right, to show.
    pub example: &'static str,
    /// Whether a text has it.
    pub accepts: fn(&str) -> bool,
}

/// What a boolean is written as.
pub(super) const BOOLEANS: &[&str] = &["true", "false", "1", "0"];

impl Type {
    /// Whether a value is one of this type.
    pub fn accepts(&self, value: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Boolean => BOOLEANS.contains(&collapsed(value)),
            Self::Number => is_number(collapsed(value)),
            Self::Words(words) => words.words.contains(&value),
            Self::Form(form) => (form.accepts)(value),
        }
    }

    /// The words that a value may be, where they are few.
    pub fn words(&self) -> &'static [&'static str] {
        match self {
            Self::Boolean => BOOLEANS,
            Self::Words(words) => words.words,
            Self::Text | Self::Number | Self::Form(_) => &[],
        }
    }
}

/// The blanks around a number or a boolean mean nothing.
fn collapsed(value: &str) -> &str {
    value.trim_matches([' ', '\t', '\r', '\n'])
}

fn is_number(value: &str) -> bool {
    value.parse::<i32>().is_ok_and(|number| number >= 0)
}

/// `en`, `pt-BR`, `zh-Hans-CN`: a language, then at most two parts that narrow it down.
pub(super) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let narrow: Vec<_> = parts.collect();
    (1..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && narrow.len() <= 2
        && narrow.iter().all(|part| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Letters, digits, `_`, `-` and `.`, the last of which may not end it.
pub(super) fn is_policy_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    !text.is_empty() && !text.ends_with('.') && text.bytes().all(allowed)
}

/// As [`is_policy_id`], with braces for what varies.
pub(super) fn is_policy_id_pattern(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.{}".contains(&byte);
    !text.is_empty() && !text.ends_with('.') && text.bytes().all(allowed)
}

/// Digits with dots between, one digit each.
fn is_version(text: &str, parts: usize) -> bool {
    text.split('.').count() == parts
        && text.split('.').all(|part| part.len() == 1 && part.as_bytes()[0].is_ascii_digit())
}

pub(super) fn is_schema_version(text: &str) -> bool {
    is_version(text, 4)
}

pub(super) fn is_telemetry_version(text: &str) -> bool {
    is_version(text, 3)
}

pub(super) fn is_guid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

pub(super) fn is_short_text(text: &str) -> bool {
    (1..=256).contains(&text.chars().count())
}

pub(super) fn is_not_empty(text: &str) -> bool {
    !text.is_empty()
}

/// An address of a page, `~/…` for a built-in one, or the name of a page: `urn:…`.
pub(super) fn is_page_address(text: &str) -> bool {
    is_page_name(text)
        || ["http://", "https://", "~/"].iter().any(|start| text.strip_prefix(start).is_some_and(is_path))
}

/// Parts between single slashes, none of them empty but that a slash may end it.
fn is_path(text: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || ".,@?^=%&:~+#-_$!’();".contains(c);
    let path = text.strip_suffix('/').unwrap_or(text);
    path.split('/').all(|part| !part.is_empty() && part.chars().all(allowed))
}

fn is_page_name(text: &str) -> bool {
    let Some((space, name)) = text.strip_prefix("urn:").and_then(|rest| rest.split_once(':')) else { return false };
    let small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let in_space = |byte: u8| small(byte) || byte == b'-';
    let in_name = |byte: u8| small(byte) || b"()+,/-.:=@;$_!*'%?#".contains(&byte);
    (1..=32).contains(&space.len())
        && !space.starts_with('-')
        && space.bytes().all(in_space)
        && !name.is_empty()
        && name.bytes().all(in_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_tell_right_from_wrong() {
        type Case = (fn(&str) -> bool, &'static [&'static str], &'static [&'static str]);
        const CASES: &[Case] = &[
            (
                is_language,
                &["en", "pt-BR", "zh-hans-CN", "x"],
                &["", "EN", "en-", "en-a", "english", "en-US-a1-b2", "en_US"],
            ),
            (is_policy_id, &["B2C_1A_Base", "a.b-c"], &["", "a.", "a b", "{x}"]),
            (is_policy_id_pattern, &["B2C_1A_{x}"], &["", "a.", "a b"]),
            (is_schema_version, &["0.3.0.0"], &["0.3.0", "0.3.0.0.0", "0.3.0.00", "0.3.0.", "a.b.c.d"]),
            (is_telemetry_version, &["1.0.0"], &["1.0", "1.0.0.0"]),
            (is_guid, &["00000000-0000-0000-0000-0000000000aB"], &["", "0000000-00000-0000-0000-000000000000", "x"]),
            (is_short_text, &["a"], &[""]),
            (
                is_page_address,
                &[
                    "~/common/default_page_error.html",
                    "https://contoso.com/a/",
                    "http://x?y=z",
                    "urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.1.26",
                ],
                &[
                    "",
                    "~/",
                    "https://contoso.com//a",
                    "https://{x}/a",
                    "ftp://a",
                    "urn:com",
                    "urn:Com:a",
                    "urn:com:A",
                    "a/b",
                ],
            ),
        ];
        for (accepts, right, wrong) in CASES {
            for text in *right {
                assert!(accepts(text), "{text}");
            }
            for text in *wrong {
                assert!(!accepts(text), "{text}");
            }
        }
    }

    #[test]
    fn numbers_and_booleans_may_have_blanks_around_them() {
        for (value, number, boolean) in [
            ("1", true, true),
            (" 0\n", true, true),
            ("+5", true, false),
            ("true ", false, true),
            ("True", false, false),
            ("2147483648", false, false),
            ("-1", false, false),
            ("", false, false),
        ] {
            assert_eq!(Type::Number.accepts(value), number, "{value}");
            assert_eq!(Type::Boolean.accepts(value), boolean, "{value}");
        }
    }
}
