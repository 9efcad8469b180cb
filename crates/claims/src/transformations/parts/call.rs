//! Reading a call: claims by role, parameters by id, both in any case. Errors name a role or parameter, never a value.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::{Call, Output, TransformError};
use crate::text::Comparison;
use crate::value::{ClaimValue, DataType};

impl TransformError {
    pub(crate) fn runtime(why: impl Into<String>) -> Self {
        Self::Runtime(why.into())
    }
}

/// The error for an input claim that must have a value.
pub(crate) fn no_value(role: &str) -> TransformError {
    TransformError::runtime(format!("input claim `{role}` has no value"))
}

impl<'a> Call<'a> {
    /// The value of an input claim.
    pub(crate) fn value(&self, role: &str) -> Option<&ClaimValue> {
        self.inputs.iter().find(|input| input.role.eq_ignore_ascii_case(role)).and_then(|input| input.value.as_ref())
    }

    /// An input claim as text.
    pub(crate) fn text(&self, role: &str) -> Option<Cow<'_, str>> {
        self.value(role).map(as_text)
    }

    /// An input claim as text, which must have a value.
    pub(crate) fn need_text(&self, role: &str) -> Result<Cow<'_, str>, TransformError> {
        self.text(role).ok_or_else(|| no_value(role))
    }

    /// An input claim converted to a type.
    pub(crate) fn typed(&self, role: &str, data_type: DataType) -> Result<Option<ClaimValue>, TransformError> {
        let wrong = |_| TransformError::runtime(format!("input claim `{role}` is no {data_type}"));
        self.value(role).map(|value| value.clone().convert(data_type).map_err(wrong)).transpose()
    }

    /// A boolean input claim.
    pub(crate) fn boolean(&self, role: &str) -> Result<Option<bool>, TransformError> {
        match self.typed(role, DataType::Boolean)? {
            Some(ClaimValue::Boolean(yes)) => Ok(Some(yes)),
            _ => Ok(None),
        }
    }

    /// A number as input claim.
    pub(crate) fn whole(&self, role: &str) -> Result<Option<i64>, TransformError> {
        match self.typed(role, DataType::Long)? {
            Some(ClaimValue::Long(number)) => Ok(Some(number)),
            _ => Ok(None),
        }
    }

    /// An instant as input claim, also one that is written in a text claim.
    pub(crate) fn instant(&self, role: &str) -> Result<Option<Timestamp>, TransformError> {
        match self.typed(role, DataType::DateTime)? {
            Some(ClaimValue::DateTime(instant)) => Ok(Some(instant)),
            _ => Ok(None),
        }
    }

    /// A day as input claim.
    pub(crate) fn date(&self, role: &str) -> Result<Option<Date>, TransformError> {
        match self.typed(role, DataType::Date)? {
            Some(ClaimValue::Date(date)) => Ok(Some(date)),
            _ => Ok(None),
        }
    }

    /// A collection of texts as input claim.
    pub(crate) fn texts(&self, role: &str) -> Result<Option<Vec<String>>, TransformError> {
        match self.typed(role, DataType::StringCollection)? {
            Some(ClaimValue::StringCollection(texts)) => Ok(Some(texts)),
            _ => Ok(None),
        }
    }

    /// The text of a parameter.
    pub(crate) fn parameter(&self, id: &str) -> Option<&'a str> {
        self.parameters.iter().find(|(name, _)| name.eq_ignore_ascii_case(id)).map(|(_, value)| *value)
    }

    /// The text of a parameter that a policy must give.
    pub(crate) fn need_parameter(&self, id: &str) -> Result<&'a str, TransformError> {
        self.parameter(id).ok_or_else(|| TransformError::runtime(format!("parameter `{id}` is missing")))
    }

    /// A parameter that is one of a few words, in any case.
    pub(crate) fn one_of<T: Copy>(&self, id: &str, words: &[(&str, T)]) -> Result<T, TransformError> {
        let given = self.need_parameter(id)?.trim();
        let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(given)).map(|(_, meaning)| *meaning);
        found.ok_or_else(|| {
            let known: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            TransformError::runtime(format!("parameter `{id}` is none of {}", known.join(", ")))
        })
    }

    /// A boolean parameter.
    pub(crate) fn flag(&self, id: &str, default: bool) -> Result<bool, TransformError> {
        match self.typed_parameter(id, DataType::Boolean)? {
            Some(ClaimValue::Boolean(yes)) => Ok(yes),
            _ => Ok(default),
        }
    }

    /// A parameter that is a number.
    pub(crate) fn number(&self, id: &str) -> Result<Option<i32>, TransformError> {
        match self.typed_parameter(id, DataType::Int)? {
            Some(ClaimValue::Int(number)) => Ok(Some(number)),
            _ => Ok(None),
        }
    }

    /// A parameter that is a number and that a policy must give.
    pub(crate) fn need_number(&self, id: &str) -> Result<i32, TransformError> {
        self.need_parameter(id)?;
        self.number(id).map(Option::unwrap_or_default)
    }

    /// A parameter converted to a type.
    pub(crate) fn typed_parameter(&self, id: &str, data_type: DataType) -> Result<Option<ClaimValue>, TransformError> {
        let wrong = |_| TransformError::runtime(format!("parameter `{id}` is no {data_type}"));
        self.parameter(id).map(|text| ClaimValue::parse(text, data_type).map_err(wrong)).transpose()
    }

    /// The comparison that the parameter `stringComparison` asks for.
    pub(crate) fn comparison(&self) -> Result<Comparison, TransformError> {
        let words = [("Ordinal", Comparison::Ordinal), ("OrdinalIgnoreCase", Comparison::OrdinalIgnoreCase)];
        self.one_of("stringComparison", &words)
    }

    /// An output claim by role.
    pub(crate) fn output(&self, role: &str) -> Option<&Output<'a>> {
        self.outputs.iter().find(|output| output.role.eq_ignore_ascii_case(role))
    }
}

fn as_text(value: &ClaimValue) -> Cow<'_, str> {
    match value {
        ClaimValue::String(text) | ClaimValue::PhoneNumber(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_text()),
    }
}
