//! A browser of one person: keeps the cookie, sends forms, follows nothing by itself.

use std::collections::HashSet;

use axum::{Router, body::Body};
use http::{HeaderMap, Request, StatusCode, header};
use scraper::{Html, Selector};
use tower::ServiceExt as _;
use url::form_urlencoded;

#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookie: Option<String>,
}

/// What came back.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A form as it would be sent without touching it.
pub(crate) struct FormOnPage {
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self { router, cookie: None }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body)).await
    }

    /// Posts the only thing that a form without visible fields needs.
    pub(crate) async fn press(&mut self, page: &Page, action: &str) -> Page {
        let form = page.form(action);
        let fields: Vec<_> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&form.action, &fields).await
    }

    async fn send(&mut self, mut request: http::request::Builder, body: Body) -> Page {
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("a router does not fail");
        let (parts, body) = response.into_parts();
        if let Some(set) = parts.headers.get(header::SET_COOKIE) {
            let set = set.to_str().expect("text");
            assert!(set.contains("; HttpOnly; SameSite=Lax"), "{set}");
            self.cookie = (!set.contains("Max-Age=0")).then(|| set.split(';').next().expect("a pair").to_owned());
        }
        let body = axum::body::to_bytes(body, 1 << 20).await.expect("a body");
        let body = String::from_utf8(body.to_vec()).expect("text");
        assert_ids_are_unique(&body);
        Page { status: parts.status, headers: parts.headers, body }
    }
}

/// Labels, error links and tests find elements by id.
fn assert_ids_are_unique(body: &str) {
    let html = Html::parse_document(body);
    let mut seen = HashSet::new();
    for element in html.select(&selector("[id]")) {
        let id = element.attr("id").expect("selected by it");
        assert!(seen.insert(id.to_owned()), "two elements with id {id}");
    }
}

impl Page {
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        self.headers[header::LOCATION].to_str().expect("text")
    }

    /// The text that a person reads in the main part.
    pub(crate) fn text(&self) -> String {
        let html = Html::parse_document(&self.body);
        let main = html.select(&selector("main")).next();
        let text = main.map(|main| main.text().collect::<String>()).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// The form whose action ends so.
    pub(crate) fn form(&self, action: &str) -> FormOnPage {
        let html = Html::parse_document(&self.body);
        let form = html
            .select(&selector("form"))
            .find(|form| form.attr("action").is_some_and(|target| target.ends_with(action)))
            .unwrap_or_else(|| panic!("no form for {action} in: {}", self.text()));
        let fields = form
            .select(&selector("input"))
            .map(|input| (input.attr("name").expect("named").to_owned(), input.attr("value").unwrap_or("").to_owned()))
            .collect();
        FormOnPage { action: form.attr("action").expect("it has one").to_owned(), fields }
    }

    /// The form token of the page.
    pub(crate) fn csrf(&self) -> String {
        let html = Html::parse_document(&self.body);
        let input = html.select(&selector("input[name=csrf]")).next().expect("the page has a form");
        input.attr("value").expect("it has one").to_owned()
    }
}

pub(crate) fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a constant selector")
}
