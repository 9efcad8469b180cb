//! `IsTermsOfUseConsentRequired`: whether to ask again for consent.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "IsTermsOfUseConsentRequired",
    summary: "whether a consent is older than the day on which the terms changed",
    inputs: &[Role::required("termsOfUseConsentDateTime", DATE_TIME)],
    parameters: &[Parameter::required("termsOfUseTextUpdateDateTime", DataType::DateTime)],
    outputs: &[Role::required("result", BOOLEAN)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let Some(ClaimValue::DateTime(update)) =
        call.typed_parameter("termsOfUseTextUpdateDateTime", DataType::DateTime)?
    else {
        return Err(TransformError::runtime("parameter `termsOfUseTextUpdateDateTime` is missing"));
    };
    let consent = call.instant("termsOfUseConsentDateTime")?;
    Ok(Outputs::of("result", consent.is_none_or(|consent| consent < update)))
}
