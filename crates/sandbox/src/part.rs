//! Walking through the JSON of a mail request and naming what is wrong with it, with the path to the place.

use serde_json::{Map, Value};

/// A part of the request, and where it stands: `personalizations.0.to.0.email`.
#[derive(Clone)]
pub(crate) struct Part<'a> {
    pub(crate) path: String,
    pub(crate) value: &'a Value,
}

impl<'a> Part<'a> {
    pub(crate) fn root(value: &'a Value) -> Self {
        Self { path: String::new(), value }
    }

    /// The property of that name, unless it is absent or null.
    pub(crate) fn get(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(Self { path: self.path_to(name), value })
    }

    /// Where the property of that name stands or would stand.
    pub(crate) fn path_to(&self, name: impl std::fmt::Display) -> String {
        if self.path.is_empty() { name.to_string() } else { format!("{}.{name}", self.path) }
    }

    /// The items of a list; of anything else, none.
    pub(crate) fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().map_or(&[][..], Vec::as_slice);
        items.iter().enumerate().map(|(index, value)| Self { path: self.path_to(index), value }).collect()
    }

    /// The items of the list of that name.
    pub(crate) fn list(&self, name: &str) -> Vec<Self> {
        self.get(name).map_or_else(Vec::new, |part| part.items())
    }

    /// The text of that name.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.value.as_str()
    }

    /// The properties of the object of that name.
    pub(crate) fn object(&self, name: &str) -> Option<&'a Map<String, Value>> {
        self.get(name)?.value.as_object()
    }
}

/// Whether this can be a mail address: enough to catch a claim that was not filled in, not more.
pub(crate) fn is_email(text: &str) -> bool {
    let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>,;\"".contains(c));
    plain
        && text.len() <= 254
        && text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && !domain.contains('@')
                && domain.split('.').count() > 1
                && !domain.split('.').any(str::is_empty)
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn addresses_need_a_name_and_a_domain() {
        for (text, valid) in [
            ("ann@example.com", true),
            ("ann+tag@mail.example.com", true),
            ("ann", false),
            ("@example.com", false),
            ("ann@example", false),
            ("ann@.com", false),
            ("a@b@example.com", false),
            ("Ann <ann@example.com>", false),
            ("", false),
        ] {
            assert_eq!(is_email(text), valid, "{text}");
        }
    }

    #[test]
    fn parts_know_where_they_stand() {
        let request = json!({"a": [{"b": "x"}, {"b": null}]});
        let items = Part::root(&request).list("a");
        assert_eq!(items[0].get("b").map(|part| part.path), Some("a.0.b".to_owned()));
        assert!(items[1].get("b").is_none());
    }
}
