//! Age groups: from which age on people of a country decide for themselves.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::prelude::Applied;
use super::super::{Call, Env, Outputs, TransformError};
use crate::value::day;

/// Country, the age from which a minor needs no consent, the age of adults.
const AGES: &[(&str, Option<i32>, i32)] = &[
    ("AE", None, 21),
    ("AT", Some(14), 18),
    ("BE", Some(14), 18),
    ("BG", Some(16), 18),
    ("BH", None, 21),
    ("CM", None, 21),
    ("CY", Some(16), 18),
    ("CZ", Some(16), 18),
    ("DE", Some(16), 18),
    ("DK", Some(16), 18),
    ("EE", Some(16), 18),
    ("EG", None, 21),
    ("ES", Some(13), 18),
    ("FR", Some(16), 18),
    ("GB", Some(13), 18),
    ("GR", Some(16), 18),
    ("HR", Some(16), 18),
    ("HU", Some(16), 18),
    ("IE", Some(13), 18),
    ("IT", Some(16), 18),
    ("KR", Some(14), 18),
    ("LT", Some(16), 18),
    ("LU", Some(16), 18),
    ("LV", Some(16), 18),
    ("MT", Some(16), 18),
    ("NA", None, 21),
    ("NL", Some(16), 18),
    ("PL", Some(13), 18),
    ("PT", Some(16), 18),
    ("RO", Some(16), 18),
    ("SE", Some(13), 18),
    ("SG", None, 21),
    ("SI", Some(16), 18),
    ("SK", Some(16), 18),
    ("TD", None, 21),
    ("TH", None, 20),
    ("TW", None, 20),
    ("US", Some(13), 18),
];
const OTHER_COUNTRIES: (Option<i32>, i32) = (None, 18);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Minor,
    MinorNoConsentRequired,
    Adult,
}

impl Group {
    fn of(born: Date, country: &str, today: Date) -> Result<Self, TransformError> {
        let listed = AGES.iter().find(|(code, ..)| code.eq_ignore_ascii_case(country.trim()));
        let (consent, adult) = listed.map_or(OTHER_COUNTRIES, |(_, consent, adult)| (*consent, *adult));
        let younger_than = |years: i32| {
            let latest_birth = today.checked_sub(years.years());
            latest_birth.map(|latest| latest < born).map_err(|_| TransformError::runtime("the day is out of range"))
        };
        if consent.map(younger_than).transpose()? == Some(true) {
            return Ok(Self::Minor);
        }
        Ok(if younger_than(adult)? { Self::MinorNoConsentRequired } else { Self::Adult })
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Minor => "Minor",
            Self::MinorNoConsentRequired => "MinorNoConsentRequired",
            Self::Adult => "Adult",
        }
    }
}

/// The age group of a person, and whether the law asks for a parent's consent; the stored consent goes through. Without
/// a date of birth neither is known.
pub(crate) fn age_group(call: &Call<'_>, env: &Env<'_>, consent_role: &str) -> Applied {
    let country = call.text("countryCode").unwrap_or_default();
    let born = call.date("dateOfBirth")?;
    let group = born.map(|born| Group::of(born, &country, day(env.now))).transpose()?;
    Ok(Outputs::maybe("ageGroup", group.map(Group::as_str))
        .with(consent_role, group.map(|group| (group == Group::Minor).into()))
        .with("consentProvidedForMinor", call.value("consentProvidedForMinor").cloned()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn groups_change_on_birthdays() {
        let today = date(2024, 6, 15);
        for (country, born, wanted) in [
            ("DE", date(2008, 6, 16), Group::Minor),
            ("DE", date(2008, 6, 15), Group::MinorNoConsentRequired),
            ("de", date(2006, 6, 16), Group::MinorNoConsentRequired),
            ("DE", date(2006, 6, 15), Group::Adult),
            ("TH", date(2010, 1, 1), Group::MinorNoConsentRequired),
            ("TH", date(2004, 6, 15), Group::Adult),
            ("", date(2006, 6, 15), Group::Adult),
            ("ZZ", date(2020, 1, 1), Group::MinorNoConsentRequired),
        ] {
            assert_eq!(Group::of(born, country, today), Ok(wanted), "{country}, born {born}");
        }
    }
}
