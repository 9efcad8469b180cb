//! `String.Format` as .NET has it, with texts as arguments.

use super::super::{Call, Env, TransformError};
use super::expressions;
use crate::text::utf16_len;

/// UTF-16 code units of a pattern, and of a text that a localized pattern gives.
pub(crate) const LONGEST_PATTERN: usize = 4_000;
/// Bytes of a text that a transformation makes.
const LONGEST_TEXT: usize = 1 << 18;
/// The widest field.
const WIDEST: usize = 1_000_000;

/// Formats the parameter `stringFormat`, in which expressions are resolved first. None if it inserts claims and none of
/// them has a value: a text with nothing but the pattern in it would pass for one.
pub(crate) fn claims(call: &Call<'_>, env: &Env<'_>, roles: &[&str]) -> Result<Option<String>, TransformError> {
    let pattern = call.need_parameter("stringFormat")?;
    let pattern = expressions::resolve_in_format(pattern, env);
    let texts: Vec<_> = roles.iter().map(|role| call.text(role)).collect();
    let arguments: Vec<_> = texts.iter().map(|text| text.as_deref()).collect();
    let formatted = format(&pattern, &arguments)?;
    let inserts_nothing = formatted.fields > 0 && arguments.iter().all(Option::is_none);
    Ok((!inserts_nothing).then_some(formatted.text))
}

/// What formatting gives.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Formatted {
    /// The text.
    pub(crate) text: String,
    /// How many places the pattern has for arguments.
    pub(crate) fields: usize,
}

/// Fills `{n}`, `{n,width}` and `{n:format}` in; the format is ignored, as it is for texts. A missing value inserts
/// nothing.
///
/// # Errors
/// The pattern is malformed or too long, names an argument that is not there, or gives too long a text.
pub(crate) fn format(pattern: &str, arguments: &[Option<&str>]) -> Result<Formatted, TransformError> {
    if utf16_len(pattern) > LONGEST_PATTERN {
        return Err(TransformError::runtime("the format is too long"));
    }
    let mut out = Formatted { text: String::new(), fields: 0 };
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        out.text.push_str(before);
        let (brace, after) = from.split_at(1);
        rest = match after.strip_prefix(brace) {
            Some(after) => {
                out.text.push_str(brace);
                after
            }
            None if brace == "{" => {
                let (field, after) = after.split_once('}').ok_or_else(malformed)?;
                out.fields += 1;
                insert(Field::parse(field)?, arguments, &mut out.text)?;
                after
            }
            None => return Err(malformed()),
        };
    }
    out.text.push_str(rest);
    Ok(out)
}

/// Why a pattern that inserts so many texts cannot be used, whatever the texts.
pub(crate) fn fault(pattern: &str, arguments: usize) -> Option<String> {
    format(&expressions::without(pattern), &vec![Some(""); arguments]).err().map(|why| why.to_string())
}

/// The text with every occurrence of a part replaced.
///
/// # Errors
/// The result would be longer than a transformation may make a text.
pub(crate) fn replace(text: &str, old: &str, new: &str) -> Result<String, TransformError> {
    // Found out before it is made: few characters in a policy could ask for a great deal of memory.
    let grows_by = text.matches(old).count().saturating_mul(new.len().saturating_sub(old.len()));
    if text.len().saturating_add(grows_by) > LONGEST_TEXT {
        return Err(TransformError::runtime("the result is too long"));
    }
    Ok(text.replace(old, new))
}

struct Field {
    index: usize,
    width: usize,
    left: bool,
}

impl Field {
    /// The inside of the braces: an index, a width after a comma, a format after a colon.
    fn parse(field: &str) -> Result<Self, TransformError> {
        let placed = field.split_once(':').map_or(field, |(placed, _)| placed);
        let (index, width) = placed.split_once(',').unwrap_or((placed, "0"));
        // White space may follow an index, not precede it.
        let index = digits(index.trim_end_matches(' '))?;
        let width = width.trim_matches(' ');
        let (left, width) = width.strip_prefix('-').map_or((false, width), |width| (true, width));
        Ok(Self { index, width: digits(width)?, left })
    }
}

fn digits(text: &str) -> Result<usize, TransformError> {
    let number = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    number.filter(|number| *number < WIDEST).ok_or_else(malformed)
}

fn insert(field: Field, arguments: &[Option<&str>], out: &mut String) -> Result<(), TransformError> {
    let argument = arguments.get(field.index);
    let text = argument.ok_or_else(|| TransformError::runtime("the format names a claim that is not there"))?;
    let text = text.unwrap_or_default();
    let padding = field.width.saturating_sub(utf16_len(text));
    if out.len() + text.len() + padding > LONGEST_TEXT {
        return Err(TransformError::runtime("the result is too long"));
    }
    let padding = " ".repeat(padding);
    let (first, second) = if field.left { (text, &*padding) } else { (&*padding, text) };
    out.push_str(first);
    out.push_str(second);
    Ok(())
}

fn malformed() -> TransformError {
    TransformError::runtime("the format is malformed")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formats_as_dotnet_does() {
        for (pattern, wanted) in [
            ("{0} and {1}", Some("a and b")),
            ("{{{0}}}", Some("{a}")),
            ("{{0}}", Some("{0}")),
            ("{0,3}|{1,-3}|", Some("  a|b  |")),
            ("{0 , -2 :x}|", Some("a |")),
            ("{2}.", Some(".")),
            ("{0:D6}", Some("a")),
            ("{3}", None),
            ("{", None),
            ("}", None),
            ("{}", None),
            ("{ 0}", None),
            ("{0", None),
            ("{name}", None),
            ("{0,x}", None),
            ("{0,1000000}", None),
            ("{0,999999}", None),
        ] {
            let formatted = format(pattern, &[Some("a"), Some("b"), None]).ok().map(|formatted| formatted.text);
            assert_eq!(formatted.as_deref(), wanted, "{pattern}");
        }
        assert!(format(&"x".repeat(4_001), &[]).is_err());
    }

    #[test]
    fn inserted_text_is_not_scanned_again() {
        let formatted = format("<{0}>", &[Some("{1}{")]).map(|formatted| formatted.text);
        assert_eq!(formatted.as_deref(), Ok("<{1}{>"));
    }

    proptest! {
        #[test]
        fn nothing_panics(pattern in "[{}0-2,:a -]{0,16}", argument in ".{0,4}") {
            let _ = format(&pattern, &[Some(&argument), None]);
        }
    }
}
