//! Somebody who does not give up: looks at the page, does what it offers, reloads it when nobody answers.

use std::collections::BTreeSet;

use journeyman_tests::client::{Dialect, Page};
use journeyman_tests::inside::Inside;
use journeyman_tests::person::Customer;

/// A person at work.
pub(crate) struct Persistent {
    pub(crate) customer: Customer,
    /// What is in front of them.
    pub(crate) page: Page,
    /// What they did and saw, for the report of a failed test.
    pub(crate) story: Vec<String>,
    /// Pressed a button that sends a message, that often.
    asked: usize,
    /// Messages whose code they have tried.
    tried: BTreeSet<String>,
    /// They have filled in a password for a new account.
    has_account: bool,
    /// The page of the bank where they begin again.
    pub(crate) way_back: &'static str,
}

impl Persistent {
    /// In front of the bank's sign-in.
    pub(crate) async fn new(inside: &Inside, name: &str) -> Self {
        let mut customer = Customer::new(&inside.sites, Dialect::Plain, name);
        let page = customer.bank("sign-in").await;
        Self {
            customer,
            page,
            story: Vec::new(),
            asked: 0,
            tried: BTreeSet::new(),
            has_account: false,
            way_back: "sign-in",
        }
    }

    /// Does one thing.
    pub(crate) async fn go_on(&mut self) {
        let before = self.page.clone();
        self.story.push(before.to_string().chars().take(600).collect());
        let next = self.act(&before).await;
        // Nobody answered a post: the page before is still there, and reloaded. Anything else is asked for again.
        self.page = match next.status {
            502 if next.url.path().contains("/SelfAsserted") => Page { status: 502, ..before },
            _ => next,
        };
    }

    async fn act(&mut self, page: &Page) -> Page {
        if page.status == 502 {
            return self.customer.browser.reload(page).await;
        }
        if page.has("#auto") {
            return self.customer.hand_over(page).await;
        }
        for button in ["form[action$='/confirm'] button", "form[action$='/step-up'] button"] {
            if page.has(button) {
                return self.press(page, button).await;
            }
        }
        if page.has("ul.payments") && !page.has("h1 bdi") {
            return self.press(page, "ul.payments a").await;
        }
        if page.settings().is_none() {
            return self.customer.bank(self.way_back).await;
        }
        if page.has("#password") { self.sign_in(page).await } else { self.verify(page).await }
    }

    /// On a page that asks for a password, or to sign up.
    async fn sign_in(&mut self, page: &Page) -> Page {
        let refused = page.says("is not right");
        self.has_account &= !refused;
        match self.has_account {
            true => self.customer.enter_password(page).await,
            false => self.press(page, "#createAccount").await,
        }
    }

    /// On a page with something to verify.
    async fn verify(&mut self, page: &Page) -> Page {
        if page.says("You have an account with this e-mail address already") {
            self.has_account = true;
            return self.press(page, "#cancel").await;
        }
        if page.has("[data-state=verified]") {
            return self.finish(page).await;
        }
        let untried = self.newest().await.filter(|(id, _)| !self.tried.contains(id));
        match untried {
            Some((id, code)) if page.has(".verifyCode") => {
                self.tried.insert(id);
                self.customer.press(page, ".verifyCode", &[("verificationCode", &code)]).await
            }
            _ => {
                self.asked += 1;
                let person = self.customer.person.clone();
                let send = if page.has(".sendNewCode") { ".sendNewCode" } else { ".sendCode" };
                let typed = [("email", person.email.as_str()), ("newPhoneNumber", &person.phone)];
                let fields = page.fields("form.attributes");
                let typed: Vec<_> =
                    typed.into_iter().filter(|(name, _)| fields.iter().any(|(field, _)| field == name)).collect();
                self.customer.press(page, send, &typed).await
            }
        }
    }

    async fn finish(&mut self, page: &Page) -> Page {
        if !page.has("#newPassword") {
            return self.press(page, "#continue").await;
        }
        self.has_account = true;
        let person = self.customer.person.clone();
        let form = [
            ("newPassword", person.password.as_str()),
            ("reenterPassword", &person.password),
            ("givenName", &person.name),
            ("surname", "Demo"),
            ("displayName", &person.name),
        ];
        self.customer.press(page, "#continue", &form).await
    }

    async fn press(&mut self, page: &Page, what: &str) -> Page {
        self.customer.press(page, what, &[]).await
    }

    /// Id and code of the newest message to them.
    async fn newest(&self) -> Option<(String, String)> {
        let person = &self.customer.person;
        let messages = self.customer.sites.sandbox.messages().await;
        let newest = messages.into_iter().find(|message| message.to == person.email || message.to == person.phone)?;
        Some((newest.id, newest.code?))
    }

    /// Panics where they got more messages than they asked for.
    pub(crate) async fn nothing_came_unasked(&self) {
        let person = &self.customer.person;
        let messages = self.customer.sites.sandbox.messages().await;
        let came = messages.iter().filter(|message| message.to == person.email || message.to == person.phone).count();
        assert!(came <= self.asked, "{came} messages came, {} were asked for: {:#?}", self.asked, self.story);
    }
}
