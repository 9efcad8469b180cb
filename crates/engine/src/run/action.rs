//! Actions of display controls: a code is sent to what was typed, then what was typed is verified.

use std::collections::VecDeque;

use indexmap::IndexMap;
use journeyman_claims::phone::Phone;
use journeyman_claims::{Bag, ClaimValue, Name};
use journeyman_policy::model::{ClaimUse, DisplayControl};

use crate::effect::{LimitPurpose, Secret};
use crate::event::Next;
use crate::journey::{Cause, PageState, Task, Verification, Work};
use crate::page::VerificationState;
use crate::run::Run;
use crate::run::fields::{Rendered, control_claims, is_code, is_password, is_shown_only, is_verification};

/// The actions of a verification control that the language defines, and ours to start over.
const SEND: &str = "SendCode";
const VERIFY: &str = "VerifyCode";
const CHANGE: &str = "Change";

impl<'p> Run<'p> {
    pub(crate) fn act(
        &mut self,
        mut page: PageState,
        control: &Name,
        action: &Name,
        fields: IndexMap<Name, Secret>,
    ) -> Next {
        let shown = self.rendered_on(&page).into_iter().find_map(|item| match item {
            Rendered::Control(shown) if shown.id == *control => Some(shown),
            _ => None,
        });
        let Some(shown) = shown else { return self.stay(page) };
        self.keep_typed(&mut page, &fields);
        page.error = None;
        page.field_errors.clear();
        let mut verification = page.controls.get(&shown.id).cloned().unwrap_or_default();
        verification.notice = None;
        verification.error = None;
        let changes = action.as_str().eq_ignore_ascii_case(CHANGE);
        if changes && is_verification(shown) {
            verification.state = VerificationState::Initial;
            verification.values = Bag::new();
        }
        // What is verified stays so until the person asks to change it.
        if changes || verification.state == VerificationState::Verified {
            page.controls.insert(shown.id.clone(), verification);
            return self.stay(page);
        }
        match self.prepare(&mut page, shown, action, verification, &fields) {
            Some(work) => {
                page.work = Some(work);
                self.work_on(page, None)
            }
            None => self.stay(page),
        }
    }

    /// Reads what an action needs; `None`: a fault was put on the page, or the policy has no such action.
    fn prepare(
        &mut self,
        page: &mut PageState,
        control: &'p DisplayControl,
        action: &Name,
        mut verification: Verification,
        fields: &IndexMap<Name, Secret>,
    ) -> Option<Work> {
        let declared = control.action(action.as_str())?;
        let verifies = action.as_str().eq_ignore_ascii_case(VERIFY);
        // A code was sent for these values, and for no others: what is posted in their place does not count.
        let settled = verification.state == VerificationState::CodeSent;
        if !settled {
            verification.values = self.destination(page, control, fields);
        }
        let mut scope = self.page_scope(page);
        scope.extend(&self.control_prefill(page, control));
        scope.extend(&verification.values);
        if verifies {
            self.read_code(page, control, fields, &mut scope);
            if !settled {
                let texts = self.texts(page.content_definition.as_ref());
                verification.error = Some(texts.error_or_built_in("UserMessageIfSessionDoesNotExist").to_owned());
            }
        }
        let refused = !page.field_errors.is_empty() || verification.error.is_some();
        let subjects = self.subjects(control, &verification.values);
        page.controls.insert(control.id.clone(), verification);
        if refused {
            return None;
        }
        let purpose = match (verifies, self.journey.used_hint) {
            (false, _) => LimitPurpose::Message,
            (true, true) => LimitPurpose::Approval,
            (true, false) => LimitPurpose::Verification,
        };
        let mut tasks = VecDeque::new();
        if verifies || action.as_str().eq_ignore_ascii_case(SEND) {
            tasks.extend(subjects.iter().cloned().map(|subject| Task::Attempt { subject, purpose }));
        }
        tasks.extend((0..declared.validations.len()).map(Task::Validate));
        if verifies {
            tasks.extend(subjects.into_iter().map(|subject| Task::Succeeded { subject, purpose }));
        }
        let cause = Cause::Action { control: control.id.clone(), action: declared.id.value.clone() };
        Some(Work { cause, tasks, scope, remaining: None, person: None })
    }

    /// The values that a code is sent for: typed, or from the journey where the page only shows them.
    fn destination(
        &mut self,
        page: &mut PageState,
        control: &'p DisplayControl,
        fields: &IndexMap<Name, Secret>,
    ) -> Bag {
        let mut known = self.page_scope(page);
        known.extend(&self.control_prefill(page, control));
        let mut values = Bag::new();
        for (claim, kind) in control_claims(self.program, control).filter(|(claim, _)| !is_code(claim)) {
            let id = &claim.claim.value;
            if is_shown_only(kind) {
                match self.value_of(claim, &known) {
                    Some(value) => values.put(id.clone(), value),
                    None if claim.required => self.lacking(page, claim),
                    None => {}
                }
                continue;
            }
            let typed = fields.get(id).map(Secret::expose).unwrap_or_default();
            match self.read_typed(page, claim, kind, typed) {
                Ok(Some(value)) if is_password(kind) => values.set_secret(id.clone(), value),
                Ok(Some(value)) => values.set(id.clone(), value),
                Ok(None) => {}
                Err(fault) => drop(page.field_errors.insert(id.clone(), fault)),
            }
        }
        values
    }

    fn lacking(&self, page: &mut PageState, claim: &ClaimUse) {
        let message = self.texts(page.content_definition.as_ref()).own("invalid_value").to_owned();
        page.field_errors.insert(claim.claim.value.clone(), message);
    }

    fn read_code(
        &mut self,
        page: &mut PageState,
        control: &'p DisplayControl,
        fields: &IndexMap<Name, Secret>,
        scope: &mut Bag,
    ) {
        for (claim, kind) in control_claims(self.program, control).filter(|(claim, _)| is_code(claim)) {
            let id = &claim.claim.value;
            let typed = fields.get(id).map(Secret::expose).unwrap_or_default().trim();
            match self.read_typed(page, claim, kind, typed) {
                Ok(Some(value)) => scope.set_secret(id.clone(), value),
                Ok(None) => {
                    scope.remove(id);
                    let needed = self.texts(page.content_definition.as_ref()).ux("required_field").to_owned();
                    page.field_errors.insert(id.clone(), needed);
                }
                Err(fault) => drop(page.field_errors.insert(id.clone(), fault)),
            }
        }
    }

    /// Whose attempts are counted: the person's, once the journey knows them, and those for a destination that was typed:
    /// new accounts are made as fast as messages to somebody else's telephone. A destination that the page only shows is
    /// the person's own; others must not use it up.
    fn subjects(&self, control: &DisplayControl, values: &Bag) -> Vec<String> {
        let asked: Vec<_> = control_claims(self.program, control).filter(|(claim, _)| !is_code(claim)).collect();
        let typed = asked.iter().any(|(_, kind)| !is_shown_only(kind));
        let person = self.journey.person.as_ref().map(|person| format!("user:{person}"));
        let destination = (typed || person.is_none()).then(|| {
            let of = |claim: &ClaimUse| values.get(&claim.claim.value).map(ClaimValue::to_text);
            let parts: Vec<_> =
                asked.iter().filter_map(|(claim, _)| of(claim)).map(|text| one_spelling(&text)).collect();
            format!("to:{}", parts.join(" "))
        });
        person.into_iter().chain(destination).collect()
    }

    /// An action ran to its end.
    pub(crate) fn acted(&mut self, mut page: PageState, control: &Name, action: &Name, scope: &Bag) -> Next {
        let Some(shown) = self.program.policy().display_controls.get(control) else { return self.stay(page) };
        let own: Vec<&Name> = control_claims(self.program, shown).map(|(claim, _)| &claim.claim.value).collect();
        for (name, claim) in self.added(&page, scope, &own) {
            page.produced.put(name, claim);
        }
        let texts = self.texts(page.content_definition.as_ref());
        let (state, notice) = if action.as_str().eq_ignore_ascii_case(SEND) {
            (Some(VerificationState::CodeSent), Some("success_send_code_msg"))
        } else if action.as_str().eq_ignore_ascii_case(VERIFY) {
            (Some(VerificationState::Verified), Some("success_verify_code_msg"))
        } else {
            (None, None)
        };
        let notice = notice.map(|id| texts.control(control.as_str(), id).to_owned());
        let verification = page.controls.entry(control.clone()).or_default();
        verification.state = state.unwrap_or(verification.state);
        verification.notice = notice;
        verification.error = None;
        if state == Some(VerificationState::Verified) {
            // Whoever made and checked the code, the person had what it was sent to.
            self.proved("otp");
        }
        self.stay(page)
    }

    /// An action failed.
    pub(crate) fn action_failed(
        &mut self,
        mut page: PageState,
        control: &Name,
        action: &Name,
        message: String,
        interrupted: bool,
    ) -> Next {
        let sends = action.as_str().eq_ignore_ascii_case(SEND);
        let texts = self.texts(page.content_definition.as_ref());
        let unknown = (interrupted && sends).then(|| texts.own("interrupted_send").to_owned());
        let verification = page.controls.entry(control.clone()).or_default();
        if unknown.is_some() {
            // A code may be on its way: let it be entered, and offer to send again.
            verification.state = VerificationState::CodeSent;
        } else if verification.state == VerificationState::Initial {
            verification.values = Bag::new();
        }
        verification.notice = None;
        verification.error = Some(unknown.unwrap_or(message));
        self.stay(page)
    }
}

/// A destination in one of the spellings that lead to it, so that nobody is counted anew for a blank.
pub(crate) fn one_spelling(text: &str) -> String {
    let text = text.trim();
    if text.contains('@') {
        return text.to_lowercase();
    }
    match Phone::parse(text, None) {
        Ok(phone) => phone.to_e164(),
        Err(_) if text.chars().any(char::is_numeric) => {
            text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
        }
        Err(_) => text.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::one_spelling;

    #[test]
    fn a_destination_has_one_spelling() {
        for (typed, counted) in [
            ("+44 7700 900123", "+447700900123"),
            ("+44-(7700)-900.123", "+447700900123"),
            ("07700 900123", "07700900123"),
            ("07700-900-123", "07700900123"),
            (" Ada.B+1@Example.com ", "ada.b+1@example.com"),
            ("Ada", "ada"),
        ] {
            assert_eq!(one_spelling(typed), counted, "{typed}");
        }
    }
}
