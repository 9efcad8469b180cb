//! Short forms for declarations: types, roles and parameters.

use super::super::{Parameter, Role};
use crate::value::DataType;

pub(in super::super) const ANY: &[DataType] = &[];
pub(in super::super) const BOOLEAN: &[DataType] = &[DataType::Boolean];
pub(in super::super) const DATE: &[DataType] = &[DataType::Date];
pub(in super::super) const DATE_TIME: &[DataType] = &[DataType::DateTime];
pub(in super::super) const INT: &[DataType] = &[DataType::Int];
pub(in super::super) const LONG: &[DataType] = &[DataType::Long];
pub(in super::super) const STRING: &[DataType] = &[DataType::String];
pub(in super::super) const STRINGS: &[DataType] = &[DataType::StringCollection];
pub(in super::super) const PHONE: &[DataType] = &[DataType::PhoneNumber];
pub(in super::super) const SCALARS: &[DataType] = &[
    DataType::String,
    DataType::Int,
    DataType::Long,
    DataType::Boolean,
    DataType::Date,
    DataType::DateTime,
    DataType::PhoneNumber,
];
pub(in super::super) const SECURITY_IDS: &[DataType] = &[DataType::AlternativeSecurityIdCollection];
pub(in super::super) const USER_IDENTITY: &[DataType] = &[DataType::UserIdentity];
pub(in super::super) const USER_IDENTITIES: &[DataType] = &[DataType::UserIdentityCollection];

impl Role {
    pub(in super::super) const fn required(name: &'static str, types: &'static [DataType]) -> Self {
        Self { name, types, required: true, many: false }
    }

    pub(in super::super) const fn optional(name: &'static str, types: &'static [DataType]) -> Self {
        Self { name, types, required: false, many: false }
    }

    /// Any number of claims, under names of the policy's own.
    pub(in super::super) const fn many(name: &'static str, types: &'static [DataType]) -> Self {
        Self { name, types, required: false, many: true }
    }
}

impl Parameter {
    pub(in super::super) const fn required(name: &'static str, data_type: DataType) -> Self {
        Self { name, data_type, required: true, many: false }
    }

    pub(in super::super) const fn optional(name: &'static str, data_type: DataType) -> Self {
        Self { name, data_type, required: false, many: false }
    }

    /// Any number of parameters, under names of the policy's own.
    pub(in super::super) const fn many(name: &'static str, data_type: DataType) -> Self {
        Self { name, data_type, required: false, many: true }
    }
}
