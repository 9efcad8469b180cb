//! `GetNationalNumberAndCountryCodeFromPhoneNumberString`: splits an international telephone number.

use super::prelude::*;
use crate::phone::Phone;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetNationalNumberAndCountryCodeFromPhoneNumberString",
    summary: "the national number, and the calling code or the country, of an international number",
    inputs: &[Role::required("phoneNumber", STRING)],
    parameters: &[
        Parameter::optional("throwExceptionOnFailure", DataType::Boolean),
        Parameter::optional("countryCodeType", DataType::String).reading(Reads::Words(&["CallingCode", "ISO3166"])),
    ],
    outputs: &[Role::optional("nationalNumber", STRING), Role::optional("countryCode", STRING)],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let calling_code_wanted = match call.parameter("countryCodeType") {
        Some(_) => call.one_of("countryCodeType", &[("CallingCode", true), ("ISO3166", false)])?,
        None => true,
    };
    let phone = Phone::parse(&call.text("phoneNumber").unwrap_or_default(), None).ok();
    let parts = phone.and_then(|phone| {
        let code = if calling_code_wanted { Some(format!("+{}", phone.calling_code)) } else { phone.country };
        code.map(|code| (phone.national, code))
    });
    match parts {
        Some((national, code)) => Ok(Outputs::of("nationalNumber", national).with("countryCode", Some(code.into()))),
        None if call.flag("throwExceptionOnFailure", false)? => {
            Err(TransformError::Assertion("UserMessageIfPhoneNumberParseFailure"))
        }
        None => Ok(Outputs::default()),
    }
}
