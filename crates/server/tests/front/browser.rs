//! A browser without a screen: cookies, redirects, forms, and the requests that a page's script makes.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use journeyman_server::Server;
use serde_json::Value;
use tower::ServiceExt;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::site::PUBLIC_URL;

pub(crate) struct Browser {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A page of a journey, as a script sees it.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) html: String,
    pub(crate) csrf: String,
    pub(crate) tx: String,
    pub(crate) base: String,
    pub(crate) api: String,
    pub(crate) policy: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().expect("ascii")).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.body))
    }

    /// Where it sends the browser, with the parameters in query or fragment.
    pub(crate) fn to_app(&self) -> BTreeMap<String, String> {
        assert_eq!(self.status, StatusCode::FOUND, "{}", self.body);
        let url = Url::parse(self.location()).expect("an address");
        assert_eq!(url.host_str(), Some("app.example"), "{url}");
        let fragment = url.fragment().unwrap_or_default().to_owned();
        let pairs = url.query_pairs().into_owned().chain(url::form_urlencoded::parse(fragment.as_bytes()).into_owned());
        pairs.collect()
    }

    pub(crate) fn page(&self) -> Page {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        let line = self.body.lines().find_map(|line| line.strip_prefix("var SETTINGS = "));
        let line = line.unwrap_or_else(|| panic!("no page of a journey: {}", self.body));
        let settings: Value = serde_json::from_str(line.trim_end_matches(';')).expect("one line of JSON");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Page {
            html: self.body.clone(),
            csrf: text(&settings["csrf"]),
            tx: text(&settings["transId"]),
            base: text(&settings["hosts"]["tenant"]),
            policy: text(&settings["hosts"]["policy"]),
            api: text(&settings["api"]),
        }
    }
}

impl Browser {
    pub(crate) fn new(server: &Server) -> Self {
        Self { router: server.router(), cookies: BTreeMap::new() }
    }

    /// The same browser, after the server was started anew.
    pub(crate) fn at(&self, server: &Server) -> Self {
        Self { router: server.router(), cookies: self.cookies.clone() }
    }

    /// One request, redirects not followed.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        address: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let path = address.strip_prefix(PUBLIC_URL).unwrap_or(address);
        let mut request = Request::builder().method(method).uri(path).header(HOST, "localhost:4000");
        if !self.cookies.is_empty() {
            let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, pairs.join("; "));
        }
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        self.keep(&parts.headers);
        let body = to_bytes(body, 1 << 20).await.expect("a body");
        let body = String::from_utf8(body.to_vec()).expect("text");
        Answer { status: parts.status, headers: parts.headers, body }
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE) {
            let line = line.to_str().expect("ascii");
            let (name, rest) = line.split_once('=').expect("a cookie");
            let value = rest.split(';').next().expect("a value");
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub(crate) async fn get(&mut self, address: &str) -> Answer {
        self.send(Method::GET, address, &[], String::new()).await
    }

    pub(crate) async fn post(&mut self, address: &str, form: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, address, &[], encode(form)).await
    }

    /// A navigation: redirects within the server are followed.
    pub(crate) async fn open(&mut self, address: &str) -> Answer {
        let answer = self.get(address).await;
        self.follow(answer).await
    }

    pub(crate) async fn follow(&mut self, mut answer: Answer) -> Answer {
        for _ in 0..5 {
            let location = answer.location().to_owned();
            if !answer.status.is_redirection() || !(location.starts_with('/') || location.starts_with(PUBLIC_URL)) {
                return answer;
            }
            answer = self.get(&location).await;
        }
        panic!("the redirects go on and on");
    }

    /// What a page's script posts.
    pub(crate) async fn submit(&mut self, page: &Page, fields: &[(&str, &str)]) -> Value {
        let answer = self.submit_with(page, &page.csrf, fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()
    }

    /// What a page's script posts for the built-in e-mail verification.
    pub(crate) async fn ask(&mut self, page: &Page, form: &[(&str, &str)]) -> Value {
        let answer = self.post_by_script(page, &page.csrf, form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()
    }

    pub(crate) async fn submit_with(&mut self, page: &Page, csrf: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_by_script(page, csrf, &[&[("request_type", "RESPONSE")], fields].concat()).await
    }

    async fn post_by_script(&mut self, page: &Page, csrf: &str, form: &[(&str, &str)]) -> Answer {
        let body = encode(form);
        let address = format!("{}/SelfAsserted?{}", page.base, encode(&[("tx", &page.tx), ("p", &page.policy)]));
        self.send(Method::POST, &address, &[("x-csrf-token", csrf)], body).await
    }

    /// What a display control's button posts.
    pub(crate) async fn act(&mut self, page: &Page, control: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let query = encode(&[("tx", &page.tx), ("p", &page.policy)]);
        let address = format!("{}/SelfAsserted/DisplayControlAction/vbeta/{control}/{action}?{query}", page.base);
        self.send(Method::POST, &address, &[("x-csrf-token", &page.csrf)], encode(fields)).await
    }

    /// Goes on after a successful post.
    pub(crate) async fn confirmed(&mut self, page: &Page) -> Answer {
        self.link(page, "confirmed", &[("rememberMe", "false")]).await
    }

    /// Follows a link of the page.
    pub(crate) async fn link(&mut self, page: &Page, link: &str, query: &[(&str, &str)]) -> Answer {
        let own = [("csrf_token", page.csrf.as_str()), ("tx", &page.tx), ("p", &page.policy)];
        let query = encode(&[query, &own].concat());
        self.open(&format!("{}/api/{}/{link}?{query}", page.base, page.api)).await
    }

    /// Submits the page as a form, without its script, and follows where that leads.
    pub(crate) async fn submit_plain(&mut self, page: &Page, fields: &[(&str, &str)]) -> Answer {
        let form = [&[("csrf_token", page.csrf.as_str()), ("request_type", "RESPONSE")], fields].concat();
        let address = format!("{}/SelfAsserted?{}", page.base, encode(&[("tx", &page.tx), ("p", &page.policy)]));
        let answer = self.post(&address, &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.follow(answer).await
    }
}

pub(crate) fn encode(pairs: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}
