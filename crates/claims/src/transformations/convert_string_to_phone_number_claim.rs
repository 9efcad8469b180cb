//! `ConvertStringToPhoneNumberClaim`: checks a telephone number and brings it into standard form.

use super::prelude::*;
use crate::phone::Phone;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "ConvertStringToPhoneNumberClaim",
    summary: "a telephone number from what a person typed, international or of the given country",
    inputs: &[
        Role::either("phoneNumberString", STRING),
        Role::either("inputClaim", STRING),
        Role::optional("country", STRING),
    ],
    parameters: &[],
    outputs: &[Role::required("outputClaim", PHONE)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    // The second name is that of the edition of 2020.
    let typed = call.text("phoneNumberString").or_else(|| call.text("inputClaim")).unwrap_or_default();
    match Phone::parse(&typed, call.text("country").as_deref()) {
        Ok(phone) => Ok(Outputs::of("outputClaim", ClaimValue::PhoneNumber(phone.to_e164()))),
        Err(_) => Err(TransformError::Assertion("UserMessageIfClaimsTransformationInvalidPhoneNumber")),
    }
}
