//! Short forms for declarations: types, roles and parameters.

use super::super::{Parameter, Reads, Role};
use crate::value::DataType;

/// What `stringComparison` may say.
pub(crate) const COMPARISONS: Reads = Reads::Words(&["Ordinal", "OrdinalIgnoreCase"]);
/// What `operator` of a comparison may say.
pub(crate) const EQUALITY: Reads = Reads::Words(&["EQUAL", "NOT EQUAL"]);

pub(crate) const ANY: &[DataType] = &[];
pub(crate) const BOOLEAN: &[DataType] = &[DataType::Boolean];
pub(crate) const DATE: &[DataType] = &[DataType::Date];
pub(crate) const DATE_TIME: &[DataType] = &[DataType::DateTime];
pub(crate) const INT: &[DataType] = &[DataType::Int];
pub(crate) const LONG: &[DataType] = &[DataType::Long];
pub(crate) const STRING: &[DataType] = &[DataType::String];
pub(crate) const STRINGS: &[DataType] = &[DataType::StringCollection];
pub(crate) const PHONE: &[DataType] = &[DataType::PhoneNumber];
pub(crate) const SCALARS: &[DataType] = &[
    DataType::String,
    DataType::Int,
    DataType::Long,
    DataType::Boolean,
    DataType::Date,
    DataType::DateTime,
    DataType::PhoneNumber,
];
pub(crate) const SECURITY_IDS: &[DataType] = &[DataType::AlternativeSecurityIdCollection];
pub(crate) const USER_IDENTITY: &[DataType] = &[DataType::UserIdentity];
pub(crate) const USER_IDENTITIES: &[DataType] = &[DataType::UserIdentityCollection];

impl Role {
    pub(crate) const fn optional(name: &'static str, types: &'static [DataType]) -> Self {
        Self { name, types, required: false, either: false, many: false, like: None }
    }

    pub(crate) const fn required(name: &'static str, types: &'static [DataType]) -> Self {
        Self { required: true, ..Self::optional(name, types) }
    }

    /// One of two names for the same, of which a policy must use one.
    pub(crate) const fn either(name: &'static str, types: &'static [DataType]) -> Self {
        Self { either: true, ..Self::optional(name, types) }
    }

    /// Any number of claims, under names of the policy's own.
    pub(crate) const fn many(name: &'static str, types: &'static [DataType]) -> Self {
        Self { many: true, ..Self::optional(name, types) }
    }

    /// One that has the type of an input claim.
    pub(crate) const fn like(name: &'static str, input: &'static str) -> Self {
        Self { like: Some(input), ..Self::required(name, ANY) }
    }
}

impl Parameter {
    pub(crate) const fn optional(name: &'static str, data_type: DataType) -> Self {
        Self { name, data_type, required: false, many: false, reads: Reads::Typed }
    }

    pub(crate) const fn required(name: &'static str, data_type: DataType) -> Self {
        Self { required: true, ..Self::optional(name, data_type) }
    }

    /// Any number of parameters, under names of the policy's own.
    pub(crate) const fn many(name: &'static str, data_type: DataType) -> Self {
        Self { many: true, ..Self::optional(name, data_type) }
    }

    /// Of a text that the method reads in a way of its own.
    pub(crate) const fn reading(self, reads: Reads) -> Self {
        Self { reads, ..self }
    }
}
