//! Every kind of finding that this crate reports: a file each, with its code, its wording and its tests.

#[macro_use]
mod examples;

pub mod ambiguous_base;
pub mod bad_value;
pub mod base_cycle;
pub mod built_in_base;
pub mod compared_with_claim;
pub mod default_value;
pub mod document_type;
pub mod duplicate_id;
pub mod duplicate_key;
pub mod duplicate_policy;
pub mod duplicate_step;
pub mod element_order;
pub mod exchanges_without_selection;
pub mod extra_precondition_value;
pub mod impossible_literal;
pub mod include_cycle;
pub mod malformed_xml;
pub mod missing_attribute;
pub mod missing_base;
pub mod namespace;
pub mod never_chosen;
pub mod no_data_type;
pub mod no_default_journey;
pub mod no_issuer;
pub mod no_send_claims;
pub mod not_a_policy;
pub mod not_run;
pub mod other_case;
pub mod other_tenant;
pub mod over_service_limits;
pub mod padded_id;
pub mod placeholder;
pub mod placeholder_tenant;
pub mod precondition_values;
pub mod recorder_on;
pub mod repeated_element;
pub mod selection_not_first;
pub mod send_claims_in_call;
pub mod step_after_selection;
pub mod step_gap;
pub mod step_without_content;
pub mod step_without_target;
pub mod stray_text;
pub mod sub_journey_cycle;
pub mod transfer_without_issuer;
pub mod uncalled_sub_journey;
pub mod unknown_attribute;
pub mod unknown_claim;
pub mod unknown_content;
pub mod unknown_control;
pub mod unknown_element;
pub mod unknown_endpoint;
pub mod unknown_exchange;
pub mod unknown_journey;
pub mod unknown_link;
pub mod unknown_localization;
pub mod unknown_precondition_claim;
pub mod unknown_predicate;
pub mod unknown_predicate_validation;
pub mod unknown_profile;
pub mod unknown_step_type;
pub mod unknown_sub_journey;
pub mod unknown_transformation;
pub mod unreachable_send_claims;
pub mod unreachable_step;
pub mod unused_root;
pub mod wrong_action;

use crate::diagnostic::{Code, Diagnostic, Kind};
use crate::model::Ref;
use crate::nearest::Near;

/// All codes, by id.
pub const ALL: &[&Code] = &[
    &malformed_xml::MALFORMED_XML,
    &document_type::DOCUMENT_TYPE,
    &not_a_policy::NOT_A_POLICY,
    &namespace::NAMESPACE_CODE,
    &element_order::ELEMENT_ORDER,
    &unknown_element::UNKNOWN_ELEMENT,
    &missing_attribute::MISSING_ATTRIBUTE,
    &bad_value::BAD_VALUE,
    &duplicate_id::DUPLICATE_ID,
    &placeholder::PLACEHOLDER,
    &precondition_values::PRECONDITION_VALUES,
    &padded_id::PADDED_ID,
    &missing_base::MISSING_BASE,
    &base_cycle::BASE_CYCLE,
    &ambiguous_base::AMBIGUOUS_BASE,
    &duplicate_policy::DUPLICATE_POLICY,
    &built_in_base::BUILT_IN_BASE,
    &over_service_limits::OVER_SERVICE_LIMITS,
    &unused_root::UNUSED_ROOT,
    &stray_text::STRAY_TEXT,
    &unknown_attribute::UNKNOWN_ATTRIBUTE,
    &repeated_element::REPEATED_ELEMENT,
    &duplicate_key::DUPLICATE_KEY,
    &not_run::NOT_RUN,
    &unknown_claim::UNKNOWN_CLAIM,
    &unknown_transformation::UNKNOWN_TRANSFORMATION,
    &unknown_profile::UNKNOWN_PROFILE,
    &unknown_content::UNKNOWN_CONTENT,
    &unknown_localization::UNKNOWN_LOCALIZATION,
    &unknown_journey::UNKNOWN_JOURNEY,
    &unknown_sub_journey::UNKNOWN_SUB_JOURNEY,
    &unknown_control::UNKNOWN_CONTROL,
    &unknown_predicate::UNKNOWN_PREDICATE,
    &unknown_predicate_validation::UNKNOWN_PREDICATE_VALIDATION,
    &include_cycle::INCLUDE_CYCLE,
    &unknown_exchange::UNKNOWN_EXCHANGE,
    &unknown_precondition_claim::UNKNOWN_PRECONDITION_CLAIM,
    &no_send_claims::NO_SEND_CLAIMS,
    &step_after_selection::STEP_AFTER_SELECTION,
    &no_default_journey::NO_DEFAULT_JOURNEY,
    &unknown_step_type::UNKNOWN_STEP_TYPE,
    &step_gap::STEP_GAP,
    &duplicate_step::DUPLICATE_STEP,
    &send_claims_in_call::SEND_CLAIMS_IN_CALL,
    &exchanges_without_selection::EXCHANGES_WITHOUT_SELECTION,
    &unreachable_send_claims::UNREACHABLE_SEND_CLAIMS,
    &selection_not_first::SELECTION_NOT_FIRST,
    &no_issuer::NO_ISSUER,
    &transfer_without_issuer::TRANSFER_WITHOUT_ISSUER,
    &sub_journey_cycle::SUB_JOURNEY_CYCLE,
    &uncalled_sub_journey::UNCALLED_SUB_JOURNEY,
    &step_without_target::STEP_WITHOUT_TARGET,
    &step_without_content::STEP_WITHOUT_CONTENT,
    &unknown_link::UNKNOWN_LINK,
    &never_chosen::NEVER_CHOSEN,
    &unreachable_step::UNREACHABLE_STEP,
    &unknown_endpoint::UNKNOWN_ENDPOINT,
    &compared_with_claim::COMPARED_WITH_CLAIM,
    &impossible_literal::IMPOSSIBLE_LITERAL,
    &extra_precondition_value::EXTRA_PRECONDITION_VALUE,
    &wrong_action::WRONG_ACTION,
    &recorder_on::RECORDER_ON,
    &placeholder_tenant::PLACEHOLDER_TENANT,
    &other_tenant::OTHER_TENANT,
    &other_case::OTHER_CASE,
    &default_value::DEFAULT_VALUE,
    &no_data_type::NO_DATA_TYPE,
];

/// The wording that all unresolved references share.
fn unresolved(code: &'static Code, kind: Kind, what: &str, at: &Ref, near: Option<Near>) -> Diagnostic {
    let found = Diagnostic::new(code, kind, at.span, format!("{what} `{}` is not declared", at.value))
        .label("not in this policy or any base policy")
        .reference(at.value.as_str());
    match near {
        Some(near) => found
            .also(near.span, format!("`{}` is declared here", near.name))
            .help(format!("did you mean `{}`?", near.name)),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn ids_are_in_order_and_never_twice() {
        let ids: Vec<_> = ALL.iter().map(|code| code.id).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    }
}
