//! What the file of a method begins with.

pub(super) use crate::value::{ClaimValue, DataType};

pub(super) use super::parts::declare::*;
pub(super) use super::{Call, Env, Outputs, Parameter, Reads, Role, TransformError, Transformation};

/// What carrying out a method gives.
pub(super) type Applied = Result<Outputs, TransformError>;
