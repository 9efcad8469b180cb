//! A submitted form: what was typed is read and checked, validation profiles run, output claims go to the bag.

use std::collections::VecDeque;

use indexmap::IndexMap;
use journeyman_claims::{Bag, Claim, ClaimValue, Name};
use journeyman_policy::model::TechnicalProfile;

use crate::effect::{LimitPurpose, Secret, SecretField};
use crate::event::Next;
use crate::journey::{Cause, FIELD_FAULT, PageState, Task, Work};
use crate::page::{PageError, PageKind, VerificationState};
use crate::providers::Bound;
use crate::run::Run;
use crate::run::action::one_spelling;
use crate::run::fields::{
    Rendered, control_claims, is_email, is_password, is_shown_only, is_verification, verifies_email,
};
use crate::texts::fill;

impl<'p> Run<'p> {
    pub(crate) fn submit(&mut self, mut page: PageState, fields: IndexMap<Name, Secret>) -> Next {
        let Some(profile) = page.profile.as_ref().and_then(|id| self.program.profile(id)) else {
            return self.stay(page);
        };
        page.forget_faults();
        self.keep_typed(&mut page, &fields);
        let (scope, secrets) = self.read_form(&mut page, profile, &fields);
        if !page.field_errors.is_empty() {
            return self.stay(page);
        }
        if let Some(message) = self.unverified(&page, profile) {
            page.error = Some(PageError { message, code: Some(FIELD_FAULT.to_owned()) });
            return self.stay(page);
        }
        let mut tasks = VecDeque::new();
        if !secrets.is_empty() && page.kind != PageKind::Combined {
            tasks.push_back(Task::Inspect(secrets));
        }
        let purpose = if self.journey.used_hint { LimitPurpose::Approval } else { LimitPurpose::Verification };
        let subjects = self.code_subjects(profile, &scope);
        tasks.extend(subjects.iter().cloned().map(|subject| Task::Attempt { subject, purpose }));
        tasks.extend((0..profile.validations.len()).map(Task::Validate));
        // Where the form may go on although a code was wrong, its end is no success.
        let succeeds = !profile.validations.iter().any(|validation| validation.continue_on_error);
        let succeeded = subjects.into_iter().filter(|_| succeeds);
        tasks.extend(succeeded.map(|subject| Task::Succeeded { subject, purpose }));
        page.work = Some(Work { cause: Cause::Submit, tasks, scope, remaining: None, person: None });
        self.work_on(page, None)
    }

    /// Whose attempts at codes are counted, where a form without a display control checks some: the person's, once the
    /// journey knows them, else those for what the code was made for.
    fn code_subjects(&self, profile: &TechnicalProfile, scope: &Bag) -> Vec<String> {
        let checks = profile.validations.iter().filter(|validation| !self.skips(&validation.preconditions, scope));
        let checks = checks.filter_map(|validation| match self.program.bound(&validation.profile.value)? {
            Bound::Steps(steps) if steps.proves() == Some("otp") => self.program.profile(&validation.profile.value),
            _ => None,
        });
        let subject = |check: &'p TechnicalProfile| match &self.journey.person {
            Some(person) => Some(format!("user:{person}")),
            None => {
                let mut inputs = check.input_claims.iter();
                let identifier =
                    inputs.find(|c| self.program.outside_name(check, c).eq_ignore_ascii_case("identifier"))?;
                Some(format!("to:{}", one_spelling(&self.value_of(identifier, scope)?.value.to_text())))
            }
        };
        let mut subjects: Vec<_> = checks.filter_map(subject).collect();
        subjects.dedup();
        subjects
    }

    /// Keeps what was typed, secrets apart, so that a page that comes back is not empty.
    pub(crate) fn keep_typed(&self, page: &mut PageState, fields: &IndexMap<Name, Secret>) {
        let settled: Vec<Name> = page
            .controls
            .iter()
            .filter(|(_, v)| v.state != VerificationState::Initial)
            .map(|(id, _)| id.clone())
            .collect();
        let sent = |control: &Name| settled.contains(control);
        let mut keep = |claim: &Name, secret: bool| {
            if let Some(typed) = fields.get(claim).filter(|_| !secret) {
                page.typed.insert(claim.clone(), typed.expose().to_owned());
            }
        };
        let profile = page.profile.as_ref().and_then(|id| self.program.profile(id));
        let items = profile.map(|p| super::fields::rendered(self.program, p, page.kind)).unwrap_or_default();
        for item in items {
            match item {
                Rendered::Claim(claim, kind) => keep(&claim.claim.value, is_password(kind) || is_shown_only(kind)),
                // What a code was sent for stays as it is, whatever is posted beside it.
                Rendered::Control(control) if sent(&control.id) => {}
                Rendered::Control(control) => {
                    for (claim, kind) in control_claims(self.program, control) {
                        let hidden = is_password(kind) || is_shown_only(kind) || super::fields::is_code(claim);
                        keep(&claim.claim.value, hidden);
                    }
                }
            }
        }
    }

    /// The claims that validation sees, and the typed secrets to check. Faults go to the page. Only what the page asks
    /// for is read: what it merely shows, and what a control verified, comes from the journey.
    fn read_form(
        &mut self,
        page: &mut PageState,
        profile: &'p TechnicalProfile,
        fields: &IndexMap<Name, Secret>,
    ) -> (Bag, Vec<SecretField>) {
        let mut scope = self.page_scope(page);
        let mut secrets: Vec<SecretField> = Vec::new();
        let allow_null = self.program.page(&profile.id).is_some_and(|p| p.allow_null);
        for item in self.rendered_on(page) {
            match item {
                Rendered::Claim(claim, kind) if is_shown_only(kind) => {
                    if let Some(value) = self.value_of(claim, &scope) {
                        scope.put(claim.claim.value.clone(), value);
                    }
                }
                Rendered::Claim(claim, _) if verifies_email(self.program, profile, claim) => {
                    let verified = page.emails.get(&claim.claim.value);
                    scope.extend(&verified.map(|v| v.values.clone()).unwrap_or_default());
                }
                Rendered::Claim(claim, kind) => {
                    let typed = fields.get(&claim.claim.value).map(Secret::expose).unwrap_or_default();
                    let read = self.read_typed(page, claim, kind, typed);
                    let read = read.and_then(|value| self.identifier_fault(page, kind, typed).map_or(Ok(value), Err));
                    let id = claim.claim.value.clone();
                    match read {
                        Err(fault) => drop(page.field_errors.insert(id, fault)),
                        Ok(Some(value)) if is_password(kind) => {
                            secrets.push(self.secret_field(page, profile, &id, typed, &secrets));
                            scope.set_secret(id, value);
                        }
                        Ok(Some(value)) => scope.set(id, value),
                        Ok(None) if allow_null => scope.set(id, ClaimValue::String(String::new())),
                        Ok(None) => {}
                    }
                }
                Rendered::Control(control) if is_verification(control) => {
                    if let Some(verification) = page.controls.get(&control.id) {
                        scope.extend(&verification.values);
                    }
                }
                Rendered::Control(_) => {}
            }
        }
        (scope, secrets)
    }

    /// A typed secret, for whoever checks it.
    fn secret_field(
        &self,
        page: &PageState,
        profile: &TechnicalProfile,
        claim: &Name,
        typed: &str,
        before: &[SecretField],
    ) -> SecretField {
        SecretField {
            claim: claim.clone(),
            value: Secret::new(typed),
            same_as: self.repeats(profile, claim, before),
            content: page.content_definition.clone(),
        }
    }

    /// A sign-in page in the mode `Email` wants an address as the identifier.
    fn identifier_fault(
        &self,
        page: &PageState,
        kind: &journeyman_policy::model::ClaimType,
        typed: &str,
    ) -> Option<String> {
        let bound = page.profile.as_ref().and_then(|id| self.program.page(id))?;
        let wanted = page.kind == PageKind::Combined && bound.operating_mode.eq_ignore_ascii_case("Email");
        let texts = self.texts(page.content_definition.as_ref());
        (wanted && !is_password(kind) && !typed.trim().is_empty() && !is_email(typed.trim()))
            .then(|| texts.ux("invalid_email").to_owned())
    }

    /// The password that this one repeats: a password that nothing reads is there to be compared with the one before.
    fn repeats(&self, profile: &TechnicalProfile, claim: &Name, before: &[SecretField]) -> Option<Name> {
        let previous = before.last()?.claim.clone();
        let reads = |p: &TechnicalProfile| {
            let transformations = p.input_transformations.iter().chain(&p.output_transformations);
            let transformations = transformations.filter_map(|t| self.program.policy().transformations.get(&t.value));
            p.persisted_claims.iter().chain(&p.input_claims).any(|c| c.claim.value == *claim)
                || transformations.flat_map(|t| &t.inputs).any(|i| i.claim.value == *claim)
        };
        let mut validating = profile.validations.iter().filter_map(|v| self.program.profile(&v.profile.value));
        let own = profile.output_transformations.iter();
        let own = own.filter_map(|t| self.program.policy().transformations.get(&t.value));
        let read = validating.any(reads) || own.flat_map(|t| &t.inputs).any(|i| i.claim.value == *claim);
        (!read).then_some(previous)
    }

    /// What to say when something on the page waits to be verified.
    fn unverified(&self, page: &PageState, profile: &'p TechnicalProfile) -> Option<String> {
        let waiting = self.rendered_on(page).iter().any(|item| match item {
            Rendered::Control(control) if is_verification(control) => {
                page.controls.get(&control.id).is_none_or(|v| v.state != VerificationState::Verified)
            }
            Rendered::Control(_) => false,
            Rendered::Claim(claim, _) => {
                verifies_email(self.program, profile, claim)
                    && page.emails.get(&claim.claim.value).is_none_or(|v| v.state != VerificationState::Verified)
            }
        });
        let key = "UserMessageIfVerificationControlClaimsNotVerified";
        waiting.then(|| {
            let failure = crate::providers::Failure::keyed(key, 90_225, "a verification is not done");
            self.message(&failure, Some(profile), None, page.content_definition.as_ref())
        })
    }

    /// All validation profiles agreed: output claims go to the bag and the step is done.
    pub(crate) fn accept(&mut self, mut page: PageState, person: Option<String>, scope: &Bag) -> Next {
        let Some(profile) = page.profile.as_ref().and_then(|id| self.program.profile(id)) else {
            return self.stay(page);
        };
        let mut bag = self.journey.bag.clone();
        for output in &profile.output_claims {
            let claim = &output.claim.value;
            // A password lives no longer than its page.
            if self.program.policy().claim_types.get(claim).is_some_and(is_password) {
                continue;
            }
            if let Some(value) = self.value_of(output, scope) {
                bag.put(claim.clone(), value);
            }
        }
        let content = page.content_definition.clone();
        let outcome = self.transform(&profile.id, content.as_ref(), &profile.output_transformations, &mut bag);
        if let Err(failure) = outcome {
            page.work = None;
            return self.submit_failed(page, &failure, None);
        }
        self.journey.bag = bag;
        self.journey.person = person.or(self.journey.person.take());
        self.remember(profile);
        self.next_step();
        self.go_on()
    }

    /// The form comes back with a message, or the journey ends because it came back too often.
    pub(crate) fn submit_failed(
        &mut self,
        mut page: PageState,
        failure: &crate::providers::Failure,
        failed: Option<&TechnicalProfile>,
    ) -> Next {
        let profile = page.profile.as_ref().and_then(|id| self.program.profile(id));
        if failure.unsupported {
            return self.refuse_failure(failure, profile, failed, page.content_definition.as_ref());
        }
        page.failed_submits += 1;
        let limit = profile.and_then(|p| self.program.page(&p.id)).map_or(1, |p| p.retry_limit);
        let message = self.message(failure, profile, failed, page.content_definition.as_ref());
        if page.failed_submits >= limit {
            let code = crate::event::RefusalCode::Catalogue(90_157);
            return self.refuse_saying(code, message, "the form was refused as often as it may be");
        }
        page.error = Some(PageError { message, code: Some(format!("AADB2C{}", failure.code)) });
        self.stay(page)
    }

    /// The claims of a bag that nobody else holds: what a control's action added.
    pub(crate) fn added(&self, page: &PageState, scope: &Bag, except: &[&Name]) -> Vec<(Name, Claim)> {
        let known = self.page_scope(page);
        let new = scope.iter().filter(|(name, claim)| known.entry(name) != Some(*claim) && !except.contains(name));
        new.map(|(name, claim)| (name.clone(), claim.clone())).collect()
    }

    /// A text with the time until something is allowed again.
    pub(crate) fn wait_text(&self, page: &PageState, seconds: u64) -> String {
        let texts = self.texts(page.content_definition.as_ref());
        let minutes = seconds.div_ceil(60);
        let span = match minutes {
            0 | 1 => texts.own("minute").to_owned(),
            n if n > 60 * 24 * 365 => return texts.own("limit_for_good").to_owned(),
            n => fill(texts.own("minutes"), &[n.to_string()]),
        };
        fill(texts.own("limit_blocked"), &[span])
    }
}
