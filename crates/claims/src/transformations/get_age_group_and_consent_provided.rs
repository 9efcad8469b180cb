//! `GetAgeGroupAndConsentProvided`: the earlier name of the age calculation.

use super::parts::age;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetAgeGroupAndConsentProvided",
    summary: "age group and whether a parent must consent, from birth date and country",
    inputs: &[
        Role::required("dateOfBirth", &[DataType::Date, DataType::String]),
        Role::required("countryCode", STRING),
        Role::required("consentProvidedForMinor", STRING),
    ],
    parameters: &[],
    outputs: &[
        Role::required("ageGroup", STRING),
        Role::optional("doRegulationsRequireParentalConsent", BOOLEAN),
        Role::optional("consentProvidedForMinor", STRING),
    ],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    age::age_group(call, env, "doRegulationsRequireParentalConsent")
}
