//! The claims of one journey: what transformations, pages and providers read and write.

use std::fmt;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{ClaimValue, Name};

/// What a recording holds in place of a secret.
pub const STAND_IN: &str = "[secret]";

/// A value, and whether it must stay out of logs, recordings and traces.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The value.
    pub value: ClaimValue,
    /// Passwords, one-time codes, tokens, and what was derived from them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.secret { f.write_str(STAND_IN) } else { self.value.fmt(f) }
    }
}

/// Claims by name, in the order in which they first appeared. A claim without a value is not in the bag.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bag {
    claims: IndexMap<Name, Claim>,
}

impl Bag {
    /// An empty bag.
    pub fn new() -> Self {
        Self::default()
    }

    /// A claim's value.
    pub fn get(&self, name: &Name) -> Option<&ClaimValue> {
        self.entry(name).map(|claim| &claim.value)
    }

    /// A claim's value with its mark.
    pub fn entry(&self, name: &Name) -> Option<&Claim> {
        self.claims.get(name)
    }

    /// Whether the claim has a value.
    pub fn contains(&self, name: &Name) -> bool {
        self.claims.contains_key(name)
    }

    /// Sets a claim. The spelling that it first had is kept; a mark as secret belongs to the old value and goes with it.
    pub fn set(&mut self, name: Name, value: ClaimValue) {
        self.put(name, Claim { value, secret: false });
    }

    /// Sets a claim whose value must stay out of logs and recordings.
    pub fn set_secret(&mut self, name: Name, value: ClaimValue) {
        self.put(name, Claim { value, secret: true });
    }

    /// Sets a claim together with its mark.
    pub fn put(&mut self, name: Name, claim: Claim) {
        self.claims.insert(name, claim);
    }

    /// Takes a claim's value away; the others keep their order.
    pub fn remove(&mut self, name: &Name) -> Option<Claim> {
        self.claims.shift_remove(name)
    }

    /// All claims in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Claim)> {
        self.claims.iter()
    }

    /// Sets every claim of another bag, marks included.
    pub fn extend(&mut self, other: &Bag) {
        for (name, claim) in other.iter() {
            self.put(name.clone(), claim.clone());
        }
    }

    /// How many claims have a value.
    pub fn len(&self) -> usize {
        self.claims.len()
    }

    /// Whether no claim has a value.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }

    /// The same claims, with a fixed text in place of every secret value.
    pub fn mask_secrets(&self) -> Bag {
        let mut masked = self.clone();
        for claim in masked.claims.values_mut().filter(|claim| claim.secret) {
            claim.value = match claim.value {
                ClaimValue::PhoneNumber(_) => ClaimValue::PhoneNumber(STAND_IN.into()),
                ClaimValue::StringCollection(_) => ClaimValue::StringCollection(vec![STAND_IN.into()]),
                _ => ClaimValue::String(STAND_IN.into()),
            };
        }
        masked
    }
}

impl fmt::Debug for Bag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl FromIterator<(Name, ClaimValue)> for Bag {
    fn from_iter<I: IntoIterator<Item = (Name, ClaimValue)>>(claims: I) -> Self {
        let mut bag = Self::new();
        claims.into_iter().for_each(|(name, value)| bag.set(name, value));
        bag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> ClaimValue {
        ClaimValue::String(text.into())
    }

    fn sample() -> Bag {
        let mut bag = Bag::new();
        bag.set("Email".into(), text("bob@contoso.com"));
        bag.set_secret("password".into(), text("hunter2"));
        bag.set_secret("codes".into(), ClaimValue::StringCollection(vec!["123456".into()]));
        bag
    }

    #[test]
    fn first_spelling_and_place_are_kept() {
        let mut bag = sample();
        bag.set("EMAIL".into(), text("eve@contoso.com"));
        let names: Vec<_> = bag.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Email", "password", "codes"]);
        assert_eq!(bag.get(&"email".into()), Some(&text("eve@contoso.com")));
        assert!(bag.remove(&"eMail".into()).is_some());
        assert!(!bag.contains(&"Email".into()));
    }

    #[test]
    fn secrets_show_nowhere() {
        let bag = sample();
        let shown = format!("{bag:?} {:?} {:?}", bag.entry(&"password".into()), bag.mask_secrets());
        assert!(!shown.contains("hunter2") && !shown.contains("123456"), "{shown}");
        assert!(shown.contains("bob@contoso.com") && shown.contains(STAND_IN), "{shown}");
        assert_eq!(bag.mask_secrets().len(), bag.len());
    }

    #[test]
    fn marks_follow_the_value() {
        let mut bag = Bag::new();
        bag.extend(&sample());
        assert!(bag.entry(&"password".into()).is_some_and(|claim| claim.secret));
        bag.set("password".into(), text("public"));
        assert!(bag.entry(&"password".into()).is_some_and(|claim| !claim.secret));
    }

    #[test]
    fn json_gives_back_the_same_bag() {
        let json = serde_json::to_string(&sample()).expect("a bag can be written");
        let back: Bag = serde_json::from_str(&json).expect("what was written can be read");
        assert_eq!(back, sample());
    }
}
