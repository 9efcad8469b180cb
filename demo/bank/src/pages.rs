//! The pages, as what they show; their HTML is in `templates/`, checked against these types by the compiler.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;

use crate::{
    approval::Decision,
    bank::App,
    instruction::FieldErrors,
    payments::{Payment, PaymentState},
    problem::{Failure, Problem},
    routes,
    sessions::Notice,
    visitor::Visitor,
};

/// What surrounds every page: the menu, the account, the footer.
pub(crate) struct Shell {
    nonce: String,
    /// The address in the menu that the page belongs to.
    current: &'static str,
    account: Option<Account>,
    notice: Option<&'static str>,
    tenant: String,
    inbox: Option<String>,
}

/// The signed-in person, as the menu needs it.
struct Account {
    name: String,
    csrf: String,
}

impl Shell {
    /// The surroundings of a page for that visitor.
    pub(crate) fn new(app: &App, visitor: &Visitor, current: &'static str) -> Self {
        let account = visitor.session.as_ref().and_then(|session| {
            let identity = session.active()?;
            Some(Account { name: identity.name().to_owned(), csrf: session.csrf.clone() })
        });
        Self {
            nonce: visitor.nonce.clone(),
            current,
            account,
            notice: None,
            tenant: app.config.tenant_name.clone(),
            inbox: app.config.inbox_url.as_ref().map(|url| url.to_string()),
        }
    }

    /// With the good news that the session holds; told once.
    pub(crate) async fn with_notice(mut self, app: &App, visitor: &Visitor) -> Result<Self, Failure> {
        let Some(session) = &visitor.session else { return Ok(self) };
        self.notice = match session.notice {
            Some(Notice::ProfileSaved) => Some("Your profile has been saved."),
            Some(Notice::PasswordChanged) => Some("Your password has been changed."),
            Some(Notice::Problem(_)) | None => None,
        };
        if self.notice.is_some() {
            app.sessions.notice(&session.key, None).await?;
        }
        Ok(self)
    }

    /// The form token; empty where nobody is signed in, and accepted nowhere.
    fn csrf(&self) -> &str {
        self.account.as_ref().map_or("", |account| &account.csrf)
    }
}

/// A page as an answer.
pub(crate) struct Page<T>(pub(crate) T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Html(html).into_response(),
            Err(error) => Failure::from(error).into_response(),
        }
    }
}

/// Home: what this place is, and the latest payments of whoever is signed in.
#[derive(Template)]
#[template(path = "home.html")]
pub(crate) struct Home {
    pub(crate) shell: Shell,
    pub(crate) recent: Vec<Payment>,
}

/// Every claim of the current token; of the last step-up, what was asked and what came back.
#[derive(Template)]
#[template(path = "claims.html")]
pub(crate) struct Claims {
    pub(crate) shell: Shell,
    pub(crate) policy: String,
    pub(crate) claims: Vec<(String, String)>,
    pub(crate) payment: Option<Payment>,
}

/// The form of a new payment.
#[derive(Template)]
#[template(path = "send_money.html")]
pub(crate) struct SendMoney {
    pub(crate) shell: Shell,
    pub(crate) currency: String,
    pub(crate) payee: String,
    pub(crate) account: String,
    pub(crate) amount: String,
    pub(crate) errors: FieldErrors,
    pub(crate) decision: Decision,
}

/// The way to the step-up: a form that posts itself, or waits for its button.
#[derive(Template)]
#[template(path = "handover.html")]
pub(crate) struct Handover {
    pub(crate) shell: Shell,
    pub(crate) decision: Decision,
    pub(crate) payment: Payment,
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
}

/// One payment: waiting, to be confirmed, paid, or given up.
#[derive(Template)]
#[template(path = "payment.html")]
pub(crate) struct PaymentPage {
    pub(crate) shell: Shell,
    pub(crate) payment: Payment,
    pub(crate) decision: Decision,
}

/// Every payment.
#[derive(Template)]
#[template(path = "history.html")]
pub(crate) struct History {
    pub(crate) shell: Shell,
    pub(crate) payments: Vec<Payment>,
}

/// After signing out.
#[derive(Template)]
#[template(path = "signed_out.html")]
pub(crate) struct SignedOut {
    pub(crate) shell: Shell,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    failure: Failure,
    sign_in: String,
}

/// The page of a failure; `sign_in` is where it can be tried again by somebody who is signed out.
pub(crate) fn problem(app: &App, visitor: &Visitor, failure: Failure, sign_in: String) -> Html<String> {
    let shell = Shell::new(app, visitor, routes::PROBLEM);
    Html(ProblemPage { shell, failure, sign_in }.render().unwrap_or_else(|_| failure.problem.sentence().to_owned()))
}

/// How payments look.
impl Payment {
    /// The address of its page.
    fn address(&self) -> String {
        routes::payment(self.id)
    }

    fn created(&self) -> String {
        readable(self.created_at)
    }

    fn approved(&self) -> Option<String> {
        self.approved_at.map(readable)
    }

    fn executed(&self) -> Option<String> {
        self.executed_at.map(readable)
    }

    /// The colour of its state.
    fn tone(&self) -> &'static str {
        match self.state {
            PaymentState::Executed => "good",
            PaymentState::Approved => "ready",
            PaymentState::Draft | PaymentState::Pending => "waiting",
            PaymentState::Cancelled => "over",
        }
    }
}

/// A moment as people read it.
fn readable(moment: Timestamp) -> String {
    moment.strftime("%-d %B %Y, %H:%M UTC").to_string()
}
