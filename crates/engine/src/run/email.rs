//! The built-in e-mail verification of a claim (`Verified.Email`): a code by the operator's own mail.

use std::collections::VecDeque;

use journeyman_claims::{Bag, ClaimValue, Name};
use journeyman_policy::model::{ClaimType, ClaimUse};

use crate::effect::{CodeRefusal, CodeSettings, LimitPurpose, Secret};
use crate::event::{EmailInput, Next};
use crate::journey::{Cause, PageState, Task, Verification, Work};
use crate::page::VerificationState;
use crate::providers::Failure;
use crate::run::Run;
use crate::run::fields::{Rendered, is_email, is_shown_only, verifies_email};

impl<'p> Run<'p> {
    pub(crate) fn email(&mut self, mut page: PageState, claim: &Name, input: EmailInput) -> Next {
        let Some((shown, kind)) = self.email_field(&page, claim) else { return self.stay(page) };
        page.error = None;
        page.field_errors.clear();
        let mut verification = page.emails.get(claim).cloned().unwrap_or_default();
        verification.notice = None;
        verification.error = None;
        let sent = verification.values.get(claim).map(ClaimValue::to_text);
        let verified = verification.state == VerificationState::Verified;
        if input == EmailInput::Change {
            verification = Verification::default();
        }
        page.emails.insert(claim.clone(), verification);
        page.work = match input {
            EmailInput::Change => None,
            // What is verified stays so until the person asks to change it.
            EmailInput::Send(_) | EmailInput::Verify(_) if verified => None,
            EmailInput::Send(typed) => {
                let known = self.page_scope(&page);
                let held = self.value_of(shown, &known).filter(|_| is_shown_only(kind)).map(|v| v.value.to_text());
                let address = sent.or(held).unwrap_or(typed);
                self.email_send(&mut page, claim, address.trim())
            }
            EmailInput::Verify(code) => sent.map(|address| email_verify(claim, &address, code)),
        };
        if page.work.is_some() { self.work_on(page, None) } else { self.stay(page) }
    }

    /// The claim on that page, if it has the built-in verification there.
    fn email_field(&self, page: &PageState, claim: &Name) -> Option<(&'p ClaimUse, &'p ClaimType)> {
        let profile = self.program.profile(page.profile.as_ref()?)?;
        self.rendered_on(page).into_iter().find_map(|item| match item {
            Rendered::Claim(shown, kind)
                if shown.claim.value == *claim && verifies_email(self.program, profile, shown) =>
            {
                Some((shown, kind))
            }
            _ => None,
        })
    }

    fn email_send(&self, page: &mut PageState, claim: &Name, address: &str) -> Option<Work> {
        page.typed.insert(claim.clone(), address.to_owned());
        if !is_email(address) {
            let message = self.texts(page.content_definition.as_ref()).ux("invalid_email").to_owned();
            page.field_errors.insert(claim.clone(), message);
            return None;
        }
        let subject = format!("to:{}", address.to_lowercase());
        let tasks = VecDeque::from([
            Task::Attempt { subject, purpose: LimitPurpose::Message },
            Task::EmailCode { identifier: identifier(claim, address) },
        ]);
        let cause = Cause::EmailSend { claim: claim.clone(), address: address.to_owned() };
        Some(Work { cause, tasks, scope: Bag::new(), remaining: None, person: None })
    }

    /// A code was sent.
    pub(crate) fn email_sent(&mut self, mut page: PageState, claim: &Name, address: &str) -> Next {
        let notice = self.texts(page.content_definition.as_ref()).ux("ver_info_msg").to_owned();
        let verification = page.emails.entry(claim.clone()).or_default();
        verification.state = VerificationState::CodeSent;
        verification.values = [(claim.clone(), ClaimValue::String(address.to_owned()))].into_iter().collect();
        verification.notice = Some(notice);
        self.stay(page)
    }

    /// The code was right.
    pub(crate) fn email_verified(&mut self, mut page: PageState, claim: &Name) -> Next {
        let notice = self.texts(page.content_definition.as_ref()).ux("ver_success_msg").to_owned();
        let verification = page.emails.entry(claim.clone()).or_default();
        verification.state = VerificationState::Verified;
        verification.notice = Some(notice);
        self.proved("otp");
        self.stay(page)
    }

    /// Sending or checking failed. After a crash in the middle of sending a code may be on its way.
    pub(crate) fn email_failed(
        &mut self,
        mut page: PageState,
        claim: &Name,
        address: Option<&str>,
        failure: &Failure,
        blocked: Option<String>,
    ) -> Next {
        let texts = self.texts(page.content_definition.as_ref());
        let interrupted = failure.interrupted && address.is_some();
        let message = match blocked {
            Some(blocked) => blocked,
            None if interrupted => texts.own("interrupted_send").to_owned(),
            None => texts.ux(failure.keys.first().copied().unwrap_or("ver_fail_server")).to_owned(),
        };
        let verification = page.emails.entry(claim.clone()).or_default();
        if let Some(address) = address.filter(|_| interrupted) {
            verification.state = VerificationState::CodeSent;
            verification.values = [(claim.clone(), ClaimValue::String(address.to_owned()))].into_iter().collect();
        }
        verification.error = Some(message);
        self.stay(page)
    }
}

fn email_verify(claim: &Name, address: &str, code: Secret) -> Work {
    let subject = format!("to:{}", address.to_lowercase());
    let purpose = LimitPurpose::Verification;
    let tasks = VecDeque::from([
        Task::Attempt { subject: subject.clone(), purpose },
        Task::EmailCheck { identifier: identifier(claim, address), code },
        Task::Succeeded { subject, purpose },
    ]);
    Work { cause: Cause::EmailVerify { claim: claim.clone() }, tasks, scope: Bag::new(), remaining: None, person: None }
}

/// The built-in code's settings: six digits, five minutes, as long as the service that policies come from gives it.
pub(crate) fn code_settings() -> CodeSettings {
    CodeSettings {
        expiration_seconds: 300,
        length: 6,
        characters: "0123456789".to_owned(),
        retry_attempts: 5,
        generation_attempts: 10,
        reuse_same_code: false,
    }
}

/// The page's text for a refused code.
pub(crate) fn refusal_text(why: CodeRefusal) -> &'static str {
    match why {
        CodeRefusal::SessionDoesNotExist => "ver_fail_code_expired",
        CodeRefusal::MaxNumberOfCodeGenerated => "ver_fail_throttled",
        CodeRefusal::MaxRetryAttempted | CodeRefusal::InvalidCode => "ver_fail_no_retry",
        CodeRefusal::VerificationFailedRetryAllowed => "ver_fail_retry",
        CodeRefusal::SessionConflict => "ver_fail_server",
    }
}

/// Keeps codes of this verification apart from those of one-time-password profiles for the same address.
fn identifier(claim: &Name, address: &str) -> String {
    format!("{}:{}", claim.folded(), address.to_lowercase())
}
