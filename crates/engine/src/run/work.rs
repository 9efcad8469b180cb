//! Work that a submit or an action set off: tasks in order, the first of which may wait for a reply.

use std::mem;

use journeyman_claims::Name;
use journeyman_policy::model::{TechnicalProfile, Validation};

use crate::effect::{CodeCall, CodeRefusal, CodeReply, Effect, LimitCall, LimitReply, Repeat, Reply, Request, Secret};
use crate::event::Next;
use crate::journey::{Activity, Cause, PageState, Task, Work};
use crate::providers::Failure;
use crate::run::Run;
use crate::run::email::{code_settings, refusal_text};
use crate::run::profile::Progress;

/// Refusals after which only a new code helps.
const CODE_IS_SPENT: [CodeRefusal; 3] =
    [CodeRefusal::InvalidCode, CodeRefusal::MaxRetryAttempted, CodeRefusal::SessionDoesNotExist];

/// What became of a task.
enum Outcome {
    /// It is done.
    Done,
    /// It is done, and no validation after it runs.
    Enough,
    /// It waits for an answer.
    Waits(Request),
    /// It is refused for so many seconds.
    Blocked(u64),
    /// It put faults on the fields.
    FieldFaults,
    /// It failed, in a profile if one is named.
    Failed(Failure, Option<Name>),
}

impl<'p> Run<'p> {
    /// Does the tasks of a page until one waits or none is left. A reply belongs to the first one.
    pub(crate) fn work_on(&mut self, mut page: PageState, mut reply: Option<Reply>) -> Next {
        loop {
            let Some(mut work) = page.work.take() else { return self.stay(page) };
            let Some(task) = work.tasks.front().cloned() else { return self.work_done(page, work) };
            match self.task(&mut page, &mut work, task, reply.take()) {
                Outcome::Done => drop(work.tasks.pop_front()),
                Outcome::Enough => {
                    work.tasks.pop_front();
                    work.tasks.retain(|task| !matches!(task, Task::Validate(_)));
                }
                Outcome::Waits(request) => {
                    page.work = Some(work);
                    self.journey.activity = Activity::Page(page);
                    return Next::Effect(request);
                }
                Outcome::FieldFaults => return self.stay(page),
                Outcome::Blocked(seconds) => return self.work_blocked(page, work, seconds),
                Outcome::Failed(failure, failed) => return self.work_failed(page, work, &failure, failed.as_ref()),
            }
            page.work = Some(work);
        }
    }

    fn task(&mut self, page: &mut PageState, work: &mut Work, task: Task, reply: Option<Reply>) -> Outcome {
        match task {
            Task::Validate(at) => self.validate(page, work, at, reply),
            Task::Inspect(fields) => match reply {
                None => self.ask(Effect::InspectSecrets(fields), Repeat::Harmless),
                Some(Reply::Inspected(faults)) if faults.is_empty() => Outcome::Done,
                Some(Reply::Inspected(faults)) => {
                    for fault in faults {
                        let content = page.content_definition.as_ref();
                        let mismatch = || self.program.mismatch(content, &self.journey.language);
                        page.field_errors.insert(fault.claim, fault.message.unwrap_or_else(mismatch));
                    }
                    Outcome::FieldFaults
                }
                Some(other) => unexpected(&other),
            },
            Task::Attempt { subject, purpose } => match reply {
                None => self.ask(Effect::Limit(LimitCall::Attempt { subject, purpose }), Repeat::Harmless),
                Some(Reply::Limit(LimitReply::Allowed { remaining })) => {
                    work.remaining = Some(work.remaining.map_or(remaining, |before| before.min(remaining)));
                    Outcome::Done
                }
                Some(Reply::Limit(LimitReply::Blocked { seconds })) => Outcome::Blocked(seconds),
                Some(other) => unexpected(&other),
            },
            Task::Succeeded { subject, purpose } => match reply {
                None => self.ask(Effect::Limit(LimitCall::Succeeded { subject, purpose }), Repeat::Harmless),
                Some(Reply::Limit(_)) => Outcome::Done,
                Some(other) => unexpected(&other),
            },
            Task::EmailCode { identifier } => self.email_code(work, identifier, reply),
            Task::EmailMessage { to, code } => match reply {
                None => {
                    let language = self.journey.language.clone();
                    self.ask(Effect::SendCodeMail { to, code, language }, Repeat::AtMostOnce)
                }
                Some(Reply::Mail(true)) => Outcome::Done,
                Some(Reply::Mail(false)) => text_failure("ver_fail_server", "the message could not be handed over"),
                Some(other) => unexpected(&other),
            },
            Task::EmailCheck { identifier, code } => match reply {
                None => {
                    let scope = self.journey.id.clone();
                    self.ask(Effect::Code(CodeCall::Verify { scope, identifier, code }), Repeat::Harmless)
                }
                Some(Reply::Code(CodeReply::Verified)) => Outcome::Done,
                Some(Reply::Code(CodeReply::Refused(why))) => text_failure(refusal_text(why), "the code was refused"),
                Some(other) => unexpected(&other),
            },
        }
    }

    fn ask(&mut self, effect: Effect, repeat: Repeat) -> Outcome {
        Outcome::Waits(self.request(effect, repeat))
    }

    fn email_code(&mut self, work: &mut Work, identifier: String, reply: Option<Reply>) -> Outcome {
        let Cause::EmailSend { address, .. } = &work.cause else {
            return Outcome::Failed(Failure::internal(90_161, "a code for no address"), None);
        };
        match reply {
            None => {
                let scope = self.journey.id.clone();
                let call = CodeCall::Generate { scope, identifier, settings: code_settings() };
                self.ask(Effect::Code(call), Repeat::Harmless)
            }
            Some(Reply::Code(CodeReply::Generated(code))) => {
                let message = Task::EmailMessage { to: address.clone(), code: Secret::new(code.expose()) };
                work.tasks.push_back(message);
                Outcome::Done
            }
            Some(Reply::Code(CodeReply::Refused(why))) => text_failure(refusal_text(why), "no further code is made"),
            Some(other) => unexpected(&other),
        }
    }

    /// Runs one validation profile.
    fn validate(&mut self, page: &PageState, work: &mut Work, at: usize, reply: Option<Reply>) -> Outcome {
        let Some(validation) = self.validations(page, work).and_then(|list| list.get(at)) else {
            return Outcome::Failed(
                Failure::internal(90_037, "a validation profile that the policy does not have"),
                None,
            );
        };
        if reply.is_none() && self.skips(&validation.preconditions, &work.scope) {
            return Outcome::Done;
        }
        let id = &validation.profile.value;
        let content = page.content_definition.as_ref();
        let mut scope = mem::take(&mut work.scope);
        let before = scope.clone();
        let progress = match reply {
            None => self.start_profile(id, content, &mut scope),
            Some(reply) => self.resume_profile(id, content, reply, &mut scope),
        };
        work.scope = scope;
        if let Some(person) = self.met.take().filter(|_| progress.is_ok()) {
            work.person = Some(person);
        }
        match progress {
            Ok(Progress::Waits(request)) => Outcome::Waits(request),
            Ok(Progress::Done) if validation.continue_on_success => Outcome::Done,
            Ok(Progress::Done) => Outcome::Enough,
            Err(failure) if validation.continue_on_error && !failure.unsupported => {
                // What a failed profile half did does not count.
                work.scope = before;
                Outcome::Done
            }
            Err(failure) => Outcome::Failed(failure, Some(id.clone())),
        }
    }

    fn validations(&self, page: &PageState, work: &Work) -> Option<&'p [Validation]> {
        match &work.cause {
            Cause::Submit => Some(&self.program.profile(page.profile.as_ref()?)?.validations),
            Cause::Action { control, action } => {
                let control = self.program.policy().display_controls.get(control)?;
                Some(&control.action(action.as_str())?.validations)
            }
            Cause::EmailSend { .. } | Cause::EmailVerify { .. } => None,
        }
    }

    fn work_done(&mut self, page: PageState, work: Work) -> Next {
        match work.cause {
            Cause::Submit => self.accept(page, work.person, &work.scope),
            Cause::Action { control, action } => self.acted(page, &control, &action, &work.scope),
            Cause::EmailSend { claim, address } => self.email_sent(page, &claim, &address),
            Cause::EmailVerify { claim } => self.email_verified(page, &claim),
        }
    }

    fn work_blocked(&mut self, page: PageState, work: Work, seconds: u64) -> Next {
        let message = self.wait_text(&page, seconds);
        let failure = Failure::internal(90_244, "too many attempts");
        match work.cause {
            Cause::Submit => self.submit_failed(page, &Failure { message: Some(message), ..failure }, None),
            Cause::Action { control, action } => self.action_failed(page, &control, &action, message, false),
            Cause::EmailSend { claim, .. } | Cause::EmailVerify { claim } => {
                self.email_failed(page, &claim, None, &failure, Some(message))
            }
        }
    }

    fn work_failed(&mut self, page: PageState, work: Work, failure: &Failure, failed: Option<&Name>) -> Next {
        let failed = failed.and_then(|id| self.program.profile(id));
        match &work.cause {
            Cause::Submit => self.submit_failed(page, failure, failed),
            Cause::Action { control, action } => {
                let host = page.profile.as_ref().and_then(|id| self.program.profile(id));
                if failure.unsupported {
                    return self.refuse_failure(failure, host, failed, page.content_definition.as_ref());
                }
                let message = self.action_message(&page, &work, failure, host, failed, control);
                self.action_failed(page, control, action, message, failure.interrupted)
            }
            Cause::EmailSend { claim, address } => self.email_failed(page, claim, Some(address), failure, None),
            Cause::EmailVerify { claim } => self.email_failed(page, claim, None, failure, None),
        }
    }

    /// The failure's own message, else the control's general one; and how few attempts are left.
    fn action_message(
        &self,
        page: &PageState,
        work: &Work,
        failure: &Failure,
        host: Option<&TechnicalProfile>,
        failed: Option<&TechnicalProfile>,
        control: &Name,
    ) -> String {
        let texts = self.texts(page.content_definition.as_ref());
        let verifies = work.tasks.iter().any(|task| matches!(task, Task::Succeeded { .. }));
        let tells = failure.interrupted || failure.message.is_some() || !failure.keys.is_empty();
        let message = match (tells, verifies) {
            (true, _) => self.message(failure, host, failed, page.content_definition.as_ref()),
            (false, true) => texts.control(control.as_str(), "failure_verify_code_msg").to_owned(),
            (false, false) => texts.control(control.as_str(), "failure_send_code_msg").to_owned(),
        };
        // Where the code itself takes no further try, how many the person has left is beside the point.
        let try_again = !CODE_IS_SPENT.iter().any(|why| failure.keys.first() == Some(&why.message_key()));
        match work.remaining.filter(|_| verifies && try_again) {
            Some(1) => format!("{message} {}", texts.own("limit_last")),
            // Nothing of "try again" beside it.
            Some(0) => texts.own("limit_reached").to_owned(),
            _ => message,
        }
    }
}

fn unexpected(reply: &Reply) -> Outcome {
    Outcome::Failed(Failure::unexpected(reply), None)
}

/// A failure of the built-in e-mail verification, by the text of the page that tells it.
fn text_failure(text: &'static str, detail: &str) -> Outcome {
    Outcome::Failed(Failure::keyed(text, 90_161, detail), None)
}
