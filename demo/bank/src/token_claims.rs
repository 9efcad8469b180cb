//! The claims of a token that has been verified, as data: for comparison, for the Claims page, for the record.

use std::fmt;

use serde_json::{Map, Value};

/// The payload of a verified token. Its `Debug` names the claims and hides their values.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct TokenClaims(pub(crate) Map<String, Value>);

impl TokenClaims {
    /// The claims from their stored form; unreadable text yields none, so that every comparison with it fails.
    pub(crate) fn from_json(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// The form in which claims are stored.
    pub(crate) fn to_json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// A claim whose value is text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A claim that is a time in seconds since 1970.
    pub(crate) fn seconds(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    /// Whether the token names `policy`, and no other, as the one that issued it: in `acr`, in `tfp`, or in both.
    /// Engines differ in which they emit and in letter case.
    pub(crate) fn issued_by_policy(&self, policy: &str) -> bool {
        let mut named = ["acr", "tfp"].into_iter().filter_map(|claim| self.0.get(claim)).peekable();
        named.peek().is_some()
            && named.all(|value| value.as_str().is_some_and(|named| named.eq_ignore_ascii_case(policy)))
    }

    /// The policy that the token names, for people to read.
    pub(crate) fn policy(&self) -> Option<&str> {
        self.text("acr").or_else(|| self.text("tfp"))
    }

    /// Every claim as (name, value) for a table.
    pub(crate) fn rows(&self) -> Vec<(String, String)> {
        self.0.iter().map(|(name, value)| (name.clone(), readable(value))).collect()
    }
}

fn readable(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(readable).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

impl fmt::Debug for TokenClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(json: &str) -> TokenClaims {
        TokenClaims::from_json(json)
    }

    #[test]
    fn policy_is_read_from_either_claim_and_both_must_agree() {
        assert!(claims(r#"{"acr":"b2c_1a_x"}"#).issued_by_policy("B2C_1A_X"));
        assert!(claims(r#"{"tfp":"B2C_1A_X"}"#).issued_by_policy("B2C_1A_X"));
        assert!(claims(r#"{"acr":"b2c_1a_x","tfp":"B2C_1A_X"}"#).issued_by_policy("B2C_1A_X"));
        for wrong in
            [r#"{"acr":"b2c_1a_x","tfp":"B2C_1A_Y"}"#, r#"{"acr":"b2c_1a_xx"}"#, "{}", r#"{"acr":["b2c_1a_x"]}"#]
        {
            assert!(!claims(wrong).issued_by_policy("B2C_1A_X"), "{wrong}");
        }
    }

    #[test]
    fn debug_hides_values() {
        assert!(!format!("{:?}", claims(r#"{"name":"Mo"}"#)).contains("Mo"));
    }
}
