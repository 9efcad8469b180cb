//! People at the bank: what they do there, page by page, with the codes that reach them.

use std::collections::BTreeMap;

use crate::client::{Browser, Dialect, Page};
use crate::demo::Demo;
use crate::sandbox::SandboxApi;
use url::Url;

/// Somebody with an address, a telephone and a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Given name.
    pub name: String,
    /// An address.
    pub email: String,
    /// A telephone number in international form.
    pub phone: String,
    /// What they sign in with.
    pub password: String,
}

/// What somebody wants to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Who gets it.
    pub payee: String,
    /// Where.
    pub account: String,
    /// How much, as typed.
    pub amount: String,
}

impl Person {
    /// The person of that name; each has an address and a number of their own.
    pub fn named(name: &str) -> Self {
        let number = name.bytes().fold(0_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 1000);
        Self {
            name: name.to_owned(),
            email: format!("{}@example.com", name.to_lowercase()),
            phone: format!("+447700900{number:03}"),
            password: format!("{name}-5ecrets"),
        }
    }
}

impl Payment {
    /// To that payee, of that many pounds.
    pub fn of(amount: &str, payee: &str) -> Self {
        Self { payee: payee.to_owned(), account: "GB33BUKB20201555555555".to_owned(), amount: amount.to_owned() }
    }
}

/// A bank with its engine and sandbox, wherever they run.
#[derive(Clone, Debug)]
pub struct Sites {
    /// The engine.
    pub engine: Url,
    /// The bank.
    pub bank: Url,
    /// Where messages arrive.
    pub sandbox: SandboxApi,
}

impl Demo {
    /// Its addresses.
    pub fn sites(&self) -> Sites {
        Sites { engine: self.engine(), bank: self.bank(), sandbox: (**self).clone() }
    }
}

/// Somebody in front of a browser.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Who.
    pub person: Person,
    /// In front of what.
    pub browser: Browser,
    /// Where they go.
    pub sites: Sites,
    /// What the policies call the claims of their pages, where it is not what the demo's do.
    pub claims: BTreeMap<String, String>,
}

impl Customer {
    /// That person with a new browser.
    pub fn new(sites: &Sites, dialect: Dialect, name: &str) -> Self {
        let browser = Browser::new(dialect, &[sites.engine.clone(), sites.bank.clone(), sites.sandbox.url().clone()]);
        Self { person: Person::named(name), browser, sites: sites.clone(), claims: BTreeMap::new() }
    }

    /// The same person in front of another browser.
    pub fn elsewhere(&self, dialect: Dialect) -> Self {
        let mut other = Self::new(&self.sites, dialect, &self.person.name);
        other.person = self.person.clone();
        other.claims = self.claims.clone();
        other
    }

    /// Presses something.
    pub async fn press(&mut self, page: &Page, what: &str, typed: &[(&str, &str)]) -> Page {
        let called = |name: &str| self.claims.get(name).map_or_else(|| name.to_owned(), String::clone);
        let typed: Vec<_> = typed.iter().map(|(name, value)| (called(name), *value)).collect();
        let typed: Vec<_> = typed.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        self.browser.press(page, what, &typed).await
    }

    /// Opens a page of the bank.
    pub async fn bank(&mut self, path: &str) -> Page {
        let url = self.sites.bank.join(path).expect("a path of the bank");
        self.browser.open(url).await
    }

    /// Signs up at the bank: e-mail, password, name, phone. Comes back to the bank.
    pub async fn sign_up(&mut self) -> Page {
        let page = self.bank("sign-in").await;
        let page = self.create_account(&page).await;
        self.enrol_phone(&page).await
    }

    /// From the sign-in page to what comes after the account was made.
    pub async fn create_account(&mut self, page: &Page) -> Page {
        let person = self.person.clone();
        let page = self.press(page, "#createAccount", &[]).await;
        let page = self.press(&page, ".sendCode", &[("email", &person.email)]).await;
        let code = self.sites.sandbox.code_for(&person.email).await;
        let page = self.press(&page, ".verifyCode", &[("verificationCode", &code)]).await;
        let form = [
            ("newPassword", person.password.as_str()),
            ("reenterPassword", &person.password),
            ("givenName", &person.name),
            ("surname", "Demo"),
            ("displayName", &person.name),
        ];
        self.press(&page, "#continue", &form).await
    }

    /// Adds the phone on the page that asks for it.
    pub async fn enrol_phone(&mut self, page: &Page) -> Page {
        let phone = self.person.phone.clone();
        let page = self.press(page, ".sendCode", &[("newPhoneNumber", &phone)]).await;
        let code = self.sites.sandbox.code_for(&phone).await;
        let page = self.press(&page, ".verifyCode", &[("verificationCode", &code)]).await;
        self.press(&page, "#continue", &[]).await
    }

    /// Signs in at the bank with the password.
    pub async fn sign_in(&mut self) -> Page {
        let page = self.bank("sign-in").await;
        self.enter_password(&page).await
    }

    /// Fills in the sign-in page.
    pub async fn enter_password(&mut self, page: &Page) -> Page {
        let person = self.person.clone();
        let form = [("signInName", person.email.as_str()), ("password", &person.password)];
        self.press(page, "#next, #continue", &form).await
    }

    /// Fills in Send Money. Comes to the page that hands the payment over to the engine.
    pub async fn send_money(&mut self, payment: &Payment) -> Page {
        let page = self.bank("send-money").await;
        let form = [("payee", payment.payee.as_str()), ("account", &payment.account), ("amount", &payment.amount)];
        self.press(&page, "form.form button", &form).await
    }

    /// Goes on from there: to the page that asks for the code, if nothing is in the way.
    pub async fn hand_over(&mut self, page: &Page) -> Page {
        self.press(page, "#auto", &[]).await
    }

    /// Has the code sent and enters it, and approves. Comes back to the bank.
    pub async fn approve(&mut self, page: &Page) -> Page {
        let page = self.press(page, ".sendCode", &[]).await;
        let code = self.sites.sandbox.code_for(&self.person.phone).await;
        let page = self.press(&page, ".verifyCode", &[("verificationCode", &code)]).await;
        self.press(&page, "#continue", &[]).await
    }

    /// Presses Confirm at the bank.
    pub async fn confirm(&mut self, page: &Page) -> Page {
        self.press(page, "form[action$='/confirm'] button", &[]).await
    }

    /// The bank's history, a line a payment.
    pub async fn history(&mut self) -> Vec<String> {
        let page = self.bank("payments").await;
        page.texts("ul.payments li")
    }
}
