//! What a step needs, and what it needs of the steps around it.

use journeyman_claims::Name;

use crate::codes;
use crate::diagnostic::Sink;
use crate::model::{
    ClaimsExchange, Journey, JourneyKind, OrchestrationStep, Policy, Ref, Selection, StepType, TechnicalProfile,
};
use crate::nearest::nearest;
use crate::source::Spanned;

/// Metadata of the technical profile behind a combined page that names exchanges of the next step, and the setting with
/// which its link is not shown.
const LINKS: &[(&str, &str, &str)] = &[
    ("SignUpTarget", "setting.showSignupLink", "false"),
    ("setting.forgotPasswordLinkOverride", "setting.forgotPasswordLinkLocation", "None"),
];
/// Metadata of a content definition that names choices of its page.
const UNDER_FORM: &str = "setting.bottomUnderFormClaimsProviderSelections";

/// Checks the steps of a journey that is run.
pub(super) fn check(policy: &Policy, journey: &Journey, sink: &mut Sink) {
    gaps(journey, sink);
    endings(policy, journey, sink);
    selections(policy, journey, sink);
    for around in steps(policy, journey) {
        around.own(sink);
        around.links(sink);
        around.exchanges(sink);
    }
}

/// Checks that what can be chosen in a journey is there.
pub(super) fn selections(policy: &Policy, journey: &Journey, sink: &mut Sink) {
    steps(policy, journey).for_each(|around| around.selection(sink));
}

fn steps<'a>(policy: &'a Policy, journey: &'a Journey) -> impl Iterator<Item = Around<'a>> {
    journey.steps.iter().enumerate().map(move |(at, step)| Around {
        policy,
        journey,
        step,
        before: at.checked_sub(1),
        next: journey.steps.get(at + 1),
    })
}

/// A step whose number is missing or another's is reported already: the gap that it leaves is no mistake of its own.
fn gaps(journey: &Journey, sink: &mut Sink) {
    if !journey.numbered || journey.steps.windows(2).any(|pair| pair[0].order == pair[1].order) {
        return;
    }
    let mut expected = 1;
    for step in &journey.steps {
        if step.order > expected {
            sink.report(codes::step_gap::step_gap(journey, step, expected));
        }
        expected = step.order.saturating_add(1);
    }
}

/// What sends claims, what hands over, and what stands after it.
fn endings(policy: &Policy, journey: &Journey, sink: &mut Sink) {
    let sends = |step: &OrchestrationStep| step.step_type.value == StepType::SendClaims;
    if journey.kind == JourneyKind::Call {
        let sending = journey.steps.iter().filter(|step| sends(step));
        return sending.for_each(|step| sink.report(codes::send_claims_in_call::send_claims_in_call(journey, step)));
    }
    let ends = |step: &OrchestrationStep| step.preconditions.is_empty() && (sends(step) || hands_over(policy, step));
    let Some(last) = journey.steps.iter().position(ends) else { return };
    let (last, rest) = (&journey.steps[last], &journey.steps[last + 1..]);
    for step in rest.iter().filter(|step| step.step_type.value != StepType::Noop) {
        if sends(last) && sends(step) {
            sink.report(codes::unreachable_send_claims::unreachable_send_claims(last, step));
        } else if !(sends(last) && is_telemetry(policy, step)) {
            sink.report(codes::unreachable_step::unreachable_step(last, step));
        }
    }
}

fn hands_over(policy: &Policy, step: &OrchestrationStep) -> bool {
    let transfers = |id: &Ref| policy.sub_journeys.get(&id.value).is_some_and(|sub| sub.kind == JourneyKind::Transfer);
    step.step_type.value == StepType::InvokeSubJourney && step.candidates.first().is_some_and(transfers)
}

/// Telemetry may stand after the answer.
fn is_telemetry(policy: &Policy, step: &OrchestrationStep) -> bool {
    let insights = |profile: &TechnicalProfile| {
        let handler = profile.protocol.as_ref().and_then(|protocol| protocol.value.handler.as_deref());
        handler.is_some_and(|handler| handler.to_ascii_lowercase().contains("applicationinsights"))
    };
    step.step_type.value == StepType::ClaimsExchange
        && step.exchanges.iter().all(|it| policy.technical_profiles.get(&it.profile.value).is_none_or(insights))
}

fn is_selection(step: &OrchestrationStep) -> bool {
    matches!(step.step_type.value, StepType::ClaimsProviderSelection | StepType::CombinedSignInAndSignUp)
}

/// Whether a step leaves a choice to the next one. A sub journey may end in a selection.
fn selects(step: &OrchestrationStep) -> bool {
    is_selection(step) || step.step_type.value == StepType::InvokeSubJourney
}

/// A step and its neighbours.
struct Around<'a> {
    policy: &'a Policy,
    journey: &'a Journey,
    step: &'a OrchestrationStep,
    before: Option<usize>,
    next: Option<&'a OrchestrationStep>,
}

impl<'a> Around<'a> {
    fn before(&self) -> Option<&'a OrchestrationStep> {
        self.journey.steps.get(self.before?)
    }

    fn own(&self, sink: &mut Sink) {
        let step = self.step;
        let targetless = match step.step_type.value {
            StepType::InvokeSubJourney => step.candidates.is_empty(),
            StepType::GetClaims => step.issuer.is_none(),
            _ => false,
        };
        if targetless {
            sink.report(codes::step_without_target::step_without_target(step));
        }
        // After another selection, that one is told that no exchange follows.
        let after_selection = self.before().is_some_and(is_selection);
        if step.step_type.value == StepType::ClaimsProviderSelection && self.before.is_some() && !after_selection {
            sink.report(codes::selection_not_first::selection_not_first(self.journey, step));
        }
        // One that shows the form of a profile may leave it to that.
        if is_selection(step) && step.content_definition.is_none() && step.exchanges.is_empty() {
            sink.report(codes::step_without_content::step_without_content(step));
        }
    }

    fn profile(&self, exchange: &ClaimsExchange) -> Option<&'a TechnicalProfile> {
        self.policy.technical_profiles.get(&exchange.profile.value)
    }

    /// Whether claims exchanges follow, in which a choice can run.
    fn exchange_follows(&self) -> bool {
        self.next.is_some_and(|next| next.step_type.value == StepType::ClaimsExchange)
    }

    /// Whether a choice that is made here runs where this check does not look: the caller of a sub journey, or one that
    /// is called.
    fn handed_on(&self) -> bool {
        let hands_on = self.next.is_some_and(|next| next.step_type.value == StepType::InvokeSubJourney);
        hands_on || self.next.is_none() && self.journey.kind != JourneyKind::User
    }

    /// A choice runs in the next step, the local account's form in its own.
    fn selection(&self, sink: &mut Sink) {
        if !is_selection(self.step) {
            return;
        }
        let targets = self.step.selections.iter().any(|selection| matches!(selection, Selection::Target(_)));
        // A selection that leads to the next one is refused even where nothing is chosen in it.
        let selection_follows = self.next.is_some_and(|next| next.step_type.value == StepType::ClaimsProviderSelection);
        if selection_follows || targets && !self.exchange_follows() && !self.handed_on() {
            sink.report(codes::step_after_selection::step_after_selection(self.journey, self.step, self.next));
        }
        for selection in &self.step.selections {
            match (selection, self.next) {
                (Selection::Validation(id), _) => exchange(self.step, id, "this step", sink),
                (Selection::Target(id), Some(next)) if self.exchange_follows() => {
                    exchange(next, id, "the next step", sink);
                }
                _ => {}
            }
        }
    }

    /// Links of a combined page name exchanges as selections do.
    fn links(&self, sink: &mut Sink) {
        if self.step.step_type.value != StepType::CombinedSignInAndSignUp || self.handed_on() {
            return;
        }
        for (key, target) in self.step.exchanges.iter().filter_map(|it| self.profile(it)).flat_map(links) {
            let wanted = Name::new(&target.value);
            let following = self.next.map(|next| next.exchanges.as_slice()).unwrap_or_default();
            if !target.value.trim().is_empty() && !following.iter().any(|exchange| exchange.id.value == wanted) {
                let near = nearest(&wanted, following.iter().map(|exchange| (&exchange.id.value, exchange.id.span)));
                sink.report(codes::unknown_link::unknown_link(target, key, self.step, self.next, near));
            }
        }
    }

    /// Of several exchanges, a choice before them picks one.
    fn exchanges(&self, sink: &mut Sink) {
        if self.step.step_type.value != StepType::ClaimsExchange || self.step.exchanges.len() < 2 {
            return;
        }
        let chosen =
            self.before().is_some_and(selects) || self.journey.kind != JourneyKind::User && self.before.is_none();
        if !chosen {
            let found = codes::exchanges_without_selection::exchanges_without_selection(self.journey, self.step);
            return sink.report(found);
        }
        let Some(before) = self.before().filter(|before| is_selection(before)) else { return };
        let offered = self.offered(before);
        for exchange in self.step.exchanges.iter().filter(|exchange| !offered.contains(&exchange.id.value)) {
            sink.report(codes::never_chosen::never_chosen(exchange, before));
        }
    }

    /// The exchanges that a selection step lets people choose.
    fn offered(&self, step: &OrchestrationStep) -> Vec<Name> {
        let targets = step.selections.iter().filter_map(|selection| match selection {
            Selection::Target(id) => Some(id.value.clone()),
            Selection::Validation(_) => None,
        });
        let profiles = || step.exchanges.iter().filter_map(|it| self.profile(it));
        // A link that is not shown was taken away on purpose, and its exchange left in the base.
        let linked =
            profiles().flat_map(|profile| LINKS.iter().filter_map(|(key, ..)| profile.metadata(key))).map(Name::new);
        let page = step.content_definition.iter().map(|id| id.value.clone());
        let pages = page.chain(profiles().filter_map(|it| it.metadata("ContentDefinitionReferenceId").map(Name::new)));
        let pages = pages.filter_map(|id| self.policy.content_definitions.get(&id));
        let under_form = pages.filter_map(|page| page.metadata.get(&Name::new(UNDER_FORM)));
        let under_form = under_form.flat_map(|ids| ids.value.split([',', ' ']).map(Name::new));
        targets.chain(linked).chain(under_form).collect()
    }
}

/// The links of a page that are shown: the metadata key, and the exchange that it names.
fn links(profile: &TechnicalProfile) -> impl Iterator<Item = (&'static str, &Spanned<String>)> {
    let hidden = |setting: &str, off: &str| profile.metadata(setting).is_some_and(|it| it.eq_ignore_ascii_case(off));
    let shown = LINKS.iter().filter(move |(_, setting, off)| !hidden(setting, off));
    shown.filter_map(|(key, ..)| Some((*key, profile.metadata.get(&Name::new(key))?)))
}

fn exchange(step: &OrchestrationStep, id: &Ref, place: &str, sink: &mut Sink) {
    if !step.exchanges.iter().any(|exchange| exchange.id.value == id.value) {
        let near = nearest(&id.value, step.exchanges.iter().map(|exchange| (&exchange.id.value, exchange.id.span)));
        sink.report(codes::unknown_exchange::unknown_exchange(id, place, near));
    }
}
