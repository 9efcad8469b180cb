//! Growing collections of texts.

use super::super::{Call, Outputs, TransformError};

/// The input claim `collection` with a further element at its end, unless it has that already. Nothing to add leaves
/// the collection as it is.
pub(crate) fn add(call: &Call<'_>, item: Option<&str>) -> Result<Outputs, TransformError> {
    let before = call.texts("collection")?;
    let Some(item) = item else { return Ok(Outputs::maybe("collection", before)) };
    let mut all = before.unwrap_or_default();
    if all.iter().all(|element| element != item) {
        all.push(item.to_owned());
    }
    Ok(Outputs::of("collection", all))
}
