//! Accounts at identity providers, in their older and their newer form: both are an issuer and the user's key there.

use base64::prelude::{BASE64_STANDARD, Engine};

use super::super::{Call, TransformError};
use crate::value::{ClaimValue, DataType, SocialIdentity};

/// The account with a key at an issuer. The key is kept as base64 of its UTF-8 text.
pub(crate) fn identity(issuer: &str, key: &str) -> SocialIdentity {
    SocialIdentity { issuer: issuer.to_owned(), issuer_user_id: BASE64_STANDARD.encode(key) }
}

/// The collection in an input claim; none is an empty one.
pub(crate) fn collection(call: &Call<'_>, role: &str) -> Result<Vec<SocialIdentity>, TransformError> {
    match call.typed(role, DataType::UserIdentityCollection)? {
        Some(ClaimValue::UserIdentityCollection(all)) => Ok(all),
        _ => Ok(Vec::new()),
    }
}

/// The input claim `collection` with the account in `item` at its end, unless it has that already. Nothing to add
/// leaves the collection as it is.
pub(crate) fn add(call: &Call<'_>) -> Result<Vec<SocialIdentity>, TransformError> {
    let mut all = collection(call, "collection")?;
    if let Some(ClaimValue::UserIdentity(item)) = call.typed("item", DataType::UserIdentity)?
        && !all.contains(&item)
    {
        all.push(item);
    }
    Ok(all)
}

/// The input claim `collection` without the accounts at an issuer.
pub(crate) fn remove(call: &Call<'_>, issuer_role: &str) -> Result<Vec<SocialIdentity>, TransformError> {
    let mut all = collection(call, "collection")?;
    if let Some(issuer) = call.text(issuer_role) {
        all.retain(|identity| identity.issuer != issuer);
    }
    Ok(all)
}

/// The issuers of a collection, each once.
pub(crate) fn issuers(call: &Call<'_>, role: &str) -> Result<Vec<String>, TransformError> {
    let mut issuers = Vec::new();
    for identity in collection(call, role)? {
        if !issuers.contains(&identity.issuer) {
            issuers.push(identity.issuer);
        }
    }
    Ok(issuers)
}
