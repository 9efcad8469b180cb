//! Reading JSON that a claim holds. Errors never repeat it.

use serde_json::{Map, Value};

use super::super::{Call, Outputs, TransformError};
use super::call::no_value;
use crate::value::{ClaimValue, DataType};

/// A JSON text.
pub(crate) fn parse(text: &str, role: &str) -> Result<Value, TransformError> {
    serde_json::from_str(text).map_err(|_| TransformError::runtime(format!("input claim `{role}` is no JSON")))
}

/// The JSON object in an input claim.
pub(crate) fn object(call: &Call<'_>, role: &str) -> Result<Map<String, Value>, TransformError> {
    match parse(&call.need_text(role)?, role)? {
        Value::Object(members) => Ok(members),
        _ => Err(TransformError::runtime(format!("input claim `{role}` is no JSON object"))),
    }
}

/// The member of the object in `inputJson` that `claimToExtract` names.
pub(crate) fn extract(call: &Call<'_>) -> Result<Value, TransformError> {
    let name = call.need_parameter("claimToExtract")?;
    let member = object(call, "inputJson")?.shift_remove(name);
    member.ok_or_else(|| TransformError::runtime(format!("the JSON has no member `{name}`")))
}

/// A JSON value as a claim value; null is none.
pub(crate) fn claim(json: &Value, data_type: DataType) -> Result<Option<ClaimValue>, TransformError> {
    if json.is_null() {
        return Ok(None);
    }
    let wrong = |_| TransformError::runtime(format!("a JSON member is no {data_type}"));
    ClaimValue::from_json(json, data_type).map(Some).map_err(wrong)
}

/// Every output claim from the object that has the claim's name as its key. The parameters say which members hold key
/// and value, whether a claim may be missing, and whether an empty text is a value.
pub(crate) fn claims_by_key(call: &Call<'_>, entries: &[Value]) -> Result<Outputs, TransformError> {
    let key_name = call.need_parameter("jsonSourceKeyName")?;
    let value_name = call.need_parameter("jsonSourceValueName")?;
    let must_exist = call.flag("errorOnMissingClaims", false)?;
    let with_empty = call.flag("includeEmptyClaims", false)?;
    let mut outputs = Outputs::default();
    for output in &call.outputs {
        let entry = entries.iter().find(|entry| entry.get(key_name).and_then(Value::as_str) == Some(output.role));
        let value = match entry.and_then(|entry| entry.get(value_name)) {
            None if must_exist => {
                return Err(TransformError::runtime(format!("the JSON has no entry for `{}`", output.role)));
            }
            None => None,
            Some(Value::String(text)) if text.is_empty() => {
                (with_empty && output.data_type == DataType::String).then(|| ClaimValue::from(""))
            }
            Some(value) => claim(value, output.data_type)?,
        };
        outputs = outputs.with(output.role, value);
    }
    Ok(outputs)
}

/// The role under which a policy gives the source of a JSON reader: documents differ.
pub(crate) fn source_role(call: &Call<'_>) -> Result<&'static str, TransformError> {
    let roles = ["jsonSource", "jsonSourceClaim"];
    roles.into_iter().find(|role| call.value(role).is_some()).ok_or_else(|| no_value("jsonSource"))
}
