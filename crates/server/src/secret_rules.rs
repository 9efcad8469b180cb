//! Typed secrets against the rules of their claims: the interpreter never looks at them, so it is done here.

use jiff::tz::TimeZone;
use journeyman_engine::effect::{SecretFault, SecretField};
use subtle::ConstantTimeEq;

use crate::world::Place;

/// The rules broken, at most one a field.
pub(crate) fn inspect(at: &Place, fields: &[SecretField]) -> Vec<SecretFault> {
    fields.iter().filter_map(|field| fault(at, field, fields)).collect()
}

fn fault(at: &Place, field: &SecretField, all: &[SecretField]) -> Option<SecretFault> {
    if let Some(other) = &field.same_as
        && !all.iter().any(|twin| twin.claim == *other && equal(twin, field))
    {
        return Some(SecretFault { claim: field.claim.clone(), message: None });
    }
    let today = at.now.to_zoned_datetime(TimeZone::UTC).date();
    let message = at.program.fault(&field.claim, field.value.expose(), field.content.as_ref(), &at.language, today)?;
    Some(SecretFault { claim: field.claim.clone(), message: Some(message) })
}

fn equal(left: &SecretField, right: &SecretField) -> bool {
    left.value.expose().as_bytes().ct_eq(right.value.expose().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use journeyman_engine::effect::{Secret, SecretField};

    use super::inspect;
    use crate::testing;

    fn field(claim: &str, value: &str, same_as: Option<&str>) -> SecretField {
        SecretField { claim: claim.into(), value: Secret::new(value), same_as: same_as.map(Into::into), content: None }
    }

    /// The claims with their messages.
    fn faults(fields: &[SecretField]) -> Vec<(String, Option<String>)> {
        let found = inspect(&testing::place(), fields);
        found.into_iter().map(|fault| (fault.claim.as_str().to_owned(), fault.message)).collect()
    }

    #[test]
    fn a_good_password_typed_twice_is_well() {
        let fields = [
            field("newPassword", "Corr3ct-horse", None),
            field("reenterPassword", "Corr3ct-horse", Some("NEWPASSWORD")),
        ];
        assert_eq!(faults(&fields), []);
    }

    #[test]
    fn a_broken_rule_is_worded_by_the_policy() {
        let found = faults(&[field("newPassword", "short", None)]);
        assert_eq!(found, [("newPassword".to_owned(), Some("8 to 64 characters, please.".to_owned()))]);
    }

    #[test]
    fn fields_that_differ_are_worded_by_the_page() {
        let fields = [
            field("newPassword", "Corr3ct-horse", None),
            field("reenterPassword", "Corr3ct-hors", Some("newPassword")),
        ];
        assert_eq!(faults(&fields), [("reenterPassword".to_owned(), None)]);
        let alone = [field("reenterPassword", "Corr3ct-horse", Some("newPassword"))];
        assert_eq!(faults(&alone), [("reenterPassword".to_owned(), None)]);
    }
}
