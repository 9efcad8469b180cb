//! `GetAgeGroupConsentProvidedAndRequiresConsent`: age group and need of consent.

use super::parts::age;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GetAgeGroupConsentProvidedAndRequiresConsent",
    summary: "age group and whether a parent must consent, from birth date and country",
    inputs: &[
        Role::required("dateOfBirth", DATE),
        Role::required("countryCode", STRING),
        Role::required("consentProvidedForMinor", STRING),
    ],
    parameters: &[],
    outputs: &[
        Role::required("ageGroup", STRING),
        Role::optional("requiresParentalConsent", BOOLEAN),
        Role::optional("consentProvidedForMinor", STRING),
    ],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    age::age_group(call, env, "requiresParentalConsent")
}
