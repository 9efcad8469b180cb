//! A page of a journey.

use askama::Template;
use journeyman_engine::page::{Choice, ForgotPassword, PageItem, PageKind, PageModel, VerificationState};

use crate::document::{BASE, Document, SCRIPT, correlation_comment};
use crate::field::{Surroundings, fields, focus_target, is_code};
use crate::form::{EMAIL_SEND, EMAIL_VERIFY, SUBMIT};
use crate::globals::globals;
use crate::template::Splice;
use crate::text::{direction, text};
use crate::urls::Urls;

/// What a page must know of the request that it answers.
#[derive(Clone)]
pub struct PageContext {
    /// `/{tenant}/{policy}` as the browser asked for it, `/tfp` in front if it did so: a path, never a host.
    pub base: String,
    /// The policy's name, for `p=`.
    pub policy: String,
    /// The browser's CSRF value.
    pub csrf: String,
    /// `StateProperties=…` of this page.
    pub tx: String,
    /// Nonce of this response.
    pub nonce: String,
    /// What to quote to whoever reads the logs.
    pub correlation_id: String,
    /// HTML of the custom template, fetched. Absent: our own looks.
    pub template: Option<String>,
    /// This year, for lists of years.
    pub year: i16,
}

/// One line of the list of mistakes.
struct Mistake {
    target: String,
    message: String,
}

struct ChoiceLink<'a> {
    choice: &'a Choice,
    url: String,
}

#[derive(Template)]
#[template(path = "page.html")]
struct PageView<'a> {
    page: &'a PageModel,
    context: &'a PageContext,
    urls: &'a Urls<'a>,
    items: Vec<String>,
    page_error: Option<&'a str>,
    mistakes: Vec<Mistake>,
    buttons: Vec<ChoiceLink<'a>>,
    links: Vec<ChoiceLink<'a>>,
    /// Where the Enter key leads in a plain form.
    enter: String,
    /// A verification waits: its button is the one to press.
    unverified: bool,
    disclaimers: Vec<(&'a str, &'a str)>,
}

/// The page as a whole document.
pub fn render(page: &PageModel, context: &PageContext) -> String {
    let urls = Urls::new(context, page.kind.api());
    let inner = PageView::new(page, context, &urls).render().expect("writing to a string cannot fail");
    let scripts = format!(
        "<script nonce=\"{nonce}\">{globals}</script>\n<script nonce=\"{nonce}\">{SCRIPT}</script>\n",
        nonce = attribute(&context.nonce),
        globals = globals(page, context),
    );
    let spliced = context.template.as_deref().and_then(|template| splice(page, context, template, &inner, &scripts));
    spliced.unwrap_or_else(|| {
        let body = format!(
            "<div id=\"api\" data-name=\"{}\" data-instance=\"{}\">{inner}</div>",
            data_name(page.kind),
            attribute(&page.instance)
        );
        let document = Document {
            title: &page.heading,
            language: &page.language,
            correlation_id: &context.correlation_id,
            nonce: &context.nonce,
            wide: false,
            head: &scripts,
            body: &body,
        };
        document.to_html()
    })
}

/// `None` when the template cannot hold the page.
fn splice(page: &PageModel, context: &PageContext, template: &str, inner: &str, scripts: &str) -> Option<String> {
    let mut attributes = vec![("data-name", data_name(page.kind).to_owned()), ("data-instance", page.instance.clone())];
    if !template.to_ascii_lowercase().contains("<main") {
        attributes.push(("role", "main".to_owned()));
    }
    let splice = Splice {
        inner,
        attributes,
        head: &format!("<style>{BASE}</style>\n{scripts}"),
        language: &page.language,
        direction: direction(&page.language),
        nonce: &context.nonce,
        allow_scripts: page.allow_scripts,
    };
    let html = splice.into_template(template).ok()?;
    Some(format!("{}{html}", correlation_comment(&context.correlation_id)))
}

/// What templates' styles select on.
fn data_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Combined => "Unified",
        PageKind::Selection => "IdpSelections",
        PageKind::SelfAsserted => "SelfAsserted",
    }
}

/// Escaped for an attribute in double quotes.
pub(crate) fn attribute(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

impl<'a> PageView<'a> {
    fn new(page: &'a PageModel, context: &'a PageContext, urls: &'a Urls<'a>) -> Self {
        let mistakes: Vec<Mistake> = fields(page)
            .filter_map(|field| Some(Mistake { target: focus_target(field), message: field.error.clone()? }))
            .collect();
        let generic = (!mistakes.is_empty()).then(|| text(page, "error_fieldIncorrect"));
        let waiting = waiting_action(page, urls);
        let (links, buttons) = page
            .choices
            .iter()
            .map(|choice| ChoiceLink { choice, url: urls.exchange(&choice.exchange) })
            .partition(|link| link.choice.text_link);
        Self {
            page,
            context,
            urls,
            items: Surroundings { page, context, urls }.items(),
            page_error: page.error.as_ref().map(|error| error.message.as_str()).or(generic),
            mistakes,
            buttons,
            links,
            unverified: waiting.is_some(),
            enter: waiting.unwrap_or_else(|| urls.submit()),
            disclaimers: disclaimers(page),
        }
    }

    fn text(&self, id: &str) -> &str {
        text(self.page, id)
    }

    fn combined(&self) -> bool {
        self.page.kind == PageKind::Combined
    }

    /// There is something to send.
    fn has_form(&self) -> bool {
        self.page.kind != PageKind::Selection && (!self.items.is_empty() || self.page.show_continue)
    }

    fn form_id(&self) -> &'static str {
        if self.combined() { "localAccountForm" } else { "attributeVerification" }
    }

    fn submit_id(&self) -> &'static str {
        if self.combined() { "next" } else { "continue" }
    }

    fn submit_caption(&self) -> &str {
        self.text(if self.combined() { "button_signin" } else { "button_continue" })
    }

    /// The forgotten-password link stands below the inputs, or wherever there is no password label to stand beside.
    fn forgot_below(&self) -> bool {
        use journeyman_policy::model::UserInputType::Password;
        let beside = fields(self.page).any(|field| field.input == Password && !is_code(field));
        match self.page.forgot_password {
            Some(ForgotPassword::AfterInput) => true,
            Some(ForgotPassword::AfterLabel) => !beside,
            Some(ForgotPassword::AfterButtons) | None => false,
        }
    }

    fn forgot_after_buttons(&self) -> bool {
        self.page.forgot_password == Some(ForgotPassword::AfterButtons)
    }

    fn sign_up_caption(&self) -> &str {
        let known = ["createaccount_one_link", "createaccount_link"];
        known.into_iter().find_map(|id| self.page.texts.get(id)).map_or_else(|| self.text(known[0]), String::as_str)
    }

    fn request_type(&self) -> &'static str {
        SUBMIT
    }
}

/// The first verification that is not done: what its main button does.
fn waiting_action(page: &PageModel, urls: &Urls<'_>) -> Option<String> {
    page.items.iter().find_map(|item| match item {
        PageItem::Control(control) if control.control_type == "VerificationControl" => match control.state {
            VerificationState::Initial => Some(urls.action(&control.id, "SendCode")),
            VerificationState::CodeSent => Some(urls.action(&control.id, "VerifyCode")),
            VerificationState::Verified => None,
        },
        PageItem::Control(_) => None,
        PageItem::Field(field) => match field.email_verification.as_ref()?.state {
            VerificationState::Initial => Some(urls.email(EMAIL_SEND, &field.id)),
            VerificationState::CodeSent => Some(urls.email(EMAIL_VERIFY, &field.id)),
            VerificationState::Verified => None,
        },
    })
}

/// Links that a policy's texts declare; only web addresses.
fn disclaimers(page: &PageModel) -> Vec<(&str, &str)> {
    ["1", "2"]
        .iter()
        .filter_map(|number| {
            let caption = page.texts.get(&format!("disclaimer_link_{number}_text"))?;
            let url = page.texts.get(&format!("disclaimer_link_{number}_url"))?;
            let web = url.starts_with("https://") || url.starts_with("http://");
            web.then_some((caption.as_str(), url.as_str()))
        })
        .collect()
}
