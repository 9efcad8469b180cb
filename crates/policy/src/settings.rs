//! Values for the placeholders of a policy file: `{Settings:Name}` and `{{name}}`.
//!
//! They are put in while attributes and texts are read, before any id is known, so that ids and base references may
//! hold them, and so that spans still fit the file on disk.

use std::fmt::Write as _;

use indexmap::IndexMap;
use journeyman_claims::Name;
use serde::{Deserialize, Serialize};

/// Values by name; names compare without case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    values: IndexMap<Name, String>,
}

impl Settings {
    /// Sets a value; the last one wins.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(Name::new(name), value.into());
    }

    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(&Name::new(name)).map(String::as_str)
    }

    /// Every name, in the order set.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.values.keys()
    }

    /// A text form that is the same for the same settings, whatever order they were set in: part of a digest.
    pub(crate) fn canonical(&self) -> String {
        let mut pairs: Vec<_> = self.values.iter().map(|(name, value)| (name.as_str().to_lowercase(), value)).collect();
        pairs.sort();
        let mut text = String::new();
        for (name, value) in pairs {
            writeln!(text, "{}:{name}={}:{value}", name.len(), value.len()).expect("writing to a string cannot fail");
        }
        text
    }

    /// Puts the values in. Placeholders without a value stay as they are and are returned.
    pub(crate) fn fill(&self, text: &str) -> (String, Vec<String>) {
        let mut filled = String::with_capacity(text.len());
        let mut missing = Vec::new();
        let mut rest = text;
        while let Some((before, placeholder)) = next_placeholder(rest) {
            filled.push_str(before);
            match self.get(placeholder.name) {
                Some(value) => filled.push_str(value),
                None => {
                    filled.push_str(placeholder.written);
                    missing.push(placeholder.name.to_owned());
                }
            }
            rest = &rest[before.len() + placeholder.written.len()..];
        }
        filled.push_str(rest);
        (filled, missing)
    }
}

/// The placeholders in a text as they are written, in their order.
pub fn placeholders(mut text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    while let Some((before, placeholder)) = next_placeholder(text) {
        found.push(placeholder.written);
        text = &text[before.len() + placeholder.written.len()..];
    }
    found
}

/// Whether a text holds a placeholder, filled or not.
pub fn has_placeholder(text: &str) -> bool {
    next_placeholder(text).is_some()
}

/// What the author of a sample left for others to fill in, in a text that should be an address: `{your-url}`, `@url@`,
/// `<url>`, `#{url}#`, `YOUR-URL`, or a host of blanks. No setting replaces it.
pub fn author_placeholder(text: &str) -> Option<&str> {
    const BRACKETS: &[(&str, &str)] = &[("#{", "}#"), ("{", "}"), ("<", ">"), ("@", "@"), ("[", "]"), ("__", "__")];
    let plain = |inside: &str| {
        let ordinary = |c: char| c.is_alphanumeric() || "._- ".contains(c);
        inside.chars().any(char::is_alphabetic) && inside.chars().all(ordinary)
    };
    let bracketed = BRACKETS.iter().find_map(|(open, close)| {
        let start = text.find(open)?;
        let length = text[start + open.len()..].find(close)?;
        let inside = &text[start + open.len()..start + open.len() + length];
        plain(inside).then(|| &text[start..start + open.len() + length + close.len()])
    });
    let named = || {
        let start = text.to_ascii_lowercase().find("your")?;
        let length = text[start..].find(|c: char| !c.is_alphanumeric() && !"._-".contains(c));
        Some(&text[start..start + length.unwrap_or(text.len() - start)])
    };
    let blank =
        || text.split_once("://").is_some_and(|(_, host)| host.starts_with(char::is_whitespace)).then_some(text);
    bracketed.or_else(named).or_else(blank)
}

struct Placeholder<'a> {
    written: &'a str,
    name: &'a str,
}

/// What stands before the first placeholder, and that placeholder.
fn next_placeholder(text: &str) -> Option<(&str, Placeholder<'_>)> {
    const SETTINGS: &str = "{settings:";
    for (at, _) in text.match_indices('{') {
        let tail = &text[at..];
        let (open, close) = if tail.starts_with("{{") {
            ("{{", "}}")
        } else if tail.get(..SETTINGS.len()).is_some_and(|head| head.eq_ignore_ascii_case(SETTINGS)) {
            (SETTINGS, "}")
        } else {
            continue;
        };
        let Some(end) = tail[open.len()..].find(close) else { continue };
        let name = tail[open.len()..open.len() + end].trim();
        if name.starts_with(|c: char| !c.is_ascii_digit())
            && name.chars().all(|c| c.is_alphanumeric() || "._- ".contains(c))
        {
            return Some((&text[..at], Placeholder { written: &tail[..open.len() + end + close.len()], name }));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_author_left_to_fill_in() {
        for (text, left) in [
            ("{your-api-url}api/x", Some("{your-api-url}")),
            ("{your_app_service_url}/api", Some("{your_app_service_url}")),
            ("@cloud_url@api/v1", Some("@cloud_url@")),
            ("#{ApiUrl}#/x", Some("#{ApiUrl}#")),
            ("<your tenant>/x", Some("<your tenant>")),
            ("YOUR-APP.azurewebsites.net/x", Some("YOUR-APP.azurewebsites.net")),
            ("https://      /passhash", Some("https://      /passhash")),
            ("api/x", None),
            ("{0}/{1}", None),
            ("a@b.example", None),
        ] {
            assert_eq!(author_placeholder(text), left, "{text}");
        }
    }

    #[test]
    fn a_format_is_no_placeholder() {
        assert_eq!(filled("{{0}} {{1,5}}"), ("{{0}} {{1,5}}".to_owned(), vec![]));
    }

    fn filled(text: &str) -> (String, Vec<String>) {
        let mut settings = Settings::default();
        settings.set("Tenant", "contoso.onmicrosoft.com");
        settings.set("region", "eu");
        settings.fill(text)
    }

    #[test]
    fn both_forms_are_filled_without_regard_to_case() {
        assert_eq!(filled("http://{Settings:tenant}/x").0, "http://contoso.onmicrosoft.com/x");
        assert_eq!(filled("a{{ Region }}b{settings:Tenant}").0, "aeubcontoso.onmicrosoft.com");
    }

    #[test]
    fn what_has_no_value_stays_and_is_named() {
        let (text, missing) = filled("{Settings:Key}-{{region}}-{{other}}");
        assert_eq!(text, "{Settings:Key}-eu-{{other}}");
        assert_eq!(missing, ["Key", "other"]);
    }

    #[test]
    fn placeholders_are_named_as_they_are_written() {
        assert_eq!(placeholders("{Settings:Key}-{{ region }}-{OIDC:ClientId}"), ["{Settings:Key}", "{{ region }}"]);
    }

    #[test]
    fn claim_resolvers_and_json_are_no_placeholders() {
        for text in ["{Claim:email}", "{OIDC:ClientId}", r#"{"a":{"b":1}}"#, "{{}}", "{Settings:", "{{unclosed}", "ü{"]
        {
            assert_eq!(filled(text), (text.to_owned(), vec![]), "{text}");
        }
    }
}
