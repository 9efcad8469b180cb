//! Building results.

use super::super::Outputs;
use crate::value::ClaimValue;

impl Outputs {
    /// One result.
    pub(crate) fn of(role: &str, value: impl Into<ClaimValue>) -> Self {
        Self::default().with(role, Some(value.into()))
    }

    /// One result that may be no value, which takes the claim's value away.
    pub(crate) fn maybe<V: Into<ClaimValue>>(role: &str, value: Option<V>) -> Self {
        Self::default().with(role, value.map(Into::into))
    }

    /// A further result.
    pub(crate) fn with(mut self, role: &str, value: Option<ClaimValue>) -> Self {
        self.0.push((role.to_owned(), value));
        self
    }

    /// The result for a role, if there is one: a value, or none in its place.
    pub fn get(&self, role: &str) -> Option<Option<&ClaimValue>> {
        self.0.iter().find(|(name, _)| name.eq_ignore_ascii_case(role)).map(|(_, value)| value.as_ref())
    }
}
