//! A page: when it is shown, and what a person can do on it.

use indexmap::IndexMap;
use journeyman_claims::{Bag, Name};
use journeyman_policy::model::TechnicalProfile;

use crate::event::{Next, PageInput, RefusalCode};
use crate::journey::{Activity, PageState};
use crate::page::PageKind;
use crate::providers::{ForgotLink, SelfAsserted};
use crate::run::Run;
use crate::run::fields::{Rendered, rendered};

/// The person gave up.
const CANCELLED: u32 = 90_091;
/// The person forgot the password.
const FORGOT: u32 = 90_118;
/// A page would have to be shown, but the application asked for none.
const NEEDS_PAGE: u32 = 90_077;

impl<'p> Run<'p> {
    /// Shows a page; `None`: it has nothing to show, so the step is done.
    pub(crate) fn show(
        &mut self,
        kind: PageKind,
        profile: Option<&'p TechnicalProfile>,
        content: Option<&Name>,
    ) -> Option<Next> {
        let nothing =
            profile.is_some_and(|p| kind == PageKind::SelfAsserted && rendered(self.program, p, kind).is_empty());
        if nothing {
            return self.next_step();
        }
        if self.non_interactive() {
            let message = "The person would have to be asked for something, and this request forbids asking.";
            return Some(self.refuse_saying(
                RefusalCode::Catalogue(NEEDS_PAGE),
                message,
                "a page would have to be shown",
            ));
        }
        let mut prefill = Bag::new();
        if let Some(profile) = profile {
            match self.prefill(profile, content) {
                Ok(claims) => prefill = claims,
                Err(failure) => return Some(self.refuse_failure(&failure, Some(profile), None, content)),
            }
        }
        let instance = self.journey.new_instance();
        self.journey.activity = Activity::Page(PageState {
            kind,
            instance,
            profile: profile.map(|p| p.id.clone()),
            content_definition: content.cloned(),
            prefill,
            produced: Bag::new(),
            typed: IndexMap::new(),
            controls: IndexMap::new(),
            emails: IndexMap::new(),
            field_errors: IndexMap::new(),
            error: None,
            failed_submits: 0,
            work: None,
        });
        Some(Next::Page)
    }

    fn non_interactive(&self) -> bool {
        let running = self.journey.stack.first().and_then(|f| self.program.policy().journey(&f.journey));
        let asked_for_none = self.journey.request.prompt.as_deref().is_some_and(|p| p.split(' ').any(|p| p == "none"));
        let endpoint = self.journey.entry != crate::event::Entry::Default;
        asked_for_none || endpoint || running.is_some_and(|j| j.non_interactive)
    }

    /// What a profile's input claims fill in.
    fn prefill(
        &mut self,
        profile: &'p TechnicalProfile,
        content: Option<&Name>,
    ) -> Result<Bag, crate::providers::Failure> {
        let mut scope = std::mem::take(&mut self.journey.bag);
        let outcome = self.transform(&profile.id, content, &profile.input_transformations, &mut scope);
        self.journey.bag = scope;
        outcome?;
        let mut prefill = Bag::new();
        for claim in &profile.input_claims {
            match self.value_of(claim, &self.journey.bag) {
                Some(value) => prefill.put(claim.claim.value.clone(), value),
                None if claim.required => {
                    let detail = format!("the page needs the claim `{}`", claim.claim.value);
                    return Err(crate::providers::Failure::internal(90_037, detail));
                }
                None => {}
            }
        }
        Ok(prefill)
    }

    /// Something was done on a page. What was meant for another showing changes nothing.
    pub(crate) fn on_page(&mut self, instance: &str, input: PageInput) -> Next {
        let page = match std::mem::replace(&mut self.journey.activity, Activity::Next) {
            Activity::Page(page) => page,
            other => {
                self.journey.activity = other;
                return self.refuse(90_037, "the journey shows no page");
            }
        };
        if page.instance != instance || page.work.is_some() {
            self.journey.activity = Activity::Page(page);
            return Next::Page;
        }
        let bound = page.profile.as_ref().and_then(|id| self.program.page(id));
        match input {
            PageInput::Submit(fields) => self.submit(page, fields),
            PageInput::Action { control, action, fields } => self.act(page, &control, &action, fields),
            PageInput::Email { claim, input } => self.email(page, &claim, input),
            PageInput::Cancel if self.cancellable(&page) => self.user_ends(&page, CANCELLED, "cancelled by the person"),
            PageInput::ForgotPassword => match bound.map(|b| &b.forgot) {
                Some(ForgotLink::Application(_)) if page.kind == PageKind::Combined => {
                    self.user_ends(&page, FORGOT, "the person forgot the password")
                }
                Some(ForgotLink::Exchange(_, exchange)) if page.kind == PageKind::Combined => {
                    self.leave(exchange.clone())
                }
                _ => self.stay(page),
            },
            PageInput::SignUp => match bound.and_then(|b| b.sign_up.clone()) {
                Some(exchange) if page.kind == PageKind::Combined => self.leave(exchange),
                _ => self.stay(page),
            },
            PageInput::Choose(exchange) => {
                let offered =
                    page.kind != PageKind::SelfAsserted && self.current_targets().iter().any(|(id, _)| *id == exchange);
                if offered { self.leave(exchange) } else { self.stay(page) }
            }
            PageInput::Cancel => self.stay(page),
        }
    }

    /// Cancelling is always possible except where the policy takes the button away; a combined page has no button, but
    /// clients of the page contract cancel there too.
    fn cancellable(&self, page: &PageState) -> bool {
        let bound: Option<&SelfAsserted> = page.profile.as_ref().and_then(|id| self.program.page(id));
        bound.is_none_or(|b| b.show_cancel) || page.kind != PageKind::SelfAsserted
    }

    fn user_ends(&mut self, page: &PageState, code: u32, detail: &str) -> Next {
        let texts = self.texts(page.content_definition.as_ref());
        let own = if code == CANCELLED { "cancelled" } else { "forgot_password" };
        let worded = texts.localized("UxElement", None, "cancel_message");
        let message = worded.unwrap_or_else(|| texts.own(own)).to_owned();
        self.refuse_saying(RefusalCode::Catalogue(code), message, detail)
    }

    fn leave(&mut self, exchange: Name) -> Next {
        self.choose(exchange).unwrap_or_else(|| self.go_on())
    }

    pub(crate) fn stay(&mut self, page: PageState) -> Next {
        self.journey.activity = Activity::Page(page);
        Next::Page
    }

    /// What a page shows; nothing for one that only offers choices.
    pub(crate) fn rendered_on(&self, page: &PageState) -> Vec<Rendered<'p>> {
        let profile = page.profile.as_ref().and_then(|id| self.program.profile(id));
        profile.map(|profile| rendered(self.program, profile, page.kind)).unwrap_or_default()
    }
}
