//! Filling a mail's template, and showing the data of one that the sandbox does not have.

use serde_json::{Map, Value};

use crate::code::is_code;

/// What `{{name}}` is replaced with: HTML in a body, plain text in a subject.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Into {
    Html,
    Text,
}

/// The template with the values of `data` in it. A name without a value is empty, as at the providers; a condition or a
/// loop stays as it is, so that it is seen.
pub(crate) fn fill(template: &str, data: &Map<String, Value>, into: Into) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        let (before, from) = rest.split_at(start);
        filled.push_str(before);
        let (open, close) = if from.starts_with("{{{") { ("{{{", "}}}") } else { ("{{", "}}") };
        let Some(end) = from.find(close) else {
            rest = from;
            break;
        };
        let expression = from[open.len()..end].trim();
        match value_of(expression, data) {
            Some(value) if into == Into::Html && open == "{{" => filled.push_str(&escaped(&value)),
            Some(value) => filled.push_str(&value),
            None => {
                tracing::warn!("a mail template has an expression that the sandbox does not fill");
                filled.push_str(&from[..end + close.len()]);
            }
        }
        rest = &from[end + close.len()..];
    }
    filled.push_str(rest);
    filled
}

/// The value of `name`, `a.b`, `var:name` or `var:name:"default"`; nothing for any other expression.
fn value_of(expression: &str, data: &Map<String, Value>) -> Option<String> {
    let expression = expression.strip_prefix("var:").unwrap_or(expression);
    let (name, default) = expression.split_once(':').unwrap_or((expression, ""));
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    if name.is_empty() || !name.chars().all(plain) {
        return None;
    }
    let mut parts = name.split('.');
    let first = parts.next().and_then(|part| data.get(part));
    let value = parts.fold(first, |value, part| value?.get(part));
    Some(value.map_or_else(|| default.trim_matches('"').to_owned(), text_of))
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// What the inbox shows for a template that the sandbox does not have: its data, so that a code is always seen.
pub(crate) fn data_sheet(id: &str, data: &Map<String, Value>) -> String {
    let lines = data.iter().map(|(name, value)| format!("\n{name}: {}", text_of(value))).collect::<String>();
    format!("Template {id} is not in the sandbox. It was given:\n{lines}")
}

/// The first value that is a code as a whole.
pub(crate) fn code_in(data: &Map<String, Value>) -> Option<String> {
    data.values().map(text_of).find(|value| is_code(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn data() -> Map<String, Value> {
        let data = json!({"name": "Ann & <Bob>", "otp": "482913", "n": 5, "deep": {"er": "x"}});
        data.as_object().expect("an object").clone()
    }

    #[test]
    fn values_are_filled_in() {
        for (template, into, filled) in [
            ("Hello {{name}}!", Into::Html, "Hello Ann &amp; &lt;Bob&gt;!"),
            ("Hello {{{name}}}!", Into::Html, "Hello Ann & <Bob>!"),
            ("{{ name }}", Into::Text, "Ann & <Bob>"),
            ("{{n}} {{deep.er}}", Into::Html, "5 x"),
            ("{{var:otp}} {{var:gone:\"none\"}}", Into::Html, "482913 none"),
            ("[{{missing}}]", Into::Html, "[]"),
            ("{{#if otp}}yes{{/if}}", Into::Html, "{{#if otp}}yes{{/if}}"),
            ("open {{ end", Into::Html, "open {{ end"),
            ("", Into::Html, ""),
        ] {
            assert_eq!(fill(template, &data(), into), filled, "{template}");
        }
    }

    #[test]
    fn a_code_in_the_data_is_found() {
        assert_eq!(code_in(&data()).as_deref(), Some("482913"));
        assert!(data_sheet("d-1", &data()).contains("otp: 482913"));
    }
}
