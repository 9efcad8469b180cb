//! The pages that are not steps of a journey: errors, the way back to the application, the development pages.

use askama::Template;
use jiff::Timestamp;
use journeyman_engine::texts::Language;
use serde_json::{Map, Value};

use crate::document::{BASE, Document, correlation_comment};
use crate::page::attribute;
use crate::template::Splice;
use crate::text::{direction, own};

/// `data-name` of pages that end a journey.
const GLOBAL_EXCEPTION: &str = "GlobalException";

/// A link and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where to. The caller has checked it: a path of ours, or a redirect URI of the client.
    pub href: String,
    /// What is shown.
    pub text: String,
}

/// An error that ends a journey and cannot go to the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorPage {
    /// Heading.
    pub title: String,
    /// One or two sentences that a person understands and can act on.
    pub message: String,
    /// E.g. `AADB2C90006`.
    pub code: Option<String>,
    /// What to quote to whoever reads the logs; empty when the logs have nothing about it.
    pub correlation_id: String,
    /// When, as `2026-03-01 10:20:30Z`; may be empty.
    pub timestamp: String,
    /// Language of title and message.
    pub language: String,
    /// A way on, where there is one.
    pub return_link: Option<Link>,
    /// More for policy authors: development mode only.
    pub detail: Option<String>,
    /// HTML of the policy's own error page (`api.error`), fetched. Its scripts do not run.
    pub template: Option<String>,
}

impl ErrorPage {
    fn has_details(&self) -> bool {
        self.code.is_some() || !self.correlation_id.is_empty() || !self.timestamp.is_empty()
    }
}

/// The home page of demo and development mode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// Heading.
    pub title: String,
    /// The sentence below it.
    pub lead: String,
    /// Other places: the bank, the inbox.
    pub links: Vec<HomeLink>,
    /// Policies by tenant.
    pub tenants: Vec<HomeTenant>,
}

/// A place beside the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeLink {
    /// Address.
    pub href: String,
    /// Name.
    pub text: String,
    /// What one does there.
    pub description: String,
}

/// A tenant and its policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeTenant {
    /// Domain name.
    pub name: String,
    /// In the order shown.
    pub policies: Vec<HomePolicy>,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomePolicy {
    /// Id.
    pub id: String,
    /// What it does, empty when nobody says.
    pub description: String,
    /// Address of **Run now**; absent when the policy cannot run.
    pub run: Option<String>,
    /// Its discovery document.
    pub discovery: Option<String>,
    /// Why it does not run, or not wholly.
    pub problems: Vec<String>,
}

/// A token, decoded, for the person who ran a policy. The token itself is not on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenView {
    /// The policy that ran.
    pub policy: String,
    /// A sentence on what was checked, e.g. that the signature is that of a published key.
    pub verdict: String,
    /// JOSE header.
    pub header: Map<String, Value>,
    /// Claims.
    pub claims: Map<String, Value>,
    /// Ways on: run again, home.
    pub links: Vec<Link>,
}

/// A journey came to something that is understood but does not run yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// The policy.
    pub policy: String,
    /// What, in words, with the place in the policy.
    pub features: Vec<String>,
    /// What to quote to whoever reads the logs.
    pub correlation_id: String,
    /// The language of the journey.
    pub language: String,
    /// A way on.
    pub return_link: Option<Link>,
}

struct Row {
    name: String,
    value: String,
    time: Option<String>,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorView<'a> {
    page: &'a ErrorPage,
}

impl ErrorView<'_> {
    fn own(&self, id: &str) -> &'static str {
        own(&self.page.language, id)
    }
}

#[derive(Template)]
#[template(path = "form_post.html")]
struct FormPostView<'a> {
    action: &'a str,
    fields: &'a [(String, String)],
    title: &'static str,
    message: &'static str,
    go_on: &'static str,
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessageView<'a> {
    title: &'a str,
    message: &'a str,
    link: Option<&'a Link>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomeView<'a> {
    home: &'a Home,
}

#[derive(Template)]
#[template(path = "token.html")]
struct TokenPage<'a> {
    view: &'a TokenView,
    header: Vec<Row>,
    claims: Vec<Row>,
}

#[derive(Template)]
#[template(path = "unsupported.html")]
struct UnsupportedView<'a> {
    view: &'a Unsupported,
}

impl UnsupportedView<'_> {
    fn own(&self, id: &str) -> &'static str {
        own(&self.view.language, id)
    }

    fn message(&self) -> String {
        self.own("unsupported").replace("{0}", &self.view.policy)
    }
}

/// The page for an error.
pub fn render_error(page: &ErrorPage, nonce: &str) -> String {
    let inner = rendered(&ErrorView { page });
    if let Some(html) = page.template.as_deref().and_then(|template| error_in(template, page, &inner)) {
        return html;
    }
    let body = format!("<div id=\"api\" data-name=\"{GLOBAL_EXCEPTION}\">{inner}</div>");
    let document = Document { title: &page.title, correlation_id: &page.correlation_id, ..plain(nonce, &body) };
    Document { language: &page.language, ..document }.to_html()
}

/// `None` when the template cannot hold the page.
fn error_in(template: &str, page: &ErrorPage, inner: &str) -> Option<String> {
    let splice = Splice {
        inner,
        attributes: vec![("data-name", GLOBAL_EXCEPTION.to_owned())],
        head: &format!("<style>{BASE}</style>"),
        language: &page.language,
        direction: direction(&page.language),
        nonce: "",
        allow_scripts: false,
    };
    let html = splice.into_template(template).ok()?;
    Some(format!("{}{html}", correlation_comment(&page.correlation_id)))
}

/// The page whose `form#auto` carries the answer to the application: it posts itself, or by its button without
/// JavaScript.
pub fn render_form_post(action: &str, fields: &[(String, String)], language: &str, nonce: &str) -> String {
    let (title, message) = (own(language, "returning_title"), own(language, "returning"));
    let go_on = Language::of(language).text("UxElement", None, "button_continue").unwrap_or_default();
    let body = rendered(&FormPostView { action, fields, title, message, go_on });
    // Not `form.submit()`: a field named "submit" would stand in its way.
    let head = format!(
        "<script nonce=\"{}\">addEventListener(\"DOMContentLoaded\", () => \
         HTMLFormElement.prototype.submit.call(document.getElementById(\"auto\")));</script>",
        attribute(nonce)
    );
    Document { title, language, head: &head, ..plain(nonce, &body) }.to_html()
}

/// The page after a sign-out that leads nowhere else.
pub fn render_signed_out(return_link: Option<&Link>, language: &str, nonce: &str) -> String {
    let (title, message) = (own(language, "signed_out_title"), own(language, "signed_out"));
    let body = rendered(&MessageView { title, message, link: return_link });
    Document { title, language, ..plain(nonce, &body) }.to_html()
}

/// The home page.
pub fn render_home(home: &Home, nonce: &str) -> String {
    let body = rendered(&HomeView { home });
    Document { title: &home.title, wide: true, ..plain(nonce, &body) }.to_html()
}

/// The page that shows a token.
pub fn render_token(view: &TokenView, nonce: &str) -> String {
    let body = rendered(&TokenPage { view, header: rows(&view.header), claims: rows(&view.claims) });
    let title = format!("Token of {}", view.policy);
    Document { title: &title, wide: true, ..plain(nonce, &body) }.to_html()
}

/// The page where a journey ends at something that does not run yet.
pub fn render_unsupported(view: &Unsupported, nonce: &str) -> String {
    let body = rendered(&UnsupportedView { view });
    let title = own(&view.language, "unsupported_title");
    let document = Document { title, correlation_id: &view.correlation_id, ..plain(nonce, &body) };
    Document { language: &view.language, ..document }.to_html()
}

fn plain<'a>(nonce: &'a str, body: &'a str) -> Document<'a> {
    Document { title: "", language: "en", correlation_id: "", nonce, wide: false, head: "", body }
}

fn rows(claims: &Map<String, Value>) -> Vec<Row> {
    const TIMES: [&str; 6] = ["exp", "iat", "nbf", "auth_time", "refreshTokenIssuedOnDateTime", "updated_at"];
    claims
        .iter()
        .map(|(name, value)| {
            let seconds = value.as_i64().filter(|_| TIMES.contains(&name.as_str()));
            let time = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).map(|time| time.to_string());
            Row { name: name.clone(), value: value.as_str().map_or_else(|| value.to_string(), str::to_owned), time }
        })
        .collect()
}

fn rendered(view: &impl Template) -> String {
    view.render().expect("writing to a string cannot fail")
}
