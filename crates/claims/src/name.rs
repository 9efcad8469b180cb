//! Identifiers of the policy language, which are the same whatever their case.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text;

/// An identifier: keeps its spelling, compares without regard to case. Cheap to clone.
#[derive(Clone)]
pub struct Name {
    spelling: Arc<str>,
    folded: Arc<str>,
}

impl Name {
    /// An identifier without the white space around it.
    pub fn new(text: &str) -> Self {
        let text = text.trim();
        let spelling: Arc<str> = text.into();
        let is_folded = text.chars().all(|c| fold(c) == c);
        let folded = if is_folded { spelling.clone() } else { text.chars().map(fold).collect::<String>().into() };
        Self { spelling, folded }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.spelling
    }

    /// The form that is compared: lower case.
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

/// Up and down again: letters that share an upper-case form end in the same place, as an ordinal comparison has it.
fn fold(c: char) -> char {
    text::lower(text::upper(c))
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded.cmp(&other.folded)
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.folded.chars().eq(other.trim().chars().map(fold))
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.spelling)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.spelling, f)
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.spelling)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_differ_in_case_at_most() {
        let seen: HashSet<Name> = ["Email", "eMAIL", " email ", "ÉCOLE", "école"].map(Name::new).into();
        assert_eq!(seen.len(), 2);
        assert_eq!(Name::new("Email"), "EMAIL");
        assert_ne!(Name::new("Email"), "Emails");
    }

    #[test]
    fn spelling_is_kept_through_json() {
        let name = Name::new(" ObjectId ");
        let json = serde_json::to_string(&name).expect("a name is a string");
        assert_eq!(json, "\"ObjectId\"");
        let back: Name = serde_json::from_str(&json).expect("what was written can be read");
        assert_eq!((back.as_str(), back.folded()), ("ObjectId", "objectid"));
    }
}
