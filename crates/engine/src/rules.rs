//! The rules that a claim's value must keep, compiled once: its restriction and its predicate validation.
//!
//! Pages check typed texts with them; whoever holds a typed secret checks it with the same rules, so that the interpreter
//! itself never looks at one.

use indexmap::IndexMap;
use jiff::civil::Date;
use journeyman_claims::Name;
use journeyman_claims::mask::Mask;
use journeyman_claims::pattern::{Pattern, PatternError};
use journeyman_claims::predicates::{self, PredicateError, Rule, Unmet};
use journeyman_policy::diagnostic::Sink;
use journeyman_policy::model::{self, ClaimType, Policy, Restriction};

use crate::codes;
use crate::texts::Texts;

/// What one claim's values must be, and how they may be shown.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    pattern: Option<Checked<Pattern>>,
    predicates: Option<Checked<predicates::PredicateValidation>>,
    mask: Option<Checked<Mask>>,
}

/// A rule that could be compiled, or one that could not: then no value passes it, and nothing shows through it.
type Checked<T> = Result<T, ()>;

/// Compiles the rules of every claim type that has some.
pub(crate) fn compile(policy: &Policy, sink: &mut Sink) -> IndexMap<Name, Rules> {
    let all = policy.claim_types.values().map(|claim| (claim.id.clone(), Rules::of(policy, claim, sink)));
    all.filter(|(_, rules)| rules.pattern.is_some() || rules.predicates.is_some() || rules.mask.is_some()).collect()
}

impl Rules {
    fn of(policy: &Policy, claim: &ClaimType, sink: &mut Sink) -> Self {
        let pattern = match &claim.restriction {
            Some(Restriction::Pattern { expression, .. }) => {
                Some(Pattern::new(&expression.value).map_err(|e| bad_pattern(claim, expression, &e, sink)))
            }
            _ => None,
        };
        let validation = claim.predicate_validation.as_ref();
        let validation = validation.and_then(|r| policy.predicate_validations.get(&r.value));
        let mask = claim.mask.as_ref().map(|mask| match mask {
            model::Mask::Simple(cover) => Ok(Mask::Simple(cover.clone())),
            model::Mask::Regex { pattern, replacement } => {
                Mask::regex(&pattern.value, replacement).map_err(|e| bad_pattern(claim, pattern, &e, sink))
            }
        });
        Self { pattern, predicates: validation.map(|v| predicate_validation(policy, v)), mask }
    }

    /// A value as it may be shown.
    pub(crate) fn masked(&self, text: &str) -> String {
        match &self.mask {
            None => text.to_owned(),
            Some(Ok(mask)) => mask.apply(text),
            Some(Err(())) => "*".repeat(text.chars().count()),
        }
    }

    /// The first rule that a value breaks, worded for the person who typed it.
    pub(crate) fn fault(&self, claim: &ClaimType, value: &str, texts: Texts<'_>, today: Date) -> Option<String> {
        let fits = match &self.pattern {
            None => true,
            Some(Ok(pattern)) => pattern.is_match(value).unwrap_or(false),
            Some(Err(())) => false,
        };
        if !fits {
            return Some(pattern_help(claim, texts));
        }
        match &self.predicates {
            None => None,
            Some(Err(())) => Some(texts.own("invalid_value").to_owned()),
            Some(Ok(validation)) => {
                let unmet = validation.unmet(value, today);
                unmet.first().map(|unmet| predicate_help(claim, unmet, texts))
            }
        }
    }
}

fn bad_pattern(
    claim: &ClaimType,
    at: &journeyman_policy::source::Spanned<String>,
    why: &PatternError,
    sink: &mut Sink,
) {
    sink.report(codes::bad_pattern(&claim.id, at.span, &why.to_string()));
}

fn predicate_validation(
    policy: &Policy,
    validation: &model::PredicateValidation,
) -> Checked<predicates::PredicateValidation> {
    let groups = validation.groups.iter().map(|group| {
        let referenced = group.predicates.iter().filter_map(|r| policy.predicates.get(&r.value));
        Ok(predicates::PredicateGroup {
            id: group.id.clone(),
            help_text: group.user_help_text.clone(),
            match_at_least: group.match_at_least.map(|n| n as usize),
            predicates: referenced.map(predicate).collect::<Checked<_>>()?,
        })
    });
    Ok(predicates::PredicateValidation { groups: groups.collect::<Checked<_>>()? })
}

/// What is wrong with one is found by the check of claim types.
fn predicate(predicate: &model::Predicate) -> Checked<predicates::Predicate> {
    let rule = rule(predicate).map_err(drop)?;
    Ok(predicates::Predicate { id: predicate.id.clone(), rule, help_text: predicate.help_text.clone() })
}

/// The rule of a predicate.
pub(crate) fn rule(predicate: &model::Predicate) -> Result<Rule, PredicateError> {
    let parameters = predicate.parameters.iter().map(|(id, value)| (id.as_str(), value.value.as_str()));
    Rule::new(&predicate.method.value, parameters)
}

/// What to say when a value does not fit the claim's pattern.
pub(crate) fn pattern_help(claim: &ClaimType, texts: Texts<'_>) -> String {
    let declared = match &claim.restriction {
        Some(Restriction::Pattern { help_text, .. }) => help_text.clone(),
        _ => None,
    };
    let localized = texts.localized("ClaimType", Some(claim.id.as_str()), "PatternHelpText").map(str::to_owned);
    let generic = || texts.own("invalid_value").to_owned();
    localized.or(declared).filter(|text| !text.trim().is_empty()).unwrap_or_else(generic)
}

fn predicate_help(claim: &ClaimType, unmet: &Unmet<'_>, texts: Texts<'_>) -> String {
    let validation = claim.predicate_validation.as_ref().map(|r| r.value.as_str());
    let group = unmet.group.id.as_ref().and_then(|group| {
        let named = |kind| texts.localized(kind, validation, group.as_str());
        named("PredicateValidation").or_else(|| named("InputValidation")).map(str::to_owned)
    });
    let group = group.or_else(|| unmet.group.help_text.clone());
    let each = unmet.predicates.iter().filter_map(|predicate| {
        let localized = texts.localized("Predicate", Some(predicate.id.as_str()), "HelpText").map(str::to_owned);
        localized.or_else(|| predicate.help_text.clone())
    });
    let each: Vec<_> = each.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
    match (group.as_deref().map(str::trim).unwrap_or_default(), &each[..]) {
        ("", []) => texts.own("invalid_value").to_owned(),
        ("", each) => each.join(", "),
        (group, []) => group.to_owned(),
        (group, each) => format!("{group} {}", each.join(", ")),
    }
}
