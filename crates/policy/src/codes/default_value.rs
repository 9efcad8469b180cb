//! JM0301: a default that the claim's data type cannot hold.

use journeyman_claims::DataType;

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::ClaimType;
use crate::source::Spanned;

/// A `DefaultValue` of the wrong form.
pub const DEFAULT_VALUE: Code =
    Code { id: "JM0301", severity: Severity::Error, summary: "a default value does not fit the claim's data type" };

pub(crate) fn default_value(value: &Spanned<String>, claim: &ClaimType, data_type: &Spanned<DataType>) -> Diagnostic {
    let message = format!("`{}` is no {}, as the claim `{}` is", value.value, data_type.value, claim.id);
    Diagnostic::new(&DEFAULT_VALUE, Kind::Claim, value.span, message).also(data_type.span, "its data type")
}
