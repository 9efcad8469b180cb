//! The attributes of a user: what directory profiles may read, write and find a user by.

use journeyman_policy::model::{ClaimUse, Policy, TechnicalProfile};

use super::binding::outside_name;

/// An attribute of a user.
#[derive(Debug, Clone, Copy)]
pub struct UserAttribute {
    /// Its name; names are compared without case.
    pub name: &'static str,
    /// What profiles may do with it.
    pub allows: &'static [Access],
}

/// What a directory profile does with an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Finds a user by it: an input claim.
    Find,
    /// Writes or deletes it: a persisted claim.
    Write,
    /// Reads it: an output claim.
    Read,
}

impl Access {
    /// As a finding words it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Find => "find a user by",
            Self::Write => "write",
            Self::Read => "read",
        }
    }
}

const ALL_OF_IT: &[Access] = &[Access::Find, Access::Write, Access::Read];
const PLAIN: &[Access] = &[Access::Write, Access::Read];
const READ: &[Access] = &[Access::Read];
const WRITE: &[Access] = &[Access::Write];

const fn of(allows: &'static [Access], name: &'static str) -> UserAttribute {
    UserAttribute { name, allows }
}

/// Every attribute but extension attributes, and sign-in names of a policy's own type.
pub const USER_ATTRIBUTES: &[UserAttribute] = &[
    of(ALL_OF_IT, "objectId"),
    of(ALL_OF_IT, "userPrincipalName"),
    of(ALL_OF_IT, "signInNames.emailAddress"),
    of(ALL_OF_IT, "signInNames.userName"),
    of(ALL_OF_IT, "signInNames.phoneNumber"),
    of(ALL_OF_IT, "alternativeSecurityId"),
    of(ALL_OF_IT, "alternativeSecurityIds"),
    of(ALL_OF_IT, "userIdentities"),
    of(&[Access::Find], "signInNames"),
    of(WRITE, "password"),
    of(WRITE, "passwordProfile.forceChangePasswordNextLogin"),
    of(READ, "newClaimsPrincipalCreated"),
    of(READ, "createdDateTime"),
    of(READ, "creationType"),
    of(READ, "legalAgeGroupClassification"),
    of(READ, "refreshTokensValidFromDateTime"),
    of(READ, "userType"),
    of(PLAIN, "accountEnabled"),
    of(PLAIN, "ageGroup"),
    of(PLAIN, "city"),
    of(PLAIN, "consentProvidedForMinor"),
    of(PLAIN, "country"),
    of(PLAIN, "dateOfBirth"),
    of(PLAIN, "department"),
    of(PLAIN, "displayName"),
    of(PLAIN, "facsimileTelephoneNumber"),
    of(PLAIN, "givenName"),
    of(PLAIN, "immutableId"),
    of(PLAIN, "jobTitle"),
    of(PLAIN, "legalCountry"),
    of(PLAIN, "mailNickName"),
    of(PLAIN, "mobile"),
    of(PLAIN, "netId"),
    of(PLAIN, "otherMails"),
    of(PLAIN, "passwordPolicies"),
    of(PLAIN, "physicalDeliveryOfficeName"),
    of(PLAIN, "postalCode"),
    of(PLAIN, "preferredLanguage"),
    of(PLAIN, "state"),
    of(PLAIN, "streetAddress"),
    of(PLAIN, "strongAuthenticationAlternativePhoneNumber"),
    of(ALL_OF_IT, "strongAuthenticationEmailAddress"),
    of(ALL_OF_IT, "strongAuthenticationPhoneNumber"),
    of(PLAIN, "surname"),
    of(PLAIN, "telephoneNumber"),
    of(PLAIN, "usageLocation"),
];

/// Whether a name is that of an extension attribute.
pub(super) fn is_extension(name: &str) -> bool {
    name.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("extension_"))
}

/// Whether a name may be used that way.
fn allowed(name: &str, access: Access) -> bool {
    let own_sign_in_name = name.get(..12).is_some_and(|start| start.eq_ignore_ascii_case("signInNames."));
    own_sign_in_name
        || is_extension(name)
        || USER_ATTRIBUTES.iter().any(|a| a.name.eq_ignore_ascii_case(name) && a.allows.contains(&access))
}

/// The claims of a profile that name no attribute, with what the profile would do with it.
///
/// An output claim with a default value is fine: published policies carry constants that way.
pub(super) fn unknown<'a>(policy: &'a Policy, profile: &'a TechnicalProfile) -> Vec<(&'a ClaimUse, &'a str, Access)> {
    let lists = [
        (&profile.input_claims, Access::Find),
        (&profile.persisted_claims, Access::Write),
        (&profile.output_claims, Access::Read),
    ];
    let claims = lists.into_iter().flat_map(|(claims, access)| claims.iter().map(move |claim| (claim, access)));
    claims
        .filter(|(claim, access)| *access != Access::Read || claim.default.is_none())
        .map(|(claim, access)| (claim, outside_name(policy, profile, claim), access))
        .filter(|(_, name, access)| !allowed(name, *access))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Access, allowed, is_extension};

    #[test]
    fn names_are_known_for_what_they_may_be_used() {
        for name in ["objectID", "signInNames.userid", "extension_LoyaltyId"] {
            assert!(allowed(name, Access::Find), "{name}");
        }
        for (name, access) in [
            ("password", Access::Read),
            ("displayName", Access::Find),
            ("createdDateTime", Access::Write),
            ("upn", Access::Read),
        ] {
            assert!(!allowed(name, access), "{name}");
        }
        assert!(!is_extension("ext"));
    }
}
