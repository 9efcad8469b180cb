//! Claim resolvers where they do nothing: unknown ones, those of claims that do not exist, those that stand where nobody
//! fills them in, and those that nobody asked to be filled in.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Diagnostic, Sink};
use journeyman_policy::model::{ClaimUse, DisplayClaim, Policy, TechnicalProfile};
use journeyman_policy::source::{Span, Spanned};

use super::{Place, RESOLVERS, Token, find, tokens};
use crate::codes;

/// Where a text stands.
#[derive(Clone, Copy)]
enum Stands<'a> {
    /// Resolvers are filled in.
    Filled,
    /// They would be, if the profile asked for it.
    Unasked(&'a TechnicalProfile, &'a ClaimUse),
    /// In the outside name of a claim.
    Name(Option<Place>),
    /// They never are; what stands there.
    Never(&'static str),
}

/// Checks what the given profiles and the relying party say, the pages that they show, and what never holds resolvers.
pub(crate) fn check<'a>(policy: &Policy, profiles: impl Iterator<Item = &'a TechnicalProfile>, sink: &mut Sink) {
    let mut check = Check { policy, sink };
    for profile in profiles {
        check.profile(profile);
    }
    if let Some(party) = &policy.relying_party {
        party.profile.input_claims.iter().chain(&party.profile.output_claims).for_each(|claim| check.filled(claim));
        party.behaviors.content_parameters.iter().for_each(|(_, text)| check.text(text, Stands::Filled));
    }
    for used in policy.transformations.values() {
        for parameter in &used.parameters {
            check.text(&parameter.value, Stands::Never("a parameter of a claims transformation"));
        }
    }
    for parameter in policy.predicates.values().flat_map(|predicate| predicate.parameters.values()) {
        check.text(parameter, Stands::Never("a parameter of a predicate"));
    }
}

struct Check<'a, 's> {
    policy: &'a Policy,
    sink: &'s mut Sink,
}

impl Check<'_, '_> {
    fn profile(&mut self, profile: &TechnicalProfile) {
        let kinds = [
            (&profile.input_claims, name_place(profile, true)),
            (&profile.persisted_claims, None),
            (&profile.output_claims, name_place(profile, false)),
        ];
        for (claims, names) in kinds {
            for claim in claims {
                let stands = if claim.fills_in { Stands::Filled } else { Stands::Unasked(profile, claim) };
                claim.default.iter().for_each(|text| self.text(text, stands));
                // Who was meant to supply the protocol may supply one that has such names.
                let partner = claim.partner.iter().filter(|_| profile.protocol.is_some());
                partner.for_each(|name| self.text(name, Stands::Name(names)));
            }
        }
        for display in &profile.display_claims {
            let DisplayClaim::Control(reference) = display else { continue };
            let control = self.policy.display_controls.get(&reference.value);
            control.into_iter().flat_map(|control| &control.input_claims).for_each(|claim| self.filled(claim));
        }
        if let Some(address) = profile.metadata.get(&Name::new("ServiceUrl")) {
            self.text(address, Stands::Filled);
        }
        let page = profile.metadata("ContentDefinitionReferenceId").map(Name::new);
        let page = page.and_then(|id| self.policy.content_definitions.get(&id));
        if let Some(address) = page.and_then(|page| page.load_uri.as_ref()) {
            self.text(address, Stands::Filled);
        }
    }

    fn filled(&mut self, claim: &ClaimUse) {
        claim.default.iter().for_each(|text| self.text(text, Stands::Filled));
    }

    fn text(&mut self, text: &Spanned<String>, stands: Stands<'_>) {
        for token in tokens(&text.value) {
            if let Some(finding) = self.fault(&token, within(text, &token), stands) {
                self.sink.report(finding);
            }
        }
    }

    /// What is wrong with one resolver, worst first.
    fn fault(&self, token: &Token<'_>, span: Span, stands: Stands<'_>) -> Option<Diagnostic> {
        let written = format!("{{{}:{}}}", token.group, token.name);
        match (find(token.group, token.name), stands) {
            // Braces in what is no place for resolvers mean something else.
            (None, Stands::Never(_) | Stands::Name(_)) => None,
            (None, _) => Some(codes::unknown_resolver(span, &written, nearest(token).as_deref())),
            (Some(_), Stands::Never(place)) => Some(codes::resolver_place(span, &written, place, None)),
            (Some(known), Stands::Name(place)) => (place != Some(known.place))
                .then(|| codes::resolver_place(span, &written, "the outside name of a claim", Some(known.place))),
            (Some(known), _) if known.place != Place::Text => {
                Some(codes::resolver_place(span, &written, "a value", Some(known.place)))
            }
            (Some(_), Stands::Unasked(profile, claim)) => {
                Some(codes::resolver_not_asked(span, &written, profile, claim))
            }
            (Some(known), Stands::Filled) => {
                let unknown = known.group == "Claim" && !self.policy.claim_types.contains_key(&Name::new(token.name));
                let declared = || self.policy.claim_types.keys().map(Name::as_str).collect::<Vec<_>>();
                unknown.then(|| codes::resolver_claim(span, token.name, &declared()))
            }
        }
    }
}

/// What a resolver in the outside names of a profile's claims may be.
fn name_place(profile: &TechnicalProfile, inputs: bool) -> Option<Place> {
    let protocol = &profile.protocol.as_ref()?.value;
    let is = |name: &str| protocol.name.eq_ignore_ascii_case(name);
    let insights = protocol.handler.as_deref().is_some_and(|handler| handler.contains("ApplicationInsights"));
    match inputs {
        true if insights => Some(Place::PropertyName),
        false if is("OAuth2") || is("OpenIdConnect") => Some(Place::AnswerName),
        _ => None,
    }
}

fn nearest(token: &Token<'_>) -> Option<String> {
    let all: Vec<_> = RESOLVERS.iter().filter_map(|known| Some(format!("{}:{}", known.group, known.name?))).collect();
    let all: Vec<_> = all.iter().map(String::as_str).collect();
    let near = journeyman_policy::nearest_word(&format!("{}:{}", token.group, token.name), &all);
    near.map(|near| format!("{{{near}}}"))
}

/// The token's own place, where the text stands in the file as it is.
fn within(text: &Spanned<String>, token: &Token<'_>) -> Span {
    let Span { file, start, end } = text.span;
    let (from, to) = (token.at.start as u32, token.at.end as u32);
    let verbatim = (end - start) as usize == text.value.len();
    if verbatim { Span { file, start: start + from, end: start + to } } else { text.span }
}
