//! Short forms for declarations: types, roles and parameters.

use super::super::{Parameter, Role};
use crate::value::DataType;

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
    pub(crate) const fn required(name: &'static str, types: &'static [DataType]) -> Self {
        Self { name, types, required: true, many: false }
    }

    pub(crate) const fn optional(name: &'static str, types: &'static [DataType]) -> Self {
        Self { name, types, required: false, many: false }
    }

    /// Any number of claims, under names of the policy's own.
    pub(crate) const fn many(name: &'static str, types: &'static [DataType]) -> Self {
        Self { name, types, required: false, many: true }
    }
}

impl Parameter {
    pub(crate) const fn required(name: &'static str, data_type: DataType) -> Self {
        Self { name, data_type, required: true, many: false }
    }

    pub(crate) const fn optional(name: &'static str, data_type: DataType) -> Self {
        Self { name, data_type, required: false, many: false }
    }

    /// Any number of parameters, under names of the policy's own.
    pub(crate) const fn many(name: &'static str, data_type: DataType) -> Self {
        Self { name, data_type, required: false, many: true }
    }
}
