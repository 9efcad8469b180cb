//! Whether claims transformations are used as their methods demand: the claims they take and give, and their types, and the
//! texts of their parameters.

use journeyman_claims::transformations::{self, Fault, Given, Part, Transformation, Usage};
use journeyman_claims::{DataType, Name};
use journeyman_policy::diagnostic::Sink;
use journeyman_policy::has_placeholder;
use journeyman_policy::model::{ClaimsTransformation, Policy, TransformationClaim};

use crate::codes;

/// Checks every transformation of a policy: those that nothing refers to are refused at upload, too.
pub(crate) fn check(policy: &Policy, sink: &mut Sink) {
    for transformation in policy.transformations.values() {
        check_one(policy, transformation, sink);
    }
}

fn check_one(policy: &Policy, used: &ClaimsTransformation, sink: &mut Sink) {
    let Some(method) = transformations::find(&used.method.value) else {
        let known: Vec<_> = transformations::ALL.iter().map(|t| t.method).collect();
        return sink.report(codes::unknown_method(&used.id, used.method.span, &used.method.value, &known));
    };
    for fault in method.faults(&usage(policy, used)) {
        let finding = if fault.is_harmless() {
            codes::unknown_parameter(used, method, &fault)
        } else {
            codes::misused_method(policy, used, method, &fault)
        };
        sink.report(finding);
    }
}

/// How a policy uses a method. What a placeholder will be is not known, nor is the type of a claim that is not declared,
/// which is a finding of its own.
pub fn usage<'a>(policy: &Policy, used: &'a ClaimsTransformation) -> Usage<'a> {
    let typed = |claims: &'a [TransformationClaim]| -> Vec<_> {
        claims.iter().map(|claim| (claim.role.as_str(), declared_type(policy, &claim.claim.value))).collect()
    };
    let given = used.parameters.iter().map(|parameter| {
        let text = Some(parameter.value.value.as_str()).filter(|text| !has_placeholder(text));
        (parameter.id.as_str(), Given { text, data_type: parameter.data_type })
    });
    Usage { inputs: typed(&used.inputs), parameters: given.collect(), outputs: typed(&used.outputs) }
}

fn declared_type(policy: &Policy, claim: &Name) -> Option<DataType> {
    policy.claim_types.get(claim)?.data_type.as_ref().map(|declared| declared.value)
}

/// The names that a list of a method may have, in words.
pub(crate) fn expected(method: &Transformation, part: Part) -> Option<String> {
    let names: Vec<_> = method.names(part).into_iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The nearest of those names.
pub(crate) fn nearest(method: &Transformation, fault: &Fault<'_>) -> Option<&'static str> {
    match fault {
        Fault::Unexpected { meant: Some(meant), .. } => Some(meant),
        Fault::Unexpected { part, name, .. } => journeyman_policy::nearest_word(name, &method.names(*part)),
        _ => None,
    }
}
