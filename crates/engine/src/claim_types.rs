//! Claim types and predicates that cannot do what they say: lists and fields that do not fit the data type, rules that
//! cannot be read or that nothing satisfies.

use journeyman_claims::predicates::Rule;
use journeyman_claims::{DataType, Name};
use journeyman_policy::diagnostic::Sink;
use journeyman_policy::has_placeholder;
use journeyman_policy::model::{ClaimType, DisplayClaim, Policy, Predicate, Restriction, UserInputType};

use crate::codes;
use crate::rules;

/// Checks everything that a policy declares of claims, whether a journey gets there or not.
pub(crate) fn check(policy: &Policy, sink: &mut Sink) {
    for claim in policy.claim_types.values() {
        input_type(claim, sink);
        enumeration(claim, sink);
    }
    for written in policy.predicates.values() {
        predicate(written, sink);
    }
    for validation in policy.predicate_validations.values() {
        for group in &validation.groups {
            let (wanted, all) = (group.match_at_least.unwrap_or(0), group.predicates.len());
            if wanted as usize > all {
                sink.report(codes::impossible_group(validation, group, all));
            }
        }
    }
    for profile in policy.technical_profiles.values() {
        let shown = profile.display_claims.iter().filter_map(|display| match display {
            DisplayClaim::Claim(claim) => Some(claim),
            DisplayClaim::Control(_) => None,
        });
        for asked in shown.chain(&profile.output_claims).filter(|claim| claim.required) {
            if let Some(text) = paragraph(policy, &asked.claim.value) {
                sink.report(codes::required_paragraph(asked, text));
            }
        }
    }
}

/// How a field can be shown, and the data types that it can hold: the documented ones, and those that published policies
/// use. What is not here is not checked.
const FIELDS: &[(UserInputType, &[DataType])] = &[
    (
        UserInputType::TextBox,
        &[DataType::String, DataType::Int, DataType::Long, DataType::Boolean, DataType::PhoneNumber],
    ),
    (UserInputType::EmailBox, &[DataType::String]),
    (UserInputType::Password, &[DataType::String]),
    (UserInputType::DateTimeDropdown, &[DataType::Date, DataType::DateTime]),
    (UserInputType::RadioSingleSelect, &[DataType::String, DataType::Boolean]),
    (UserInputType::DropdownSingleSelect, &[DataType::String, DataType::Boolean]),
    (UserInputType::CheckboxMultiSelect, &[DataType::String, DataType::StringCollection]),
];

fn input_type(claim: &ClaimType, sink: &mut Sink) {
    let (Some(input), Some(data_type)) = (&claim.input_type, &claim.data_type) else { return };
    let Some((_, types)) = FIELDS.iter().find(|(field, _)| *field == input.value) else { return };
    if !types.contains(&data_type.value) {
        sink.report(codes::input_type(claim, input, data_type, types));
    }
}

fn enumeration(claim: &ClaimType, sink: &mut Sink) {
    const LISTS: &[DataType] = &[DataType::String, DataType::Boolean, DataType::StringCollection, DataType::Int];
    let Some(Restriction::Enumeration(items)) = &claim.restriction else { return };
    if let Some(data_type) = claim.data_type.as_ref().filter(|data_type| !LISTS.contains(&data_type.value)) {
        return sink.report(codes::bad_enumeration(
            claim,
            data_type.span,
            &format!("a {} has no list", data_type.value),
        ));
    }
    let several = claim
        .input_type
        .as_ref()
        .filter(|input| matches!(input.value, UserInputType::RadioSingleSelect | UserInputType::DropdownSingleSelect));
    let chosen = items.iter().filter(|item| item.select_by_default).count();
    if let Some(input) = several.filter(|_| chosen > 1) {
        let why = format!("{chosen} of its items are `SelectByDefault`, and only one can be chosen");
        sink.report(codes::bad_enumeration(claim, input.span, &why));
    }
}

fn paragraph<'a>(policy: &'a Policy, claim: &Name) -> Option<&'a ClaimType> {
    let claim = policy.claim_types.get(claim)?;
    claim.input_type.as_ref().is_some_and(|input| input.value == UserInputType::Paragraph).then_some(claim)
}

fn predicate(written: &Predicate, sink: &mut Sink) {
    if written.parameters.values().any(|value| has_placeholder(&value.value)) {
        return;
    }
    let known = Rule::reads(&written.method.value);
    let unread = |id: &&Name| known.is_some_and(|known| !known.iter().any(|known| **id == **known));
    let unread: Vec<_> = written.parameters.keys().filter(unread).collect();
    match rules::rule(written) {
        Ok(_) => {
            for id in unread {
                sink.report(codes::unread_parameter(written, id, known.unwrap_or_default()));
            }
        }
        Err(why) => sink.report(codes::bad_predicate(written, &why, unread.first().copied())),
    }
}
