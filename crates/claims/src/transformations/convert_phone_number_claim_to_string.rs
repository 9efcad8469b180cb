//! `ConvertPhoneNumberClaimToString`: the text of a telephone number.

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "ConvertPhoneNumberClaimToString",
    summary: "a telephone number as text",
    inputs: &[Role::required("phoneNumber", PHONE)],
    parameters: &[],
    outputs: &[Role::required("phoneNumberString", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    Ok(Outputs::maybe("phoneNumberString", call.text("phoneNumber").map(String::from)))
}
