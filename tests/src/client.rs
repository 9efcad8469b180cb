//! A browser without a browser: cookies, redirects, forms and links, with a page's script played or without any.
//!
//! It does what a person can do on a page: fill in what is there, press what is there. For what a person cannot do,
//! attacks, there is [`Browser::send`].

use std::collections::BTreeMap;
use std::fmt;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;
use url::Url;
use url::form_urlencoded::Serializer;

/// Redirects in a row that a browser follows.
const MOST_REDIRECTS: usize = 15;

/// Whether the scripts of pages run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Posts go as the page's script sends them, and are answered with JSON.
    Script,
    /// Posts are plain forms, answered with redirects.
    Plain,
}

impl Dialect {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Script, Self::Plain];
}

/// A browser. It goes to the given sites only; a redirect elsewhere is where its journey ends.
#[derive(Clone, Debug)]
pub struct Browser {
    http: reqwest::Client,
    dialect: Dialect,
    sites: Vec<Url>,
    /// By host: ports share them.
    cookies: BTreeMap<String, BTreeMap<String, String>>,
    /// Every address that it asked for.
    history: Vec<Url>,
    /// Every page that it was shown.
    sources: Vec<String>,
}

/// What a browser shows.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it is.
    pub url: Url,
    /// HTTP status; 0 for an address elsewhere, which was not asked for.
    pub status: u16,
    /// Of the answer.
    pub headers: HeaderMap,
    /// The source.
    pub html: String,
    /// What the post before was answered, where a script posted.
    pub answer: Value,
}

/// One request, as an attacker writes it.
#[derive(Clone, Debug)]
pub struct Send<'a> {
    /// Its method.
    pub method: Method,
    /// Where it goes.
    pub url: Url,
    /// Headers beside cookies and the type of the body.
    pub headers: &'a [(&'a str, &'a str)],
    /// Fields of a form.
    pub form: &'a [(String, String)],
    /// The page that it comes from; without one it comes from nowhere, as a typed address does.
    pub from: Option<&'a Url>,
}

impl Browser {
    /// A new browser without cookies.
    pub fn new(dialect: Dialect, sites: &[Url]) -> Self {
        Self {
            http: crate::plain_http(),
            dialect,
            sites: sites.to_vec(),
            cookies: BTreeMap::new(),
            history: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// How it speaks.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Every address that it asked for.
    pub fn history(&self) -> &[Url] {
        &self.history
    }

    /// The source of every page that it was shown.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// The cookies of a host.
    pub fn cookies(&self, host: &str) -> BTreeMap<String, String> {
        self.cookies.get(host).cloned().unwrap_or_default()
    }

    /// Throws the cookies of a host away.
    pub fn forget(&mut self, host: &str) {
        self.cookies.remove(host);
    }

    /// Goes to an address and follows where it leads.
    pub async fn open(&mut self, url: Url) -> Page {
        self.navigate(Method::GET, url, &[], None).await
    }

    /// Posts a form of one's own making from a page, and follows where it leads.
    pub async fn post(&mut self, from: &Page, url: Url, form: &[(String, String)]) -> Page {
        self.navigate(Method::POST, url, form, Some(&from.url)).await
    }

    /// The page again, as it stands now.
    pub async fn reload(&mut self, page: &Page) -> Page {
        self.open(page.url.clone()).await
    }

    /// Presses a button, follows a link, or submits a form, after typing into fields by their names.
    ///
    /// Panics where the page has no such thing to press or to type into: a person could not do it either.
    pub async fn press(&mut self, page: &Page, what: &str, typed: &[(&str, &str)]) -> Page {
        match page.plan(what, typed, self.dialect) {
            Plan::Follow(url) => self.navigate(Method::GET, url, &[], Some(&page.url)).await,
            Plan::Form { method, url, fields } => self.navigate(method, url, &fields, Some(&page.url)).await,
            Plan::Script { url, fields, submits } => self.by_script(page, url, &fields, submits).await,
        }
    }

    /// What the page's script does: it posts, and then goes on or shows the page again.
    async fn by_script(&mut self, page: &Page, url: Url, fields: &[(String, String)], submits: bool) -> Page {
        let answer = self.post_by_script(page, url, fields).await;
        let next = if submits && answer["status"] == "200" { page.confirmed() } else { page.url.clone() };
        Page { answer, ..self.navigate(Method::GET, next, &[], Some(&page.url)).await }
    }

    /// Only the post of a script, and its JSON answer.
    pub async fn post_by_script(&mut self, page: &Page, url: Url, fields: &[(String, String)]) -> Value {
        let csrf = page.setting("csrf");
        let headers = [("x-csrf-token", csrf.as_str()), ("accept", "application/json")];
        let send = Send { method: Method::POST, url, headers: &headers, form: fields, from: Some(&page.url) };
        let answered = self.send(send).await;
        serde_json::from_str(&answered.html)
            .unwrap_or_else(|_| panic!("a script was not answered with JSON: {answered}"))
    }

    async fn navigate(&mut self, method: Method, url: Url, form: &[(String, String)], from: Option<&Url>) -> Page {
        let headers = [("accept", "text/html")];
        let mut page = self.send(Send { method, url, headers: &headers, form, from }).await;
        for _ in 0..MOST_REDIRECTS {
            let Some(next) = page.redirect() else { return page };
            page = self.send(Send { method: Method::GET, url: next, headers: &headers, form: &[], from }).await;
        }
        panic!("the redirects go on and on: {page}");
    }

    /// One request, redirects not followed.
    pub async fn send(&mut self, send: Send<'_>) -> Page {
        let url = send.url;
        if !self.sites.iter().any(|site| site.origin() == url.origin()) {
            return Page { url, status: 0, headers: HeaderMap::new(), html: String::new(), answer: Value::Null };
        }
        self.history.push(url.clone());
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut request = self.http.request(send.method.clone(), url.clone());
        // All cookies here are `Lax`: a post from another site comes without them.
        let from_elsewhere = send.from.is_some_and(|from| from.host_str() != url.host_str());
        if send.method == Method::GET || !from_elsewhere {
            let pairs: Vec<_> = self.cookies(&host).iter().map(|(name, value)| format!("{name}={value}")).collect();
            if !pairs.is_empty() {
                request = request.header(COOKIE, pairs.join("; "));
            }
        }
        for (name, value) in send.headers {
            request = request.header(*name, *value);
        }
        if send.method == Method::POST {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(encode(send.form));
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{url} does not answer: {error:?}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        self.keep(&host, &headers);
        let html = response.text().await.expect("an answer is text");
        self.sources.push(html.clone());
        Page { url, status, headers, html, answer: Value::Null }
    }

    fn keep(&mut self, host: &str, headers: &HeaderMap) {
        let jar = self.cookies.entry(host.to_owned()).or_default();
        for line in headers.get_all(SET_COOKIE) {
            let line = line.to_str().expect("cookies are ASCII");
            let (name, rest) = line.split_once('=').expect("a cookie has a name and a value");
            let value = rest.split(';').next().unwrap_or_default();
            if line.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// What pressing something comes to.
enum Plan {
    Follow(Url),
    Form { method: Method, url: Url, fields: Vec<(String, String)> },
    Script { url: Url, fields: Vec<(String, String)>, submits: bool },
}

impl Page {
    /// Where it sends the browser.
    fn redirect(&self) -> Option<Url> {
        if !(300..400).contains(&self.status) {
            return None;
        }
        let location = self.headers.get(LOCATION)?.to_str().expect("addresses are ASCII");
        Some(self.url.join(location).expect("a redirect leads to an address"))
    }

    /// A parameter of its address.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.url.query_pairs().find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
    }

    /// Whether there is such an element.
    pub fn has(&self, what: &str) -> bool {
        Html::parse_document(&self.html).select(&selector(what)).next().is_some()
    }

    /// The text of the first such element; empty where there is none.
    pub fn text_of(&self, what: &str) -> String {
        let document = Html::parse_document(&self.html);
        document.select(&selector(what)).next().map(visible_text).unwrap_or_default()
    }

    /// The text of each such element.
    pub fn texts(&self, what: &str) -> Vec<String> {
        Html::parse_document(&self.html).select(&selector(what)).map(visible_text).collect()
    }

    /// An attribute of the first such element.
    pub fn attribute(&self, what: &str, name: &str) -> Option<String> {
        let document = Html::parse_document(&self.html);
        let element = document.select(&selector(what)).next()?;
        element.attr(name).map(str::to_owned)
    }

    /// Everything that a person can read.
    pub fn text(&self) -> String {
        self.text_of("body")
    }

    /// Whether a person can read that.
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// Panics, with what the page says, unless a person can read that.
    pub fn expect(&self, words: &str) -> &Self {
        assert!(self.says(words), "the page does not say {words:?}: {self}");
        self
    }

    /// Name and value of every field of a form.
    pub fn fields(&self, form: &str) -> Vec<(String, String)> {
        let document = Html::parse_document(&self.html);
        document.select(&selector(form)).next().map(fields).unwrap_or_default()
    }

    /// Cells of a table's rows, by the first one of each.
    pub fn rows(&self, table: &str) -> BTreeMap<String, String> {
        let document = Html::parse_document(&self.html);
        let Some(table) = document.select(&selector(table)).next() else { return BTreeMap::new() };
        let (row, cell) = (selector("tbody tr"), selector("th, td"));
        let rows = table.select(&row).map(|row| row.select(&cell).map(visible_text).collect::<Vec<_>>());
        rows.filter_map(|cells| Some((cells.first()?.clone(), cells.get(1)?.clone()))).collect()
    }

    /// The globals for scripts, where it is a page of a journey.
    pub fn settings(&self) -> Option<Value> {
        let line = self.html.lines().find_map(|line| line.strip_prefix("var SETTINGS = "))?;
        Some(serde_json::from_str(line.trim_end_matches(';')).expect("SETTINGS is one line of JSON"))
    }

    /// One of them as text, by its path with dots.
    pub fn setting(&self, path: &str) -> String {
        let settings = self.settings().unwrap_or_else(|| panic!("this is no page of a journey: {self}"));
        let found = path.split('.').fold(&settings, |value, name| &value[name]);
        found.as_str().unwrap_or_else(|| panic!("SETTINGS has no text {path}: {settings}")).to_owned()
    }

    /// An address below the page's tenant and policy, with `tx` and `p`.
    pub fn below(&self, path: &str) -> Url {
        let mut url = self.url.join(&format!("{}{path}", self.setting("hosts.tenant"))).expect("a path of the engine");
        url.query_pairs_mut()
            .append_pair("tx", &self.setting("transId"))
            .append_pair("p", &self.setting("hosts.policy"));
        url
    }

    /// Where its script goes on.
    pub fn confirmed(&self) -> Url {
        let mut url = self.below(&format!("/api/{}/confirmed", self.setting("api")));
        url.query_pairs_mut().append_pair("rememberMe", "false").append_pair("csrf_token", &self.setting("csrf"));
        url
    }

    /// What a press comes to.
    fn plan(&self, what: &str, typed: &[(&str, &str)], dialect: Dialect) -> Plan {
        let document = Html::parse_document(&self.html);
        let pressed = document.select(&selector(what)).next();
        let pressed = pressed.unwrap_or_else(|| panic!("there is no {what} to press: {self}"));
        let resolve = |address: &str| self.url.join(address).expect("a page leads to addresses");
        if let Some(address) = pressed.attr("href") {
            return Plan::Follow(resolve(address));
        }
        let form =
            if pressed.value().name() == "form" { pressed } else { ancestor(pressed, |e| e.value().name() == "form") };
        let address = pressed.attr("formaction").or(form.attr("action"));
        let url = resolve(address.unwrap_or_default());
        let group = dialect == Dialect::Script && self.settings().is_some();
        if !group {
            let method = if form.attr("method") == Some("post") { Method::POST } else { Method::GET };
            return Plan::Form { method, url, fields: self.fill(fields(form), typed) };
        }
        match pressed.ancestors().filter_map(ElementRef::wrap).find(|e| has_class(*e, "verificationControlContent")) {
            Some(panel) if panel.attr("data-email").is_some() => {
                let fields = self.fill(inputs(form), typed);
                Plan::Script { fields: email_action(panel, &url, &fields), url, submits: false }
            }
            Some(panel) => Plan::Script { url, fields: self.fill(inputs(panel), typed), submits: false },
            None => {
                let mut fields = self.fill(inputs(form), typed);
                fields.retain(|(name, _)| !name.ends_with("_ver_input"));
                fields.insert(0, ("request_type".to_owned(), "RESPONSE".to_owned()));
                Plan::Script { url, fields, submits: true }
            }
        }
    }

    /// Fields with what was typed.
    fn fill(&self, mut fields: Vec<(String, String)>, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        for (name, value) in typed {
            let field = fields.iter_mut().find(|(found, _)| found == name);
            let field = field.unwrap_or_else(|| panic!("there is no {name} to type into: {self}"));
            (*value).clone_into(&mut field.1);
        }
        fields
    }
}

/// What a person reads, for the report of a failed test.
impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if self.html.trim_start().starts_with('<') { self.text() } else { self.html.clone() };
        write!(f, "{} {} [{text}]", self.status, self.url)?;
        if self.answer.is_null() { Ok(()) } else { write!(f, " after {}", self.answer) }
    }
}

/// What the script sends for a button of the built-in e-mail verification.
fn email_action(panel: ElementRef<'_>, url: &Url, fields: &[(String, String)]) -> Vec<(String, String)> {
    let claim = panel.attr("data-email").unwrap_or_default();
    let value = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone());
    let request = url.query_pairs().find(|(name, _)| name == "request_type").map(|(_, value)| value.into_owned());
    let mut body = vec![
        ("request_type".to_owned(), request.unwrap_or_default()),
        ("claim_id".to_owned(), claim.to_owned()),
        ("claim_value".to_owned(), value(claim).unwrap_or_default()),
    ];
    body.extend(value(&format!("{claim}_ver_input")).map(|code| ("user_input".to_owned(), code)));
    body
}

/// Name and value of every field that a form would send.
fn fields(form: ElementRef<'_>) -> Vec<(String, String)> {
    let controls = selector("input[name]:not([disabled]), select[name]:not([disabled])");
    let sent = form.select(&controls).filter(|control| {
        !matches!(control.attr("type"), Some("checkbox" | "radio")) || control.attr("checked").is_some()
    });
    sent.map(|control| (control.attr("name").unwrap_or_default().to_owned(), value_of(control))).collect()
}

/// The same without what nobody sees.
fn inputs(scope: ElementRef<'_>) -> Vec<(String, String)> {
    let hidden: Vec<_> =
        scope.select(&selector("input[type=hidden]")).filter_map(|hidden| hidden.attr("name")).collect();
    let mut found = fields(scope);
    found.retain(|(name, _)| !hidden.contains(&name.as_str()) && name != "rememberMe");
    found
}

fn value_of(control: ElementRef<'_>) -> String {
    let chosen = control.select(&selector("option[selected]")).next();
    chosen.unwrap_or(control).attr("value").unwrap_or_default().to_owned()
}

fn ancestor(element: ElementRef<'_>, wanted: impl Fn(ElementRef<'_>) -> bool) -> ElementRef<'_> {
    let found = element.ancestors().filter_map(ElementRef::wrap).find(|ancestor| wanted(*ancestor));
    found.unwrap_or_else(|| panic!("{} is in no form", element.html()))
}

fn has_class(element: ElementRef<'_>, class: &str) -> bool {
    element.value().classes().any(|found| found == class)
}

/// Text without what is hidden, blanks made single.
fn visible_text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    collect(element, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(element: ElementRef<'_>, text: &mut String) {
    let name = element.value().name();
    if matches!(name, "script" | "style" | "template" | "head") || element.attr("hidden").is_some() {
        return;
    }
    for child in element.children() {
        match child.value() {
            Node::Text(found) => text.push_str(found),
            Node::Element(_) => {
                let child = ElementRef::wrap(child).expect("an element's node is one");
                // Boxes stand apart, runs of text do not.
                let apart = !matches!(child.value().name(), "span" | "bdi" | "a" | "strong" | "code");
                if apart {
                    text.push(' ');
                }
                collect(child, text);
                if apart {
                    text.push(' ');
                }
            }
            _ => {}
        }
    }
}

fn selector(what: &str) -> Selector {
    Selector::parse(what).unwrap_or_else(|error| panic!("{what} is no selector: {error}"))
}

fn encode(pairs: &[(String, String)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}
