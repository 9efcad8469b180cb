//! From step to step: preconditions, exchanges, choices, sub journeys.

use std::mem;

use journeyman_claims::{Bag, ClaimValue, DataType, Name};
use journeyman_policy::model::{
    ClaimsExchange, EnabledFor, JourneyKind, OrchestrationStep, Precondition, PreconditionTest, Selection, StepType,
    TechnicalProfile,
};

use crate::effect::{Effect, HintReply, Repeat, Reply};
use crate::event::{Next, RefusalCode};
use crate::journey::{Activity, StepFrame};
use crate::page::PageKind;
use crate::providers::{Bound, Failure, Produced};
use crate::run::Run;
use crate::run::profile::Progress;

/// Sub journeys may call sub journeys, so deep.
const DEEPEST: usize = 10;

/// An `id_token_hint` that must be there is not.
const HINT_MISSING: u32 = 90_272;
/// It is there, and lacks what it must hold.
const HINT_INCOMPLETE: u32 = 90_210;

impl<'p> Run<'p> {
    /// Takes steps until something must happen outside.
    pub(crate) fn go_on(&mut self) -> Next {
        loop {
            if let Some(next) = self.step() {
                return next;
            }
        }
    }

    /// Takes one step; `None`: it is done, look at the next one.
    fn step(&mut self) -> Option<Next> {
        let Some(frame) = self.journey.stack.last() else {
            return Some(self.refuse(90_040, "the journey ended without SendClaims"));
        };
        let Some(journey) = self.program.policy().journey(&frame.journey) else {
            let detail = format!("journey `{}` is not declared", frame.journey);
            return Some(self.refuse(90_031, detail));
        };
        if frame.step == 0 && !journey.authorization.is_empty() {
            return Some(self.refuse_unsupported("AuthorizationTechnicalProfiles of a journey"));
        }
        let Some(step) = journey.steps.get(frame.step) else {
            self.journey.stack.pop();
            return None;
        };
        if self.skips(&step.preconditions, &self.journey.bag) {
            return self.next_step();
        }
        match step.step_type.value {
            StepType::Noop => self.next_step(),
            StepType::SendClaims => Some(self.issue(step)),
            StepType::GetClaims => self.read_hint(step),
            StepType::InvokeSubJourney => self.invoke(step),
            StepType::ClaimsExchange => self.exchange(step),
            StepType::ClaimsProviderSelection => self.select(step),
            StepType::CombinedSignInAndSignUp => self.combined(step),
            StepType::ConsentScreen | StepType::ReviewScreen | StepType::UserDialog => {
                Some(self.refuse_unsupported(&format!("The step type {:?}", step.step_type.value)))
            }
        }
    }

    /// The step on top is done.
    pub(crate) fn next_step(&mut self) -> Option<Next> {
        if let Some(frame) = self.journey.stack.last_mut() {
            frame.step += 1;
        }
        self.journey.activity = Activity::Next;
        None
    }

    fn current_step(&self) -> Option<&'p OrchestrationStep> {
        let frame = self.journey.stack.last()?;
        self.program.policy().journey(&frame.journey)?.steps.get(frame.step)
    }

    fn refuse_unsupported(&mut self, what: &str) -> Next {
        self.refuse_saying(RefusalCode::Unsupported, format!("{what} is understood, but not run yet."), what)
    }

    /// Whether one of the preconditions says to skip.
    pub(crate) fn skips(&self, preconditions: &[Precondition], claims: &Bag) -> bool {
        preconditions.iter().any(|precondition| match &precondition.test {
            PreconditionTest::ClaimsExist(claim) => claims.contains(&claim.value) == precondition.execute_if,
            PreconditionTest::ClaimEquals(claim, literal) => match claims.get(&claim.value) {
                Some(value) => equals(value, &literal.value) == precondition.execute_if,
                None => false,
            },
        })
    }

    fn exchange(&mut self, step: &'p OrchestrationStep) -> Option<Next> {
        let chosen = match (step.exchanges.as_slice(), &self.journey.selected) {
            ([], _) => return self.next_step(),
            ([only], _) => only,
            (several, selected) => {
                let wanted = selected.as_ref().and_then(|id| several.iter().find(|e| e.id.value == *id));
                let Some(found) = wanted else {
                    let selected = selected.as_ref().map_or("none", Name::as_str);
                    let detail = format!("the step has several claims exchanges and the one chosen is `{selected}`");
                    return Some(self.refuse(90_037, detail));
                };
                found
            }
        };
        self.run_exchange(step, chosen)
    }

    fn run_exchange(&mut self, step: &'p OrchestrationStep, exchange: &'p ClaimsExchange) -> Option<Next> {
        let id = &exchange.profile.value;
        let Some(profile) = self.program.profile(id) else {
            return Some(self.refuse(90_021, format!("technical profile `{id}` is not declared")));
        };
        if !self.enabled(profile) || self.restored(profile) {
            return self.next_step();
        }
        match self.program.bound(id) {
            Some(Bound::Page(page)) => {
                let content = page.content_definition.as_ref().or(step.content_definition.as_ref().map(|r| &r.value));
                self.show(PageKind::SelfAsserted, Some(profile), content)
            }
            _ => self.run_profile(profile),
        }
    }

    /// Runs a profile without a page as the step itself.
    fn run_profile(&mut self, profile: &'p TechnicalProfile) -> Option<Next> {
        let mut bag = mem::take(&mut self.journey.bag);
        let progress = self.start_profile(&profile.id, profile_content(profile).as_ref(), &mut bag);
        self.journey.bag = bag;
        self.profile_progressed(profile, progress)
    }

    /// Goes on with the profile that is the step itself.
    pub(crate) fn profile_replied(&mut self, id: &Name, reply: Reply) -> Next {
        let Some(profile) = self.program.profile(id) else {
            return self.refuse(90_021, format!("technical profile `{id}` is not declared"));
        };
        if matches!(self.program.bound(id), Some(Bound::Hint(_))) {
            return self.hint_replied(profile, reply);
        }
        let mut bag = mem::take(&mut self.journey.bag);
        let progress = self.resume_profile(id, profile_content(profile).as_ref(), reply, &mut bag);
        self.journey.bag = bag;
        self.profile_progressed(profile, progress).unwrap_or_else(|| self.go_on())
    }

    fn profile_progressed(
        &mut self,
        profile: &'p TechnicalProfile,
        progress: Result<Progress, Failure>,
    ) -> Option<Next> {
        match progress {
            Ok(Progress::Done) => {
                if let Some(person) = self.met.take() {
                    self.journey.person = Some(person);
                }
                self.remember(profile);
                self.next_step()
            }
            Ok(Progress::Waits(request)) => {
                self.journey.activity = Activity::Profile(profile.id.clone());
                Some(Next::Effect(request))
            }
            Err(failure) => Some(self.refuse_failure(&failure, None, Some(profile), None)),
        }
    }

    fn read_hint(&mut self, step: &'p OrchestrationStep) -> Option<Next> {
        let reader = step.issuer.as_ref().and_then(|r| self.program.profile(&r.value));
        let Some(profile) = reader else {
            return Some(self.refuse(90_021, "the GetClaims step names no profile"));
        };
        let Some(Bound::Hint(hint)) = self.program.bound(&profile.id) else {
            return Some(self.refuse(90_037, format!("technical profile `{}` reads no hint", profile.id)));
        };
        match self.journey.request.id_token_hint.clone() {
            Some(token) => {
                let request = self.request(Effect::VerifyHint(hint.check(token)), Repeat::Harmless);
                self.journey.activity = Activity::Profile(profile.id.clone());
                Some(Next::Effect(request))
            }
            None => self.require_hint_claims().or_else(|| self.next_step()),
        }
    }

    fn hint_replied(&mut self, profile: &'p TechnicalProfile, reply: Reply) -> Next {
        let values = match reply {
            Reply::Hint(HintReply::Accepted(values)) => values,
            Reply::Hint(HintReply::Refused(code)) => return self.refuse(code, "the id_token_hint is refused"),
            other => return self.refuse_failure(&Failure::unexpected(&other), None, Some(profile), None),
        };
        let produced = Produced { values: serde_json::Value::Object(values), ..Produced::nothing() };
        let mut read = Bag::new();
        self.outputs(profile, &produced, &mut read);
        // The relying party says which claims may enter with a request.
        let accepted = self.program.relying_party().map(|rp| rp.profile.input_claims.as_slice()).unwrap_or_default();
        for (name, claim) in read.iter().filter(|(name, _)| accepted.iter().any(|a| a.claim.value == **name)) {
            self.journey.bag.put(name.clone(), claim.clone());
        }
        self.journey.used_hint = true;
        self.require_hint_claims().or_else(|| self.next_step()).unwrap_or_else(|| self.go_on())
    }

    /// Input claims that the relying party requires must be there now.
    fn require_hint_claims(&mut self) -> Option<Next> {
        let relying_party = self.program.relying_party()?;
        let missing = relying_party
            .profile
            .input_claims
            .iter()
            .find(|c| c.required && self.value_of(c, &self.journey.bag).is_none());
        let claim = &missing?.claim.value;
        // Whoever wrote the application must know; a person who sees it can do nothing about it.
        let message = format!("The request brings no value for the claim `{claim}`, which this policy needs.");
        let detail = format!("the request brings no value for the required claim `{claim}`");
        let code = if self.journey.used_hint { HINT_INCOMPLETE } else { HINT_MISSING };
        Some(self.refuse_saying(RefusalCode::Catalogue(code), message, detail))
    }

    fn invoke(&mut self, step: &'p OrchestrationStep) -> Option<Next> {
        let Some(target) = step.candidates.first().map(|c| c.value.clone()) else {
            return Some(self.refuse(90_037, "the step names no sub journey"));
        };
        let Some(journey) = self.program.policy().sub_journeys.get(&target) else {
            return Some(self.refuse(90_031, format!("sub journey `{target}` is not declared")));
        };
        if self.journey.stack.len() > DEEPEST {
            return Some(self.refuse(90_037, "sub journeys call each other too deeply"));
        }
        self.next_step();
        if journey.kind == JourneyKind::Transfer {
            self.journey.stack.clear();
        }
        self.journey.stack.push(StepFrame { journey: target, step: 0 });
        None
    }

    fn select(&mut self, step: &'p OrchestrationStep) -> Option<Next> {
        let choices = self.targets(step);
        let single = choices.len() == 1 && !step.show_single_provider;
        let chosen = self.hinted(&choices).or_else(|| choices.first().filter(|_| single).map(|(id, _)| id.clone()));
        if let Some(chosen) = chosen {
            return self.choose(chosen);
        }
        if choices.is_empty() {
            return Some(self.refuse(90_051, "the step has no provider to choose"));
        }
        let content = step.content_definition.as_ref().map(|r| &r.value);
        self.show(PageKind::Selection, None, content)
    }

    fn combined(&mut self, step: &'p OrchestrationStep) -> Option<Next> {
        if let Some(chosen) = self.hinted(&self.targets(step)) {
            return self.choose(chosen);
        }
        let local = local_exchange(step).and_then(|e| self.program.profile(&e.profile.value));
        let local = local.filter(|profile| self.enabled(profile));
        if local.is_some_and(|profile| self.restored(profile)) {
            return self.next_step();
        }
        let content = step.content_definition.as_ref().map(|r| &r.value);
        match local {
            Some(profile) => match self.program.bound(&profile.id) {
                Some(Bound::Page(page)) => {
                    let content = content.or(page.content_definition.as_ref());
                    self.show(PageKind::Combined, Some(profile), content)
                }
                _ => Some(self.refuse(90_037, format!("technical profile `{}` shows no page", profile.id))),
            },
            None => self.show(PageKind::Combined, None, content),
        }
    }

    /// A target was chosen: it runs in the next step.
    pub(crate) fn choose(&mut self, exchange: Name) -> Option<Next> {
        self.journey.selected = Some(exchange);
        self.next_step()
    }

    /// The targets of a step that are on offer, with their profiles: found among the exchanges of the step after it.
    pub(crate) fn targets(&self, step: &'p OrchestrationStep) -> Vec<(Name, &'p TechnicalProfile)> {
        let following = self.following_exchanges();
        let targets = step.selections.iter().filter_map(|selection| match selection {
            Selection::Target(id) => Some(&id.value),
            Selection::Validation(_) => None,
        });
        let found = targets.filter_map(|id| {
            let exchange = following.iter().find(|e| e.id.value == *id)?;
            Some((id.clone(), self.program.profile(&exchange.profile.value)?))
        });
        found.filter(|(_, profile)| self.enabled(profile)).collect()
    }

    /// The targets of the step that is running.
    pub(crate) fn current_targets(&self) -> Vec<(Name, &'p TechnicalProfile)> {
        self.current_step().map(|step| self.targets(step)).unwrap_or_default()
    }

    /// Exchanges of later steps of this journey: a choice names one of them.
    fn following_exchanges(&self) -> Vec<&'p ClaimsExchange> {
        let frame = self.journey.stack.last();
        let journey = frame.and_then(|f| self.program.policy().journey(&f.journey).map(|j| (j, f.step)));
        journey.map(|(j, at)| j.steps.iter().skip(at + 1).flat_map(|s| &s.exchanges).collect()).unwrap_or_default()
    }

    fn hinted(&self, choices: &[(Name, &TechnicalProfile)]) -> Option<Name> {
        let domain = self.journey.request.domain_hint.as_deref()?;
        let found = choices.iter().find(|(_, p)| p.domain.as_deref().is_some_and(|d| d.eq_ignore_ascii_case(domain)));
        found.map(|(id, _)| id.clone())
    }

    /// Whether `EnabledForUserJourneys` lets a profile take part.
    pub(crate) fn enabled(&self, profile: &TechnicalProfile) -> bool {
        let bag = &self.journey.bag;
        let claim = profile.metadata("ClaimTypeOnWhichToEnable").map(Name::new);
        let value = profile.metadata("ClaimValueOnWhichToEnable");
        let held = claim.as_ref().and_then(|claim| bag.get(claim));
        let contains = || match (held, value) {
            (Some(ClaimValue::StringCollection(items)), Some(value)) => items.iter().any(|item| item == value),
            (Some(other), Some(value)) => other.to_text() == value,
            _ => false,
        };
        match profile.enabled_for {
            EnabledFor::Always => true,
            EnabledFor::Never => false,
            EnabledFor::OnClaimsExistence => held.is_some_and(|held| value.is_none_or(|value| equals(held, value))),
            EnabledFor::OnItemExistenceInStringCollectionClaim => contains(),
            EnabledFor::OnItemAbsenceInStringCollectionClaim => !contains(),
        }
    }
}

/// The exchange whose form a combined page shows.
pub(crate) fn local_exchange(step: &OrchestrationStep) -> Option<&ClaimsExchange> {
    let wanted = step.selections.iter().find_map(|selection| match selection {
        Selection::Validation(id) => Some(&id.value),
        Selection::Target(_) => None,
    })?;
    step.exchanges.iter().find(|e| e.id.value == *wanted)
}

/// The content definition that a profile without a page names for its texts.
fn profile_content(profile: &TechnicalProfile) -> Option<Name> {
    profile.metadata("ContentDefinitionReferenceId").map(Name::new)
}

/// Compares a claim with a literal: booleans in any case, everything else letter by letter.
fn equals(value: &ClaimValue, literal: &str) -> bool {
    match value {
        ClaimValue::Boolean(held) => {
            matches!(ClaimValue::parse(literal, DataType::Boolean), Ok(ClaimValue::Boolean(wanted)) if wanted == *held)
        }
        other => other.to_text() == literal,
    }
}
